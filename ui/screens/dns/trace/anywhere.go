package trace

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// NewAnywhere returns the page for a name of any network: the one whose mapping fits the
// name best is looked into. Of equal ones, and where none maps it, it is the network where
// the person was.
func NewAnywhere(env screen.Env, th *theme.Theme, results *Results, network safe.Text) *Trace {
	p := NewTrace(env, th, results, network, "")
	p.anywhere = true
	return p
}

// meaning is what a typed text means: a name of a network, or something that has a place of
// its own.
type meaning struct {
	text     string
	snapshot *model.Snapshot
	query    dnstrace.Query
	mapped   []dnstrace.Place // the networks that map the name, the one that is looked into first
	network  *model.NetworkStatus
	open     *screen.Open // what enter opens in place of a trace; nil: nothing
	opens    string       // what that is, a part of a sentence
}

// meant is the meaning of what is typed, worked out once for each text.
func (p *Trace) meant() meaning {
	text := p.prompt.Value()
	if p.meaning.snapshot != p.snapshot || p.meaning.text != text {
		p.meaning, p.turn = p.means(text), 0
	}
	return p.meaning
}

func (p *Trace) means(text string) meaning {
	m := meaning{text: text, snapshot: p.snapshot, query: dnstrace.Read(text), network: p.home()}
	typed := strings.TrimSpace(text)
	if o, what, found := p.placeOf(typed, m.query); found {
		m.open, m.opens = &o, what
		return m
	}
	m.mapped = dnstrace.Mapped(m.query.Name, p.snapshot.Networks)
	// Of the networks that map it equally well, the one where the person is goes first.
	for i, at := range m.mapped {
		if at.Network.ID == p.network && domainOf(at) == domainOf(m.mapped[0]) {
			m.mapped = slices.Insert(slices.Delete(m.mapped, i, i+1), 0, at)
			break
		}
	}
	if len(m.mapped) > 0 {
		m.network = m.mapped[0].Network
	}
	return m
}

// domainOf is the domain that a name falls under in a network, in its normal form.
func domainOf(p dnstrace.Place) string { return dnstable.NameOf(p.Rules[0].Domain).ASCII }

// placeOf finds what a text names that is no name: an object by its id, a request, an
// address.
func (p *Trace) placeOf(typed string, q dnstrace.Query) (screen.Open, string, bool) {
	if found, is := p.snapshot.Pasted(typed); is {
		return screen.OpenOf(found), found.What + " of " + nameOfNetwork(found.Network), true
	}
	if model.LooksLikeID(typed) {
		return screen.Open{Request: safe.New(typed)}, "the request with this id, if it is in the activity", true
	}
	if !q.Address.IsValid() {
		return screen.Open{}, "", false
	}
	at := p.snapshot.OfAddress(q.Address)
	if len(at) == 0 {
		return screen.Open{}, "", false
	}
	o := screen.Open{Network: at[0].Network.ID}
	if at[0].Peering == nil {
		return o, "the network " + nameOfNetwork(at[0].Network) + ", whose own range " + at[0].Range.String() + " has the address", true
	}
	o.Peering = at[0].Peering.ID
	return o, "the peering " + at[0].Peering.Name.Or(at[0].Peering.ID.String()).String() + " of " + nameOfNetwork(at[0].Network) + ", which leads to " + at[0].Range.String(), true
}

func nameOfNetwork(n *model.NetworkStatus) string { return n.Name.Or(n.ID.String()).String() }

// home is the network where the person was, or the first one; nil for none.
func (p *Trace) home() *model.NetworkStatus {
	for _, n := range p.snapshot.Networks {
		if n.ID == p.network {
			return n
		}
	}
	if p.network.IsEmpty() && len(p.snapshot.Networks) > 0 {
		return p.snapshot.Networks[0]
	}
	return nil
}

// aim is the network that is looked into when enter is pressed now, and the rules of the
// name there.
func (p *Trace) aim() (*model.NetworkStatus, []dnstrace.Rule) {
	m := p.meant()
	if len(m.mapped) == 0 {
		return m.network, nil
	}
	at := m.mapped[p.turn%len(m.mapped)]
	return at.Network, at.Rules
}

// nextNetwork aims at another network that maps the name.
func (p *Trace) nextNetwork() {
	if n := len(p.meant().mapped); n > 0 {
		p.turn = (p.turn + 1) % n
	}
}

// accept does what enter does with what is typed.
func (p *Trace) accept() tea.Cmd {
	m := p.meant()
	if m.open != nil {
		return p.openInstead(*m.open)
	}
	if !m.query.OK() {
		return nil
	}
	text := p.prompt.Value()
	if n, _ := p.aim(); n != nil && n.ID != p.network {
		p.network, p.status = n.ID, n
		return tea.Batch(p.results.Load(n.ID), p.run(text))
	}
	return p.run(text)
}

// openInstead leaves the page for the place of what was typed. A page that shows a trace
// stays, for esc to lead back to.
func (p *Trace) openInstead(o screen.Open) tea.Cmd {
	p.prompt = nil
	if p.number == 0 && !p.pending {
		return screen.Say(screen.Pop{Then: screen.Say(o)})
	}
	return screen.Say(o)
}

// aimLines tell the network that is looked into, and what else maps the name.
func (p *Trace) aimLines() []string {
	n, rules := p.aim()
	if n == nil {
		return nil
	}
	m := p.meant()
	if len(rules) == 0 && !p.anywhere {
		return nil
	}
	l := headLine(p.th, "Network", p.width).Put(theme.Plain, cell.Cut(nameOfNetwork(n), p.width/2))
	switch {
	case len(rules) == 0 && len(p.snapshot.Networks) > 1:
		l.Put(theme.Muted, ", where you were: no network maps the name")
	case len(m.mapped) > 1:
		other := m.mapped[(p.turn+1)%len(m.mapped)]
		l.Space(2).Put(theme.Accent, "ctrl+n").Put(theme.Muted, " "+cell.Cut(nameOfNetwork(other.Network), 30)+" ("+other.Rules[0].Domain.String()+")")
		if rest := len(m.mapped) - 2; rest > 0 {
			l.Put(theme.Muted, ", "+phrase.Count(rest, "more network"))
		}
	}
	return []string{l.String()}
}

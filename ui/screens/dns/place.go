package dns

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Holds reports whether the table has what is asked for: a row, or the rows that a finding
// of a mapping is about.
func (s *Screen) Holds(o screen.Open) int {
	n := s.placeOf(o)
	if n == nil {
		return 0
	}
	if e, known := finding.Lookup(o.Code.String()); o.Domain.IsEmpty() && (!known || e.Subject != finding.OfMapping) {
		return 0
	}
	return 2
}

// placeOf is the network that a subject is in: the one that is named, or else the one whose
// row a domain falls under.
func (s *Screen) placeOf(o screen.Open) *model.NetworkStatus {
	if o.Network.IsEmpty() {
		found := dnstrace.Mapped(dnstable.NameOf(o.Domain), s.snapshot.Networks)
		if len(found) == 0 {
			return nil
		}
		return found[0].Network
	}
	n, err := s.snapshot.Find(o.Network)
	if err != nil {
		return nil
	}
	return n
}

// networkOf is the network that a name is to be traced on: the one that is named, else the
// one whose mapping fits the name best, else the one that is shown.
func (s *Screen) networkOf(msg screen.Trace) safe.Text {
	if !msg.Network.IsEmpty() {
		return msg.Network
	}
	if found := dnstrace.Mapped(dnstrace.Read(msg.Name.String()).Name, s.snapshot.Networks); len(found) > 0 {
		return found[0].Network.ID
	}
	return s.chosen
}

// OpenAt shows the row of a domain, or the first row that breaks a rule.
func (s *Screen) OpenAt(o screen.Open) (screen.Screen, tea.Cmd) {
	n := s.placeOf(o)
	if s.edit != nil {
		return nil, screen.Say(beingTyped())
	}
	cmd := s.show(n.ID)
	s.sought = &sought{network: n.ID, domain: o.Domain, rule: o.Code}
	return nil, tea.Batch(cmd, s.seek())
}

// sought is a row that is to be found when its table was read.
type sought struct {
	network, domain safe.Text
	from            safe.Text // the id of the table that it stands in; empty: any
	rule            safe.Text // a row that breaks it is meant, before others
	edit            bool      // its servers are to be typed
}

// seek moves to the row that is sought. A table that is still being read is waited for.
func (s *Screen) seek() tea.Cmd {
	w := s.sought
	if w == nil {
		return nil
	}
	n := s.network()
	switch {
	case w.network != s.chosen || s.edit != nil:
		s.sought = nil
		return nil
	case n == nil || n.Coming():
		return nil
	}
	s.sought = nil
	l := s.lineFor(*w)
	if l == nil {
		return s.notFound(*w)
	}
	s.reveal(l.id)
	if !w.edit {
		return nil
	}
	return s.beginServers()
}

// notFound says that a row is not there any more.
func (s *Screen) notFound(w sought) tea.Cmd {
	if w.domain.IsEmpty() {
		return nil // the rule found nothing any more: the table is what there is to see
	}
	return screen.Say(screen.Toast{Text: "No row of this network maps " + w.domain.String() + " now.", Trouble: true})
}

// lineFor finds a row: the one of the domain, else the one that a name falls under, else
// the first that breaks the rule.
func (s *Screen) lineFor(w sought) *line {
	if w.domain.IsEmpty() {
		return s.lineThat(func(l *line) bool { return broken(s.rulesOf(l), w.rule) })
	}
	name := dnstable.NameOf(w.domain).ASCII
	exact := func(l *line) bool { return dnstable.NameOf(l.row.Key).ASCII == name }
	for _, is := range []func(*line) bool{
		func(l *line) bool { return exact(l) && !w.from.IsEmpty() && l.fromID() == w.from },
		func(l *line) bool { return exact(l) && !w.rule.IsEmpty() && broken(s.rulesOf(l), w.rule) },
		func(l *line) bool { return exact(l) && l.mine() },
		exact,
	} {
		if l := s.lineThat(is); l != nil {
			return l
		}
	}
	rows := make([]dnstable.Row, len(s.rows.all))
	for i := range s.rows.all {
		rows[i] = s.rows.all[i].row
	}
	for _, at := range dnstable.MatcherOf(rows).Match(name) {
		return &s.rows.all[at]
	}
	return nil
}

func broken(rules []string, rule safe.Text) bool { return slices.Contains(rules, rule.String()) }

// lineThat is the first row that is one, nil for none.
func (s *Screen) lineThat(is func(*line) bool) *line {
	for i := range s.rows.all {
		if is(&s.rows.all[i]) {
			return &s.rows.all[i]
		}
	}
	return nil
}

// reveal moves the cursor to a row, and drops the filter when that hides it.
func (s *Screen) reveal(id safe.Text) {
	if s.table.Select(id); s.table.Selected() != id {
		s.filter.Drop()
		s.refilter()
		s.table.Select(id)
	}
}

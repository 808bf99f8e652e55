// Package whatif is the page on which changes are judged before anybody makes them: a small
// form or a file says what is assumed, and the list says which verdicts would be others.
// Nothing is ever written.
package whatif

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Page is what is assumed of a network, and what that comes to.
type Page struct {
	ctx     context.Context //nolint:containedctx // of what is read from files
	env     screen.Env
	th      *theme.Theme
	service Service
	width   int
	height  int
	network safe.Text   // its id
	host    *paths.Host // the service that was selected, nil for none
	view    paths.View
	changes []assume.Change
	result  assume.Result
	form    *form // nil: nothing is typed
	rows    rows
	table   *widget.Table
	scroll  widget.Scroll
}

// New returns the page of a network and what was read of it. Host is the service that the
// form begins with, nil for none.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, network safe.Text, v paths.View, host *paths.Host) *Page {
	p := &Page{ctx: ctx, env: env, th: th, service: service, network: network, host: host, view: v, table: widget.NewTable(columns())}
	p.judge()
	return p
}

// judge judges what is assumed anew.
func (p *Page) judge() {
	p.result = assume.Judge(p.view.Facts, assume.Proposal{Network: p.network, Changes: p.changes})
	p.rows = p.result.Effects
	p.table.SetRows(&p.rows)
	p.scroll.Start()
}

// effect is the one that is chosen; false: there is none.
func (p *Page) effect() (assume.Effect, bool) {
	if i := p.table.Index(); i < len(p.rows) {
		return p.rows[i], true
	}
	return assume.Effect{}, false
}

// refused is why a change cannot be assumed, empty for one that is.
func (p *Page) refused(i int) string {
	for _, r := range p.result.Refused {
		if r.Index == i {
			r.Change.Line = 0
			return r.Error()
		}
	}
	return ""
}

func (p *Page) label() string {
	if n := p.view.Network; n != nil {
		return n.Name.Or(n.ID.String()).String()
	}
	return "the network"
}

// Name is the last step of the path.
func (p *Page) Name() string { return "what if" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Paths", p.label(), "what if"}, Counts: []string{"nothing is written"}}
	if n := len(p.changes); n > 0 {
		h.Counts = append(h.Counts, phrase.Count(n, "change")+" assumed")
	}
	if p.view.Number > 0 && !p.view.State.Over() {
		h.Counts = append(h.Counts, "◐ reading")
	}
	return h
}

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) { p.th = th }

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Receive is for snapshots; what is read of the paths comes by a message of its own.
func (p *Page) Receive(*model.Snapshot) {}

// Looking names the network.
func (p *Page) Looking() []safe.Text { return []safe.Text{p.network} }

// opened brings what a file assumes.
type opened struct {
	page     *Page
	path     string
	proposal assume.Proposal
	err      error
}

// Update takes what is read, what is typed into the form, and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Paths:
		if n := msg.View.Network; n != nil && n.ID == p.network && msg.View.Number >= p.view.Number {
			p.view = msg.View
			if msg.View.State.Over() { // half of the facts would give verdicts that turn by themselves
				p.judge()
			}
		}
	case opened:
		return p.take(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.typed(msg)
	case tea.MouseWheelMsg:
		p.scroll.By(widget.Wheel(msg.Button))
	}
	return nil
}

// take puts the changes of a file in place of those that were assumed.
func (p *Page) take(msg opened) tea.Cmd {
	switch {
	case msg.page != p:
		return nil
	case msg.err != nil:
		return screen.Say(screen.Toast{Text: safe.Clean(msg.err.Error()), Trouble: true})
	case !p.isFor(msg.proposal.Network):
		return screen.Say(screen.Toast{Text: "The file is for the network " + msg.proposal.Network.String() + ", and this is " + p.label() + ".", Trouble: true})
	}
	p.changes = msg.proposal.Changes
	p.judge()
	return screen.Say(screen.Toast{Text: phrase.Count(len(p.changes), "change") + " of " + safe.Clean(msg.path) + " " + phrase.Either(len(p.changes), "is", "are") + " assumed. Nothing is written."})
}

// isFor reports whether a file is for the network of the page: it names that, or none.
func (p *Page) isFor(network safe.Text) bool {
	n := p.view.Network
	return network.IsEmpty() || n != nil && (network.EqualFold(n.Name) || network == n.ID)
}

func (p *Page) moveTo(row int) {
	p.table.MoveTo(row)
	p.scroll.Start()
}

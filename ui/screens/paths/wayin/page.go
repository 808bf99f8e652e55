// Package wayin is the page of the way into the gateways on a network: their private
// addresses, and what in the peered VNETs points at them.
package wayin

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Page shows what points at the data planes of a network. What is read later replaces what
// is shown.
type Page struct {
	env     screen.Env
	th      *theme.Theme
	width   int
	height  int
	network safe.Text // its id
	view    paths.View
	rows    rows
	table   *widget.Table
	scroll  widget.Scroll // of the details
}

// New returns the page of a network and what was read of it.
func New(env screen.Env, th *theme.Theme, network safe.Text, v paths.View) *Page {
	p := &Page{env: env, th: th, network: network, view: v, table: widget.NewTable(columns())}
	p.list()
	return p
}

// list shows what the view has.
func (p *Page) list() {
	p.rows = p.view.In.Entries
	p.table.SetRows(&p.rows)
}

// entry is the one that is chosen; false: there is none.
func (p *Page) entry() (wayin.Entry, bool) {
	if i := p.table.Index(); i < len(p.rows) {
		return p.rows[i], true
	}
	return wayin.Entry{}, false
}

// general are the findings that are about no entry: what could not be read, and what is
// being made.
func (p *Page) general() []finding.Finding {
	var out []finding.Finding
	for _, f := range p.view.In.Findings {
		own := false
		for _, e := range p.rows {
			for _, g := range e.Findings {
				own = own || g.Same(f) && g.Cause == f.Cause
			}
		}
		if !own {
			out = append(out, f)
		}
	}
	return out
}

// finding is what the command key is about: that of the chosen entry, else what is wrong in
// general.
func (p *Page) finding() finding.Finding {
	if e, there := p.entry(); there && len(e.Findings) > 0 {
		return e.Findings[0]
	}
	if list := p.general(); len(list) > 0 && len(p.rows) == 0 {
		return list[0]
	}
	return finding.Finding{}
}

func (p *Page) label() string {
	if n := p.view.Network; n != nil {
		return n.Name.Or(n.ID.String()).String()
	}
	return "the network"
}

// Name is the last step of the path.
func (p *Page) Name() string { return "way in" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Paths", p.label(), "way in"}}
	wrong := 0
	for _, e := range p.rows {
		if e.Finding().NeedsPerson() {
			wrong++
		}
	}
	if n := len(p.rows); n > 0 {
		h.Counts = []string{phrase.Count(n, "entry")}
		if wrong > 0 {
			h.Counts = append(h.Counts, phrase.Count(wrong, "thing")+" to look at")
		}
	}
	switch {
	case p.view.Number > 0 && !p.view.State.Over():
		h.Counts = append(h.Counts, "◐ reading")
	case !p.view.Ended.IsZero():
		h.Counts = append(h.Counts, "read "+widget.Clock(p.view.Ended, p.env.Now()))
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

// Typing is false: nothing is typed here.
func (p *Page) Typing() (bool, *tea.Cursor) { return false, nil }

// Update takes what is read, and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Paths:
		if n := msg.View.Network; n != nil && n.ID == p.network && msg.View.Number >= p.view.Number {
			p.view = msg.View
			p.list()
		}
	case tea.MouseWheelMsg:
		p.scroll.By(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		if row := p.table.RowAt(msg.Y - len(p.top())); msg.X < p.listWidth() && row >= 0 {
			p.moveTo(row)
		}
	}
	return nil
}

func (p *Page) moveTo(row int) {
	p.table.MoveTo(row)
	p.scroll.Start()
}

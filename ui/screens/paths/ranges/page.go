// Package ranges is the page of address ranges that are free for a new network, each with
// what lies nearest, and what could not be read. A set-up can begin with one of them.
package ranges

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Service is all that the page needs. Its methods return at once; what is read comes as
// [screen.Ranges].
type Service interface {
	// Look begins to read who has which ranges, and returns the number of the reading. While
	// one goes on it does nothing.
	Look() int
	// Cancel ends the reading in hand.
	Cancel()
}

// Page shows the free ranges of a size.
type Page struct {
	ctx     context.Context //nolint:containedctx // of what a list to pick from loads
	env     screen.Env
	th      *theme.Theme
	service Service
	width   int
	height  int

	view   ranges.View
	region safe.Text // empty: what every region allows
	size   int
	report *ranges.Report // nil: nothing was read yet
	err    error          // why there is none for the region
	answer *ranges.Answer // of the range that was asked for
	rows   rows
	table  *widget.Table
}

// New returns the page for ranges of the size and in the region of a network, and begins to
// read.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, n *model.NetworkStatus) *Page {
	p := &Page{ctx: ctx, env: env, th: th, service: service, size: ranges.DefaultSize, table: widget.NewTable(columns())}
	if n != nil && n.Provider == model.ProviderAzure {
		p.region = n.Region
		if bits := n.CIDR.Range().Bits(); n.CIDR.Valid() && bits >= ranges.Widest && bits <= ranges.Narrowest {
			p.size = bits
		}
	}
	p.table.SetRows(&p.rows)
	p.look()
	return p
}

// look begins to read.
func (p *Page) look() {
	p.view = ranges.View{Number: p.service.Look(), State: ranges.Reading, Doing: "reading who has which ranges", Read: p.view.Read}
}

// take shows what was read. What was known stays while it is read anew.
func (p *Page) take(v ranges.View) {
	if v.Number < p.view.Number {
		return
	}
	if v.State != ranges.Done {
		v.Read = p.view.Read
	}
	p.view = v
	p.find()
}

// known reports whether anything was read.
func (p *Page) known() bool { return !p.view.Read.At.IsZero() }

// find lists what is free by what was read.
func (p *Page) find() {
	p.report, p.err, p.rows = nil, nil, nil
	if p.known() {
		facts, err := p.view.Read.In(p.region)
		if p.err = err; err == nil {
			p.report = ranges.Find(facts, p.size)
			p.rows = p.report.Offers
			if p.answer != nil {
				a := ranges.Ask(facts, p.answer.Range)
				p.answer = &a
			}
		}
	}
	p.table.SetRows(&p.rows)
}

// ask says whether a range is free.
func (p *Page) ask(text string) {
	wanted, err := ranges.ParseRange(text)
	if err != nil || p.err != nil || !p.known() {
		return
	}
	p.answer = &ranges.Answer{Range: wanted}
	p.find()
}

// offer is the one that the cursor is on; nil for none.
func (p *Page) offer() *ranges.Offer {
	if i := p.table.Index(); i < len(p.rows) {
		return &p.rows[i]
	}
	return nil
}

// Name is the last step of the path.
func (*Page) Name() string { return "free ranges" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Paths", "free ranges"}}
	switch {
	case !p.view.Over():
		h.Counts = append(h.Counts, "◐ reading")
	case p.known():
		h.Counts = append(h.Counts, "read "+widget.Clock(p.view.Read.At, p.env.Now()))
	}
	return h
}

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) { p.th = th }

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Receive is for snapshots; what is read here comes by a message of its own.
func (*Page) Receive(*model.Snapshot) {}

// Looking names no network: it is about all of them.
func (*Page) Looking() []safe.Text { return nil }

// Typing is false: what is typed is typed in a window.
func (*Page) Typing() (bool, *tea.Cursor) { return false, nil }

// Update takes what is read, and the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Ranges:
		p.take(msg.View)
	case tea.MouseWheelMsg:
		p.table.Move(widget.Wheel(msg.Button) / 3)
	case tea.MouseClickMsg:
		if row := p.table.RowAt(msg.Y - p.listTop()); row >= 0 {
			p.table.MoveTo(row)
		}
	}
	return nil
}

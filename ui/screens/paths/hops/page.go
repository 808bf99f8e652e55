// Package hops is the page of one service: its way hop by hop, there and back, with who
// decides at each, and what to do where one is closed.
package hops

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Service asks Azure what is really in effect at the network cards that requests to some
// places lead to. It returns at once; what it says comes as a reading. Its errors are
// failures with a cure.
type Service interface {
	Effective(of paths.View, to ...paths.Destination) error
}

// Ask asks what is in effect on the way of a service, and says what stands in the way of
// that.
func Ask(service Service, of paths.View, h *paths.Host) tea.Cmd {
	return func() tea.Msg {
		if err := service.Effective(of, h.Destinations()...); err != nil {
			text := safe.Clean(err.Error())
			if f, ok := model.AsFailure(err); ok && f.Cure != "" {
				text += ". " + f.Cure
			}
			return screen.Toast{Text: text, Trouble: true, About: "effective"}
		}
		return nil
	}
}

// Page shows the way of a service. What is read later replaces what is shown.
type Page struct {
	env     screen.Env
	th      *theme.Theme
	service Service
	width   int
	height  int

	network safe.Text // id
	key     string    // of the service
	view    paths.View
	host    *paths.Host // nil: it is not there any more
	name    string      // of the service, kept for when it is gone
	place   int         // the place that is shown
	byHand  bool        // a hop was chosen, else the first that is not open is
	rows    rows
	table   *widget.Table
}

// New returns the page of the service that a view has under a key.
func New(env screen.Env, th *theme.Theme, service Service, v paths.View, key string) *Page {
	p := &Page{env: env, th: th, service: service, key: key, table: widget.NewTable(columns(0))}
	p.table.SetRows(&p.rows)
	if v.Network != nil {
		p.network = v.Network.ID
	}
	p.take(v)
	return p
}

// take shows what was read of the same network.
func (p *Page) take(v paths.View) {
	if v.Network == nil || v.Network.ID != p.network || v.Number < p.view.Number {
		return
	}
	// While it is read anew, what was known stays until the service is there again.
	old := p.host
	p.host = nil
	for i := range v.Hosts {
		if v.Hosts[i].Key == p.key {
			p.host = &v.Hosts[i]
		}
	}
	if p.host == nil && !v.State.Over() {
		p.host = old
	}
	p.view = v
	p.list()
}

// list lists the hops of the place that is shown.
func (p *Page) list() {
	p.rows = nil
	if p.host != nil {
		p.name = p.host.Service.Label()
		p.place = min(p.place, max(0, len(p.host.Places)-1))
	}
	if one := p.shown(); one != nil {
		p.rows = one.Hops
	}
	p.table.SetRows(&p.rows)
	if !p.byHand {
		p.table.MoveTo(p.rows.first())
	}
}

// shown is the place that is shown, nil for none.
func (p *Page) shown() *paths.Place {
	if p.host == nil || p.place >= len(p.host.Places) {
		return nil
	}
	return &p.host.Places[p.place]
}

// hop is the one that the cursor is on; false: there is none.
func (p *Page) hop() (paths.Hop, bool) {
	if i := p.table.Index(); i < len(p.rows) {
		return p.rows[i], true
	}
	return paths.Hop{}, false
}

// Name is the last step of the path.
func (p *Page) Name() string { return "hops" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	network := "the network"
	if n := p.view.Network; n != nil {
		network = n.Name.Or(n.ID.String()).String()
	}
	h := screen.Head{Path: []string{"Paths", network, p.name}}
	if p.host != nil && len(p.host.Places) > 1 {
		h.Counts = append(h.Counts, "target "+strconv.Itoa(p.place+1)+" of "+strconv.Itoa(len(p.host.Places)))
	}
	switch {
	case !p.view.State.Over():
		doing := "reading"
		if d := safe.Clean(p.view.Doing); d != "" {
			doing = d
		}
		h.Counts = append(h.Counts, cell.Cut("◐ "+doing, max(24, p.width/2)))
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
		p.take(msg.View)
	case tea.MouseWheelMsg:
		p.moveTo(p.table.Index() + widget.Wheel(msg.Button)/3)
	case tea.MouseClickMsg:
		if row := p.table.RowAt(msg.Y - p.listTop()); msg.X < p.listWidth() && row >= 0 {
			p.moveTo(row)
		}
	}
	return nil
}

func (p *Page) moveTo(row int) {
	p.byHand = true
	p.table.MoveTo(row)
}

// step shows the place that stands so many places after the present one, counted round.
func (p *Page) step(by int) {
	n := len(p.host.Places)
	p.place, p.byHand = ((p.place+by)%n+n)%n, false
	p.list()
}

// finding is what is wrong at the hop that is shown; else, until a hop is chosen, what is
// wrong with the service and no hop tells. Its code is empty when nothing is.
func (p *Page) finding() finding.Finding {
	if hop, there := p.hop(); there && hop.Finding.Code != "" {
		return hop.Finding
	}
	if p.host == nil || p.byHand {
		return finding.Finding{}
	}
	if list := p.untold(); len(list) > 0 {
		return list[0]
	}
	return finding.Finding{}
}

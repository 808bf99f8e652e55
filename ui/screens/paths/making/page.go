// Package making is the page that makes a gateway service with a route: a form whose host is
// judged while it is typed, the two requests before they are sent, what becomes of them, and
// the way back.
package making

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// part is what of the page is shown.
type part int

const (
	partForm part = iota
	partPreview
	partOrder
)

// Page is the page on one network.
type Page struct {
	ctx     context.Context //nolint:containedctx // of what the page asks of the service
	env     screen.Env
	th      *theme.Theme
	service Service
	width   int
	height  int

	id       safe.Text // of the network
	snapshot *model.Snapshot
	view     paths.View // what was read of its paths; of number 0: nothing

	part    part
	form    form
	order   gateway.Order
	writes  []model.Write
	making  *gateway.Making // the order that is shown
	failure *model.Failure  // why what was asked for was not taken
	scroll  widget.Scroll
}

// Pages keeps the page of each network, so that what was typed is there when somebody comes
// back to it.
type Pages struct {
	service Service
	open    map[safe.Text]*Page
}

// NewPages returns the pages over a service.
func NewPages(service Service) *Pages {
	return &Pages{service: service, open: map[safe.Text]*Page{}}
}

// Open returns the page of a network with what was read of its paths.
func (p *Pages) Open(ctx context.Context, env screen.Env, th *theme.Theme, network safe.Text, view paths.View) *Page {
	page := p.open[network]
	if page == nil {
		page = &Page{service: p.service, id: network, form: newForm(), snapshot: &model.Snapshot{}}
		p.open[network] = page
	}
	page.ctx, page.env, page.th = ctx, env, th
	if view.Number > 0 {
		page.view = view
	}
	return page
}

// Name is the last step of the path.
func (p *Page) Name() string { return "New service" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Paths"}}
	if n := p.network(); n != nil {
		h.Path = append(h.Path, n.Name.Or("(no name)").String())
	}
	switch p.part {
	case partForm:
		h.Path = append(h.Path, "new service")
	case partPreview:
		h.Path = append(h.Path, "new service", "requests")
	case partOrder:
		h.Path = append(h.Path, "new service", p.making.Order.Service.Name.String())
		h.Counts = append(h.Counts, string(p.making.State))
	}
	return h
}

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) { p.th = th }

// Receive takes a snapshot.
func (p *Page) Receive(snapshot *model.Snapshot) {
	p.snapshot = snapshot
	if p.form.draft.Plane.IsEmpty() && len(p.planes()) == 1 && !p.form.touched {
		only := p.planes()[0]
		p.form.draft.Plane, p.form.draft.Geo = only.Label(), only.Geo
	}
	p.check()
}

// Looking names the network.
func (p *Page) Looking() []safe.Text { return []safe.Text{p.id} }

// Typing reports whether a field is typed in.
func (p *Page) Typing() (bool, *tea.Cursor) {
	if p.form.prompt == nil || p.part != partForm {
		return false, nil
	}
	return true, p.cursor()
}

// Counting reports whether something changes with the time alone.
func (p *Page) Counting() bool { return p.part == partOrder && !p.making.State.Over() }

// Leaving says what would be lost.
func (p *Page) Leaving() []string {
	if p.making != nil && !p.making.State.Over() {
		return []string{"The service " + p.making.Order.Service.Name.String() + " is being made: a request that is on its way is answered first, and the rest is gone on with later."}
	}
	return nil
}

// Update takes keys while typing, what was read and how the order stands.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Paths:
		if msg.View.Of == p.id || msg.View.Network != nil && msg.View.Network.ID == p.id {
			p.view = msg.View
			p.check()
		}
		return nil
	case screen.Made:
		p.made(msg.Making)
		return nil
	case refused:
		p.failure = msg.failure
		return nil
	}
	if p.part == partForm {
		if p.form.prompt != nil {
			return p.typed(msg)
		}
		return nil
	}
	p.scroll.Take(msg)
	return nil
}

// made takes how an order stands. One of another page is none of this one's.
func (p *Page) made(m gateway.Making) {
	switch {
	case p.making != nil && p.making.ID == m.ID, m.Order.Service.ID == p.order.Service.ID && !m.Order.Service.ID.IsEmpty():
		if p.making == nil || p.part == partPreview {
			p.part, p.scroll = partOrder, widget.Scroll{}
		}
		p.making, p.failure = &m, nil
	}
}

// refused tells why what was asked for was not taken.
type refused struct{ failure *model.Failure }

// ask does something of the service that may wait for the disk.
func ask(do func() error) tea.Cmd {
	return func() tea.Msg {
		err := do()
		if f, failed := model.AsFailure(err); failed {
			return refused{&f}
		}
		return nil
	}
}

// network is the one that the page is of, nil when it is not known any more.
func (p *Page) network() *model.NetworkStatus {
	for _, n := range p.snapshot.Networks {
		if n.ID == p.id {
			return n
		}
	}
	return p.view.Network
}

// planes are the control planes that run on the network, as far as they are known: those of
// groups too, whose members are read with the paths.
func (p *Page) planes() []model.ControlPlane {
	var out []model.ControlPlane
	for _, of := range p.view.Planes {
		out = append(out, of.ControlPlane)
	}
	if n := p.network(); n != nil {
		for _, c := range n.ControlPlanes {
			if !slices.ContainsFunc(out, func(o model.ControlPlane) bool { return o.ID == c.ID }) && !p.isGroup(c.ID) {
				out = append(out, c)
			}
		}
	}
	return out
}

// isGroup reports whether a control plane is a group, which has no services of its own.
func (p *Page) isGroup(id safe.Text) bool {
	return slices.ContainsFunc(p.view.Planes, func(g gateway.Plane) bool { return g.Group.ID == id })
}

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	switch p.part {
	case partPreview:
		return p.previewActions()
	case partOrder:
		return p.orderActions()
	default:
		return p.formActions()
	}
}

// View draws the part that is shown.
func (p *Page) View(now time.Time) string {
	var lines []string
	switch p.part {
	case partPreview:
		lines = p.previewView()
	case partOrder:
		lines = p.orderView(now)
	default:
		lines = p.formView()
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

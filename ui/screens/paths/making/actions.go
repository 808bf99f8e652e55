package making

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	groupForm    = "New service"
	groupPreview = "New service: requests"
	groupOrder   = "New service: order"
)

func (p *Page) formActions() []action.Action {
	f := &p.form
	do := func(run func()) func() tea.Cmd { return func() tea.Cmd { run(); p.check(); return nil } }
	only := func(kinds ...rowKind) func() string {
		return func() string {
			for _, k := range kinds {
				if f.row().kind == k {
					return ""
				}
			}
			return "not in this row"
		}
	}
	return []action.Action{
		{ID: "make.enter", Name: p.enterName(), Keys: []string{"enter"}, Group: groupForm, Footer: 1, Help: "Type the value of the selected field, pick it, or change it.", Run: p.enter},
		{ID: "make.edit", Name: "type", Types: true, Keys: []string{"e"}, Group: groupForm, Help: "Type the value of the selected field.", Why: only(rowText, rowList, rowPlane), Run: do(p.edit)},
		{ID: "make.next", Name: "change", Keys: []string{"right", "space"}, Group: groupForm, Help: "The next value.", Why: only(rowChoice), Run: do(func() { f.next(1) })},
		{ID: "make.previous", Name: "change back", Keys: []string{"left"}, Group: groupForm, Help: "The value before.", Why: only(rowChoice), Run: do(func() { f.next(-1) })},
		{ID: "make.preview", Name: "requests", Keys: []string{"v"}, Group: groupForm, Footer: 2, Help: "Show both requests exactly as they will be sent.", Why: p.noPreview, Run: p.preview},
		{ID: "make.undo", Name: "undo", Keys: []string{"u"}, Group: groupForm, Help: "Take back what was typed or changed last.", Run: do(f.back), Why: func() string {
			if len(f.undo) == 0 {
				return "nothing was typed or changed"
			}
			return ""
		}},
		{ID: "make.clear", Name: "clear", Keys: []string{"C"}, Group: groupForm, Help: "Empty the form; u brings it back.", Run: do(func() {
			f.remember(f.draft)
			f.draft, f.touched = gateway.Draft{Plane: f.draft.Plane, Geo: f.draft.Geo}, false
		})},
		{ID: "make.earlier", Name: "made before", Keys: []string{"E"}, Group: groupForm, Footer: 3, Help: "List what was made from here before and is not undone: to look at, to go on with, to undo.", Run: p.earlier},
		{ID: "make.order", Name: "the order", Keys: []string{"w"}, Group: groupForm, Help: "Show how the last order stands.", Run: func() tea.Cmd { p.part, p.scroll = partOrder, widget.Scroll{}; return nil }, Why: func() string {
			if p.making == nil {
				return "nothing was sent from here"
			}
			return ""
		}},
		{ID: "move.down", Name: "down", Keys: []string{"j", "down"}, Group: groupForm, Help: "Next row.", Run: do(func() { f.move(1); f.filling = false })},
		{ID: "move.up", Name: "up", Keys: []string{"k", "up"}, Group: groupForm, Help: "Row before.", Run: do(func() { f.move(-1); f.filling = false })},
		{ID: "make.tab", Name: "next field", Keys: []string{"tab"}, Group: groupForm, Help: "Next field; behind the last comes the first.", Run: do(func() { p.tab(1) })},
		{ID: "make.back", Name: "field before", Keys: []string{"shift+tab"}, Group: groupForm, Help: "Field before.", Run: do(func() { p.tab(-1) })},
		{ID: "move.first", Name: "first", Keys: []string{"g", "home"}, Group: groupForm, Help: "First row.", Run: do(func() { f.move(-1000) })},
		{ID: "move.last", Name: "last", Keys: []string{"G", "end"}, Group: groupForm, Help: "Last row.", Run: do(func() { f.move(1000) })},
		{ID: "make.close", Name: "back", Keys: []string{"esc"}, Group: groupForm, Footer: 4, Help: "Go back. What was typed is there when you come again.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
	}
}

func (p *Page) enterName() string {
	switch p.form.row().kind {
	case rowPlane:
		return "pick"
	case rowChoice:
		return "change"
	default:
		return "type"
	}
}

func (p *Page) enter() tea.Cmd {
	switch p.form.row().kind {
	case rowPlane:
		return p.pickPlane()
	case rowChoice:
		p.form.next(1)
	default:
		p.edit()
	}
	p.check()
	return nil
}

// pickPlane lists the control planes that run on the network.
func (p *Page) pickPlane() tea.Cmd {
	d, load := dialog.NewPick(p.ctx, p.th, dialog.List{
		Title: "Control plane", Empty: "No control plane runs on this network, as far as its configurations could be read; esc, then e types an id.",
		Load: func(context.Context) ([]dialog.Item, error) {
			var items []dialog.Item
			for _, c := range p.planes() {
				items = append(items, dialog.Item{Name: c.Label().String(), Note: p.planeNote(c), More: c.ID.String(), Do: func() {
					f := &p.form
					f.remember(f.draft)
					f.draft.Plane, f.draft.Geo, f.touched = c.Label(), c.Geo, true
					if _, ok := p.plane(); !ok {
						f.draft.Plane = c.ID
					}
					p.check()
				}})
			}
			return items, nil
		},
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

// noPreview says why there is nothing to send yet.
func (p *Page) noPreview() string {
	for _, w := range p.form.problems {
		if !w.Warning {
			return w.Text
		}
	}
	if _, ok := p.plane(); !ok {
		return "no control plane is given"
	}
	return ""
}

func (p *Page) preview() tea.Cmd {
	plane, _ := p.plane()
	order, writes, err := p.service.Order(plane, p.form.draft)
	if err != nil {
		return ask(func() error { return err })
	}
	p.order, p.writes, p.failure = order, writes, nil
	p.part, p.scroll = partPreview, widget.Scroll{}
	return nil
}

// earlier lists what was made before.
func (p *Page) earlier() tea.Cmd {
	d, load := dialog.NewPick(p.ctx, p.th, dialog.List{
		Title: "Made before", Empty: "Nothing that was made from here is left to undo.", Only: true,
		Load: func(ctx context.Context) ([]dialog.Item, error) {
			list, err := p.service.Earlier(ctx)
			var items []dialog.Item
			for _, m := range list {
				items = append(items, dialog.Item{
					Marked: true, Severity: m.State.Severity(), Name: m.Order.Service.Name.String(),
					Note: m.Order.Plane.Label().String() + " · " + m.StartedAt.Format("2006-01-02 15:04") + " · " + string(m.State), More: m.ID,
					Do: func() { p.making, p.part, p.scroll = &m, partOrder, widget.Scroll{} },
				})
			}
			return items, err
		},
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

package whatif

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group, moves = "What if", "Move"
	list := []action.Action{
		{ID: "whatif.back", Name: "back", Keys: []string{"esc", "q"}, Group: moves, Footer: 1, Help: "Back to the services; what was assumed is forgotten.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
		{ID: "whatif.add", Name: "assume", Keys: []string{"a"}, Group: group, Footer: 2, Help: "Assume a change: a mapping, a route, a rule, a range, a peering.", Why: p.unread, Run: p.pick},
		{ID: "whatif.open", Name: "open file", Keys: []string{"o"}, Group: group, Footer: 3, Types: true, Help: "Assume the changes of a what-if file.", Why: p.unread, Run: p.open},
		{ID: "whatif.undo", Name: "take back", Keys: []string{"u"}, Group: group, Footer: 4, Help: "Take the last assumed change back.", Why: p.nothing, Run: func() tea.Cmd {
			p.changes = p.changes[:len(p.changes)-1]
			p.judge()
			return nil
		}},
		{ID: "whatif.copy", Name: "copy file", Keys: []string{"y"}, Group: group, Footer: 5, Help: "Copy what is assumed as a what-if file, for peerdeck paths --assume.", Why: p.nothing, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the what-if file", Text: p.service.Text(assume.Proposal{Network: p.view.Network.Name, Changes: p.changes})})
		}},
	}
	list = append(list, action.Action{ID: "whatif.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Help: "Copy a ticket in Markdown: what is assumed, and each verdict that it turns.", Why: p.nothing, Run: func() tea.Cmd {
		return screen.Say(screen.Copy{What: "a ticket about what is assumed", Text: p.ticket().Markdown()})
	}})
	w := widget.MoveWords{Next: "Next verdict.", Before: "Verdict before.", First: "First verdict.", Last: "Last verdict."}
	return append(list, widget.Moves(moves, p.table, w, func(row int) tea.Cmd { p.moveTo(row); return nil })...)
}

func (p *Page) unread() string {
	switch {
	case p.view.Number == 0 || p.view.Network == nil:
		return "nothing was read of the paths yet"
	case !p.view.State.Over():
		return "the paths are being read"
	default:
		return ""
	}
}

func (p *Page) nothing() string {
	if len(p.changes) == 0 {
		return "nothing is assumed"
	}
	return ""
}

// pick lets a person pick what to assume, and opens the form for it.
func (p *Page) pick() tea.Cmd {
	var items []dialog.Item
	for _, k := range []assume.Kind{assume.Mapping, assume.Route, assume.Rule, assume.Subnet, assume.Prefix, assume.Peering, assume.Table, assume.AdminRule} {
		for _, v := range assume.Verbs(k) {
			items = append(items, dialog.Item{Name: string(v) + " " + k.Label(), Note: assume.About(v, k), Do: func() { p.begin(v, k) }})
		}
	}
	d, load := dialog.NewPick(p.ctx, p.th, dialog.List{
		Title: "What to assume; nothing is written", Only: true,
		Load: func(context.Context) ([]dialog.Item, error) { return items, nil },
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

// open asks for a file.
func (p *Page) open() tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(p.th, dialog.Field{
		Title: "Open a what-if file", Text: "Its changes take the place of those that are assumed. docs/paths-what-if.md tells how it is written.", What: "open",
		Do: func(path string) tea.Cmd {
			path = strings.TrimSpace(path)
			return func() tea.Msg {
				proposal, err := p.service.Open(p.ctx, path)
				return opened{p, path, proposal, err}
			}
		},
	})})
}

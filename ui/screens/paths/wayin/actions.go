package wayin

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group, moves = "Way in", "Move"
	list := []action.Action{
		{ID: "wayin.back", Name: "back", Keys: []string{"esc", "q"}, Group: moves, Footer: 1, Help: "Back to the services.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
		{ID: "wayin.copy", Name: "copy addresses", Keys: []string{"y"}, Group: group, Footer: 2, Help: "Copy the private addresses of the data planes, one a line.", Why: p.noAddress, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the private addresses of " + p.label(), Text: p.addresses()})
		}},
		{ID: "wayin.command", Name: "copy command", Keys: []string{"c"}, Group: group, Footer: 3, Help: "Copy the command that mends the chosen entry.", Why: p.noCommand, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the command", Text: p.finding().Next.Command})
		}},
		{ID: "wayin.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Help: "Copy a ticket in Markdown about the chosen entry.", Why: p.noEntry, Run: p.copyTicket},
		{ID: "wayin.rule", Name: "copy rule", Keys: []string{"C"}, Group: group, Footer: 4, Help: "Copy the command that lets the data planes' addresses through a security group.", Why: p.noAddress, Run: p.copyRule},
		{ID: "wayin.down", Name: "details down", Keys: []string{"J", "shift+down"}, Group: moves, Help: "The details of the entry, further down.", Run: func() tea.Cmd { p.scroll.By(1); return nil }},
		{ID: "wayin.up", Name: "details up", Keys: []string{"K", "shift+up"}, Group: moves, Help: "The details of the entry, further up.", Run: func() tea.Cmd { p.scroll.By(-1); return nil }},
	}
	w := widget.MoveWords{Next: "Next entry.", Before: "Entry before.", First: "First entry.", Last: "Last entry."}
	return append(list, widget.Moves(moves, p.table, w, func(row int) tea.Cmd { p.moveTo(row); return nil })...)
}

func (p *Page) noAddress() string {
	if len(p.view.In.Addresses()) == 0 {
		return "no private address is known"
	}
	return ""
}

func (p *Page) noCommand() string {
	if p.finding().Next.Command == "" {
		return "no command mends it"
	}
	return ""
}

// addresses are the private addresses, one a line.
func (p *Page) addresses() string {
	var b strings.Builder
	for _, a := range p.view.In.Addresses() {
		b.WriteString(a.Address.String() + "\n")
	}
	return b.String()
}

// copyRule copies the command that makes a security rule for the addresses, and says what in
// it a person has to replace.
func (p *Page) copyRule() tea.Cmd {
	command, places := p.view.In.InboundRule()
	what := "the command"
	if len(places) > 0 {
		what = fmt.Sprintf("the command (replace %s)", strings.Join(places, ", "))
	}
	return screen.Say(screen.Copy{What: what, Text: command})
}

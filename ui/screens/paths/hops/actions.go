package hops

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group, moves = "Hops of a path", "Move"
	list := []action.Action{
		{ID: "hops.back", Name: "back", Keys: []string{"esc", "q"}, Group: moves, Footer: 1, Help: "Back to the list.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
		{ID: "hops.command", Name: "copy command", Keys: []string{"c"}, Group: group, Footer: 2, Help: "Copy the command that mends the hop.", Why: p.noCommand, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the command", Text: p.finding().Next.Command})
		}},
		{ID: "hops.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Footer: 4, Help: "Copy a ticket in Markdown, with the way hop by hop.", Why: p.gone, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "a ticket about the way of " + p.name, Text: p.ticket().Markdown()})
		}},
		{ID: "hops.effective", Name: "ask Azure", Keys: []string{"e"}, Group: group, Footer: 3, Help: "Ask Azure which routes and rules are really in effect at the network cards on the way; it takes some seconds.", Why: p.noAsk, Run: func() tea.Cmd { return Ask(p.service, p.view, p.host) }},
		{ID: "hops.next", Name: "next target", Keys: []string{"]"}, Group: group, Footer: 3, Help: "Show the way to the next target of the upstream.", Why: p.single, Run: func() tea.Cmd { p.step(1); return nil }},
		{ID: "hops.previous", Name: "target before", Keys: []string{"["}, Group: group, Help: "Show the way to the target before.", Why: p.single, Run: func() tea.Cmd { p.step(-1); return nil }},
	}
	w := widget.MoveWords{Next: "Next hop.", Before: "Hop before.", First: "First hop.", Last: "Last hop."}
	return append(list, widget.Moves(moves, p.table, w, func(row int) tea.Cmd { p.moveTo(row); return nil })...)
}

func (p *Page) gone() string {
	if p.host == nil {
		return "the service is gone"
	}
	return ""
}

func (p *Page) noAsk() string {
	if p.host == nil {
		return "the service is gone"
	}
	if !p.view.State.Over() {
		return "the paths are being read"
	}
	return ""
}

func (p *Page) noCommand() string {
	if p.finding().Next.Command == "" {
		return "no command mends this hop"
	}
	return ""
}

func (p *Page) single() string {
	if p.host == nil || len(p.host.Places) < 2 {
		return "there is no other target"
	}
	return ""
}

// ticket is the way for somebody else.
func (p *Page) ticket() ticket.Ticket {
	t := ticket.Ticket{Subject: p.name, Details: p.text(), IDs: []ticket.Fact{ticket.Of("service", p.host.Service.ID), ticket.Of("control plane", p.host.Plane.ID)}}
	if n := p.view.Network; n != nil {
		t.Subject = n.Name.Or("(no name)").String() + " › " + p.name
		t.IDs = append(t.IDs, ticket.Of("network", n.ID))
	}
	t.Findings = slices.Clone(p.host.Findings)
	for _, place := range p.host.Places {
		t.Findings = append(t.Findings, place.Findings...)
	}
	slices.SortStableFunc(t.Findings, func(a, b finding.Finding) int { return int(b.Severity) - int(a.Severity) })
	return t
}

// text is the way for a ticket: each place, hop by hop, with what is wrong.
func (p *Page) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", p.name, safe.Clean(p.host.Finding().Cause))
	for _, place := range p.host.Places {
		fmt.Fprintf(&b, "\n%s\n", place.Text())
		for _, h := range place.Hops {
			fmt.Fprintf(&b, "%s %s: %s, %s\n", theme.Symbol(h.Severity()), safe.Clean(h.Title), h.Outcome, safe.Clean(h.Why))
		}
		for _, f := range place.Findings {
			fmt.Fprintf(&b, "%s %s %s\n", theme.Symbol(f.Severity), f.Codes(), safe.Clean(f.Cause))
			if line := f.Next.Line(); line != "" {
				fmt.Fprintf(&b, "  → %s\n", safe.Clean(line))
			}
		}
	}
	return b.String()
}

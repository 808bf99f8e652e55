package paths

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/paths/hops"
)

// open shows the way of the selected service hop by hop.
func (s *Screen) open() tea.Cmd {
	return screen.Say(screen.Push{Screen: hops.New(s.env, s.th, s.service, s.view(), s.selectedHost().Key)})
}

// namedPlace is the first place of a service that has a name, nil when all have addresses.
func namedPlace(h *paths.Host) *paths.Place {
	for i := range h.Places {
		if p := &h.Places[i]; p.Named() {
			return p
		}
	}
	return nil
}

// uncovered is the first place whose name no rule of the mapping table covers, nil for none.
func uncovered(h *paths.Host) *paths.Place {
	for i := range h.Places {
		if p := &h.Places[i]; p.Named() && p.Domain.IsEmpty() && p.By != paths.ByItself {
			return p
		}
	}
	return nil
}

// addMapping goes to the DNS table, with a row for the name that no rule covers.
func (s *Screen) addMapping() tea.Cmd {
	return screen.Say(screen.Mappings{Network: s.chosen, Add: uncovered(s.selectedHost()).Host})
}

func (s *Screen) toTable() tea.Cmd { return screen.Say(screen.Mappings{Network: s.chosen}) }

func (s *Screen) trace() tea.Cmd {
	return screen.Say(screen.Trace{Network: s.chosen, Name: namedPlace(s.selectedHost()).Host})
}

// command is that of the most urgent finding of the row that has one; empty for none.
func (s *Screen) command() string {
	for _, f := range s.selectedFindings() {
		if f.Next.Command != "" {
			return f.Next.Command
		}
	}
	return ""
}

func (s *Screen) copyCommand() tea.Cmd {
	return screen.Say(screen.Copy{What: "the command", Text: s.command()})
}

// copyRow copies what the row is of.
func (s *Screen) copyRow() tea.Cmd {
	switch r, w := s.selectedService(), s.selectedWay(); {
	case w != nil:
		return screen.Say(screen.Copy{What: "the name of the subnet", Text: w.Subnet.String()})
	case r.plane != nil:
		return screen.Say(screen.Copy{What: "the id of " + r.name(), Text: r.plane.ID.String()})
	default:
		return screen.Say(screen.Copy{What: "the address of " + r.name(), Text: address(r.host)})
	}
}

func (s *Screen) copyTicket() tea.Cmd {
	title, facts := s.facts()
	t := ticket.Ticket{Subject: nameOf(s.network()) + " › " + title, Findings: s.selectedFindings(), Details: dialog.Plain(facts)}
	if n := s.network(); n != nil {
		t.IDs = append(t.IDs, ticket.Of("network", n.ID))
	}
	switch r, w := s.selectedService(), s.selectedWay(); {
	case w != nil:
		t.IDs = append(t.IDs, ticket.Of("VNET", w.VNet.ID()))
	case r == nil:
	case r.plane != nil:
		t.IDs = append(t.IDs, ticket.Of("control plane", r.plane.ID))
	default:
		t.IDs = append(t.IDs, ticket.Of("service", r.host.Service.ID), ticket.Of("control plane", r.host.Plane.ID))
	}
	return screen.Say(screen.Copy{What: "a ticket about " + title, Text: t.Markdown()})
}

// describe shows everything that is known of the row.
func (s *Screen) describe() tea.Cmd {
	title, facts := s.facts()
	return s.showFacts(title, "the description of "+title, facts)
}

// showFindings shows all that was found.
func (s *Screen) showFindings() tea.Cmd {
	list := &sheet{}
	list.found(s.view().Findings)
	return s.showFacts("Findings of "+nameOf(s.network()), "the findings", list.rows)
}

func (s *Screen) showFacts(title, what string, facts [][2]string) tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewText(title, what, dialog.Plain(facts), func(width int) []string {
		return dialog.Facts(s.th, facts, width)
	})})
}

package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// after are the ways on from a run that has ended: to what it was about first, and only then
// to what takes it back.
func (s *Screen) after() []action.Action {
	return []action.Action{
		{ID: "run.network", Name: "network", Keys: []string{"o"}, Group: groupRun, Footer: 1, Help: "Show the network, with both halves of its peerings.", Why: s.noNetwork, Run: s.openNetwork},
		{ID: "run.trace", Name: "trace", Keys: []string{"t"}, Group: groupRun, Footer: 2, Help: "Trace a name on the network: the first that the run has mapped.", Why: s.noNetwork, Run: s.traceMapped},
		{ID: "run.ticket", Name: "summary", Keys: []string{"Y"}, Group: groupRun, Footer: 3, Help: "Copy what the run did, in Markdown, for a ticket.", Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the summary of the run", Text: summary(s.run)})
		}},
	}
}

func (s *Screen) noNetwork() string {
	if s.network(s.run.Request.Network) == nil {
		return "the network is not in the list yet"
	}
	return ""
}

func (s *Screen) openNetwork() tea.Cmd {
	open := screen.Open{Network: s.network(s.run.Request.Network).ID}
	for i := range s.run.Made {
		if m := s.run.Made[i]; m.Step == setup.StepPeering && !m.Gone {
			open.Peering = m.ID
		}
	}
	return screen.Say(open)
}

func (s *Screen) traceMapped() tea.Cmd {
	t := screen.Trace{Network: s.network(s.run.Request.Network).ID}
	for _, m := range s.run.Request.Mappings {
		if len(m.Domains) > 0 {
			t.Name = m.Domains[0]
			break
		}
	}
	return screen.Say(t)
}

// summary tells a run as Markdown, with nothing in it that is secret.
func summary(r *setup.Run) string {
	var b strings.Builder
	_, word := runWord(r.State)
	b.WriteString("# " + phrase.Capital(runNoun(*r)) + " of " + target(r.Request) + ": " + word + "\n\n")
	line := func(label string, value safe.Text) {
		if !value.IsEmpty() {
			b.WriteString("- " + label + ": `" + strings.ReplaceAll(value.String(), "`", "'") + "`\n")
		}
	}
	v := r.Request.VNet
	line("Network", r.Request.Network)
	line("Peering", r.Request.Peering)
	line("VNET", v.ID())
	line("Tenant", v.TenantID)
	b.WriteString("- " + phrase.Count(r.Writes, "request") + " that changed something, run " + safe.Clean(r.ID) + "\n\n")
	for i := range r.Steps {
		st := &r.Steps[i]
		b.WriteString("- " + st.ID.Title() + ": " + strings.TrimSpace(string(st.State)+" "+safe.Clean(st.Summary)) + "\n")
	}
	for i, m := range r.Made {
		if i == 0 {
			b.WriteString("\n## What it made\n\n")
		}
		gone := ""
		if m.Gone {
			gone = " (removed)"
		}
		b.WriteString("- " + string(m.Kind) + " " + m.Name.String() + gone + ": `" + m.ID.String() + "`\n")
	}
	return b.String()
}

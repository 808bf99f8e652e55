package setup

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// copyTicket copies how the run stands for somebody else.
func (s *Screen) copyTicket() tea.Cmd {
	return screen.Say(screen.Copy{What: "a ticket about the " + runNoun(*s.run), Text: runTicket(s.run, s.log.lines).Markdown()})
}

// runTicket is a run for somebody else: what has failed or is asked, then what it has made.
func runTicket(r *setup.Run, log []model.LogLine) ticket.Ticket {
	over, all := r.Progress()
	t := ticket.Ticket{
		Subject:    target(r.Request) + " › " + runNoun(*r),
		Conclusion: fmt.Sprintf("The %s is %s at the step %s; %d of %s are over", runNoun(*r), r.State, r.Current.Title(), over, phrase.Count(all, "step")),
		Since:      "the run began at " + r.StartedAt.UTC().Format("2006-01-02 15:04:05Z"),
		IDs:        []ticket.Fact{{Label: "run", Value: r.ID}, ticket.Of("tenant", r.Request.VNet.TenantID), ticket.Of("subscription", r.Request.VNet.SubscriptionID)},
	}
	for i := range r.Steps {
		step := &r.Steps[i]
		if f := step.Failure; f != nil {
			bad := f.AsFinding()
			bad.Severity = model.SeverityBroken
			t.Findings = append(t.Findings, bad)
			t.IDs = append(t.IDs, ticket.Of("trace", f.TraceID), ticket.Of("request", f.RequestID))
		}
		if a := step.Asks; a != nil {
			t.Findings = append(t.Findings, a.Finding())
		}
	}
	for _, m := range r.Made {
		if !m.Gone {
			t.IDs = append(t.IDs, ticket.Fact{Label: "made: " + string(m.Kind), Value: m.ID.Or(m.Name.String()).String()})
		}
	}
	if len(log) > 0 {
		t.Details = plainLog(log)
	}
	return t
}

package networks

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// acknowledgeable lists the findings of a network that somebody could know of, what presses
// most first.
func acknowledgeable(n *model.NetworkStatus) []model.Found {
	if n == nil {
		return nil
	}
	list := slices.DeleteFunc(n.Found(), func(f model.Found) bool { return !f.Finding.NeedsPerson() })
	slices.SortStableFunc(list, func(a, b model.Found) int { return b.Finding.Rank() - a.Finding.Rank() })
	return list
}

// noAcknowledge says why nothing can be acknowledged.
func noAcknowledge(a subject) string {
	switch {
	case a.known == nil:
		return "nothing can be kept here"
	case len(acknowledgeable(a.network)) == 0:
		return "nothing here needs a person"
	default:
		return ""
	}
}

// acknowledge asks which finding is known where there are several, why, and until when.
func acknowledge(a subject) tea.Cmd {
	list := acknowledgeable(a.network)
	if len(list) == 1 {
		return acknowledgeOne(a, list[0])
	}
	pick, load := dialog.NewPick(context.Background(), a.th, dialog.List{
		Title: "Which finding is known?", Only: true, Empty: "Nothing here needs a person.",
		Load: func(context.Context) ([]dialog.Item, error) {
			items := make([]dialog.Item, 0, len(list))
			for _, f := range list {
				items = append(items, dialog.Item{
					Marked: true, Severity: f.Finding.Severity, Name: nameOf(f.Name), Note: f.Finding.Label(), More: f.Finding.Codes() + ": " + f.Finding.Cause,
					Then: func() tea.Cmd { return acknowledgeOne(a, f) }, //nolint:contextcheck // the dialog has its own
				})
			}
			return items, nil
		},
	})
	return screen.Say(screen.Show{Dialog: pick, Then: load})
}

// acknowledgeOne asks for the reason, or whether what is known is to count again.
func acknowledgeOne(a subject, f model.Found) tea.Cmd {
	what := nameOf(f.Name) + ": " + f.Finding.Word
	if k := f.Finding.Known; k != nil {
		return screen.Say(screen.Show{Dialog: dialog.NewAsk(a.th, dialog.Question{
			Title: "Let it count again?", Yes: "let it count", No: "leave it known",
			Text: []string{what + " (" + f.Finding.Codes() + ").", known.Sentence(*k, a.at)},
			Do:   forget(a, f),
		})})
	}
	return screen.Say(screen.Show{Dialog: dialog.NewInput(a.th, dialog.Field{
		Title: "Acknowledge", What: "go on", Text: what + " (" + f.Finding.Codes() + "). It stays in sight, and is counted no more until its end, or until it is another one. Why is it let be?",
		Do: func(reason string) tea.Cmd { return askEnd(a, f, reason) },
	})})
}

// askEnd asks how long it is known.
func askEnd(a subject, f model.Found, reason string) tea.Cmd {
	pick, load := dialog.NewPick(context.Background(), a.th, dialog.List{
		Title: "Until when?", Only: true,
		Load: func(context.Context) ([]dialog.Item, error) {
			var items []dialog.Item
			for _, end := range known.Ends() {
				note := ""
				if at := end.At(a.at); !at.IsZero() {
					note = known.EndText(at, a.at)
				}
				items = append(items, dialog.Item{Name: string(end), Note: note, Then: func() tea.Cmd { return remember(a, f, reason, end) }})
			}
			return items, nil
		},
	})
	return screen.Say(screen.Show{Dialog: pick, Then: load})
}

// remember writes it down.
func remember(a subject, f model.Found, reason string, end known.End) tea.Cmd {
	p := known.Of(a.network, f)
	p.Reason, p.At, p.Until, p.By = safe.New(reason), a.at, end.At(a.at), a.snapshot.User.Email
	comments := map[string]safe.Text{"network": a.network.Name, "subject": f.Name}
	return func() tea.Msg {
		if err := a.known.Add(p, comments); err != nil {
			return screen.Toast{Text: "It is not acknowledged: " + err.Error(), Trouble: true}
		}
		return screen.Toast{Text: nameOf(f.Name) + " is known " + known.EndText(p.Until, a.at) + "."}
	}
}

// forget takes back what is known of a finding.
func forget(a subject, f model.Found) tea.Cmd {
	return func() tea.Msg {
		if err := a.known.Remove(a.network, f); err != nil {
			return screen.Toast{Text: "It stays known: " + err.Error(), Trouble: true}
		}
		return screen.Toast{Text: nameOf(f.Name) + " counts again."}
	}
}

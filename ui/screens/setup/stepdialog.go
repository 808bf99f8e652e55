package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// describeStep opens all of the selected step. It grows with the run.
func (s *Screen) describeStep() tea.Cmd {
	id := s.step().ID
	lines := func(width int) []string {
		step := s.run.Step(id)
		if step == nil {
			return []string{"This step is not in the run any more."}
		}
		now := s.env.Now()
		out := s.stepParts(step, now, width, false)
		if log := s.log.of(id); len(log) > 0 {
			out = append(out, "", widget.Section(s.th, "LOG", width))
			out = append(out, logLines(s.th, log, now, width)...)
		}
		return out
	}
	const plainWidth = 100
	plain := make([]string, 0, 40)
	for _, l := range lines(plainWidth) {
		plain = append(plain, strings.TrimRight(ansi.Strip(l), " "))
	}
	return screen.Say(screen.Show{Dialog: dialog.NewText(id.Title(), "the step "+id.Title(), strings.Join(plain, "\n")+"\n", lines)})
}

// showRequests opens the requests of the selected step, whole, with the commands
// that do the same.
func (s *Screen) showRequests() tea.Cmd {
	step := *s.step()
	return screen.Say(screen.Show{Dialog: dialog.NewRequests(s.th, step.ID.Title()+": "+phrase.Noun(len(step.Plan), "request"), step.Plan)})
}

// showLog opens the log of the whole run, at its end.
func (s *Screen) showLog() tea.Cmd {
	d := dialog.NewText("Log of the run", "the log", plainLog(s.log.lines), func(width int) []string {
		if len(s.log.lines) == 0 {
			return []string{"Nothing was written to the log so far."}
		}
		return logLines(s.th, s.log.lines, s.env.Now(), width)
	})
	d.End()
	return screen.Say(screen.Show{Dialog: d})
}

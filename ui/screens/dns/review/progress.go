package review

import (
	"time"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// stepLines draws the steps of an order: symbol, what, how it stands, and how long it
// took.
func stepLines(p dnstable.Progress, th *theme.Theme, now time.Time, width int) []string {
	const title, word = 40, 18
	steps := dnstable.ApplySteps()
	lines := make([]string, 0, len(steps))
	for i, s := range steps {
		severity, how := p.Step(i)
		tone := theme.Plain
		if how == "to come" || how == "not done" {
			tone = theme.Muted
		}
		took := ""
		if d, known := p.StepTime(i, now); known {
			took = phrase.Elapsed(d)
		}
		l := cell.NewLine(th, width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).To(3).Put(tone, s.Title())
		l.To(3+title).Put(theme.Of(severity), cell.Fit(how, word)).Put(theme.Muted, took)
		lines = append(lines, l.String())
	}
	return lines
}

package widget

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Clock writes a moment for a log: the time of day, and the date before it when
// it was not today.
func Clock(at, now time.Time) string {
	at = at.In(now.Location())
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04:05")
	}
	return at.Format("Jan _2 15:04")
}

// Timeline draws the state changes of a network that were seen, the newest first.
func Timeline(th *theme.Theme, changes []model.Change, network safe.Text, now time.Time, width, height int) []string {
	var shown []model.Change
	clock, what := 0, 0 // the widths of the first columns
	for _, c := range changes {
		if len(shown) == height {
			break
		}
		if c.Network == network {
			shown = append(shown, c)
			clock, what = max(clock, cell.Width(Clock(c.At, now))), max(what, cell.Width(subject(c)))
		}
	}
	if len(shown) == 0 && height > 0 {
		return []string{cell.NewLine(th, width).Space(3).Put(theme.Muted, "No change has been seen so far.").String()}
	}
	lines := make([]string, 0, len(shown))
	for _, c := range shown {
		l := cell.NewLine(th, width)
		l.Space(3).Put(theme.Muted, cell.Fit(Clock(c.At, now), clock)).Space(2)
		l.Put(theme.Plain, cell.Fit(subject(c), min(what, width/3))).Space(2)
		from, to := c.Words()
		from = cell.Cut(from, max(4, l.Left()-cell.Width(to)-3)) // what it is now matters more
		l.Put(theme.Muted, from+" → ").Put(theme.Plain, to)
		if c.Gap {
			l.Put(theme.Muted, " (unseen)")
		}
		lines = append(lines, l.String())
	}
	return lines
}

// subject is what changed.
func subject(c model.Change) string {
	if c.ObjectName.IsEmpty() {
		return c.Aspect.Label()
	}
	return c.ObjectName.String() + " " + c.Aspect.Label()
}

// Section draws a heading inside a screen.
func Section(th *theme.Theme, title string, width int) string {
	return cell.NewLine(th, width).Space(1).Put(theme.Muted, title).String()
}

// Rule draws a line over the whole width.
func Rule(th *theme.Theme, width int) string { return RuleOf(th, theme.Faint, width) }

// RuleOf is a rule in a tone.
func RuleOf(th *theme.Theme, tone theme.Tone, width int) string {
	line := make([]rune, max(0, width))
	for i := range line {
		line[i] = '─'
	}
	return th.Paint(tone, string(line))
}

package widget

import (
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/cell"
	"peerdeck/ui/theme"
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
	var lines []string
	for _, c := range changes {
		if c.Network != network {
			continue
		}
		if len(lines) == height {
			break
		}
		lines = append(lines, timelineRow(th, c, now, width))
	}
	if len(lines) == 0 && height > 0 {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, "No change since peerdeck watches.").String())
	}
	return lines
}

func timelineRow(th *theme.Theme, c model.Change, now time.Time, width int) string {
	l := cell.NewLine(th, width)
	l.Space(3).Put(theme.Muted, cell.Fit(Clock(c.At, now), 12)).Space(1)
	what := c.Aspect.Label()
	if !c.ObjectName.IsEmpty() {
		what = c.ObjectName.String() + " " + what
	}
	l.Put(theme.Plain, cell.Fit(what, min(22, width/3))).Space(1)
	from, to := c.Words()
	l.Put(theme.Muted, from+" → ").Put(theme.Plain, to)
	if c.Gap {
		l.Put(theme.Muted, " (unseen)")
	}
	return l.String()
}

// Section draws a heading inside a screen.
func Section(th *theme.Theme, title string, width int) string {
	return cell.NewLine(th, width).Space(1).Put(theme.Muted, title).String()
}

// Rule draws a line over the whole width.
func Rule(th *theme.Theme, width int) string {
	line := make([]rune, max(0, width))
	for i := range line {
		line[i] = '─'
	}
	return th.Paint(theme.Faint, string(line))
}

package widget

import (
	"strings"
	"time"

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

// Section draws a heading inside a screen.
func Section(th *theme.Theme, title string, width int) string {
	return cell.NewLine(th, width).Space(1).Put(theme.Muted, title).String()
}

// Rule draws a line over the whole width.
func Rule(th *theme.Theme, width int) string { return RuleOf(th, theme.Faint, width) }

// RuleWith is a rule over the whole width with a word at its right end; none where there is
// nothing to say.
func RuleWith(th *theme.Theme, width int, text string) string {
	const end = 2 // of the line behind the word
	room := width - cell.Width(text) - end - 2
	if text == "" || room < end {
		return Rule(th, width)
	}
	l := cell.NewLine(th, width).Put(theme.Faint, strings.Repeat("─", room))
	return l.Space(1).Put(theme.Muted, text).Space(1).Put(theme.Faint, strings.Repeat("─", end)).String()
}

// RuleOf is a rule in a tone.
func RuleOf(th *theme.Theme, tone theme.Tone, width int) string {
	return th.Paint(tone, strings.Repeat("─", max(0, width)))
}

package changepane

import (
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Details draw a change whole in at most so many lines: of what, when, what became other,
// why, who made it, and how it stands now. Now is the finding that the snapshot has of its
// subject; nil where there is none.
func Details(th *theme.Theme, e changes.Entry, current *finding.Finding, keys widget.NextKeys, now time.Time, width, height int) []string {
	lines := []string{title(th, e, now, width)}
	put := func(tone theme.Tone, text string, most int) {
		for _, part := range cell.Wrap(safe.Clean(text), width-4, most) {
			lines = append(lines, cell.NewLine(th, width).Space(indent).Put(tone, part).String())
		}
	}
	put(theme.Plain, e.Line(now), 3)
	if e.Cause != "" && e.Cause != e.Text && (current == nil || current.Code != e.Code) { // else it is said below
		put(theme.Plain, e.Cause, 3)
	}
	if seen := seenText(e, now); seen != "" {
		put(theme.Muted, seen, 2)
	}
	if who := whoText(e); who != "" {
		put(theme.Muted, who, 4)
	}
	if current != nil && height-len(lines) > 1 {
		lines = append(lines, cell.NewLine(th, width).Space(1).Put(theme.Muted, "NOW").String())
		lines = append(lines, widget.FindingLines(th, *current, keys, width, height-len(lines))...)
	}
	return lines[:max(0, min(len(lines), height))]
}

// title names the change and says how long ago it was seen.
func title(th *theme.Theme, e changes.Entry, now time.Time, width int) string {
	symbol, tone := Mark(e)
	l := cell.NewLine(th, width).Space(1).Put(tone, symbol).Space(1)
	age := phrase.Age(e.At, now)
	name := e.Where()
	if name == "" {
		name = "watching"
	}
	l.Put(theme.Strong, cell.Cut(name, max(1, width-cell.Width(age)-6)))
	return l.To(width-cell.Width(age)-1).Put(theme.Muted, age).String()
}

// seenText says when it was seen, and that this is not when it happened.
func seenText(e changes.Entry, now time.Time) string {
	code := ""
	if e.Code != "" {
		code = "  " + string(e.Code)
	}
	switch {
	case e.Kind == changes.KindGap:
		return ""
	case e.Times > 1:
		return "first seen " + widget.Clock(e.First, now) + ", last " + widget.Clock(e.At, now) + code
	default:
		return "seen " + widget.Clock(e.At, now) + code
	}
}

// whoText says who made the change, or that it is not known, where somebody must have.
func whoText(e changes.Entry) string {
	if who := e.By.Words(); who != "" {
		text := "changed by " + who
		if !e.By.Trace.IsEmpty() {
			text += ", trace id " + e.By.Trace.String()
		}
		return text
	}
	if e.Unknown != "" {
		return e.Unknown
	}
	if e.Kind == changes.KindDNS {
		return "changed by somebody else, not from this machine; Konnect's table does not say who"
	}
	return ""
}

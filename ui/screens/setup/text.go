package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// paragraph draws a text with a margin, whole.
func paragraph(th *theme.Theme, tone theme.Tone, text string, width int) []string {
	return paragraphIn(th, tone, text, width, 0)
}

// paragraphIn draws a text with a margin in a number of lines; 0 is as many as it
// takes.
func paragraphIn(th *theme.Theme, tone theme.Tone, text string, width, most int) []string {
	return widget.Paragraph(th, tone, text, width, most)
}

// marked draws a text behind the symbol of a severity, whole.
func marked(th *theme.Theme, severity model.Severity, tone theme.Tone, text string, width int) []string {
	return widget.Marked(th, severity, tone, text, width, 0)
}

// markedIn draws it in a number of lines; an ellipsis tells that it is not whole.
func markedIn(th *theme.Theme, severity model.Severity, text string, width, most int) []string {
	return widget.Marked(th, severity, theme.Plain, text, width, most)
}

// failureLines draws a failure: what failed and why, the cure, and the ids. The
// cure is never what gives way.
func failureLines(th *theme.Theme, f model.Failure, width, room int) []string {
	cure := arrow(th, f.Cure, width)
	cause := marked(th, model.SeverityBroken, theme.Bad, phrase.Capital(f.Error()), width)
	if most := max(1, room-len(cure)); len(cause) > most {
		cause = cause[:most]
	}
	lines := slices.Concat(cause, cure)
	for _, id := range ids(f) {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, id).String())
	}
	return lines[:min(len(lines), max(0, room))]
}

// arrow draws what to do now.
func arrow(th *theme.Theme, text string, width int) []string { return widget.Arrow(th, text, width) }

// ids are what support asks for, a line each.
func ids(f model.Failure) []string { return widget.FailureIDs(f) }

// fitting lists names as far as there is room, and counts the rest: to count a single
// one would take the room of its name.
func fitting(names []string, width int) string {
	text := strings.Join(names, ", ")
	for n := max(len(names)-2, 1); n > 0 && n < len(names) && cell.Width(text) > width; n-- {
		text = fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
	}
	return text
}

package widget

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Paragraph draws a text with a margin in a number of lines; 0 is as many as it takes.
// An ellipsis tells that it is not whole.
func Paragraph(th *theme.Theme, tone theme.Tone, text string, width, most int) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for _, part := range cell.Wrap(text, width-4, most) {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(tone, part).String())
	}
	return lines
}

// Marked draws a text behind the symbol of a severity, in a number of lines as
// Paragraph does.
func Marked(th *theme.Theme, severity model.Severity, tone theme.Tone, text string, width, most int) []string {
	var lines []string
	for i, part := range cell.Wrap(text, width-4, most) {
		l := cell.NewLine(th, width).Space(1)
		if i == 0 {
			l.Put(theme.Of(severity), theme.Symbol(severity))
		}
		lines = append(lines, l.To(3).Put(tone, part).String())
	}
	return lines
}

// Arrow draws what to do now, whole.
func Arrow(th *theme.Theme, text string, width int) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for i, part := range cell.Wrap(text, width-6, 0) {
		l := cell.NewLine(th, width).Space(3)
		if i == 0 {
			l.Put(theme.Accent, "→")
		}
		lines = append(lines, l.To(5).Put(theme.Plain, part).String())
	}
	return lines
}

// FailureIDs are what support asks for and what peerdeck explain tells of, a line each.
func FailureIDs(f model.Failure) []string {
	var out []string
	switch {
	case f.Status != 0 && !f.Code.IsEmpty():
		out = append(out, fmt.Sprintf("%d %s", f.Status, f.Code))
	case f.Status != 0:
		out = append(out, fmt.Sprintf("HTTP %d", f.Status))
	case !f.Code.IsEmpty():
		out = append(out, f.Code.String())
	}
	if f.Finding != "" {
		out = append(out, "code "+string(f.Finding))
	}
	if !f.TraceID.IsEmpty() {
		out = append(out, "trace "+f.TraceID.String())
	}
	if !f.RequestID.IsEmpty() {
		out = append(out, "request id "+f.RequestID.String())
	}
	return out
}

package setup

import (
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// halvesPart draws what both clouds say of the peering.
func halvesPart(th *theme.Theme, h *setup.Halves, now time.Time, width int) []string {
	if h == nil {
		return nil
	}
	state := string(h.Konnect)
	if state == "" {
		state = "nothing yet"
	}
	konnect := h.Konnect.Severity()
	azure, text := h.Azure.Summary()
	var lines []string
	side := func(name string, severity model.Severity, text string) {
		for i, part := range cell.Wrap(text, width-13, 0) {
			l := cell.NewLine(th, width)
			if i == 0 {
				l.Space(1).Put(theme.Muted, name).To(10).Put(theme.Of(severity), theme.Symbol(severity))
			}
			lines = append(lines, l.To(12).Put(theme.Of(severity), part).String())
		}
	}
	if half := width / 2; cell.Width(state)+12 < half && cell.Width(text)+10 < half && width >= 70 {
		l := cell.NewLine(th, width).Space(1).Put(theme.Muted, "Konnect  ").Put(theme.Of(konnect), theme.Symbol(konnect)+" "+state)
		lines = append(lines, l.To(half).Put(theme.Muted, "Azure  ").Put(theme.Of(azure), theme.Symbol(azure)+" "+text).String())
	} else {
		side("Konnect", konnect, state)
		side("Azure", azure, text)
	}
	if !h.Reason.IsEmpty() {
		lines = append(lines, about(th, "Konnect's reason: "+h.Reason.String(), width)...)
	}
	if f := h.Azure.Failure; f != nil {
		lines = append(lines, about(th, "Azure: "+f.Cause.String(), width)...)
		lines = append(lines, arrow(th, f.Cure, width)...)
	}
	lines = append(lines, marked(th, h.Finding.Severity, theme.Plain, h.Finding.Cause, width)...)
	lines = append(lines, arrow(th, h.Finding.Next.Line(), width)...)
	watched := ""
	if !h.Since.IsZero() {
		watched = "watched for " + phrase.Span(now.Sub(h.Since))
	}
	if !h.LookedAt.IsZero() {
		watched = strings.TrimPrefix(watched+", looked at "+widget.Clock(h.LookedAt, now), ", ")
	}
	return append(lines, about(th, watched, width)...)
}

// findingsPart draws what a check found, the worst first. What is fine is one line.
func findingsPart(th *theme.Theme, findings []setup.Checked, width int) []string {
	list := slices.Clone(findings)
	slices.SortStableFunc(list, func(a, b setup.Checked) int { return int(b.Mark()) - int(a.Mark()) })
	var lines []string
	for _, f := range list {
		text := f.Title
		if f.Cause != "" {
			text += ": " + f.Cause
		}
		tone := theme.Plain
		if f.Mark() == model.SeverityOK {
			tone = theme.Muted
		}
		lines = append(lines, marked(th, f.Mark(), tone, text, width)...)
		lines = append(lines, arrow(th, f.Next.Line(), width)...)
	}
	return lines
}

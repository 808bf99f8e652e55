package networks

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// blank says why there is no network to show, and what to do.
func (s *Screen) blank(now time.Time) []string {
	lines := []string{""}
	switch {
	case s.failing() || !s.snapshot.Progress.ListedAll:
		lines = append(lines, s.unanswered(now, s.width)...)
	default:
		lines = append(lines, s.said(theme.Plain, "There is no network in this organization.", s.width)...)
		lines = append(lines, "")
		lines = append(lines, s.said(theme.Muted, "Create one in Konnect at cloud.konghq.com/global/networks; it is on this screen within a minute.", s.width)...)
	}
	k := s.snapshot.Konnect
	for _, f := range s.snapshot.Failures {
		if k.Failure == nil || f.Cause != k.Failure.Cause {
			lines = append(lines, "")
			lines = append(lines, s.said(theme.Warn, "▲ "+f.Error(), s.width)...)
			lines = append(lines, s.said(theme.Muted, f.Cure, s.width)...)
		}
	}
	return lines
}

// failing reports whether Konnect gave a failure in place of its networks.
func (s *Screen) failing() bool {
	return s.snapshot.Konnect.Failure != nil && s.snapshot.Konnect.State != model.SourceLive
}

// unanswered says that Konnect is asked, or why it did not answer, and what to do.
func (s *Screen) unanswered(now time.Time, width int) []string {
	if !s.failing() {
		return s.said(theme.Busy, "◐ Asking Konnect for its networks…", width)
	}
	k := s.snapshot.Konnect
	lines := append(s.said(theme.Bad, "✖ "+phrase.Capital(k.Failure.Cause.String()), width), "")
	lines = append(lines, s.said(theme.Plain, k.Failure.Cure, width)...)
	if !k.Failure.TraceID.IsEmpty() {
		lines = append(lines, s.said(theme.Muted, "Trace "+k.Failure.TraceID.String(), width)...)
	}
	if wait := k.NextTry.Sub(now); wait > 0 {
		lines = append(lines, "")
		lines = append(lines, s.said(theme.Muted, fmt.Sprintf("Next try in %s; r tries now.", phrase.Span(wait)), width)...)
	}
	return lines
}

// said is a sentence with a margin, in at most three lines.
func (s *Screen) said(tone theme.Tone, text string, width int) []string {
	var lines []string
	for _, part := range cell.Wrap(text, min(width-6, 90), 3) {
		lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(tone, part).String())
	}
	return lines
}

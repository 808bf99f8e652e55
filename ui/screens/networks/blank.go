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
	w := s.width
	line := func(tone theme.Tone, text string) []string {
		var lines []string
		for _, part := range cell.Wrap(text, min(w-6, 90), 3) {
			lines = append(lines, cell.NewLine(s.th, w).Space(3).Put(tone, part).String())
		}
		return lines
	}
	lines := []string{""}
	k := s.snapshot.Konnect
	switch {
	case k.Failure != nil && s.snapshot.Konnect.State != model.SourceLive:
		lines = append(lines, line(theme.Bad, "✖ "+phrase.Capital(k.Failure.Cause.String()))...)
		lines = append(lines, "")
		lines = append(lines, line(theme.Plain, k.Failure.Cure)...)
		if !k.Failure.TraceID.IsEmpty() {
			lines = append(lines, line(theme.Muted, "Trace "+k.Failure.TraceID.String())...)
		}
		if wait := k.NextTry.Sub(now); wait > 0 {
			lines = append(lines, "")
			lines = append(lines, line(theme.Muted, fmt.Sprintf("Next try in %s; r tries now.", phrase.Span(wait)))...)
		}
	case !s.snapshot.Progress.ListedAll:
		lines = append(lines, line(theme.Busy, "◐ Asking Konnect for its networks…")...)
	default:
		lines = append(lines, line(theme.Plain, "There is no network in this organization.")...)
		lines = append(lines, "")
		lines = append(lines, line(theme.Muted, "Create one in Konnect at cloud.konghq.com/global/networks; it is on this screen within a minute.")...)
	}
	for _, f := range s.snapshot.Failures {
		if k.Failure == nil || f.Cause != k.Failure.Cause {
			lines = append(lines, "")
			lines = append(lines, line(theme.Warn, "▲ "+f.Error())...)
			lines = append(lines, line(theme.Muted, f.Cure)...)
		}
	}
	return lines
}

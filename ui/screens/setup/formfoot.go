package setup

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// foot draws the words about the selected row, what went wrong last, and the
// summary.
func (s *Screen) foot(width int) []string {
	room := s.footLines() - 2
	lines := []string{s.divider(width)}
	words := s.footWords(width, room)
	lines = append(lines, words...)
	for len(lines) < room+1 {
		lines = append(lines, "")
	}
	return append(lines, s.summary(width))
}

// divider parts the rows from the words; it tells when there are rows below.
func (s *Screen) divider(width int) string {
	all, _ := s.layout()
	_, to := s.form.lines.Visible()
	below := 0
	for i, r := range all {
		if r >= 0 && i >= to {
			below++
		}
	}
	if below == 0 {
		return widget.Rule(s.th, width)
	}
	text := fmt.Sprintf(" ↓ %d more ", below)
	const tail = 2
	l := cell.NewLine(s.th, width).Put(theme.Faint, strings.Repeat("─", max(0, width-cell.Width(text)-tail)))
	return l.Put(theme.Muted, text).Put(theme.Faint, strings.Repeat("─", tail)).String()
}

func (s *Screen) footWords(width, room int) []string {
	if f := s.failure; f != nil {
		return failureLines(s.th, *f, width, room)
	}
	f := &s.form
	problems := f.problemsOf(f.row())
	var lines []string
	if f.at == f.saidAt {
		most := room
		if len(problems) > 0 {
			most = max(1, room-2)
		}
		lines = paragraphIn(s.th, theme.Plain, f.said, width, most)
	}
	for _, p := range problems {
		if left := room - len(lines); left > 0 {
			lines = append(lines, markedIn(s.th, problemSeverity(p), problemText(p), width, left)...)
		}
	}
	if f.row().kind == rowMapping {
		for _, text := range f.unchecked {
			if left := room - len(lines); left > 0 {
				lines = append(lines, markedIn(s.th, model.SeverityUnknown, text, width, left)...)
			}
		}
	}
	about := paragraph(s.th, theme.Muted, f.row().about, width)
	if len(lines)+len(about) < room || len(lines) == 0 {
		lines = append(lines, about...)
	}
	return lines[:min(len(lines), room)]
}

// problemText is a problem as a sentence. Those of rules stand as they are: they may
// begin with a domain, whose letters are not to be changed.
func problemText(p setup.Problem) string {
	if p.Rule != "" {
		return p.Sentence()
	}
	return phrase.Capital(p.Sentence())
}

// summary says in a line how far the form is.
func (s *Screen) summary(width int) string {
	f := &s.form
	l := cell.NewLine(s.th, width-1).Space(1)
	fatal, warnings := f.wrong()
	switch missing := f.missing(); {
	case len(fatal) > 0:
		l.Put(theme.Bad, "✖ ").Put(theme.Plain, "To put right: "+fitting(fatal, max(12, l.Left()/2)))
		if len(missing) > 0 {
			l.Put(theme.Muted, " · missing: ").Put(theme.Muted, fitting(missing, l.Left()))
		}
	case len(missing) == len(mainRows()) || f.empty():
		l.Put(theme.Muted, "○ Fill it in, or o loads a file. D is a dry run: it writes nothing.")
	case len(missing) > 0:
		l.Put(theme.Muted, "○ Missing: ").Put(theme.Muted, fitting(missing, l.Left()))
	case s.active() && !s.failedChecks():
		l.Put(theme.Muted, "○ A run is in hand: ").Put(theme.Accent, "w").Put(theme.Muted, " watches it")
	case len(warnings) > 0:
		s.ways(l.Put(theme.Warn, "▲ ").Put(theme.Plain, "Look at "+fitting(warnings, max(12, l.Left()-44))+": "))
	default:
		s.ways(l.Put(theme.Fine, "● ").Put(theme.Plain, "Ready: "))
	}
	return l.String()
}

// ways lists what can be done with a form that has all it needs.
func (s *Screen) ways(l *cell.Line) {
	if !s.env.ReadOnly {
		runs := " runs it, "
		if s.active() {
			runs = " runs it anew, "
		}
		l.Put(theme.Accent, "R").Put(theme.Muted, runs)
	}
	l.Put(theme.Accent, "D").Put(theme.Muted, " shows what it would write")
}

package setup

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// runLog holds the log lines of the run in hand.
type runLog struct {
	lines []model.LogLine // the oldest first
	asked time.Time       // when the service was asked last
	waits bool            // a later asking is under way
}

// logDue tells that the log may be asked for again.
type logDue struct{}

const (
	logPace = 150 * time.Millisecond // the log is asked for at most that often
	mostLog = 5000                   // lines that are kept
)

// last is the number of the newest line.
func (l *runLog) last() uint64 {
	if n := len(l.lines); n > 0 {
		return l.lines[n-1].Number
	}
	return 0
}

// fetchLog asks for new lines, when there are any and the last asking is not too
// near. It is in memory, so nothing waits.
func (s *Screen) fetchLog() tea.Cmd {
	if s.run == nil || s.run.Log <= s.log.last() || s.log.waits {
		return nil
	}
	now := s.env.Now()
	if wait := s.log.asked.Add(logPace).Sub(now); wait > 0 {
		s.log.waits = true
		return tea.Tick(wait, func(time.Time) tea.Msg { return logDue{} })
	}
	s.log.asked = now
	s.log.lines = append(s.log.lines, s.service.Log(s.log.last())...)
	if over := len(s.log.lines) - mostLog; over > 0 {
		s.log.lines = slices.Clone(s.log.lines[over:])
	}
	return nil
}

// of lists the lines of a step.
func (l *runLog) of(step setup.StepID) []model.LogLine {
	var out []model.LogLine
	for _, line := range l.lines {
		if line.Step == string(step) {
			out = append(out, line)
		}
	}
	return out
}

// logTail draws the newest log lines that have room.
func logTail(th *theme.Theme, list []model.LogLine, now time.Time, width, room int) []string {
	return widget.LogTail(th, list, now, width, room)
}

// logLines draws log lines, wrapped, with the time of day before each.
func logLines(th *theme.Theme, list []model.LogLine, now time.Time, width int) []string {
	return widget.LogLines(th, list, now, width)
}

// plainLog writes log lines for a ticket.
func plainLog(list []model.LogLine) string {
	text := ""
	for _, line := range list {
		text += line.At.UTC().Format("2006-01-02T15:04:05Z") + "  " + line.Step + "  " + line.Text.String() + "\n"
	}
	return text
}

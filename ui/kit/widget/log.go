package widget

import (
	"time"

	"github.com/peerdeck/peerdeck/model"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// LogTail draws the newest log lines that have room, each of them whole; of one that
// is too long by itself, the beginning.
func LogTail(th *theme.Theme, list []model.LogLine, now time.Time, width, room int) []string {
	var tail []string
	for i := len(list) - 1; i >= 0 && room > 0; i-- {
		block := LogLines(th, list[i:i+1], now, width)
		if len(tail)+len(block) > room {
			if len(tail) == 0 {
				return block[:room]
			}
			break
		}
		tail = append(block, tail...)
	}
	return tail
}

// LogLines draws log lines, wrapped, with the time of day before each.
func LogLines(th *theme.Theme, list []model.LogLine, now time.Time, width int) []string {
	var lines []string
	for _, line := range list {
		clock := Clock(line.At, now)
		lead := cell.Width(clock) + 2
		for i, part := range cell.Wrap(line.Text.String(), width-lead-2, 0) {
			l := cell.NewLine(th, width).Space(1)
			if i == 0 {
				l.Put(theme.Muted, clock)
			}
			lines = append(lines, l.To(1+lead).Put(toneOf(line.Tone), part).String())
		}
	}
	return lines
}

func toneOf(t model.LineTone) theme.Tone {
	switch t {
	case model.LineGood:
		return theme.Fine
	case model.LineWait:
		return theme.Busy
	case model.LineTrouble:
		return theme.Warn
	case model.LineWrite:
		return theme.Strong
	case model.LinePlain:
		return theme.Plain
	default:
		return theme.Plain
	}
}

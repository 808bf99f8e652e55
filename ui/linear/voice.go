package linear

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// voice writes lines. Whatever it is given, no line holds an escape sequence, a carriage
// return, or a sign that a screen reader spells out or passes over.
type voice struct {
	out    io.Writer
	ascii  bool // the terminal shows nothing but ASCII
	asking bool // the last thing written is a question, without the end of its line
	failed error
}

// sayf writes one line for people: the signs of the screen become words.
func (v *voice) sayf(format string, args ...any) {
	v.verbatim(Words(fmt.Sprintf(format, args...)))
}

// verbatim writes one line as it is, such as a command that is to be copied.
func (v *voice) verbatim(line string) {
	bare := strings.TrimLeft(line, " ")
	v.write(line[:len(line)-len(bare)] + safe.Clean(bare) + "\n")
}

// lines writes a text of several lines, such as one that is to be sent to somebody.
func (v *voice) lines(text string) {
	for line := range strings.Lines(text) {
		v.verbatim(strings.TrimRight(line, "\r\n"))
	}
}

// prompt writes a question and leaves the line open for the answer.
func (v *voice) prompt(text string) {
	v.write(safe.Clean(Words(text)) + " > ")
	v.asking = true
}

// answered closes the line of a question.
func (v *voice) answered(echo bool, answer string) {
	if v.asking && echo {
		v.asking = false
		v.write(safe.Clean(answer) + "\n")
	}
	v.asking = false
}

func (v *voice) write(text string) {
	if v.asking {
		v.asking = false
		text = "\n" + text
	}
	if v.ascii {
		text = theme.ASCII(text)
	}
	if v.failed == nil {
		_, v.failed = io.WriteString(v.out, text)
	}
}

// Words is a text of a screen as it is read aloud: signs that stand for a word become that
// word, and those that only draw go.
func Words(text string) string {
	text = strings.NewReplacer(
		" –,", " none,", " → ", " to ", "→", " to ", " · ", ", ", " › ", ", ", "…", "...", "↑", "up", "↓", "down", "←", "left",
		"✖ ", "", "▲ ", "", "● ", "", "◐ ", "", "○ ", "", "✖", "broken", "▲", "look at this", "●", "fine", "◐", "working", "○", "not known", "·", ",", "›", ",",
		"\t", " ",
	).Replace(text)
	return strings.Map(func(r rune) rune {
		if drawn(r) {
			return -1
		}
		return r
	}, text)
}

// drawn reports whether a sign only draws: lines, blocks, arrows, braille patterns.
func drawn(r rune) bool {
	return r >= 0x2190 && r <= 0x21ff || r >= 0x2500 && r <= 0x25ff || r >= 0x2800 && r <= 0x28ff || r == unicode.ReplacementChar
}

package widget

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Find looks for words in a text that scrolls: / types them, n and N go to the next and the
// match before, counted round, and the lines that have them are marked.
type Find struct {
	prompt *Prompt
	query  string
	before string // the query before the prompt was opened
	at     int    // the line of the match that one is at; -1: none
	lines  []string
	hits   []int
}

// Typing reports whether words are being typed.
func (f *Find) Typing() bool { return f.prompt != nil }

// Shown reports whether the line of the search is on the screen.
func (f *Find) Shown() bool { return f.prompt != nil || f.query != "" }

// Lines tells the text in which is searched, as it is drawn now.
func (f *Find) Lines(lines []string) {
	f.lines = lines
	f.search()
}

func (f *Find) search() {
	f.hits = f.hits[:0]
	if f.query == "" {
		return
	}
	query := strings.ToLower(f.query)
	for i, l := range f.lines {
		if strings.Contains(strings.ToLower(ansi.Strip(l)), query) {
			f.hits = append(f.hits, i)
		}
	}
}

// Take takes a key or a paste. It reports whether it was one for the search; the text is
// scrolled to the match.
func (f *Find) Take(msg tea.Msg, s *Scroll) bool {
	key, pressed := msg.(tea.KeyPressMsg)
	if f.prompt == nil {
		return pressed && f.command(key.String(), s)
	}
	if pressed {
		switch key.String() {
		case "enter":
			f.prompt = nil
			return true
		case "esc":
			f.prompt, f.query = nil, f.before
			f.search()
			return true
		case "up":
			f.step(-1, s)
			return true
		case "down":
			f.step(1, s)
			return true
		}
	}
	if f.prompt.Update(msg) {
		f.query, f.at = strings.TrimSpace(f.prompt.Value()), s.top-1
		f.search()
		f.step(1, s)
	}
	return true
}

// command is a key while nothing is typed.
func (f *Find) command(key string, s *Scroll) bool {
	switch {
	case key == "/":
		f.before, f.prompt = f.query, NewFilled(f.query)
	case key == "n" && f.query != "":
		f.step(1, s)
	case key == "N" && f.query != "":
		f.step(-1, s)
	case key == "esc" && f.query != "":
		f.query = ""
		f.search()
	default:
		return false
	}
	return true
}

// step goes to the next match, or the one before, counted round.
func (f *Find) step(by int, s *Scroll) {
	if len(f.hits) == 0 {
		return
	}
	to := f.hits[0]
	if by < 0 {
		to = f.hits[len(f.hits)-1]
	}
	for _, h := range f.hits {
		if by > 0 && h > f.at {
			to = h
			break
		}
		if by < 0 && h < f.at {
			to = h
		}
	}
	if by < 0 && f.hits[0] >= f.at {
		to = f.hits[len(f.hits)-1]
	}
	f.at = to
	s.Show(to)
}

// Mark marks the words in the lines of the window, whose first line is the one at a place.
func (f *Find) Mark(th *theme.Theme, lines []string, from, width int) []string {
	if f.query == "" {
		return lines
	}
	out := make([]string, len(lines))
	query := strings.ToLower(f.query)
	for i, line := range lines {
		plain := ansi.Strip(line)
		at := strings.Index(strings.ToLower(plain), query)
		if at < 0 || at+len(query) > len(plain) {
			out[i] = line
			continue
		}
		tone := theme.Badge
		if from+i == f.at {
			tone = theme.BadgeWarn
		}
		out[i] = cell.NewLine(th, width).Put(theme.Plain, plain[:at]).Put(tone, plain[at:at+len(query)]).Put(theme.Plain, strings.TrimRight(plain[at+len(query):], " ")).String()
	}
	return out
}

const findMark = "/ "

// Line draws what is searched, and how many lines have it.
func (f *Find) Line(th *theme.Theme, width int) string {
	const counts = 20
	l := cell.NewLine(th, width).Put(theme.Accent, findMark)
	if f.prompt != nil {
		text, _ := f.prompt.Window(max(1, width-len(findMark)-counts))
		l.Put(f.prompt.Tone(), text)
	} else {
		l.Put(theme.Plain, cell.Cut(f.query, max(1, width-len(findMark)-counts)))
	}
	count := ""
	switch n := f.number(); {
	case f.query == "":
	case len(f.hits) == 0:
		count = "not found"
	case n == 0:
		count = strconv.Itoa(len(f.hits)) + " lines"
	default:
		count = strconv.Itoa(n) + " of " + strconv.Itoa(len(f.hits))
	}
	return l.To(width-cell.Width(count)).Put(theme.Muted, count).String()
}

// number is which of the matches one is at, from 1; 0: at none.
func (f *Find) number() int {
	for i, h := range f.hits {
		if h == f.at {
			return i + 1
		}
	}
	return 0
}

// Cursor is where words are typed, in a line that stands at y; nil when nothing is typed.
func (f *Find) Cursor(width, y int) *tea.Cursor {
	if f.prompt == nil {
		return nil
	}
	const counts = 20
	_, at := f.prompt.Window(max(1, width-len(findMark)-counts))
	return tea.NewCursor(len(findMark)+at, y)
}

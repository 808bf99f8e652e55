package cell

import (
	"strings"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Line builds one line of a screen out of pieces with tones. It never becomes
// wider than its limit: what does not fit is cut, with an ellipsis.
type Line struct {
	th    *theme.Theme
	b     strings.Builder
	used  int
	limit int
	tone  theme.Tone
	blank int // blanks that are not written yet
}

// NewLine begins a line of at most limit cells.
func NewLine(th *theme.Theme, limit int) *Line {
	l := &Line{th: th, limit: limit}
	l.b.Grow(room(limit))
	return l
}

// Begin begins the line anew, for whoever draws many of them. What [Line.String] returned
// before stays as it is.
func (l *Line) Begin(th *theme.Theme, limit int) {
	*l = Line{th: th, limit: limit}
	l.b.Grow(room(limit))
}

// room is how many bytes a line of so many cells takes with the escape sequences of some
// pieces: it is asked for at once, and not in eight steps that are thrown away.
func room(limit int) int {
	const pieces = 96
	return max(0, limit) + pieces
}

// Put adds a piece in a tone.
func (l *Line) Put(tone theme.Tone, s string) *Line {
	if s == "" || l.used >= l.limit {
		return l
	}
	s = Cut(s, l.limit-l.used)
	// Blanks between pieces of one tone take its foreground, which nobody sees:
	// two escape sequences less for each column of a table.
	if !l.th.Same(tone, l.tone) || l.th.Fills(tone) {
		l.flush()
	}
	l.b.WriteString(Blank(l.blank))
	l.blank = 0
	l.turn(tone)
	l.b.WriteString(s)
	l.used += Width(s)
	return l
}

// Select draws the mark of a selected row: one blank in the colour of the mark,
// because the renderer then knows the row again when it scrolls, or a bar where
// there is no colour.
func (l *Line) Select() *Line {
	if l.th.Fills(theme.Mark) {
		return l.Put(theme.Mark, " ")
	}
	return l.Put(theme.Mark, "▌")
}

// To fills with blanks up to a column, counted from 0. Where that is passed
// already it adds one blank, so that pieces do not touch.
func (l *Line) To(column int) *Line {
	n := column - l.used
	if n < 0 {
		n = 1
	}
	return l.Space(n)
}

// Space adds n blanks.
func (l *Line) Space(n int) *Line {
	n = min(n, l.limit-l.used)
	if n > 0 {
		l.blank += n
		l.used += n
	}
	return l
}

// Within has something put into the next n cells, and fills what is left of them with
// blanks: a part of a line that keeps its place whatever is in it.
func (l *Line) Within(n int, put func(l *Line)) *Line {
	limit := l.limit
	l.limit = min(limit, l.used+max(0, n))
	put(l)
	l.Space(l.limit - l.used)
	l.limit = limit
	return l
}

// Used returns the number of cells so far.
func (l *Line) Used() int { return l.used }

// Left returns the number of cells that are still free.
func (l *Line) Left() int { return l.limit - l.used }

// flush writes the blanks that wait, without a tone.
func (l *Line) flush() {
	if l.blank > 0 {
		l.turn(theme.Plain)
		l.b.WriteString(Blank(l.blank))
		l.blank = 0
	}
}

// turn changes the tone, with as few escape sequences as can be.
func (l *Line) turn(tone theme.Tone) {
	if l.th.Same(tone, l.tone) {
		return
	}
	if l.th.Open(l.tone) != "" {
		l.b.WriteString(theme.Reset)
	}
	l.b.WriteString(l.th.Open(tone))
	l.tone = tone
}

// String ends the line.
func (l *Line) String() string {
	l.flush()
	l.turn(theme.Plain)
	return l.b.String()
}

// Filled ends the line with blanks up to its limit.
func (l *Line) Filled() string {
	l.Space(l.limit - l.used)
	return l.String()
}

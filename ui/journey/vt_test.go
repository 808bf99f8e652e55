//go:build unix

package journey_test

import (
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"
)

// vt is a small terminal: what it is sent becomes a grid of characters, and it
// remembers the modes that a program must leave as it found them.
type vt struct {
	mu          sync.Mutex
	w, h        int
	cells       [][]glyph
	saved       [][]glyph // of the main screen
	x, y        int
	top, bottom int // of the scrolling region
	wrap        bool
	last        string
	modes       map[int]bool // private modes that are set
	title       string
	clipboard   string
	parser      *ansi.Parser
	bytes       int
	pen         pen
	enquiries   int
	sent        []byte // all that came, as far as it is kept
}

// mostSent is how much of what a program sends is kept.
const mostSent = 1 << 20

// all is what the program has sent.
func (v *vt) all() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return string(v.sent)
}

// glyph is what stands in one cell: "" is the right half of a wide character.
type glyph struct {
	text string
	pen  pen
}

// enquiry is the control character that a journey sends itself through the
// pseudo-terminal, to know that all before it has come.
const enquiry = 0x05

func newVT(w, h int) *vt {
	v := &vt{modes: map[int]bool{25: true}, parser: ansi.NewParser()}
	v.resize(w, h)
	v.parser.SetHandler(ansi.Handler{Print: v.print, Execute: v.execute, HandleCsi: v.csi, HandleEsc: v.esc, HandleOsc: v.osc})
	return v
}

func (v *vt) resize(w, h int) {
	old := v.cells
	v.w, v.h, v.top, v.bottom = w, h, 0, h-1
	v.cells = v.blank()
	for y := range min(len(old), h) {
		copy(v.cells[y], old[y][:min(w, len(old[y]))])
	}
	v.x, v.y = min(v.x, w-1), min(v.y, h-1)
}

func (v *vt) blank() [][]glyph {
	rows := make([][]glyph, v.h)
	for y := range rows {
		rows[y] = v.row()
	}
	return rows
}

func (v *vt) row() []glyph {
	r := make([]glyph, v.w)
	v.erase(r)
	return r
}

// erase leaves blanks, in the background of the pen, as terminals do.
func (v *vt) erase(r []glyph) {
	for x := range r {
		r[x] = glyph{text: " ", pen: pen{back: v.pen.back}}
	}
}

// write takes what the program sent.
func (v *vt) write(data []byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.bytes += len(data)
	v.sent = append(v.sent, data[:min(len(data), max(0, mostSent-len(v.sent)))]...)
	v.parser.Parse(data)
}

// text is what is on the screen.
func (v *vt) text() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	lines := make([]string, v.h)
	for y, r := range v.cells {
		var line strings.Builder
		for x, c := range r {
			if x == 0 && c.text == " " && c.pen.back.set {
				c.text = "▌" // the mark of the selected row
			}
			line.WriteString(c.text)
		}
		lines[y] = strings.TrimRight(line.String(), " ")
	}
	return strings.Join(lines, "\n")
}

func (v *vt) mode(n int) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.modes[n]
}

func (v *vt) print(r rune) {
	s := string(r)
	width := ansi.StringWidth(s)
	if width == 0 {
		if v.x > 0 {
			v.cells[v.y][v.x-1].text += s
		}
		return
	}
	v.last = s
	v.put(s, width)
}

func (v *vt) put(s string, width int) {
	if v.wrap || v.x+width > v.w {
		v.x, v.wrap = 0, false
		v.down()
	}
	v.cells[v.y][v.x] = glyph{s, v.pen}
	if width == 2 {
		v.cells[v.y][v.x+1] = glyph{pen: v.pen}
	}
	if v.x += width; v.x >= v.w {
		v.x, v.wrap = v.w-1, true
	}
}

func (v *vt) down() {
	if v.y == v.bottom {
		v.scroll(v.top, 1)
	} else {
		v.y = min(v.y+1, v.h-1)
	}
}

// scroll moves the lines from a line to the end of the region up, or down for a
// negative number. Outside of the region nothing happens, as in any terminal.
func (v *vt) scroll(from, n int) {
	if from < v.top || from > v.bottom {
		return
	}
	for ; n > 0; n-- {
		copy(v.cells[from:v.bottom+1], v.cells[from+1:v.bottom+1])
		v.cells[v.bottom] = v.row()
	}
	for ; n < 0; n++ {
		copy(v.cells[from+1:v.bottom+1], v.cells[from:v.bottom])
		v.cells[from] = v.row()
	}
}

func (v *vt) execute(b byte) {
	v.wrap = false
	switch b {
	case enquiry:
		v.enquiries++
	case '\r':
		v.x = 0
	case '\n', '\v', '\f':
		v.down()
	case '\b':
		v.x = max(0, v.x-1)
	case '\t':
		v.x = min(v.w-1, (v.x/8+1)*8)
	}
}

func (v *vt) esc(cmd ansi.Cmd) {
	switch cmd.Final() {
	case 'M':
		if v.y == v.top {
			v.scroll(v.top, -1)
		} else {
			v.y = max(0, v.y-1)
		}
	case 'D':
		v.down()
	case 'E':
		v.x = 0
		v.down()
	}
}

func (v *vt) osc(cmd int, data []byte) {
	_, value, _ := strings.Cut(string(data), ";")
	switch cmd {
	case 0, 2:
		v.title = value
	case 52:
		v.clipboard = value
	}
}

func (v *vt) csi(cmd ansi.Cmd, params ansi.Params) {
	n := func(i, def int) int {
		p, _, ok := params.Param(i, def)
		if !ok || p == 0 && def > 0 {
			return def
		}
		return p
	}
	if cmd.Prefix() == '?' {
		if cmd.Final() == 'h' || cmd.Final() == 'l' {
			params.ForEach(0, func(_, p int, _ bool) { v.setMode(p, cmd.Final() == 'h') })
		}
		return
	}
	if cmd.Prefix() != 0 || cmd.Intermediate() != 0 {
		return // queries and keyboard modes
	}
	if cmd.Final() != 'm' && cmd.Final() != 'b' {
		v.wrap = false
	}
	switch cmd.Final() {
	case 'm':
		v.pen.change(params)
	case 'A':
		v.y = max(0, v.y-n(0, 1))
	case 'B', 'e':
		v.y = min(v.h-1, v.y+n(0, 1))
	case 'C', 'a':
		v.x = min(v.w-1, v.x+n(0, 1))
	case 'D':
		v.x = max(0, v.x-n(0, 1))
	case 'E':
		v.x, v.y = 0, min(v.h-1, v.y+n(0, 1))
	case 'F':
		v.x, v.y = 0, max(0, v.y-n(0, 1))
	case 'G', '`':
		v.x = min(v.w-1, n(0, 1)-1)
	case 'd':
		v.y = min(v.h-1, n(0, 1)-1)
	case 'H', 'f':
		v.y, v.x = min(v.h-1, n(0, 1)-1), min(v.w-1, n(1, 1)-1)
	case 'I':
		v.x = min(v.w-1, (v.x/8+n(0, 1))*8)
	case 'Z':
		v.x = max(0, ((v.x+7)/8-n(0, 1))*8)
	case 'r':
		v.top, v.bottom = n(0, 1)-1, min(v.h, n(1, v.h))-1
		v.x, v.y = 0, 0
	case 'b':
		for range n(0, 1) {
			v.put(v.last, ansi.StringWidth(v.last))
		}
	default:
		v.edit(cmd.Final(), n(0, 0), max(1, n(0, 1)))
	}
}

// edit erases, inserts, deletes and scrolls.
func (v *vt) edit(final byte, how, n int) {
	row := v.cells[v.y]
	erase := v.erase
	switch final {
	case 'J':
		if how == 0 {
			erase(row[v.x:])
			for y := v.y + 1; y < v.h; y++ {
				v.cells[y] = v.row()
			}
		} else {
			v.cells = v.blank()
		}
	case 'K':
		switch how {
		case 0:
			erase(row[v.x:])
		case 1:
			erase(row[:v.x+1])
		default:
			erase(row)
		}
	case 'X':
		erase(row[v.x:min(v.w, v.x+n)])
	case '@':
		n = min(n, v.w-v.x)
		copy(row[v.x+n:], row[v.x:v.w-n])
		erase(row[v.x : v.x+n])
	case 'P':
		n = min(n, v.w-v.x)
		copy(row[v.x:], row[v.x+n:])
		erase(row[v.w-n:])
	case 'L':
		v.scroll(v.y, -n)
	case 'M':
		v.scroll(v.y, n)
	case 'S':
		v.scroll(v.top, n)
	case 'T':
		v.scroll(v.top, -n)
	}
}

func (v *vt) setMode(mode int, on bool) {
	if on {
		v.modes[mode] = true
	} else {
		delete(v.modes, mode)
	}
	if mode != 1049 {
		return
	}
	if on {
		v.saved = v.cells
		v.cells = v.blank()
	} else if v.saved != nil {
		v.cells, v.saved = v.saved, nil
		v.resize(v.w, v.h)
	}
}

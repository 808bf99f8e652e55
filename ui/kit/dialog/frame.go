package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// The cells of a frame: its line, and the blank ones between it and the text at each
// side.
const (
	edge = 1
	pad  = 2
)

// Framed is a dialog as it is drawn over a window.
type Framed struct {
	Box    string // its lines
	X, Y   int    // its upper left corner
	Cursor *tea.Cursor
}

// Frame draws a dialog in the middle of a window, with its title in the upper edge and
// its keys in the lower one. Above is how many lines of the window it may take, so that
// notices below are seen; it gets least lines in any case. Whatever a dialog asks for and
// draws, its frame stays within the window.
func Frame(th *theme.Theme, d screen.Dialog, width, height, above int) Framed {
	const (
		least  = 9 // lines of a dialog that something can be done with
		around = 2 // lines of the window above and below, and cells at each side in all
	)
	limit := max(above, least+2*edge)
	mostWide := max(1, width-2*(edge+pad)-around)
	mostHigh := max(1, min(height-2*edge-2*around, limit-2*edge))
	w, h := d.Size(mostWide, mostHigh)
	w, h = max(1, min(w, mostWide)), max(1, min(h, mostHigh))
	f := Framed{Box: box(th, d, w, h)}
	f.X = (width - w - 2*(edge+pad)) / 2
	f.Y = max(0, min(max(1, (height-h-2*edge)/2), limit-h-2*edge))
	if c := d.Cursor(); c != nil {
		f.Cursor = tea.NewCursor(f.X+edge+pad+min(c.X, w), f.Y+edge+min(c.Y, h-1))
	}
	return f
}

func box(th *theme.Theme, d screen.Dialog, w, h int) string {
	inner := w + 2*pad
	body := strings.Split(d.View(w, h), "\n")
	lines := make([]string, 0, h+2*edge)
	lines = append(lines, side(th, "╭", d.Title(), "╮", inner, theme.Strong))
	bar := th.Paint(theme.Faint, "│")
	for i := range h {
		text := ""
		if i < len(body) {
			text = body[i]
		}
		if cell.Width(text) > w {
			text = cell.Cut(text, w)
		}
		lines = append(lines, bar+cell.Blank(pad)+text+cell.Blank(w-cell.Width(text)+pad)+bar)
	}
	lines = append(lines, side(th, "╰", d.Hint(), "╯", inner, theme.Muted))
	return strings.Join(lines, "\n")
}

// side draws the upper or the lower edge with a text in it.
func side(th *theme.Theme, begin, text, end string, inner int, tone theme.Tone) string {
	l := cell.NewLine(th, inner+2*edge)
	l.Put(theme.Faint, begin+"─")
	if text != "" {
		l.Put(tone, " "+cell.Cut(text, inner-4)+" ")
	}
	l.Put(theme.Faint, strings.Repeat("─", max(0, inner+1-l.Used()))+end)
	return l.String()
}

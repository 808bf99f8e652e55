package setup

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"rsc.io/qr"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// qrDialog shows a link as a QR code over the whole window: at 80x24 no line can be
// spared for a frame.
type qrDialog struct {
	th    *theme.Theme
	link  safe.Text
	code  *qr.Code // nil: the link is too long for one
	ascii bool
	asked bool // a run waits for what is behind the link
}

// The quiet zone around a code, in modules: four as the standard has it, and the
// least with which readers still find it.
const (
	quiet      = 4
	leastQuiet = 2
)

func newQR(th *theme.Theme, link safe.Text, ascii, asked bool) *qrDialog {
	// The lowest level of correction: a screen has no stains, and the code is small.
	code, err := qr.Encode(link.String(), qr.L)
	if err != nil {
		code = nil // its only error is that the text is too long
	}
	return &qrDialog{th: th, link: link, code: code, ascii: ascii, asked: asked}
}

// Whole tells the frame that there are to be no edges.
func (d *qrDialog) Whole() {}

// Title stands nowhere: the dialog has no edges.
func (d *qrDialog) Title() string { return "QR code" }

// Hint stands nowhere.
func (d *qrDialog) Hint() string { return "" }

// Cursor is nil: nothing is typed here.
func (d *qrDialog) Cursor() *tea.Cursor { return nil }

// Size takes all there is.
func (d *qrDialog) Size(width, height int) (int, int) { return width, height }

// Update copies and closes. What the link was for may be done on another device; then
// nobody needs the code any more.
func (d *qrDialog) Update(msg tea.Msg) (bool, tea.Cmd) {
	if run, ok := msg.(screen.Run); ok {
		wanted := slices.ContainsFunc(run.Run.Steps, func(s setup.Step) bool { return s.Asks != nil && s.Asks.Link == d.link })
		return d.asked && !wanted, nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case "esc", "q", "Q", "enter":
		return true, nil
	case "l", "y":
		return false, screen.Say(screen.Copy{What: "the link", Text: d.link.String()})
	}
	return false, nil
}

// View draws the code in the middle, and a line about it below.
func (d *qrDialog) View(width, height int) string {
	room := height - 1
	hint := cell.NewLine(d.th, width).Space(1).Put(theme.Muted, "Point a telephone at it.  ").
		Put(theme.Accent, "y").Put(theme.Muted, " copy the link  ").Put(theme.Accent, "esc").Put(theme.Muted, " close").String()
	lines, why := d.modules(width, room)
	if why != "" {
		lines = append([]string{""}, paragraph(d.th, theme.Plain, why, width)...)
		lines = append(lines, "")
		lines = append(lines, paragraph(d.th, theme.Accent, d.link.String(), width)...)
		hint = cell.NewLine(d.th, width).Space(3).Put(theme.Accent, "y").Put(theme.Muted, " copy the link  ").Put(theme.Accent, "esc").Put(theme.Muted, " close").String()
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	return strings.Join(append(lines[:max(0, room)], hint), "\n")
}

// modules draws the code, or says why it cannot be.
func (d *qrDialog) modules(width, height int) (lines []string, why string) {
	if d.code == nil {
		return nil, "The link is too long for a QR code."
	}
	coloured := d.th.Fills(theme.Paper)
	if d.ascii && !coloured {
		return nil, "A QR code needs colours or block characters; this terminal has neither."
	}
	size, wide, tall := d.code.Size, 1, 2 // cells for a module, modules for a line
	if d.ascii {
		wide, tall = 2, 1
	}
	margin := min(quiet, (height*tall-size)/2)
	if side := width/wide - size; margin < leastQuiet || side < 2*leastQuiet {
		least := size + 2*leastQuiet
		return nil, fmt.Sprintf("The QR code takes %d columns and %d lines; this window has %d and %d. Make it larger, or open the link (o).", least*wide, (least+tall-1)/tall+1, width, height+1)
	}
	side := min(quiet, (width/wide-size)/2)
	left := max(0, (width-(size+2*side)*wide)/2)
	for y := -margin; y < size+margin; y += tall {
		l := cell.NewLine(d.th, width).Space(left)
		for x := -side; x < size+side; x++ {
			d.module(l, x, y, coloured)
		}
		lines = append(lines, l.String())
	}
	return lines, ""
}

// module draws one module, or two above each other in one cell.
func (d *qrDialog) module(l *cell.Line, x, y int, coloured bool) {
	upper, lower := d.black(x, y), d.black(x, y+1)
	switch {
	case d.ascii && upper:
		l.Put(theme.Ink, "##") // blanks at the end of a line may be erased instead of drawn
	case d.ascii:
		l.Put(theme.Sheet, "##")
	case coloured:
		l.Put(theme.Paper, half(upper, lower))
	default:
		// Without colours the foreground is the light: that of most terminals is.
		l.Put(theme.Plain, half(!upper, !lower))
	}
}

// black reports whether a module is dark; all around the code is light.
func (d *qrDialog) black(x, y int) bool {
	return x >= 0 && y >= 0 && x < d.code.Size && y < d.code.Size && d.code.Black(x, y)
}

func half(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	default:
		return " "
	}
}

package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// withDialog draws the top dialog over the frame, and tells where its cursor is.
func (a *App) withDialog(content string, d screen.Dialog) (string, *tea.Cursor) {
	const edge, pad = 1, 2
	if _, whole := d.(screen.Whole); whole {
		return d.View(a.width, a.height), nil
	}
	// What is told while a dialog is open, such as that its text was saved, is seen
	// beside it.
	const least = 9 // lines of a dialog that something can be done with
	limit := max(a.noticesAt(), least+2*edge)
	w, h := d.Size(a.width-2*(edge+pad)-2, min(a.height-2*edge-4, limit-2*edge))
	box := a.box(d, w, h)
	x := (a.width - w - 2*(edge+pad)) / 2
	y := max(0, min(max(1, (a.height-h-2*edge)/2), limit-h-2*edge))
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(content),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1),
	)
	var cursor *tea.Cursor
	if c := d.Cursor(); c != nil {
		cursor = tea.NewCursor(x+edge+pad+c.X, y+edge+c.Y)
	}
	return layers.Render(), cursor
}

// box draws a dialog with its edges: the title in the upper one, the keys in the
// lower one.
func (a *App) box(d screen.Dialog, w, h int) string {
	inner := w + 4
	lines := []string{a.edge("╭", d.Title(), "╮", inner, theme.Strong)}
	body := strings.Split(d.View(w, h), "\n")
	side := a.th.Paint(theme.Faint, "│")
	for i := range h {
		text := ""
		if i < len(body) {
			text = body[i]
		}
		lines = append(lines, side+"  "+text+cell.Blank(w-cell.Width(text))+"  "+side)
	}
	lines = append(lines, a.edge("╰", d.Hint(), "╯", inner, theme.Muted))
	return strings.Join(lines, "\n")
}

func (a *App) edge(begin, text, end string, inner int, tone theme.Tone) string {
	l := cell.NewLine(a.th, inner+2)
	l.Put(theme.Faint, begin+"─")
	if text != "" {
		l.Put(tone, " "+cell.Cut(text, inner-4)+" ")
	}
	l.Put(theme.Faint, strings.Repeat("─", max(0, inner+1-l.Used()))+end)
	return l.String()
}

// withToasts draws the notices above the footer, over the whole width, with a
// rule that parts them from the screen.
func (a *App) withToasts(lines []string) []string {
	notices := a.notices()
	at := a.noticesAt()
	lines[at] = widget.Rule(a.th, a.width)
	copy(lines[at+1:], notices)
	return lines
}

// notices are the lines of the notices for which there is room.
func (a *App) notices() []string {
	var notices []string
	for _, t := range a.toasts {
		notices = append(notices, a.toastLines(t)...)
	}
	room := a.bodyHeight() - 1
	return notices[max(0, len(notices)-room):]
}

// noticesAt is the line of the rule above the notices; without any, the height.
func (a *App) noticesAt() int {
	if len(a.toasts) == 0 {
		return a.height
	}
	return headLines + a.bodyHeight() - len(a.notices()) - 1
}

func (a *App) toastLines(t toast) []string {
	lead, tone := "●", theme.Accent
	if t.Trouble {
		lead, tone = "▲", theme.Warn
	}
	parts := cell.Wrap(t.Text, a.width-5, 4)
	lines := make([]string, 0, len(parts)+1)
	for i, p := range parts {
		l := cell.NewLine(a.th, a.width).Space(1)
		if i == 0 {
			l.Put(tone, lead)
		}
		lines = append(lines, l.To(3).Put(theme.Plain, p).String())
	}
	if t.Trouble {
		lines = append(lines, cell.NewLine(a.th, a.width).Space(3).Put(theme.Accent, "esc").Put(theme.Muted, " dismiss").String())
	}
	return lines
}

package app

import (
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// withDialog draws the top dialog over the frame, and tells where its cursor is.
func (a *App) withDialog(content string, d screen.Dialog) (string, *tea.Cursor) {
	if _, whole := d.(screen.Whole); whole {
		return d.View(a.width, a.height), nil
	}
	// What is told while a dialog is open, such as that its text was saved, is seen
	// beside it.
	f := dialog.Frame(a.th, d, a.width, a.height, a.noticesAt())
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(content),
		lipgloss.NewLayer(f.Box).X(f.X).Y(f.Y).Z(1),
	)
	return layers.Render(), f.Cursor
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

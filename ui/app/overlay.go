package app

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
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
		lipgloss.NewLayer(uncovered(content, f)),
		lipgloss.NewLayer(f.Box).X(f.X).Y(f.Y).Z(1),
	)
	return layers.Render(), f.Cursor
}

// uncovered is what a dialog leaves of a frame: the lines that it lies on are blank from side
// to side, so that no end of a row or of its mark stands beside its edges.
func uncovered(content string, f dialog.Framed) string {
	lines := strings.Split(content, "\n")
	for i := f.Y; i < min(len(lines), f.Y+1+strings.Count(f.Box, "\n")); i++ {
		lines[i] = ""
	}
	return strings.Join(lines, "\n")
}

// noticeLines draws what stands between the screen and the footer: the rule, and the
// notices below it. A single short one is written on the rule, so that nothing moves for
// what goes by itself.
func (a *App) noticeLines() []string {
	if t, on := a.onRule(); on {
		l := cell.NewLine(a.th, a.width).Put(theme.Faint, "─")
		l.Put(theme.Accent, lead(t)).Space(1).Put(theme.Plain, t.Text).Space(1)
		return []string{l.Put(theme.Faint, strings.Repeat("─", max(0, a.width-l.Used()))).String()}
	}
	return append([]string{widget.Rule(a.th, a.width)}, a.notices()...)
}

// onRule returns the notice that is written on the rule, if there is one.
func (a *App) onRule() (toast, bool) {
	if len(a.toasts) != 1 || a.toasts[0].Trouble || cell.Width(a.toasts[0].Text) > a.width-6 {
		return toast{}, false
	}
	return a.toasts[0], true
}

// notices are the lines of the notices below the rule, as far as there is room: the
// screen keeps the better part.
func (a *App) notices() []string {
	var notices []string
	if _, on := a.onRule(); on {
		return nil
	}
	for _, t := range a.toasts {
		notices = append(notices, a.toastLines(t)...)
	}
	return notices[max(0, len(notices)-a.roomHeight()/2):]
}

// noticesHeight is the lines that the notices take from the screen.
func (a *App) noticesHeight() int { return len(a.notices()) }

// noticesAt is the line of the rule above the notices; without any, the height.
func (a *App) noticesAt() int {
	if len(a.toasts) == 0 {
		return a.height
	}
	return headLines + a.bodyHeight() + a.underHeight()
}

// lead is the sign before a notice.
func lead(t toast) string {
	if t.Trouble {
		return "▲"
	}
	return "●"
}

func (a *App) toastLines(t toast) []string {
	tone := theme.Accent
	if t.Trouble {
		tone = theme.Warn
	}
	parts := cell.Wrap(t.Text, a.width-5, 4)
	lines := make([]string, 0, len(parts)+1)
	for i, p := range parts {
		l := cell.NewLine(a.th, a.width).Space(1)
		if i == 0 {
			l.Put(tone, lead(t))
		}
		lines = append(lines, l.To(3).Put(theme.Plain, p).String())
	}
	if t.Trouble {
		lines = append(lines, cell.NewLine(a.th, a.width).Space(3).Put(theme.Accent, "esc").Put(theme.Muted, " dismiss").String())
	}
	return lines
}

package dialog

import (
	"strings"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// NewHelp returns the help of a screen: what it is for, each key with what it does, and what
// is not possible now with the reason. It is read, not carried out; the command line does that.
func NewHelp(th *theme.Theme, name string, about []string, actions []action.Action) *Text {
	actions = grouped(actions)
	plain := strings.Join(about, "\n") + "\n"
	for _, a := range actions {
		if len(a.Keys) > 0 {
			plain += a.AllKeys() + "  " + a.Name + ": " + a.Help + "\n"
		}
	}
	d := NewText("Help: "+name, "the keys of "+name, plain, func(width int) []string { return helpLines(th, about, actions, width) })
	d.closing = []string{"?", "f1"}
	d.wide = true
	return d
}

func helpLines(th *theme.Theme, about []string, actions []action.Action, width int) []string {
	var lines []string
	for _, text := range about {
		for _, part := range cell.Wrap(text, width, 0) {
			lines = append(lines, cell.NewLine(th, width).Put(theme.Plain, part).String())
		}
	}
	keys, names := 0, 0
	for _, a := range actions {
		const most = 14
		keys, names = max(keys, min(most, cell.Width(a.AllKeys()))), max(names, min(20, cell.Width(a.Name)))
	}
	group := ""
	for _, a := range actions {
		if len(a.Keys) == 0 {
			continue
		}
		if a.Group != group {
			group = a.Group
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, cell.NewLine(th, width).Put(theme.Strong, group).String())
		}
		lines = append(lines, helpRow(th, a, keys, names, width)...)
	}
	return lines
}

// helpRow is one action, whole: its keys, its name, its sentence, and why it cannot be done.
func helpRow(th *theme.Theme, a action.Action, keys, names, width int) []string {
	name, key := theme.Plain, theme.Accent
	text := a.Help
	why := a.Disabled()
	if why != "" {
		name, key = theme.Muted, theme.Muted
		text += " Not now: " + why + "."
	}
	var lines []string
	at := 1 + keys + 2 + names + 2
	for i, part := range cell.Wrap(text, max(10, width-at), 0) {
		l := cell.NewLine(th, width)
		if i == 0 {
			l.Space(1).Put(key, cell.Fit(a.AllKeys(), keys)).Space(2).Put(name, cell.Fit(a.Name, names))
		}
		lines = append(lines, l.To(at).Put(theme.Muted, part).String())
	}
	return lines
}

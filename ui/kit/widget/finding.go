package widget

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// FindingLines draw a finding in at most so many lines: what is so, with its code at the
// right, what to do, and the command that a key copies. Where there is not room for all, the
// command goes first, and before it the end of the sentences.
func FindingLines(th *theme.Theme, f finding.Finding, keys NextKeys, width, height int) []string {
	if height <= 0 {
		return nil
	}
	least := 0
	if f.Next.Text != "" {
		least++
	}
	if f.Next.Command != "" {
		least++
	}
	lines := coded(th, f, width, max(1, height-least))
	next := cleanNext(f.Next)
	command := commandLine(th, next, keys, width)
	room := height - len(lines)
	if command != "" {
		room--
	}
	lines = append(lines, nextWithin(th, next, keys, width, room)...)
	if command != "" && len(lines) < height {
		lines = append(lines, command)
	}
	return lines[:min(len(lines), height)]
}

// coded is the cause of a finding, with its code at the right end of the last line.
func coded(th *theme.Theme, f finding.Finding, width, most int) []string {
	parts := cell.Wrap(safe.Clean(f.Cause), width-4, most)
	code := f.Codes()
	if n := len(parts); n > 0 && 3+cell.Width(parts[n-1])+2+cell.Width(code) > width-1 {
		if n < most {
			parts = append(parts, "")
		} else {
			code = ""
		}
	}
	lines := make([]string, len(parts))
	for i, part := range parts {
		l := cell.NewLine(th, width).Space(1)
		if i == 0 {
			l.Put(theme.Of(f.Severity), theme.Symbol(f.Severity))
		}
		l.To(3).Put(theme.Plain, part)
		if i == len(parts)-1 && code != "" {
			l.To(width-1-cell.Width(code)).Put(theme.Muted, code)
		}
		lines[i] = l.String()
	}
	return lines
}

func cleanNext(n finding.Next) finding.Next {
	n.Text, n.Command = safe.Clean(n.Text), safe.Clean(n.Command)
	return n
}

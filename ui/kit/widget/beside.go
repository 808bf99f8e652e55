package widget

import (
	"strings"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Fill makes lines that many.
func Fill(lines []string, n int) []string {
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines[:n]
}

// Beside puts two parts beside each other with a line between, which stands at a column.
// The right part has no more lines than the left one. A rule of the left part meets it.
func Beside(th *theme.Theme, left, right []string, at int) []string {
	var b strings.Builder
	DrawBeside(&b, th, left, right, at)
	return strings.Split(b.String(), "\n")
}

// DrawBeside is [Beside] for who makes one text of the lines anyway.
func DrawBeside(into *strings.Builder, th *theme.Theme, left, right []string, at int) {
	bar, met := th.Paint(theme.Faint, "│"), th.Paint(theme.Faint, "┤")
	for i, l := range left {
		if i > 0 {
			into.WriteByte('\n')
		}
		into.WriteString(l)
		blank := at - cell.Width(l)
		if blank == 0 && strings.HasSuffix(strings.TrimSuffix(l, theme.Reset), "─") {
			into.WriteString(met)
		} else {
			into.WriteString(cell.Blank(blank))
			into.WriteString(bar)
		}
		if i < len(right) {
			into.WriteString(right[i])
		}
	}
}

// Draw puts lines into a text, one below the other.
func Draw(into *strings.Builder, lines []string) {
	for i, l := range lines {
		if i > 0 {
			into.WriteByte('\n')
		}
		into.WriteString(l)
	}
}

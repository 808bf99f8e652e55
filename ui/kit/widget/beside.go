package widget

import (
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
// The right part has no more lines than the left one.
func Beside(th *theme.Theme, left, right []string, at int) []string {
	bar := th.Paint(theme.Faint, "│")
	out := make([]string, len(left))
	for i, l := range left {
		out[i] = l + cell.Blank(at-cell.Width(l)) + bar
		if i < len(right) {
			out[i] += right[i]
		}
	}
	return out
}

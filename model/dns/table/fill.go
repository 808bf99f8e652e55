package table

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	// maxText is the width of a problem's text, in columns.
	maxText = 100
	// minValue is what a value in it keeps at least.
	minValue = 6
)

// fill puts values into the places of a sentence (%s) so that it fits one line: long
// values are cut in their middle, all to the same length, and the sentence, which
// tells the way out, stays whole.
func fill(format string, values ...string) string {
	room := maxText - columns(strings.ReplaceAll(format, "%s", ""))
	widths := make([]int, len(values))
	for i, v := range values {
		values[i] = safe.Clean(v)
		widths[i] = columns(values[i])
	}
	limit := share(widths, room)
	var b strings.Builder
	for i, v := range values {
		before, after, _ := strings.Cut(format, "%s")
		b.WriteString(before)
		if widths[i] > limit {
			v = cut(v, limit)
		}
		b.WriteString(v)
		format = after
	}
	b.WriteString(format)
	return b.String()
}

// share returns how much of each value fits when they have so much room together.
func share(widths []int, room int) int {
	sorted := slices.Sorted(slices.Values(widths))
	for i, w := range sorted {
		if each := room / (len(sorted) - i); w > each {
			return max(each, minValue)
		}
		room -= w
	}
	return maxText
}

// cut leaves out the middle of a value: both ends of a domain say what it is.
func cut(s string, limit int) string {
	runes := []rune(s)
	var head, tail []rune
	left := limit - 1
	for i, j := 0, len(runes)-1; i <= j; {
		at := i
		if len(tail) < len(head) {
			at = j
		}
		if left -= width(runes[at]); left < 0 {
			break
		}
		if at == i {
			head, i = append(head, runes[i]), i+1
		} else {
			tail, j = append(tail, runes[j]), j-1
		}
	}
	slices.Reverse(tail)
	return string(head) + "…" + string(tail)
}

// columns is the most that a clean text takes on a terminal.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += width(r)
	}
	return n
}

// width counts every letter that may be wide as wide: from Hangul on, which leaves the
// scripts of Europe and the near east, and the punctuation of the sentences.
func width(r rune) int {
	if r >= 0x1100 && (r < 0x1e00 || r > 0x2dff) {
		return 2
	}
	return 1
}

func number(n int) string { return strconv.Itoa(n) }

// Package cell measures and cuts text by the cells that it takes on a terminal.
// Text is cut here and nowhere else: bytes and runes are not cells.
package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const ellipsis = "…"

// plain reports whether s is printable ASCII, so that bytes are cells.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Width returns the number of cells that s takes; escape sequences take none.
func Width(s string) int {
	if plain(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// Cut returns s in at most w cells. What is longer ends with an ellipsis.
func Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case plain(s) && len(s) <= w:
		return s
	case plain(s):
		return s[:w-1] + ellipsis
	default:
		return ansi.Truncate(s, w, ellipsis)
	}
}

// Part returns the cells of s from one column up to another, counted from 0. A wide
// character that lies across an edge is left out.
func Part(s string, from, to int) string {
	if to <= from {
		return ""
	}
	return ansi.Cut(s, from, to)
}

// Fit returns s in exactly w cells, cut or filled with blanks at its end.
func Fit(s string, w int) string {
	s = Cut(s, w)
	return s + Blank(w-Width(s))
}

// FitRight returns s in exactly w cells, with blanks before it.
func FitRight(s string, w int) string {
	s = Cut(s, w)
	return Blank(w-Width(s)) + s
}

// Blank returns n blanks, none for a negative n.
func Blank(n int) string {
	const some = "                                                                                                                                "
	switch {
	case n <= 0:
		return ""
	case n <= len(some):
		return some[:n]
	default:
		return strings.Repeat(" ", n)
	}
}

// Wrap breaks a text into lines of at most w cells, between words where it can.
// It returns at most limit lines; the last one ends with an ellipsis when there
// is more. A limit of 0 is none.
func Wrap(s string, w, limit int) []string {
	if w <= 0 {
		return nil
	}
	// The library breaks after every hyphen, which tears names apart; one that
	// does not break stands in for it meanwhile.
	const hyphen, fixed = "-", "\u2011"
	wrapped := ansi.Wrap(strings.ReplaceAll(strings.TrimSpace(s), hyphen, fixed), w, "/")
	wrapped = ansi.Hardwrap(wrapped, w, false) // blanks can have made a line too long
	lines := strings.Split(strings.ReplaceAll(wrapped, fixed, hyphen), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	if limit > 0 && len(lines) > limit {
		lines = lines[:limit]
		last := lines[limit-1]
		if Width(last) >= w {
			last = ansi.Truncate(last, w-1, "")
		}
		lines[limit-1] = last + ellipsis
	}
	return lines
}

package theme

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ASCII rewrites a finished frame for a terminal that shows ASCII only. Every
// character keeps its width, so nothing moves. Text from outside that has no
// stand-in becomes question marks.
func ASCII(frame string) string {
	var b strings.Builder
	b.Grow(len(frame))
	for i := 0; i < len(frame); {
		c := frame[i]
		if c < utf8.RuneSelf {
			b.WriteByte(c)
			i++
			continue
		}
		cluster, width := ansi.FirstGraphemeCluster(frame[i:], ansi.GraphemeWidth)
		i += max(1, len(cluster))
		r, _ := utf8.DecodeRuneInString(cluster)
		if s := standIn(r); s != 0 && len(cluster) == utf8.RuneLen(r) {
			b.WriteByte(s)
			continue
		}
		b.WriteString(strings.Repeat("?", width))
	}
	return b.String()
}

// standIn returns the ASCII character for one of the interface's own.
func standIn(r rune) byte {
	switch r {
	case '●':
		return '*'
	case '◐':
		return '~'
	case '▲':
		return '!'
	case '✖':
		return 'x'
	case '○':
		return '?'
	case '◇':
		return 'o'
	case '─', '╌', '–', '┄':
		return '-'
	case '×':
		return 'x'
	case '•':
		return '+'
	case '━':
		return '='
	case '│', '┃', '▌', '·', '┆':
		return '|'
	case '╭', '╮', '╰', '╯', '┬', '┴', '┼', '├', '┤':
		return '+'
	case '→', '›', '▸':
		return '>'
	case '←', '‹':
		return '<'
	case '↑', '▴':
		return '^'
	case '↓', '▾':
		return 'v'
	case '…':
		return '~'
	default:
		return 0
	}
}

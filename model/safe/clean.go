package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxRunes bounds one text: longer than any field of either cloud's
	// contract, and short enough that a hostile one cannot slow a screen.
	maxRunes = 2000
	// maxMarks bounds the combining marks on one character. Written languages
	// need at most four; hundreds of them smear over the rows above and below.
	maxMarks = 4
)

// Clean returns s in a form that is harmless on a terminal: valid UTF-8,
// printable, on one line. Line breaks, tabs and exotic spaces become a space;
// every other character that a terminal would obey or not show (controls, bidi
// and zero-width characters, variation selectors, private use) becomes its code
// point, such as \u{202e}; bytes that are no UTF-8 become U+FFFD. Text beyond
// 2,000 characters is cut and ends with "…". Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(min(len(s), 4*maxRunes))
	marks, written := 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		out := visible(r)
		switch {
		case out != "" || !unicode.Is(unicode.M, r):
			marks = 0
		case b.Len() == 0:
			out = escape(r) // it would join whatever stands before the text
		default:
			if marks++; marks > maxMarks {
				continue
			}
		}
		if written += max(1, len(out)); written > maxRunes {
			b.WriteString("…")
			break
		}
		if out != "" {
			b.WriteString(out)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain reports whether s is short printable ASCII, which nearly all text is.
func plain(s string) bool {
	if len(s) > maxRunes {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// visible returns what to write instead of r, or "" when r may stand as it is.
func visible(r rune) string {
	switch {
	case r == '\n' || r == '\t' || unicode.Is(unicode.Zs, r):
		return " "
	case !unicode.IsPrint(r) || invisible(r):
		return escape(r)
	default:
		return ""
	}
}

func escape(r rune) string { return fmt.Sprintf(`\u{%x}`, r) }

// invisible reports characters that Unicode counts as printable although no
// terminal shows them: variation selectors and the blank Hangul letters.
func invisible(r rune) bool {
	switch {
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef, r >= 0x180b && r <= 0x180f:
		return true
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x034f, r == 0x17b4, r == 0x17b5:
		return true
	default:
		return false
	}
}

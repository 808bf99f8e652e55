package safe

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// appendJSON appends s as a JSON string in which everything that is not
// printable is escaped. encoding/json leaves C1 and bidi characters as they
// are, and a terminal may obey those.
func appendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r == ' ' || (unicode.IsPrint(r) && !invisible(r)):
			dst = utf8.AppendRune(dst, r)
		case r > 0xffff:
			r -= 0x10000
			dst = fmt.Appendf(dst, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		}
	}
	return append(dst, '"')
}

// JSON returns a JSON document that says the same and is harmless to print: what a
// terminal could obey is written as \u escapes. Such characters stand in the strings
// of a document only; blanks and line breaks between its parts stay.
func JSON(document []byte) []byte {
	out := make([]byte, 0, len(document))
	for _, r := range string(document) {
		switch {
		case r < utf8.RuneSelf && r != '\x7f', unicode.IsPrint(r) && !invisible(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

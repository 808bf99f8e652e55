package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Unseen names what in a text does not show for what it is: a control character, one
// that has no width or turns the direction of writing, or bytes that are no UTF-8. It
// is empty when there is none.
func Unseen(text string) string {
	if safe.Clean(text) == text && !strings.ContainsRune(text, utf8.RuneError) {
		return ""
	}
	r, found := foreign(text, func(r rune) bool {
		return r != utf8.RuneError && (safe.Clean("a"+string(r)) == "a"+string(r))
	})
	switch {
	case found && r != utf8.RuneError && unicode.Is(unicode.Zs, r):
		return fmt.Sprintf("a blank of an unusual kind, U+%04X", r)
	case found:
		return character(r)
	case safe.Clean(text) != text:
		return "a mark without a letter, or more characters than any name has"
	default:
		return ""
	}
}

package yaml

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// List writes texts as a list on one line.
func List(items []safe.Text) string {
	words := make([]string, len(items))
	for i, t := range items {
		words[i] = Scalar(t)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// Scalar writes a text: as it stands when every reader of YAML takes it for a text,
// between quotes otherwise.
func Scalar(t safe.Text) string {
	s := t.Raw()
	reserved := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
	belongs := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r)
	}
	letters := strings.ContainsFunc(s, func(r rune) bool { return r >= 'g' && r <= 'z' || r >= 'G' && r <= 'Z' })
	switch {
	case s == "" || strings.ContainsFunc(s, func(r rune) bool { return !belongs(r) }):
		return quote(s)
	case model.IsGUID(s) || strings.Count(s, ".") == 3 && strings.Trim(s, "0123456789.") == "":
		return s // an id, or an address: no reader takes one for a number
	case !letters || strings.ContainsAny(s[:1], "-_.0123456789") || slices.Contains(reserved, strings.ToLower(s)):
		return quote(s)
	default:
		return s
	}
}

// quote writes a text between double quotes. What cannot be seen is escaped, so the
// file can be shown on a terminal.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == ' ' || unicode.IsPrint(r) && safe.Clean("a"+string(r)) == "a"+string(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String() + `"`
}

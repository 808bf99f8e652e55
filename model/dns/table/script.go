package table

import (
	"strings"
	"unicode"
)

// imitates says how a name could be taken for another one; empty when it hardly can.
// Each label is judged by itself: a Cyrillic label under .com is normal. The sets that
// may be mixed are those of UTS 39, "highly restrictive": Latin with the scripts that
// Japanese, Korean and Chinese are written in.
func imitates(name string) string {
	parts := strings.Split(name, ".")
	latin := 0
	for _, label := range parts {
		if ascii(label) {
			latin++
		}
	}
	for _, label := range parts {
		if ascii(label) {
			continue
		}
		switch scripts := scriptsOf(label); {
		case len(scripts) > 1 && !mayMix(scripts):
			return "mixes scripts"
		case strings.ContainsAny(label, "ɑɡɩɪʋᴀʙᴄᴅᴇ"):
			return "has phonetic letters"
		case latin > 0 && len(scripts) == 1 && !scripts["Latin"] && looksLatin(label):
			return "looks Latin, is not,"
		}
	}
	return ""
}

// looksLatin reports whether every letter of a label looks like a Latin one.
func looksLatin(label string) bool {
	for _, r := range label {
		if unicode.IsLetter(r) && !strings.ContainsRune("асԁеһіјӏорԛѕԝхуѵьгпοανρυικιχօսոհցքզգոա", r) {
			return false
		}
	}
	return true
}

// scriptsOf gathers the scripts of a label's letters; what all scripts share, such as
// digits and hyphens, has none.
func scriptsOf(label string) map[string]bool {
	found := map[string]bool{}
	for _, r := range label {
		if s := scriptOf(r); s != "" {
			found[s] = true
		}
	}
	return found
}

func scriptOf(r rune) string {
	switch {
	case 'a' <= r && r <= 'z', unicode.Is(unicode.Latin, r):
		return "Latin"
	case unicode.Is(unicode.Common, r), unicode.Is(unicode.Inherited, r):
		return ""
	case unicode.Is(unicode.Cyrillic, r):
		return "Cyrillic"
	case unicode.Is(unicode.Greek, r):
		return "Greek"
	case unicode.Is(unicode.Han, r):
		return "Han"
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return ""
}

func mayMix(scripts map[string]bool) bool {
	for _, together := range []string{"Latin Han Hiragana Katakana", "Latin Han Hangul", "Latin Han Bopomofo"} {
		all := true
		for s := range scripts {
			all = all && strings.Contains(together, s)
		}
		if all {
			return true
		}
	}
	return false
}

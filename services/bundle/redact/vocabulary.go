package redact

import (
	"strings"
	"unicode"
)

// vocabulary is what may stay in a sentence. True: a common word, which stays even where a
// thing is called like it.
type vocabulary map[string]bool

func newVocabulary() vocabulary {
	v := vocabulary{}
	for w := range strings.FieldsSeq(rareWords) {
		v[w] = false
	}
	for w := range strings.FieldsSeq(commonWords) {
		v[w] = true
	}
	return v
}

func (v vocabulary) has(word string) bool {
	_, known := v[word]
	return known
}

// Bounds of what is plain: words of the clouds hold few numbers, and short ones.
const (
	maxDigits  = 5
	maxSingles = 2
	maxParts   = 12
)

// plain reports whether a word is made of words that may stay: read-only, peeringState,
// IPv4, AuthorizationFailed, 24.
func (v vocabulary) plain(word string) bool {
	digits, singles, parts := 0, 0, 0
	for _, part := range humps(word) {
		parts++
		switch {
		case unicode.IsDigit(rune(part[0])):
			digits += len(part)
		case len(part) == 1:
			singles++
		case !v.has(strings.ToLower(part)):
			return false
		}
	}
	return digits <= maxDigits && singles <= maxSingles && parts <= maxParts
}

// humps parts a word at what is no letter, and before capital letters: runs of digits and
// of letters. ASCII alone; another letter is part of its run, and of no word that is
// known.
func humps(word string) []string {
	var out []string
	var part []rune
	flush := func() {
		if len(part) > 0 {
			out = append(out, string(part))
		}
		part = part[:0]
	}
	rs := []rune(word)
	for i, c := range rs {
		letter, digit := c >= 0x80 || unicode.IsLetter(c), c >= '0' && c <= '9'
		switch {
		case !letter && !digit:
			flush()
			continue
		case len(part) == 0:
		case digit != unicode.IsDigit(part[0]):
			flush()
		case letter && unicode.IsUpper(c) && (!unicode.IsUpper(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])):
			flush()
		}
		part = append(part, c)
	}
	flush()
	return out
}

package phrase

import (
	"strconv"
	"strings"
)

// Count writes a number with its noun: "1 change", "2 changes", "3 entries". The noun is
// given for one; of several words the last one changes.
func Count(n int, noun string) string {
	return strconv.Itoa(n) + " " + Noun(n, noun)
}

// Noun is the form of a noun that agrees with a number, for where the number stands
// elsewhere.
func Noun(n int, noun string) string {
	if n == 1 {
		return noun
	}
	switch stem, isY := strings.CutSuffix(noun, "y"); {
	case isY && stem != "" && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	case hasAnySuffix(noun, "s", "x", "z", "ch", "sh"):
		return noun + "es"
	default:
		return noun + "s"
	}
}

// Either is the word that agrees with a number: "is" or "are", "it" or "them".
func Either(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

package known

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Print is a short text by which it can be told whether a finding is as it was: how urgent it
// is, and a sum of what it says. How long something has lasted and when it was looked at are
// left out: they change while nothing does.
func Print(f finding.Finding) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(f.Because) + "\x00" + steady(f.Cause))) // never fails
	return fmt.Sprintf("%s-%08x", f.Severity, h.Sum32())
}

// steady is a sentence without its spans and times.
func steady(text string) string {
	words := strings.Fields(text)
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		word := strings.TrimRight(words[i], ",.:;)")
		next := ""
		if i+1 < len(words) {
			next = strings.TrimRight(words[i+1], ",.:;)")
		}
		switch {
		case number(word) && unit(next):
			i++
		case moment(word):
		default:
			out = append(out, words[i])
		}
	}
	return strings.Join(out, " ")
}

// unit reports whether a word is one of those in which model/phrase writes spans.
func unit(word string) bool {
	switch word {
	case "ms", "s", "min", "h", "day", "days":
		return true
	default:
		return false
	}
}

func number(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
}

// moment reports whether a word is a date or a time of day: digits with dashes or colons, as
// in 2026-11-28, 14:02 and 2026-11-28T14:02:00Z.
func moment(word string) bool {
	digits, marks := 0, 0
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			digits++
		case r == '-' || r == ':':
			marks++
		case r != 'T' && r != 'Z' && r != '.' && r != '+':
			return false
		}
	}
	return marks > 0 && digits >= 3 && unicode.IsDigit(rune(word[0]))
}

// Package phrase holds the small forms that sentences for people are made of: a number
// with its noun, a list, how long something takes and how long ago it was. Every
// sentence takes them from here, so that one fact reads the same wherever it stands.
package phrase

import "strings"

// Capital writes the first letter of a sentence large, if it is one of a to z. An address or a
// path that begins the sentence stays as it is: written another way it would be another one.
func Capital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if s == "" || s[0] < 'a' || s[0] > 'z' || strings.ContainsAny(strings.TrimRight(first, ".:,"), "./:@_0123456789") {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// Lower writes the first letter small, for a title within a sentence. A word in capitals,
// such as DNS, stays as it is.
func Lower(s string) string {
	if s == "" || !large(s[0]) || len(s) > 1 && large(s[1]) {
		return s
	}
	return string(s[0]-'A'+'a') + s[1:]
}

func large(b byte) bool { return b >= 'A' && b <= 'Z' }

package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Query is a parsed filter. All of its terms must hold.
//
// The grammar is that of a search box: words separated by blanks, a word in
// double quotes may hold blanks, "!" before a word turns it round, and
// "key:value" looks in one field only. Case does not matter. A value matches
// anywhere in the field, a severity from its beginning: "ok" is not "broken".
type Query struct {
	terms []term
}

const severityKey = "severity"

type term struct {
	not   bool
	key   string
	value string
}

// ParseQuery reads a filter. Keys are the fields that may be named; a word whose
// part before the colon is no key is searched as it stands, so that a time or
// an IPv6 address needs no quotes. An unfinished quote is closed at the end.
// The error names the word and the keys that exist; it is for a word that can
// only be meant as a key, such as "regoin:".
func ParseQuery(text string, keys []string) (Query, error) {
	var q Query
	for _, word := range splitWords(text) {
		t := term{value: word.text, not: word.not}
		if key, value, found := strings.Cut(t.value, ":"); found && !word.opened {
			switch {
			case contains(keys, key):
				t.key, t.value = strings.ToLower(key), value
			case isWord(key) && value == "":
				return Query{}, fmt.Errorf("no key %q; ? lists them, such as %s", key, strings.Join(keys[:min(3, len(keys))], ", "))
			}
		}
		if t.value == "" {
			continue
		}
		t.value = strings.ToLower(t.value)
		q.terms = append(q.terms, t)
	}
	return q, nil
}

// Unknown returns the first word that looks like "key:value" and whose key is
// none: it is searched as it stands, which may not be what was meant.
func (q Query) Unknown(keys []string) (string, bool) {
	for _, t := range q.terms {
		if key, value, found := strings.Cut(t.value, ":"); t.key == "" && found && value != "" && isWord(key) && !contains(keys, key) {
			return key, true
		}
	}
	return "", false
}

// IsEmpty reports whether the query matches everything.
func (q Query) IsEmpty() bool { return len(q.terms) == 0 }

// Match reports whether all terms hold. Fields returns the values of a key, and
// for the empty key those that a plain word is searched in.
func (q Query) Match(fields func(key string) []string) bool {
	for _, t := range q.terms {
		if holds(t, fields(t.key)) == t.not {
			return false
		}
	}
	return true
}

func holds(t term, values []string) bool {
	for _, v := range values {
		if t.key == severityKey {
			if strings.HasPrefix(strings.ToLower(v), t.value) {
				return true
			}
			continue
		}
		if containsFold(v, t.value) {
			return true
		}
	}
	return false
}

// containsFold reports whether s contains lower, which is in lower case. It
// allocates nothing for ASCII, which nearly all names are.
func containsFold(s, lower string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.Contains(strings.ToLower(s), lower)
		}
	}
	for i := 0; i+len(lower) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(lower)], lower) {
			return true
		}
	}
	return false
}

type queryWord struct {
	text   string
	not    bool // it began with a mark outside quotes
	opened bool // quotes began before any colon
}

func splitWords(text string) []queryWord {
	var words []queryWord
	var current strings.Builder
	var w queryWord
	inQuotes, started := false, false
	flush := func() {
		if started {
			w.text = current.String()
			words = append(words, w)
		}
		current.Reset()
		w, started = queryWord{}, false
	}
	for _, r := range text {
		switch {
		case r == '"':
			started = true
			if !inQuotes && !strings.Contains(current.String(), ":") {
				w.opened = true
			}
			inQuotes = !inQuotes
		case unicode.IsSpace(r) && !inQuotes:
			flush()
		case r == '!' && !started && !w.not:
			w.not = true
		default:
			current.WriteRune(r)
			started = true
		}
	}
	flush()
	return words
}

func contains(keys []string, key string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) })
}

func isWord(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

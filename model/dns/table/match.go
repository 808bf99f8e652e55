package table

import "strings"

// Matcher finds the rows that a name falls under. Names are compared label by label
// from the right; the row with the most labels wins, wherever it stands in the table.
type Matcher struct {
	byDomain map[string][]int // places of the domains that were given, by normal form
}

// NewMatcher makes a matcher of domains. Those that are none match nothing.
func NewMatcher(domains []string) Matcher {
	m := Matcher{byDomain: make(map[string][]int, len(domains))}
	for i, d := range domains {
		if name := Normalise(d).ASCII; name != "" {
			m.byDomain[name] = append(m.byDomain[name], i)
		}
	}
	return m
}

// MatcherOf makes a matcher of rows.
func MatcherOf(rows []Row) Matcher {
	domains := make([]string, len(rows))
	for i, r := range rows {
		domains[i] = r.Key.Raw()
	}
	return NewMatcher(domains)
}

// Match lists the places of the domains that a name falls under, the winner first and
// then those that it wins over. A text that is no name falls under none.
func (m Matcher) Match(name string) []int {
	n := Normalise(name).ASCII
	if n == "" {
		return nil
	}
	var out []int
	for n != "." && n != "" {
		out = append(out, m.byDomain[n]...)
		_, n, _ = strings.Cut(n, ".")
	}
	return append(out, m.byDomain["."]...)
}

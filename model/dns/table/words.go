package table

import (
	"fmt"
	"strings"
)

// Name is the domain of a change as it is written, the new way where both are there.
func (c Change) Name() string {
	row := c.To
	if row == nil {
		row = c.From
	}
	return row.Key.Or("(no domain)").String()
}

// Word says in a word or two what becomes of a domain.
func (c Change) Word() string {
	switch {
	case c.Kind == Added:
		return "new"
	case c.Kind == Removed:
		return "removed"
	case c.Order:
		return "other order"
	case len(c.Servers) > 0:
		return "other servers"
	case c.Spelled:
		return "other spelling"
	default:
		return "other members"
	}
}

// CountWords says how many domains changes touch: "1 new · 2 changed"; empty for none.
func CountWords(changes []Change) string {
	added, changed, removed := Count(changes)
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{added, "new"}, {changed, "changed"}, {removed, "removed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	return strings.Join(parts, " · ")
}

// Text is a kind with what it means.
func (k Kind) Text() string {
	switch k {
	case KindOneOne:
		return "1-1, one domain and one server"
	case KindManyOne:
		return "N-1, several domains and one server"
	case KindManyMany:
		return "M-N, several servers, which are replicas of each other"
	default:
		return string(k)
	}
}

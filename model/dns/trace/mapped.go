package trace

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Place is a network that maps a name, with the rules that the name falls under there, the
// winner first.
type Place struct {
	Network *model.NetworkStatus
	Rules   []Rule
}

// Mapped lists the networks that map a name: those with the longest domain first, and of
// equal ones in the order of the list.
func Mapped(name dnstable.Name, networks []*model.NetworkStatus) []Place {
	var out []Place
	if name.ASCII == "" {
		return nil
	}
	for _, n := range networks {
		if rules := RulesFor(name, n); len(rules) > 0 {
			out = append(out, Place{Network: n, Rules: rules})
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int { return cmp.Compare(b.length(), a.length()) })
	return out
}

// length is that of the domain that wins.
func (p Place) length() int { return len(dnstable.NameOf(p.Rules[0].Domain).ASCII) }

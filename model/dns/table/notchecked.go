package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// NotChecked is a rule that could not look, because what it needs is not known. It is
// neither good nor bad news, and must not be read as either.
type NotChecked struct {
	Rule string
	Why  string // what is not known: "the ranges of hub-vnet are not known"
}

// Unchecked lists the rules that [Check] could not ask about the rows, in the order of
// their ids: those about where servers lie and what other tables hold. Rules about a
// change (T02 to T06) are no question before there is one.
func Unchecked(rows []Row, s Surroundings) []NotChecked {
	if len(rows) == 0 {
		return nil
	}
	return NewRulebook().unchecked(newFinder(rows, s))
}

// unchecked lists the rules that cannot look.
func (b *Rulebook) unchecked(f *finder) []NotChecked {
	var out []NotChecked
	for _, r := range b.rules {
		if r.needs == nil {
			continue
		}
		if why := r.needs(f); why != "" {
			out = append(out, NotChecked{r.ID, why})
		}
	}
	return out
}

// UncheckedText says what was not checked, a sentence for each reason.
func UncheckedText(list []NotChecked) []string {
	var reasons []string
	ids := map[string][]string{}
	for _, n := range list {
		if !slices.Contains(reasons, n.Why) {
			reasons = append(reasons, n.Why)
		}
		ids[n.Why] = append(ids[n.Why], n.Rule)
	}
	out := make([]string, len(reasons))
	for i, why := range reasons {
		out[i] = strings.Join(ids[why], ", ") + " not checked, because " + why + "."
	}
	return out
}

// needsRange is what rules need that compare with the gateway network's own range.
func needsRange(f *finder) string {
	switch {
	case f.Network.Valid() || !f.anyServer(func(server, *spot) bool { return true }):
		return ""
	case f.NetworkName.IsEmpty():
		return "no network is known"
	default:
		return "the address range of " + f.NetworkName.String() + " is not known"
	}
}

// needsVNets is what rules need that compare with the ranges of all peered VNETs. A server
// that lies in one that is known needs no other.
func needsVNets(f *finder) string {
	if !f.anyServer(func(_ server, at *spot) bool { return !at.near && !at.own }) {
		return ""
	}
	return f.unread("the ranges of ", func(v NearVNet) bool { return !v.Read })
}

// needsSubnets is what rules need that look into the subnets of the VNETs.
func needsSubnets(f *finder) string {
	if !f.anyServer(func(_ server, at *spot) bool { return at.subnetOf == "" }) {
		return ""
	}
	return f.unread("the subnets of ", func(v NearVNet) bool {
		return len(v.Subnets) == 0 && (!v.Read || f.anyServer(func(s server, at *spot) bool {
			return at.subnetOf == "" && slices.ContainsFunc(v.Prefixes, func(p model.Prefix) bool { return contains(p, s.addr) })
		}))
	})
}

// anyServer reports whether a server of the table that could be reached is so.
func (f *finder) anyServer(is func(server, *spot) bool) bool {
	for i := range f.lines {
		for _, s := range f.lines[i].good {
			if s.addr.Is4() && fallible(s) == 0 && is(s, s.at) {
				return true
			}
		}
	}
	return false
}

// unread names the VNETs that lack something, empty when none does.
func (f *finder) unread(what string, lacks func(NearVNet) bool) string {
	var names []string
	for _, v := range f.VNets {
		if lacks(v) {
			names = append(names, v.Name.Or(v.Peering.Raw()).String())
		}
	}
	switch n := len(names); {
	case len(f.VNets) == 0:
		return "no VNET is known"
	case n == 0:
		return ""
	case n <= 2:
		return what + phrase.And(names) + " are not known"
	default:
		return what + names[0] + " and " + number(n-1) + " other VNETs are not known"
	}
}

// needsTables is what rules need that compare with the other tables of the network.
func needsTables(f *finder) string {
	if f.TablesRead {
		return ""
	}
	return "the other tables of the network were not read"
}

// needsRulesets is what the rule about loops needs.
func needsRulesets(f *finder) string {
	if len(f.Endpoints)+len(f.Rulesets) > 0 || !f.anyServer(func(server, *spot) bool { return true }) {
		return ""
	}
	return "no private resolver or ruleset of Azure was read"
}

// needsRangeAndVNets needs both; the first that is missing is told.
func needsRangeAndVNets(f *finder) string {
	if why := needsRange(f); why != "" {
		return why
	}
	return f.unread("the ranges of ", func(v NearVNet) bool { return !v.Read })
}

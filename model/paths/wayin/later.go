package wayin

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// deniedLater reports whether a rule that is asked after this one keeps out an address that
// this one leaves out, on one of its ports. Rules are asked by their priority, and the first
// that fits decides.
func (a about) deniedLater(r azurenet.Rule) bool {
	for _, g := range a.v.Net.Groups {
		if !g.ID.EqualFold(a.e.ID) {
			continue
		}
		list := slices.Clone(g.Rules)
		slices.SortStableFunc(list, func(x, y azurenet.Rule) int { return x.Priority - y.Priority })
		for _, m := range a.e.Missing {
			if to, ok := parse(m.Address); ok && a.denied(list, r, to) {
				return true
			}
		}
	}
	return false
}

// denied reports whether the first rule behind one that is for an address denies it.
func (a about) denied(list []azurenet.Rule, after azurenet.Rule, to netip.Addr) bool {
	for _, r := range list {
		if r.Priority <= after.Priority || !r.Direction.EqualFold(after.Direction) || !alike(r, after) {
			continue
		}
		if slices.ContainsFunc(outside(r), func(t safe.Text) bool { return a.isFor(t, to) }) {
			return strings.EqualFold(r.Access.Raw(), "deny")
		}
	}
	return false
}

// isFor reports whether a place of a rule stands for an address of the network.
func (a about) isFor(t safe.Text, to netip.Addr) bool {
	if p, ok := azurenet.RangeOf(t.Raw()); ok {
		return p.Contains(to)
	}
	return t.Raw() == "*" || strings.EqualFold(t.Raw(), "VirtualNetwork") || strings.EqualFold(t.Raw(), "Any")
}

// alike reports whether two rules are for the same traffic on some port.
func alike(r, s azurenet.Rule) bool {
	any1 := func(t safe.Text) bool { return t.Raw() == "*" }
	if !any1(r.Protocol) && !any1(s.Protocol) && !r.Protocol.EqualFold(s.Protocol) {
		return false
	}
	return slices.ContainsFunc(r.Ports, func(p safe.Text) bool {
		return slices.ContainsFunc(s.Ports, func(o safe.Text) bool { return any1(p) || any1(o) || p == o || azurenet.PortsMeet(p, o) })
	})
}

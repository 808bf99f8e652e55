package table

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// placeRules are about where servers lie, as far as the VNETs could be read.
func placeRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "S10"},
			line:     outside, needs: needsVNets,
		},
		{
			RuleInfo: RuleInfo{ID: "S11"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == 0 && s.at.own {
						f.at(l, s, "%s belongs to the gateway network itself (%s). Give the address in your VNET.", s.label(), f.Network.String())
					}
				}
			},
			needs: needsRange,
		},
		{
			RuleInfo: RuleInfo{ID: "S12"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == 0 && s.at.reserved {
						f.at(l, s, "Azure reserves %s in %s: no server can have it.", s.label(), s.at.subnet.String())
					}
				}
			},
			needs: needsSubnets,
		},
	}
}

// outside is silent unless every peering's ranges are known: the server may lie in the
// one that is not. Public and documentation addresses have rules of their own.
func outside(f *finder, l *line) {
	if len(f.VNets) == 0 || slices.ContainsFunc(f.VNets, func(v NearVNet) bool { return !v.Read }) {
		return
	}
	for _, s := range l.servers {
		if s.fault != nil || !s.addr.Is4() || fallible(s) != 0 {
			continue
		}
		if r := s.kind; r == model.RangePublic || r == model.RangeDocumentation {
			continue
		}
		if s.at.near || s.at.own {
			continue
		}
		if first := f.VNets[0]; len(f.VNets) == 1 {
			f.at(l, s, "%s is not in %s (%s). It needs a route through this VNET.", s.label(), first.Name.String(), phrase.List(first.Prefixes))
			continue
		}
		f.at(l, s, "%s is in none of the %s peered VNETs. It needs a route through one of them.", s.label(), number(len(f.VNets)))
	}
}

package table

import (
	"slices"

	"peerdeck/model"
	"peerdeck/model/phrase"
)

// placeRules are about where servers lie, as far as the VNETs could be read.
func placeRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "S10", Severities: []Severity{Warning}, Title: "A server lies in no peered VNET.",
				Help: "A peering leads into one VNET and no further: peering is not transitive. A server elsewhere (another VNET, on premises) is reached only by a route through the peered VNET, such as a firewall or a gateway that forwards. While the ranges of a peering of the network are not known, the rule cannot tell, and says so.",
			},
			line: outside, needs: needsVNets,
		},
		{
			RuleInfo: RuleInfo{
				ID: "S11", Severities: []Severity{Error}, Title: "A server lies in the gateway network itself.",
				Help: "The address belongs to Kong's own network, where no server of yours can be. Give the server's address in your VNET. If your VNET has the same range, the two cannot be peered (T01).",
			},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == 0 && f.spotOf(s.addr).own {
						f.at(l, s, "%s belongs to the gateway network itself (%s). Give the address in your VNET.", s.label(), f.Network.String())
					}
				}
			},
			needs: needsRange,
		},
		{
			RuleInfo: RuleInfo{
				ID: "S12", Severities: []Severity{Warning}, Title: "Azure keeps the server's address for itself.",
				Help: "In each subnet Azure keeps the first four addresses (the network, the gateway and two for its own DNS) and the last one (broadcast). No machine gets them, so this is likely a slip of the finger.",
			},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == 0 && f.spotOf(s.addr).reserved {
						f.at(l, s, "Azure reserves %s in %s: no server can have it.", s.label(), f.spotOf(s.addr).subnet.String())
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
		if r := model.RangeOf(s.addr); r == model.RangePublic || r == model.RangeDocumentation {
			continue
		}
		if at := f.spotOf(s.addr); at.near || at.own {
			continue
		}
		if first := f.VNets[0]; len(f.VNets) == 1 {
			f.at(l, s, "%s is not in %s (%s). It needs a route through this VNET.", s.label(), first.Name.String(), phrase.List(first.Prefixes))
			continue
		}
		f.at(l, s, "%s is in none of the %s peered VNETs. It needs a route through one of them.", s.label(), number(len(f.VNets)))
	}
}

package table

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// orderRules are about example addresses, the order of servers, and loops.
func orderRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "S17"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault != nil {
						continue
					}
					switch r := s.kind; r {
					case model.RangeDocumentation, model.RangeShared, model.RangeBenchmark:
						if !s.at.near && !s.at.own {
							f.at(l, s, "%s is in the %s range; is this an example value?", s.label(), r.String())
						}
					default:
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S18"},
			table:    otherOrder,
		},
		{
			RuleInfo: RuleInfo{ID: "S19"},
			line:     loops, needs: needsRulesets,
		},
	}
}

// otherOrder compares each row with the first one that has the same set of servers.
func otherOrder(f *finder) {
	first := map[string]*line{}
	seen := map[string]bool{} // orders that are the first of their set: no row with one of them is another
	for i := range f.lines {
		l := &f.lines[i]
		good := l.good
		if len(good) < 2 || seen[l.key] {
			continue
		}
		words := make([]string, len(good))
		for j, s := range good {
			words[j] = s.label()
		}
		slices.Sort(words)
		set := strings.Join(words, " ")
		other := first[set]
		if other == nil {
			first[set], seen[l.key] = l, true
			continue
		}
		if !slices.EqualFunc(other.good, good, func(a, b server) bool { return a.addr == b.addr }) {
			p := f.on(l, "Same servers as %s, different order; the first one is tried first.", other.shown())
			p.Other, p.Fix = other.row.ID, &Fix{Label: fill("take the order of %s", other.shown())}
			for _, s := range other.good {
				p.Fix.Servers = append(p.Fix.Servers, s.label())
			}
		}
	}
}

// loops finds rulesets that send the questions of an endpoint's VNET back to it.
func loops(f *finder, l *line) {
	for _, s := range l.good {
		for _, e := range f.Endpoints {
			if !sameAddress(e.Address, s.addr) {
				continue
			}
			for _, r := range f.Rulesets {
				linked := slices.ContainsFunc(r.VNets, e.VNet.EqualFold)
				if linked && slices.ContainsFunc(r.Targets, func(t safe.Text) bool { return sameAddress(t, s.addr) }) {
					f.at(l, s, "Possible resolution loop via %s: it is linked to the VNET of %s and targets it.", r.Name.String(), s.label())
				}
			}
		}
	}
}

func sameAddress(t safe.Text, a netip.Addr) bool {
	addr, ok := NormalServer(t.Raw())
	return ok && addr == a.String()
}

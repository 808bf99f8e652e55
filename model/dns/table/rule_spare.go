package table

import (
	"net/netip"
	"slices"
)

// maxTargets is how many servers an Azure forwarding rule asks. Konnect states no limit.
const maxTargets = 6

// spareRules are about the number of servers, and about what is left when one fails.
func spareRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "S13"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.again {
						f.at(l, s, "%s is listed twice; kept once.", s.label()).Fix = &Fix{Label: "keep it once", Servers: l.once()}
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S14"},
			line: func(f *finder, l *line) {
				if n := len(l.good); n > maxTargets {
					f.on(l, "Azure uses at most 6 targets per rule; you have %s. Keep the best six.", number(n))
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S15"},
			line: func(f *finder, l *line) {
				if good := l.good; len(good) == 1 && !slices.ContainsFunc(l.servers, func(s server) bool { return s.fault != nil }) {
					f.on(l, "No spare: one server down means %s is down. Add a second one.", l.shown())
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S16"},
			line:     oneSubnet, needs: needsSubnets,
		},
	}
}

// once returns the row's servers, each at its first place.
func (l *line) once() []string {
	var out []string
	seen := map[netip.Addr]bool{}
	for i, s := range l.servers {
		if s.fault == nil && seen[s.addr] {
			continue
		}
		seen[s.addr] = true
		out = append(out, l.row.Servers[i].Raw())
	}
	return out
}

func oneSubnet(f *finder, l *line) {
	good := l.good
	if len(good) < 2 {
		return
	}
	first := good[0].at
	if first.subnetOf == "" {
		return
	}
	for _, s := range good[1:] {
		if s.at.subnetOf != first.subnetOf {
			return
		}
	}
	f.on(l, "All servers sit in %s. A server in another subnet or zone is the better spare.", first.subnet.String())
}

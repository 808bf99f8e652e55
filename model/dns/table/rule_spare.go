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
			RuleInfo: RuleInfo{
				ID: "S13", Severities: []Severity{Note}, Title: "A server is listed twice in a row.",
				Help: "The servers of a row are asked in turn, and a second entry adds nothing. It is kept once, at its first place; one key writes it so.",
			},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.again {
						f.at(l, s, "%s is listed twice; kept once.", s.label()).Fix = &Fix{Label: "keep it once", Servers: l.once()}
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S14", Severities: []Severity{Warning}, Title: "A row has more than six servers.",
				Help: "Azure asks at most six targets for a rule. Konnect states no limit of its own, and has the last word. Those after the sixth may never be asked.",
			},
			line: func(f *finder, l *line) {
				if n := len(l.good); n > maxTargets {
					f.on(l, "Azure uses at most 6 targets per rule; you have %s. Keep the best six.", number(n))
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S15", Severities: []Severity{Warning}, Title: "A row has one server only.",
				Help: "While its only server is down, or is restarted for an update, the domain does not resolve. A second server that holds the same zones is a spare: the next one is asked when the first does not answer.",
			},
			line: func(f *finder, l *line) {
				if good := l.good; len(good) == 1 && !slices.ContainsFunc(l.servers, func(s server) bool { return s.fault != nil }) {
					f.on(l, "No spare: one server down means %s is down. Add a second one.", l.shown())
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S16", Severities: []Severity{Warning}, Title: "All servers of a row sit in one subnet.",
				Help: "One wrong rule of a network security group, or one failing zone, takes them all. Servers in two subnets, best in two availability zones, do not fail together. The rule speaks only of subnets that could be read.",
			},
			line: oneSubnet, needs: needsSubnets,
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
	first := f.spotOf(good[0].addr)
	if first.subnetOf == "" {
		return
	}
	for _, s := range good[1:] {
		if f.spotOf(s.addr).subnetOf != first.subnetOf {
			return
		}
	}
	f.on(l, "All servers sit in %s. A server in another subnet or zone is the better spare.", first.subnet.String())
}

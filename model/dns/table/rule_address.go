package table

import "github.com/peerdeck/peerdeck/model"

// addressRules are about addresses that no server of a VNET has.
func addressRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "S06"},
			line: func(f *finder, l *line) {
				faultyServers(f, l, "S06")
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == unroutable {
						f.at(l, s, "%s is a %s address and cannot be reached through the peering.", s.label(), s.kind.String())
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S07"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == linkLocal {
						f.at(l, s, "%s: link-local addresses are not routed. Give the address in the VNET.", s.label())
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S08"},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == platform {
						f.at(l, s, "%s is Azure's platform resolver, not a target. Use a Private Resolver inbound endpoint.", s.label())
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "S09"},
			line:     publicServer,
		},
	}
}

// trouble sorts addresses that cannot be reached through any peering.
type trouble int

const (
	unroutable trouble = iota + 1
	linkLocal
	platform
)

// fallible tells what is wrong with an address wherever it is used, 0 when nothing is.
func fallible(s server) trouble {
	switch s.kind {
	case model.RangeNobody, model.RangeLoopback, model.RangeMulticast, model.RangeReserved, model.RangeBroadcast:
		return unroutable
	case model.RangeLinkLocal:
		return linkLocal
	case model.RangePlatform:
		return platform
	default:
		return 0
	}
}

func publicServer(f *finder, l *line) {
	for _, s := range l.servers {
		if s.fault != nil || s.kind != model.RangePublic {
			continue
		}
		if by := publicResolver(s.addr); by != "" {
			f.at(l, s, "Public resolvers do not know private zones: %s is one of %s.", s.label(), by).Severity = Note
		}
		if s.addr.Is4() && !s.at.near && !s.at.own {
			f.at(l, s, "%s is public. Queries for %s would leave the private network.", s.label(), l.shown())
		}
	}
}

package table

import "peerdeck/model"

// addressRules are about addresses that no server of a VNET has.
func addressRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "S06", Severities: []Severity{Error}, Title: "A server's address is one that no network carries.",
				Help: "0.0.0.0/8, 127.0.0.0/8, 224.0.0.0/4, 240.0.0.0/4, 255.255.255.255 and addresses with a network card (fe80::1%eth0) mean something on one machine only, or nothing. Give the address that the VNET reaches the server at.",
			},
			line: func(f *finder, l *line) {
				serverFault("S06")(f, l)
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == unroutable {
						f.at(l, s, "%s is a %s address and cannot be reached through the peering.", s.label(), model.RangeOf(s.addr).String())
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S07", Severities: []Severity{Error}, Title: "A server's address is link-local.",
				Help: "169.254.0.0/16 and fe80::/10 are never routed, so no peering carries them. 169.254.169.254 is the metadata service of each machine. Give the server's address in the VNET.",
			},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == linkLocal {
						f.at(l, s, "%s: link-local addresses are not routed. Give the address in the VNET.", s.label())
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S08", Severities: []Severity{Error}, Title: "A server is Azure's own resolver.",
				Help: "168.63.129.16 is Azure's platform resolver: it answers inside each VNET only, with what that VNET sees, and Azure refuses it as a forwarding target with an error that does not say so. Make an inbound endpoint of an Azure DNS Private Resolver in the VNET, and give its address.",
			},
			line: func(f *finder, l *line) {
				for _, s := range l.servers {
					if s.fault == nil && fallible(s) == platform {
						f.at(l, s, "Azure's platform resolver is no forwarding target. Use a Private Resolver inbound endpoint.")
					}
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "S09", Severities: []Severity{Warning, Note}, Title: "A server's address is public.",
				Help: "Questions for the domain would leave the private network, and whoever sees them learns the names. Public resolvers know no private zones, so they answer that the name does not exist. An address that lies in a peered VNET counts as private, whatever its range is.",
			},
			line: publicServer,
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
	switch model.RangeOf(s.addr) {
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
		if s.fault != nil || model.RangeOf(s.addr) != model.RangePublic {
			continue
		}
		if by := publicResolver(s.addr); by != "" {
			f.at(l, s, "Public resolvers do not know private zones: %s is one of %s.", s.label(), by).Severity = Note
		}
		if at := f.spotOf(s.addr); s.addr.Is4() && !at.near && !at.own {
			f.at(l, s, "%s is public. Queries for %s would leave the private network.", s.label(), l.shown())
		}
	}
}

package sandbox

import (
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// nameServer is a DNS server at a private address of the world. The world's lock guards
// it.
type nameServer struct {
	domains []string // lower case, with the final dot; names at or under them have addresses
	vnet    *vnet
	prefix  string // range of it that the addresses in its answers are from
	manner  string // authority, recursor or full
	rules   []Behaviour
	asked   map[string]int // questions by transport
}

// vnetAt is the VNET that an address lies in, and the range of it; nil for none.
func (w *World) vnetAt(address string) (*vnet, string) {
	for _, key := range sortedKeys(w.vnets) {
		v := w.vnets[key]
		if prefix := firstOverlap(v.prefixes, []string{address + "/32"}); prefix != "" {
			return v, prefix
		}
	}
	return nil, ""
}

// addNameServers puts the servers of the world at their addresses: those that the
// mappings of its networks name, and those that its VNETs name.
func (w *World) addNameServers() {
	for _, n := range w.networks {
		for _, p := range n.peerings {
			for _, d := range p.dns {
				w.mapDomains(n, d.servers, d.domains...)
			}
		}
		for _, d := range n.dns {
			table, _ := d.config["dns_config"].(map[string]any)
			for domain, entry := range table {
				w.mapDomains(n, serversOf(entry), domain)
			}
		}
	}
	for _, v := range w.vnets {
		for _, address := range v.dnsServers {
			if s := w.nameServerAt(address, v, v.prefixes[0]); v.sub.name == labsSubscription {
				s.add("labs.example.org", "internal.labs.example.org")
			}
		}
	}
	w.breakNameServers()
}

// mapDomains gives servers the domains that are mapped to them, where they lie in a
// VNET of the network.
func (w *World) mapDomains(n *network, servers []string, domains ...string) {
	for _, address := range servers {
		for _, p := range n.peerings {
			if p.vnet == nil {
				continue
			}
			if prefix := firstOverlap(p.vnet.prefixes, []string{address + "/32"}); prefix != "" {
				w.nameServerAt(address, p.vnet, prefix).add(domains...)
			}
		}
	}
}

func (w *World) nameServerAt(address string, v *vnet, prefix string) *nameServer {
	if w.nameServers[address] == nil {
		w.nameServers[address] = &nameServer{vnet: v, prefix: prefix, manner: asAuthority, asked: map[string]int{}}
	}
	return w.nameServers[address]
}

func (s *nameServer) add(domains ...string) {
	for _, d := range domains {
		if d = dns.CanonicalName(d); !slices.Contains(s.domains, d) {
			s.domains = append(s.domains, d)
		}
	}
}

// behave puts a behaviour in the place of the one before it. A server that is made
// healthy again for a domain holds it from now on.
func (s *nameServer) behave(b Behaviour) {
	b = b.tidy()
	healthy := b.As == asHealthy
	s.rules = slices.DeleteFunc(s.rules, func(old Behaviour) bool {
		over := b.Over == "" || old.Over == b.Over
		return over && (old.Domain == b.Domain || healthy && b.Domain == "")
	})
	if !healthy {
		s.rules = append(s.rules, b)
		return
	}
	if domain := strings.TrimPrefix(b.Domain, "*."); domain != "" {
		s.add(domain)
	}
	if b.As = ""; len(b.Aliases) > 0 || b.Delay != 0 || b.EDE != 0 || len(b.Addresses) > 0 || b.Serial != 0 || b.TTL != 0 {
		s.rules = append(s.rules, b)
	}
}

// rule is the behaviour that fits a question most exactly.
func (s *nameServer) rule(over, name, zone string) Behaviour {
	var best Behaviour
	found := false
	for _, b := range s.rules {
		if b.fits(over, name, zone) && (!found || b.narrower(best)) {
			best, found = b, true
		}
	}
	return best
}

// whole reports whether a behaviour that is for every name is as told.
func (s *nameServer) whole(over string, as ...string) bool {
	return slices.ContainsFunc(s.rules, func(b Behaviour) bool {
		return b.Domain == "" && (b.Over == "" || b.Over == over) && slices.Contains(as, b.As)
	})
}

// zone is the longest domain of the server that a name lies in, empty for none.
func (s *nameServer) zone(name string) string {
	zone := ""
	for _, d := range s.domains {
		if dns.IsSubDomain(d, name) && len(d) > len(zone) {
			zone = d
		}
	}
	return zone
}

// longestHost is how long a label of a host may be: Windows allows no more, and so a
// name that somebody made up to see whether everything is answered is not there.
const longestHost = 15

// exists reports whether a zone has a name.
func exists(name, zone string) bool {
	below := strings.TrimSuffix(strings.TrimSuffix(name, zone), ".")
	return !slices.ContainsFunc(strings.Split(below, "."), func(label string) bool { return len(label) > longestHost })
}

// addressOf is the same for a name on every server of a VNET.
func (s *nameServer) addressOf(name string) netip.Addr {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(name))) // a hash takes everything
	const first, many = 16, 200
	a, err := netip.ParseAddr(hostOf(s.prefix, first+byte(h.Sum32()%many)))
	if err != nil {
		return netip.IPv4Unspecified()
	}
	return a
}

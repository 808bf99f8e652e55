package sandbox

import (
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// nameServer is a DNS server at a private address of the world. It does not change
// after the world is made.
type nameServer struct {
	domains []string // lower case, with the final dot; every name at or under them has an address
	prefix  string   // range that the addresses in its answers are from
	refuses bool     // it answers every question with REFUSED
	silent  bool     // it takes questions and says nothing
}

const answerTTL = 30

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
			if s := w.nameServerAt(address, v.prefixes[0]); v.sub.name == labsSubscription {
				s.add("labs.example.org", "internal.labs.example.org")
			}
		}
	}
	// One that turns the gateway away, and one that was switched off.
	w.nameServerAt("10.20.0.9", "10.20.0.0/22").refuses = true
	w.nameServerAt("10.24.0.5", "10.24.0.0/20").silent = true
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
				w.nameServerAt(address, prefix).add(domains...)
			}
		}
	}
}

func (w *World) nameServerAt(address, prefix string) *nameServer {
	if w.nameServers[address] == nil {
		w.nameServers[address] = &nameServer{prefix: prefix}
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

// ServeDNS answers a question; see [dns.Handler].
func (s *nameServer) ServeDNS(rw dns.ResponseWriter, question *dns.Msg) {
	if s.silent {
		return
	}
	answer := new(dns.Msg)
	answer.SetReply(question)
	switch {
	case s.refuses:
		answer.Rcode = dns.RcodeRefused
	case len(question.Question) != 1 || question.Opcode != dns.OpcodeQuery:
		answer.Rcode = dns.RcodeNotImplemented
	default:
		s.reply(answer, question.Question[0])
	}
	_ = rw.WriteMsg(answer) // who asked may be gone
}

func (s *nameServer) reply(answer *dns.Msg, q dns.Question) {
	name := dns.CanonicalName(q.Name)
	zone := s.zone(name)
	if zone == "" {
		answer.Rcode = dns.RcodeNameError
		return
	}
	answer.Authoritative = true
	soa := &dns.SOA{
		Hdr: dns.RR_Header{Name: zone, Rrtype: dns.TypeSOA, Class: dns.ClassINET, Ttl: answerTTL},
		Ns:  "ns." + zone, Mbox: "hostmaster." + zone, Serial: 2026112201, Refresh: 3600, Retry: 600, Expire: 86400, Minttl: answerTTL,
	}
	switch {
	case q.Qtype == dns.TypeA && q.Qclass == dns.ClassINET:
		answer.Answer = append(answer.Answer, &dns.A{
			Hdr: dns.RR_Header{Name: q.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: answerTTL},
			A:   s.addressOf(name).AsSlice(),
		})
	case q.Qtype == dns.TypeSOA && name == zone:
		answer.Answer = append(answer.Answer, soa)
	default:
		answer.Ns = append(answer.Ns, soa)
	}
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

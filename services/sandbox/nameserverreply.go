package sandbox

import (
	"net/netip"
	"strings"
	"time"

	"github.com/miekg/dns"
)

const (
	answerTTL  = 30 * time.Second
	zoneSerial = 2026112201
)

// reply writes what the server says of a name that lies in a zone of it, or in none.
func (s *nameServer) reply(answer *dns.Msg, b Behaviour, name, zone string) {
	manner := s.manner
	if b.As == asAuthority || b.As == asRecursor || b.As == asFull {
		manner = b.As
	}
	answer.RecursionAvailable = manner != asAuthority
	if code, only := onlyCode(b.As); only {
		answer.Rcode = code
		return
	}
	if zone == "" {
		answer.Rcode = dns.RcodeNameError
		if answer.RecursionAvailable { // it has asked the public DNS
			answer.Ns = []dns.RR{soaOf(".", "a.root-servers.net.", "nstld.verisign-grs.com.", zoneSerial, s.ttl(b))}
		}
		return
	}
	answer.Authoritative = manner != asRecursor
	soa := s.soa(zone, b)
	switch q := answer.Question[0]; {
	case b.As == asReferral:
		answer.Authoritative, answer.RecursionAvailable = false, false
		answer.Ns = []dns.RR{&dns.NS{Hdr: header(zone, dns.TypeNS, s.ttl(b)), Ns: "ns1.hosting.example.net."}}
	case len(b.Aliases) > 0 && (q.Qtype == dns.TypeA || q.Qtype == dns.TypeAAAA) && exists(name, zone):
		s.alias(answer, b, name, zone)
	case b.As == asNXDomain:
		answer.Rcode, answer.Ns = dns.RcodeNameError, []dns.RR{soa}
	case q.Qtype == dns.TypeSOA && name == zone:
		answer.Answer = []dns.RR{soa}
	case b.As == asEmpty:
		answer.Ns = []dns.RR{soa}
	case b.As != asWildcard && !exists(name, zone):
		answer.Rcode, answer.Ns = dns.RcodeNameError, []dns.RR{soa}
	case q.Qclass != dns.ClassINET:
		answer.Ns = []dns.RR{soa}
	case b.As == asPublic || b.As == asLoop:
		answer.Answer = s.chain(b, q, name, zone)
		if len(answer.Answer) == 0 {
			answer.Ns = []dns.RR{soa}
		}
	case q.Qtype == dns.TypeA:
		answer.Answer = s.addresses(b, q.Name, name)
	default:
		answer.Ns = []dns.RR{soa}
	}
	if b.As == asPublic {
		answer.Authoritative, answer.RecursionAvailable = false, true
	}
}

// onlyCode is the code of a behaviour that says nothing but a code.
func onlyCode(as string) (int, bool) {
	code, only := map[string]int{
		asRefused: dns.RcodeRefused, asServFail: dns.RcodeServerFailure, asFormErr: dns.RcodeFormatError, asNotImp: dns.RcodeNotImplemented,
	}[as]
	return code, only
}

func header(name string, kind uint16, ttl uint32) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: ttl}
}

// ttl is in seconds.
func (s *nameServer) ttl(b Behaviour) uint32 {
	if b.TTL > 0 {
		return uint32(b.TTL / time.Second) //nolint:gosec // it was checked to be a day at most
	}
	return uint32(answerTTL / time.Second)
}

// soa is the record of a zone. Zones of private endpoints have the servers that Azure
// gives them, inside or, where the private zone is not linked, outside.
func (s *nameServer) soa(zone string, b Behaviour) dns.RR {
	serial := uint32(zoneSerial)
	for _, r := range s.rules {
		if r.Serial != 0 && strings.TrimPrefix(r.Domain, "*.") == zone {
			serial = r.Serial
		}
	}
	switch {
	case b.As == asPublic && privateLink(zone):
		return soaOf(zone, "ns1-204.azure-dns.com.", "azuredns-hostmaster.microsoft.com.", 1, s.ttl(b))
	case privateLink(zone):
		return soaOf(zone, "azureprivatedns.net.", "azureprivatedns-host.microsoft.com.", 1, s.ttl(b))
	}
	return soaOf(zone, "ns."+zone, "hostmaster."+zone, serial, s.ttl(b))
}

func soaOf(zone, primary, person string, serial, ttl uint32) dns.RR {
	return &dns.SOA{
		Hdr: header(zone, dns.TypeSOA, ttl), Ns: primary, Mbox: person, Serial: serial, Refresh: 3600, Retry: 600, Expire: 86400, Minttl: ttl,
	}
}

func privateLink(zone string) bool { return strings.HasPrefix(zone, "privatelink.") }

// addresses are the A records of a name.
func (s *nameServer) addresses(b Behaviour, asked, name string) []dns.RR {
	var list []netip.Addr
	switch first := s.addressOf(name); {
	case len(b.Addresses) > 0:
		for _, text := range b.Addresses {
			a, _ := netip.ParseAddr(text) // they were checked
			list = append(list, a)
		}
	case b.As == asRotate:
		// Two of three, another pair with each question.
		three := []netip.Addr{first, first.Next(), first.Next().Next()}
		turn := s.asked["udp"] + s.asked["tcp"]
		list = []netip.Addr{three[turn%3], three[(turn+1)%3]}
	case b.As == asLarge:
		many := 120 // twice as much as fits in 1232 bytes, with names compressed
		if b.Records > 0 {
			many = b.Records
		}
		for a := first; len(list) < many; a = a.Next() {
			list = append(list, a)
		}
	default:
		list = []netip.Addr{first}
	}
	out := make([]dns.RR, len(list))
	for i, a := range list {
		out[i] = &dns.A{Hdr: header(asked, dns.TypeA, s.ttl(b)), A: a.AsSlice()}
	}
	return out
}

// alias leads a name over other names, as a recursive server answers it, to addresses or to
// a denial in the name of the private zone that the last of them lies in.
func (s *nameServer) alias(answer *dns.Msg, b Behaviour, name, zone string) {
	q := answer.Question[0]
	at := q.Name
	for _, to := range b.Aliases {
		answer.Answer = append(answer.Answer, &dns.CNAME{Hdr: header(at, dns.TypeCNAME, s.ttl(b)), Target: to})
		at = to
	}
	if i := strings.Index(at, "privatelink."); i >= 0 && (i == 0 || at[i-1] == '.') {
		zone = at[i:]
	}
	switch {
	case b.As == asNXDomain:
		answer.Rcode, answer.Ns = dns.RcodeNameError, []dns.RR{s.soa(zone, b)}
	case q.Qtype != dns.TypeA || b.As == asEmpty:
		answer.Ns = []dns.RR{s.soa(zone, b)}
	case b.As == asPublic:
		a := s.addressOf(name).As4()
		answer.Answer = append(answer.Answer, &dns.A{Hdr: header(at, dns.TypeA, s.ttl(b)), A: []byte{20, 50, 2, a[3]}})
	default:
		answer.Answer = append(answer.Answer, s.addresses(b, at, name)...)
	}
}

// chain are the aliases that lead a private name to its public address, as Azure's
// public zones do, or those that lead in a circle.
func (s *nameServer) chain(b Behaviour, q dns.Question, name, zone string) []dns.RR {
	alias := func(from, to string) dns.RR {
		return &dns.CNAME{Hdr: header(from, dns.TypeCNAME, s.ttl(b)), Target: to}
	}
	if b.As == asLoop {
		other := "alias." + zone
		if name == other {
			other = "www." + zone
		}
		return []dns.RR{alias(q.Name, other), alias(other, name)}
	}
	var out []dns.RR
	end := q.Name
	if parent, is := strings.CutPrefix(zone, "privatelink."); is && name != zone {
		end = "cr6.northeurope1-a.control." + parent
		out = append(out, alias(q.Name, "dataslice6.northeurope."+parent), alias("dataslice6.northeurope."+parent, end))
	}
	if q.Qtype != dns.TypeA {
		return out
	}
	a := s.addressOf(name).As4()
	return append(out, &dns.A{Hdr: header(end, dns.TypeA, s.ttl(b)), A: []byte{20, 50, 2, a[3]}})
}

package sandbox

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Behaviour is how a simulated DNS server treats the questions that fit. It stands
// until another one takes its place, for the same domain and transport.
type Behaviour struct {
	As string `yaml:"as"` // one of the words in docs/scenarios.md; empty for an ordinary answer

	// Domain is whose questions fit: those for it and for the names below it, but for
	// those in a narrower zone of the server; with "*." before it those for the names
	// below it alone. Empty fits all.
	Domain string `yaml:"domain"`
	Over   string `yaml:"over"` // udp or tcp; empty for both

	Delay time.Duration `yaml:"delay"` // before the answer
	EDE   uint16        `yaml:"ede"`   // code of an extended error (RFC 8914), 0 for none
	Text  string        `yaml:"text"`  // its text

	// Aliases are names that the answer leads over, before its addresses or its denial.
	Aliases []string `yaml:"aliases"`
	Records int      `yaml:"records"` // of a large answer, 120 when it is left out

	Addresses []string      `yaml:"addresses"` // in the answers, instead of those that the world makes
	Serial    uint32        `yaml:"serial"`    // of the zone Domain; 0 for that of its replicas
	TTL       time.Duration `yaml:"ttl"`       // of answers, and of "no such name"; 0 for 30 s
}

// What a server can do. A doc of each is in docs/scenarios.md.
const (
	asHealthy   = "healthy"
	asAuthority = "authority"
	asRecursor  = "recursor"
	asFull      = "full"

	asSilent = "silent"
	asClosed = "closed"
	asStalls = "stalls"
	asNoEDNS = "silent-for-edns"
	asBadOPT = "formerr-for-edns"

	asRefused  = "refused"
	asServFail = "servfail"
	asFormErr  = "formerr"
	asNotImp   = "notimp"
	asNXDomain = "nxdomain"
	asEmpty    = "empty"
	asReferral = "referral"

	asPublic   = "public"
	asRotate   = "rotate"
	asLarge    = "large"
	asWildcard = "wildcard"
	asLoop     = "loop"

	asWrongID       = "wrong-id"
	asWrongQuestion = "wrong-question"
	asEcho          = "echo"
	asGarbage       = "garbage"
	asTrickle       = "trickle"
)

func behaviours() []string {
	return []string{
		asHealthy, asAuthority, asRecursor, asFull, asSilent, asClosed, asStalls, asNoEDNS, asBadOPT, asRefused, asServFail, asFormErr, asNotImp,
		asNXDomain, asEmpty, asReferral, asPublic, asRotate, asLarge, asWildcard, asLoop, asWrongID, asWrongQuestion, asEcho, asGarbage, asTrickle,
	}
}

// mostDelay is the longest time that an answer may take; askers are long gone by then.
const mostDelay = time.Minute

// mostRecords is how many records fit in one message.
const mostRecords = 4000

// mostTTL is the longest time that an answer may be kept.
const mostTTL = 24 * time.Hour

// check says what is wrong with a behaviour.
func (b Behaviour) check() error {
	switch {
	case b.As != "" && !slices.Contains(behaviours(), b.As):
		return fmt.Errorf("as: %q is unknown; there are %s", b.As, strings.Join(behaviours(), ", "))
	case b.Over != "" && b.Over != "udp" && b.Over != "tcp":
		return fmt.Errorf("over: %q is neither udp nor tcp; leave it out for both", b.Over)
	case b.Delay < 0 || b.Delay > mostDelay:
		return fmt.Errorf("delay: %s is out of range; give 0s to %s", b.Delay, mostDelay)
	case b.TTL < 0 || b.TTL > mostTTL:
		return fmt.Errorf("ttl: %s is out of range; give 1s to %s", b.TTL, mostTTL)
	case b.Serial != 0 && b.Domain == "":
		return fmt.Errorf("serial: %d is that of a zone; give its domain", b.Serial)
	case b.Records != 0 && b.As != asLarge, b.Records < 0 || b.Records > mostRecords:
		return fmt.Errorf("records: %d is the number of records of a %s answer, %d at most", b.Records, asLarge, mostRecords)
	case b.As == asClosed && b.Domain != "":
		return fmt.Errorf("as: %q is a port, and a port knows no domain; leave out %q", b.As, b.Domain)
	}
	if _, ok := dns.IsDomainName(strings.TrimPrefix(b.Domain, "*.")); b.Domain != "" && !ok {
		return fmt.Errorf("domain: %q is no domain name", b.Domain)
	}
	for _, a := range b.Aliases {
		if _, ok := dns.IsDomainName(a); !ok || a == "" {
			return fmt.Errorf("aliases: %q is no domain name", a)
		}
	}
	for _, a := range b.Addresses {
		if ip, err := netip.ParseAddr(a); err != nil || !ip.Is4() {
			return fmt.Errorf("addresses: %q is no IPv4 address", a)
		}
	}
	return nil
}

// tidy writes the domain as rules are compared: lower case, with the final dot.
func (b Behaviour) tidy() Behaviour {
	if b.Domain != "" {
		b.Domain = dns.CanonicalName(b.Domain)
	}
	for i, a := range b.Aliases {
		b.Aliases[i] = dns.CanonicalName(a)
	}
	return b
}

// fits reports whether a question for a name, which lies in a zone of the server, is
// treated so.
func (b Behaviour) fits(over, name, zone string) bool {
	if b.Over != "" && b.Over != over {
		return false
	}
	domain, below := strings.CutPrefix(b.Domain, "*.")
	switch {
	case b.Domain == "":
		return true
	case !dns.IsSubDomain(domain, name) || below && name == domain:
		return false
	}
	return zone == "" || dns.IsSubDomain(zone, domain)
}

// narrower reports whether a behaviour says more exactly than another one what it is
// about.
func (b Behaviour) narrower(than Behaviour) bool {
	if len(b.Domain) != len(than.Domain) {
		return len(b.Domain) > len(than.Domain)
	}
	return b.Over != "" && than.Over == ""
}

package probe

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxValue     = 256 // bytes of one record or text that are kept
	maxElsewhere = 4   // servers of a referral
	maxErrors    = 4   // explanations in one reply
)

// digest takes out of a reply what the verdicts look at. Every text in it is the
// server's, and as long as the server likes.
func digest(m *dns.Msg, size int) dnsverdict.Reply {
	r := dnsverdict.Reply{
		Code: dnsverdict.RCode(rcode(m.Rcode)), Size: size,
		AA: m.Authoritative, RA: m.RecursionAvailable, TC: m.Truncated,
	}
	records := make([]dnsverdict.Record, 0, len(m.Answer))
	for _, rr := range m.Answer {
		if rr.Header().Rrtype != dns.TypeOPT {
			records = append(records, record(rr))
		}
	}
	r.Answers, r.More, r.Sum = dnsverdict.Compact(records)
	r.Cover = dnsverdict.CoverOf(records)
	for i, rr := range slices.Concat(m.Answer, m.Ns) {
		switch rr := rr.(type) {
		case *dns.SOA:
			if r.SOA.IsZero() {
				r.SOA = soa(rr, i >= len(m.Answer))
			}
		case *dns.NS:
			if len(m.Answer) == 0 && len(r.Elsewhere) < maxElsewhere {
				r.Elsewhere = append(r.Elsewhere, name(rr.Ns))
			}
		}
	}
	if opt := m.IsEdns0(); opt != nil {
		r.UDPSize = int(opt.UDPSize())
		options(&r, opt)
	}
	return r
}

func options(r *dnsverdict.Reply, opt *dns.OPT) {
	for _, o := range opt.Option {
		switch o := o.(type) {
		case *dns.EDNS0_NSID:
			if id, err := hex.DecodeString(o.Nsid); err == nil {
				r.NSID = cut(string(id))
			}
		case *dns.EDNS0_EDE:
			if len(r.Errors) < maxErrors {
				r.Errors = append(r.Errors, dnsverdict.ExtendedError{
					Code: int(o.InfoCode), Name: dns.ExtendedErrorCodeToString[o.InfoCode], Text: cut(o.ExtraText),
				})
			}
		}
	}
}

func soa(rr *dns.SOA, beside bool) dnsverdict.SOA {
	zone := name(rr.Hdr.Name)
	return dnsverdict.SOA{
		Zone: zone.Or("."), Primary: name(rr.Ns), Serial: rr.Serial,
		Minimum: time.Duration(min(rr.Minttl, rr.Hdr.Ttl)) * time.Second, Beside: beside,
	}
}

func record(rr dns.RR) dnsverdict.Record {
	h := rr.Header()
	out := dnsverdict.Record{Name: name(h.Name), Type: kind(h.Rrtype), TTL: time.Duration(h.Ttl) * time.Second}
	switch rr := rr.(type) {
	case *dns.A:
		out.Value = safe.New(rr.A.String())
	case *dns.AAAA:
		out.Value = safe.New(rr.AAAA.String())
	case *dns.CNAME:
		out.Value = name(rr.Target)
	case *dns.NS:
		out.Value = name(rr.Ns)
	case *dns.SOA:
		out.Value = cut(fmt.Sprintf("%s %s %d", strings.TrimSuffix(rr.Ns, "."), strings.TrimSuffix(rr.Mbox, "."), rr.Serial))
	case *dns.RFC3597: // the library writes its class in another way than the header's
		out.Value = cut(fmt.Sprintf(`\# %d %s`, len(rr.Rdata)/2, strings.ToLower(rr.Rdata)))
	default:
		out.Value = cut(strings.TrimSpace(strings.TrimPrefix(rr.String(), h.String())))
	}
	return out
}

// name writes a name in small letters and without the dot at its end.
func name(s string) safe.Text { return safe.New(strings.ToLower(strings.TrimSuffix(s, "."))) }

func cut(s string) safe.Text {
	if len(s) > maxValue {
		s = strings.ToValidUTF8(s[:maxValue], "") + "…"
	}
	return safe.New(s)
}

func rcode(code int) string {
	if word, ok := dns.RcodeToString[code]; ok {
		return word
	}
	return fmt.Sprintf("RCODE %d", code)
}

func kind(t uint16) string {
	if word, ok := dns.TypeToString[t]; ok {
		return word
	}
	return fmt.Sprintf("TYPE%d", t)
}

// Package dnsprobe asks DNS servers, one by name, whether they answer for a domain. It
// speaks to the given address and to no other, and believes no answer before it
// has looked at it: the library takes a reply to another question for a good one.
package dnsprobe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"peerdeck/model"
	"peerdeck/model/safe"
)

const (
	// firstTry and secondTry bound one exchange. A resolver that must ask others
	// first may need more than three seconds; the second try is without EDNS, which
	// old servers and middleboxes drop.
	firstTry  = 2 * time.Second
	secondTry = 3 * time.Second
	// payload is the size that passes every network without fragments.
	payload = 1232
	// maxAddresses bounds what one answer can put on a screen.
	maxAddresses = 8
	port         = "53"
)

// Options of a prober.
type Options struct {
	// Dial opens a connection for "udp" or "tcp"; nil for the machine's own. The
	// address is that of the server with port 53.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Prober asks DNS servers. It is safe for use by many goroutines.
type Prober struct {
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// New returns a prober. It sends nothing yet.
func New(o Options) *Prober {
	if o.Dial == nil {
		o.Dial = (&net.Dialer{}).DialContext
	}
	return &Prober{dial: o.Dial}
}

// Query is a domain to ask a server for.
type Query struct {
	Name   safe.Text
	Server netip.Addr
}

// Probe asks the server for the SOA record of the domain and then for its
// addresses: the first is there for every zone and is small, the second is what
// people look for. What is not answered is asked once more. It returns when ctx
// ends, at the latest.
func (p *Prober) Probe(ctx context.Context, q Query) model.ProbeAnswer {
	out := model.ProbeAnswer{Domain: q.Name, Server: safe.New(q.Server.String())}
	name, problem := fqdn(q.Name)
	if !q.Server.IsValid() {
		problem = "there is no server address"
	}
	if problem != "" {
		out.Outcome, out.Reason = model.ProbeInvalid, safe.New(problem)
		return out
	}
	server := net.JoinHostPort(q.Server.String(), port)
	first := p.ask(ctx, server, name, dns.TypeSOA)
	out = first.into(out)
	if first.reply == nil || first.reply.Rcode == dns.RcodeNameError || first.reply.Rcode == dns.RcodeRefused {
		return out
	}
	second := p.ask(ctx, server, name, dns.TypeA)
	if second.reply == nil {
		out.Reason = safe.New("the second question, for its addresses, was not answered")
		return out
	}
	// Some servers answer for names and not for SOA: the better answer counts.
	if better := second.into(out); !out.Serves() && better.Serves() {
		return better
	}
	out.Addresses = addresses(second.reply)
	return out
}

// fqdn writes a domain as DNS does. Anything but letters, digits, hyphens,
// underscores and dots was to be encoded before.
func fqdn(name safe.Text) (string, string) {
	text := strings.TrimSuffix(name.Raw(), ".")
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		default:
			return "", fmt.Sprintf("%q in it cannot be asked for", r)
		}
	}
	if _, ok := dns.IsDomainName(text); !ok || text == "" {
		return "", "it is no domain name"
	}
	return dns.Fqdn(text), ""
}

// into writes what an exchange showed into an answer.
func (e exchange) into(a model.ProbeAnswer) model.ProbeAnswer {
	a.Outcome, a.Reason, a.Transport, a.Took = e.outcome, safe.New(e.reason), e.transport, e.took
	if e.reply == nil {
		return a
	}
	r := e.reply
	a.RCode = safe.New(rcode(r.Rcode))
	a.Records, a.Zone = len(r.Answer), safe.Text{}
	delegates := false
	for _, rr := range slices.Concat(r.Answer, r.Ns) {
		switch rr := rr.(type) {
		case *dns.SOA:
			if a.Zone.IsEmpty() {
				a.Zone = safe.New(strings.TrimSuffix(rr.Hdr.Name, "."))
			}
		case *dns.NS:
			delegates = true
		}
	}
	a.Referral = len(r.Answer) == 0 && delegates && a.Zone.IsEmpty() && !r.Authoritative
	a.Addresses = addresses(r)
	return a
}

// addresses takes the first addresses out of an answer, those behind aliases too.
func addresses(r *dns.Msg) []safe.Text {
	var out []safe.Text
	for _, rr := range r.Answer {
		if a, ok := rr.(*dns.A); ok && len(out) < maxAddresses {
			out = append(out, safe.New(a.A.String()))
		}
	}
	return out
}

func rcode(code int) string {
	if word, ok := dns.RcodeToString[code]; ok {
		return word
	}
	return fmt.Sprintf("RCODE %d", code)
}

// Package probe asks DNS servers, one by name, what they answer for a domain and a
// name in it. It speaks to the given addresses and to no other, and believes no answer
// before it has looked at it: the library takes a reply to another question for a good
// one. What the answers mean is for model/dns/verdict to say.
package probe

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	// firstTry and secondTry bound one exchange. A resolver that must ask others
	// first may need more than three seconds; the second try is without EDNS, which
	// old servers and middleboxes drop.
	firstTry  = 2 * time.Second
	secondTry = 3 * time.Second
	// payload is the size that passes every network without fragments.
	payload = 1232
	port    = "53"
	// LabelPrefix begins the label of a name that cannot exist, and labelRandom letters
	// and digits by chance end it.
	LabelPrefix = "peerdeck-"
	labelRandom = 16
	// Bounds on the load; Azure drops what goes beyond 200 open questions of a machine.
	overall   = 64 // exchanges in flight
	perServer = 16 // of these, with one server
	perSecond = 50 // questions to one server
)

// Dial opens a connection for "udp" or "tcp". The address is that of the server with
// port 53. A connection for udp takes packets from that address only, as a connected
// socket does. An error of it, or of its connections, may have a method Outcome that
// says what it means for the server.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Options of a prober. What is not set has a usual value.
type Options struct {
	// Dial opens connections; nil for the machine's own.
	Dial Dial
	// NoUDP says why UDP cannot be asked on this way, such as "a SOCKS5 hop carries TCP
	// only". Empty: it can.
	NoUDP string
	// Label makes a label that no zone has, of letters and digits; nil for a random one.
	Label func() string
	// FirstTry and SecondTry are how long an answer is waited for.
	FirstTry, SecondTry time.Duration
	// Overall and PerServer bound the exchanges that are in flight.
	Overall, PerServer int
	// PerSecond bounds the questions that one server gets in any second; negative for
	// no bound.
	PerSecond int
	// Wire stands between the prober and its connections, for whoever keeps what came of
	// each question, or answers it from what was kept; nil for nobody.
	Wire func(next Wire) Wire
}

// Prober asks DNS servers. It is safe for use by many goroutines; its bounds hold for
// all of them together.
type Prober struct {
	dial                Dial
	noUDP               string
	label               func() string
	firstTry, secondTry time.Duration
	limits              *limits
	wire                Wire // nil: straight to the connections
	buffers             *sync.Pool
}

// New returns a prober. It sends nothing yet.
func New(o Options) *Prober {
	p := &Prober{
		dial: o.Dial, noUDP: o.NoUDP, label: o.Label,
		firstTry: cmp.Or(o.FirstTry, firstTry), secondTry: cmp.Or(o.SecondTry, secondTry),
		limits:  newLimits(cmp.Or(o.Overall, overall), cmp.Or(o.PerServer, perServer), cmp.Or(o.PerSecond, perSecond)),
		buffers: &sync.Pool{New: func() any { return new([dns.MaxMsgSize]byte) }},
	}
	if o.Wire != nil {
		p.wire = o.Wire(p.tried)
	}
	if p.dial == nil {
		p.dial = new(net.Dialer).DialContext
	}
	if p.label == nil {
		p.label = Label
	}
	return p
}

// Label makes a label by chance.
func Label() string { return LabelPrefix + strings.ToLower(rand.Text())[:labelRandom] }

// fqdn writes a domain as DNS does. Anything but letters, digits, hyphens, underscores
// and dots was to be encoded before.
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

package vantage

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Standing is how much a place can say about a server.
type Standing string

// The standings, the best first.
const (
	Proven   Standing = "proven"   // something in the server's network answered
	Likely   Standing = "likely"   // a way of its own leads there
	Doubtful Standing = "doubtful" // an answer came, and something on the way may have given it
	Unproven Standing = "unproven" // nothing but the way for everything else, or nobody knows
	None     Standing = "none"     // there is no way
)

// Decision is the standing of one server, or of several.
type Decision struct {
	Standing Standing
	Why      string // one clause
}

// Route tells whether there is a way, as verdicts ask for it: silence is the server's
// only where a way is proven or likely.
func (d Decision) Route() dnsverdict.Known[bool] {
	switch d.Standing {
	case Proven, Likely:
		return dnsverdict.Know(true)
	case None:
		return dnsverdict.Know(false)
	default:
		return dnsverdict.NotKnown[bool](d.Why)
	}
}

// Testable reports whether silence says something about the server.
func (d Decision) Testable() bool { return d.Standing == Proven || d.Standing == Likely }

// Words is the decision in one sentence without a full stop.
func (d Decision) Words() string {
	switch d.Standing {
	case Proven:
		return "the way is proven: " + d.Why
	case Likely:
		return "there is a way: " + d.Why
	case Doubtful:
		return "the way is not proven: " + d.Why
	case None:
		return "not testable from here: " + d.Why
	default:
		return "not testable from here unless it answers: " + d.Why
	}
}

// Decide tells how much this place can say about a server.
func (f Facts) Decide(server netip.Addr) Decision {
	server = server.Unmap()
	if !server.IsValid() {
		return Decision{None, "the server is no IP address"}
	}
	d := f.decide(server)
	if f.Recorded && f.Kind != Demo {
		d.Why = strings.ReplaceAll(d.Why, "this machine", recordedMachine)
	}
	return d
}

func (f Facts) decide(server netip.Addr) Decision {
	if d, proven := f.proof(server); proven {
		return d
	}
	return f.doubt(server, f.without(server))
}

// without decides without an answer of the server itself.
func (f Facts) without(server netip.Addr) Decision {
	switch f.Kind {
	case Demo:
		return Decision{Proven, "the demo's servers are on this machine"}
	case Pasted:
		return Decision{Likely, "the commands were run on " + f.Place()}
	case ThroughSOCKS, ThroughSSH:
		return f.neighbour(server, Decision{Unproven, "which ways lead from " + f.Place() + " cannot be seen from here"})
	default:
		return f.neighbour(server, f.fromHere(server))
	}
}

// proof looks for an answer that proves a way to the server.
func (f Facts) proof(server netip.Addr) (Decision, bool) {
	for _, a := range f.Answered {
		if a.Unmap() == server {
			return Decision{Proven, "it has answered"}, true
		}
	}
	for _, n := range f.Networks {
		if !n.holds(server) {
			continue
		}
		for _, a := range f.Answered {
			if n.holds(a.Unmap()) {
				return Decision{Proven, fmt.Sprintf("%s answered, which lies in %s too", a.Unmap(), n.Name.Or("the same network"))}, true
			}
		}
	}
	return Decision{}, false
}

func (n Network) holds(a netip.Addr) bool {
	for _, r := range n.Ranges {
		if r.Contains(a) {
			return true
		}
	}
	return false
}

// nearby is how close two addresses are that most likely lie in one subnet.
func nearby(a netip.Addr) int {
	if a.Is4() {
		return 24
	}
	return 64
}

// neighbour raises a standing when an address next to the server answered. Nobody says
// that they lie in one subnet, so it is no proof.
func (f Facts) neighbour(server netip.Addr, d Decision) Decision {
	if d.Standing != Unproven {
		return d
	}
	p, err := server.Prefix(nearby(server))
	if err != nil {
		return d
	}
	for _, a := range f.Answered {
		if p.Contains(a.Unmap()) {
			return Decision{Likely, fmt.Sprintf("%s next to it answered", a.Unmap())}
		}
	}
	return d
}

// fromHere decides by the ways of this machine.
func (f Facts) fromHere(server netip.Addr) Decision {
	if server.IsLoopback() {
		return Decision{Proven, "it is this machine's own address"}
	}
	if _, own := f.card(server); own {
		return Decision{Proven, "it is this machine's own address"}
	}
	way, asked := f.Ways[server]
	if asked && !way.From.IsValid() {
		return Decision{None, "the system has no way to " + server.String() + reason(way.None)}
	}
	if c, found := f.card(way.From); found && c.Kind == CardInside {
		return Decision{None, fmt.Sprintf("%s belongs to %s on this machine, so nothing leaves it", server, c.Name)}
	}
	if c, p, found := f.connected(server); found {
		if c.Kind == CardInside {
			return Decision{None, fmt.Sprintf("%s, for containers or virtual machines on this machine, has the range %s", c.Name, p.Masked())}
		}
		if from, known := f.card(way.From); !known || from.Name == c.Name {
			return Decision{Likely, fmt.Sprintf("this machine has an address in %s (%s)", p.Masked(), c.Name)}
		}
	}
	return f.byRoute(server, way)
}

func reason(words string) string {
	if words == "" {
		return ""
	}
	return " (" + safe.Clean(words) + ")"
}

// connected finds the card whose own range holds the server, the narrowest first.
func (f Facts) connected(server netip.Addr) (card Interface, own netip.Prefix, found bool) {
	list, _ := f.Interfaces.Get()
	for _, c := range list {
		for _, p := range c.Prefixes {
			if !p.IsSingleIP() && p.Bits() > 1 && p.Contains(server) && (!found || p.Bits() > own.Bits()) {
				card, own, found = c, p, true
			}
		}
	}
	return card, own, found
}

// byRoute decides by the routing table and by the way that the system would take.
func (f Facts) byRoute(server netip.Addr, way Way) Decision {
	used, known := f.card(way.From)
	r, found := f.route(server)
	public := model.RangeOf(server) == model.RangePublic
	switch {
	case found && r.Reject && !way.From.IsValid():
		return Decision{None, fmt.Sprintf("the system refuses to send to %s", r.To)}
	case found && !r.Default() && !r.Reject && (!known || used.Name == r.Card || !f.carries(r.Card)):
		return f.byOwnRoute(server, r)
	case found && known && used.Kind == CardTunnel && used.Name != r.Card:
		// A second table, which VPN programs use, goes before the one that is shown.
		return Decision{Likely, fmt.Sprintf("the system takes %s (VPN) for %s, and another card for the rest", used.Name, server)}
	case public && (found || way.From.IsValid()):
		return Decision{Likely, "it is a public address, and the default route leads there"}
	case found && r.Default():
		return Decision{Unproven, fmt.Sprintf("only the default route (%s) leads there", f.describe(r.Card, used, known))}
	case f.Routes.IsKnown() && !way.From.IsValid():
		return Decision{None, "no route of this machine leads there"}
	case known && used.Kind == CardTunnel:
		return Decision{Unproven, fmt.Sprintf("the way leads over %s (VPN), and whether that is for %s alone is not known: %s", used.Name, server, f.Routes.Why())}
	case known:
		return Decision{Unproven, fmt.Sprintf("the way leads over %s, and whether that is for %s alone is not known: %s", used.Name, server, f.Routes.Why())}
	default:
		return Decision{Unproven, "the routes of this machine are not known: " + f.Routes.Why()}
	}
}

func (f Facts) byOwnRoute(server netip.Addr, r Route) Decision {
	switch c := f.named(r.Card); c.Kind {
	case CardInside:
		return Decision{None, fmt.Sprintf("%s, for containers or virtual machines on this machine, has the range %s", c.Name, r.To)}
	case CardTunnel:
		return Decision{Likely, fmt.Sprintf("the route %s over %s (VPN) leads there", r.To, c.Name)}
	case CardLoopback:
		return Decision{None, fmt.Sprintf("the route %s for %s ends on this machine", r.To, server)}
	default:
		return Decision{Likely, fmt.Sprintf("the route %s over %s leads there", r.To, c.Name)}
	}
}

// carries reports whether a card is among those that are known.
func (f Facts) carries(name safe.Text) bool {
	list, _ := f.Interfaces.Get()
	for _, c := range list {
		if c.Name == name {
			return true
		}
	}
	return false
}

func (f Facts) describe(card safe.Text, used Interface, known bool) string {
	c := f.named(card)
	if known {
		c = used
	}
	if c.Kind == CardTunnel {
		return c.Name.String() + ", VPN"
	}
	return c.Name.String()
}

// DecideAll tells how much this place can say about the servers of a row together: what
// it can say about each of them. One answer proves nothing for a server elsewhere.
func (f Facts) DecideAll(servers []safe.Text) Decision {
	worst := Decision{Unproven, "no server is named"}
	for i, s := range servers {
		a, err := netip.ParseAddr(s.Raw())
		if err != nil {
			a = netip.Addr{}
		}
		if d := f.Decide(a); i == 0 || rank(d.Standing) > rank(worst.Standing) {
			worst = d
		}
	}
	return worst
}

func rank(s Standing) int {
	for i, known := range []Standing{Proven, Likely, Doubtful, Unproven, None} {
		if s == known {
			return i
		}
	}
	return rank(Unproven)
}

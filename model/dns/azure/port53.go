package azure

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Port is what the rules of a security group come to for one protocol.
type Port struct {
	Check

	Protocol string    // UDP, TCP
	Rule     safe.Text // that decides; of several the first
	Priority int
}

// JudgePort53 tells whether a security group lets the questions of a gateway network
// (its whole address range) through to a server, over UDP and over TCP: DNS needs both.
// Rules are asked in the order of their priority, and the first that fits decides, as
// Azure does it. Access is whether Azure's half of the peering allows access: the tag
// VirtualNetwork has the gateway's range in it only then.
func JudgePort53(g SecurityGroup, from model.Prefix, server safe.Text, access model.Ternary) (udp, tcp Port) {
	to, err := netip.ParseAddr(server.Raw())
	cidr, isRange := rangeOf(from.Text.Raw())
	ask := asking{group: g, from: from, server: to.Unmap(), access: access}
	switch {
	case !isRange:
		why := "the gateway's address range " + quoted(from.Text) + " is none"
		return Port{Check: unknown(CheckUDP, why, ""), Protocol: "UDP"}, Port{Check: unknown(CheckTCP, why, ""), Protocol: "TCP"}
	case err != nil:
		why := quoted(server) + " is no address"
		return Port{Check: unknown(CheckUDP, why, ""), Protocol: "UDP"}, Port{Check: unknown(CheckTCP, why, ""), Protocol: "TCP"}
	}
	rules := complete(g.Rules)
	by := func(protocol string) decision {
		return decide(rules, packet{strings.ToLower(protocol), cidr, to.Unmap(), access})
	}
	overUDP, overTCP := by("Udp"), by("Tcp")
	udp = overUDP.port(CheckUDP, ask.over("Udp"))
	tcp = overTCP.port(CheckTCP, ask.over("Tcp"))
	switch {
	case !closed(udp) || !closed(tcp):
	case udp.Outcome == tcp.Outcome && udp.Rule == tcp.Rule && udp.Priority == tcp.Priority:
		// One rule, one thing to do.
		both := overUDP.port(CheckUDP, ask.over("*"))
		udp.Finding, tcp.Finding = both.Finding, both.Finding
	default: // each needs a rule with a number of its own
		ask.not = opening{group: g, closedBy: udp.Priority}.priority()
		tcp = overTCP.port(CheckTCP, ask.over("Tcp"))
	}
	return udp, tcp
}

// over is the same for one protocol, or for both.
func (a asking) over(protocol string) asking {
	a.protocol, a.port = protocol, strings.ToUpper(protocol)+" 53"
	if protocol == "*" {
		a.port = "port 53 over UDP and TCP"
	}
	return a
}

func (d decision) port(id CheckID, a asking) Port {
	out := Port{Protocol: strings.ToUpper(a.protocol)}
	out.Check, out.Rule, out.Priority = d.check(id, a)
	return out
}

func closed(p Port) bool { return p.Outcome == Failed || p.Outcome == Partly }

// asking is what is asked of a group, for its sentences.
type asking struct {
	group    SecurityGroup
	from     model.Prefix
	server   netip.Addr
	port     string
	protocol string // Udp, Tcp, or * for both
	access   model.Ternary
	not      int // a priority that is given away already
}

// The rules that Azure adds to every group. It sends them with the others; a group
// that was read without them has them all the same.
const firstOfAzure = 65000

func complete(rules []Rule) []Rule {
	out := slices.Clone(rules)
	if !slices.ContainsFunc(out, func(r Rule) bool {
		return r.Priority >= firstOfAzure && strings.EqualFold(r.Direction.Raw(), "inbound")
	}) {
		made := func(name string, priority int, access, source, destination string) Rule {
			any1 := []safe.Text{safe.New("*")}
			return Rule{
				Name: safe.New(name), Priority: priority, Direction: safe.New("Inbound"), Access: safe.New(access), Protocol: safe.New("*"),
				Sources: []safe.Text{safe.New(source)}, SourcePorts: any1, Destinations: []safe.Text{safe.New(destination)}, Ports: any1,
			}
		}
		out = append(out, made("AllowVnetInBound", firstOfAzure, "Allow", "VirtualNetwork", "VirtualNetwork"),
			made("AllowAzureLoadBalancerInBound", firstOfAzure+1, "Allow", "AzureLoadBalancer", "*"),
			made("DenyAllInBound", firstOfAzure+500, "Deny", "*", "*"))
	}
	slices.SortStableFunc(out, func(a, b Rule) int { return a.Priority - b.Priority })
	return out
}

// share is a part of the range, and the rule that decides for it.
type share struct {
	rule Rule
	of   model.Space
	why  string // why it may be so, for a doubt
	at   int    // how many parts were decided before, for a doubt
}

func (s share) allows() bool { return strings.EqualFold(s.rule.Access.Raw(), "allow") }

func (s share) named() string {
	return fmt.Sprintf("the rule %s (priority %d)", s.rule.Name.Or("without a name"), s.rule.Priority)
}

// decision is what became of each part of the range.
type decision struct {
	parts  []share
	doubts []share
	tooBig bool
}

// decide asks the rules in their order.
func decide(rules []Rule, p packet) decision {
	var d decision
	left := model.NewSpace(p.from)
	for _, r := range rules {
		fits, why := r.applies(p)
		if fits == no || len(left) == 0 {
			continue
		}
		if known, reason := word(r.Access, "allow", "deny"); known == maybe {
			fits, why = maybe, reason
		}
		sure, doubt := r.sources(p)
		in, out, whole := left.Split(sure)
		if !whole {
			d.tooBig = true
			return d
		}
		if doubt != "" {
			d.doubts = append(d.doubts, share{rule: r, of: left, why: doubt, at: len(d.parts)})
		}
		switch {
		case len(in) == 0:
		case fits == maybe:
			d.doubts = append(d.doubts, share{rule: r, of: in, why: why, at: len(d.parts)})
		default:
			d.parts, left = append(d.parts, share{rule: r, of: in}), out
		}
	}
	return d
}

// doubtful returns the first rule of which it matters that it may fit: what it would
// do is not what is done without it.
func (d decision) doubtful() (share, bool) {
	for _, q := range d.doubts {
		known, _ := word(q.rule.Access, "allow", "deny")
		for _, s := range d.parts[min(q.at, len(d.parts)):] {
			if s.of.Overlaps(q.of) && (s.allows() != q.allows() || known == maybe) {
				return q, true
			}
		}
	}
	return share{}, false
}

func (d decision) check(id CheckID, q asking) (Check, safe.Text, int) {
	port := q.port + " from " + q.from.String()
	group := "the security group " + q.group.Name.Or(tail(q.group.ID)).String()
	if d.tooBig || len(d.parts) == 0 {
		return unknown(id, group+" has more rules for single addresses than can be followed", "Look at its effective rules in the portal."), safe.Text{}, 0
	}
	if r, found := d.doubtful(); found {
		return unknown(id, "whether "+r.named()+" of "+group+" is for "+port+" cannot be told: "+r.why,
			"Look at the rule, or ask the server from a machine in the gateway's range."), r.rule.Name, r.rule.Priority
	}
	var allowed, denied []share
	for _, s := range d.parts {
		if s.allows() {
			allowed = append(allowed, s)
		} else {
			denied = append(denied, s)
		}
	}
	if len(denied) == 0 {
		return done(id, port+" is allowed by "+allowed[0].named()+" of "+group), allowed[0].rule.Name, allowed[0].rule.Priority
	}
	by := denied[0]
	opens := opening{group: q.group, closedBy: by.rule.Priority, protocol: q.protocol, from: q.from, server: q.server.String(), not: q.not}
	next, command := cure(by, port, group, opens.priority(), q.access), opens.command()
	if opens.priority() == 0 {
		command = listRules(q.group)
	}
	if len(allowed) == 0 {
		return failed(id, CodePortClosed, port+" is denied by "+by.named()+" of "+group, next).run(command), by.rule.Name, by.rule.Priority
	}
	// Some data planes are kept out, and which of them nobody knows beforehand.
	out := failed(id, CodePortClosed, fmt.Sprintf("of %s only a part is allowed: %s by %s; %s is denied by %s of %s",
		port, allowed[0].of[0], allowed[0].named(), by.of[0], by.named(), group), next).run(command)
	out.Outcome = Partly
	return out, by.rule.Name, by.rule.Priority
}

// leastPriority is the number that a user's rule has at least.
const leastPriority = 100

func cure(by share, port, group string, free int, access model.Ternary) string {
	switch {
	case by.rule.Priority >= firstOfAzure && access == model.No:
		return "Let the peering allow access to the VNET (allowVirtualNetworkAccess), or allow " + port + " inbound with a rule of its own in " + group + "."
	case by.rule.Priority <= leastPriority:
		return "Change " + by.named() + " of " + group + ": no rule of a user comes before it. Allow " + port + " inbound there."
	case free == 0:
		return "Allow " + port + " inbound in " + group + " with a rule before " + by.named() + ": every number from " + strconv.Itoa(leastPriority) + " to that is taken, so one of these rules has to move first."
	case by.rule.Priority >= firstOfAzure:
		return "Allow " + port + " inbound with a rule in " + group + "."
	default:
		return fmt.Sprintf("Allow %s inbound in %s with a rule whose priority is a number below %d; %d is free.", port, group, by.rule.Priority, free)
	}
}

package azure

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Port is what the rules of a security group come to for one protocol.
type Port struct {
	Finding

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
	rules := complete(g.Rules)
	judge := func(protocol string) Port {
		out := Port{Protocol: strings.ToUpper(protocol)}
		cidr, isRange := rangeOf(from.Text.Raw())
		to, err := netip.ParseAddr(server.Raw())
		switch check := out.Protocol + " 53 is open"; {
		case !isRange:
			out.Finding = unknown(check, "the gateway's address range "+quoted(from.Text)+" is none", "")
		case err != nil:
			out.Finding = unknown(check, quoted(server)+" is no address", "")
		default:
			d := decide(rules, packet{protocol, cidr, to.Unmap(), access})
			out.Finding, out.Rule, out.Priority = d.finding(check, g, from, out.Protocol, access)
		}
		return out
	}
	return judge("udp"), judge("tcp")
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
	of   space
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
	left := space{p.from}
	for _, r := range rules {
		fits, why := r.applies(p)
		if fits == no || len(left) == 0 {
			continue
		}
		if known, reason := word(r.Access, "allow", "deny"); known == maybe {
			fits, why = maybe, reason
		}
		sure, doubt := r.sources(p)
		in, out := left.split(sure)
		if len(in)+len(out) > most {
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
			if s.of.overlaps(q.of) && (s.allows() != q.allows() || known == maybe) {
				return q, true
			}
		}
	}
	return share{}, false
}

func (d decision) finding(check string, g SecurityGroup, from model.Prefix, protocol string, access model.Ternary) (Finding, safe.Text, int) {
	port := protocol + " 53 from " + from.String()
	group := "the security group " + g.Name.Or(tail(g.ID)).String()
	if d.tooBig || len(d.parts) == 0 {
		return unknown(check, group+" has more rules for single addresses than can be followed", "Look at its effective rules in the portal."), safe.Text{}, 0
	}
	if q, found := d.doubtful(); found {
		return unknown(check, "whether "+q.named()+" of "+group+" is for "+port+" cannot be told: "+q.why,
			"Look at the rule, or ask the server from a machine in the gateway's range."), q.rule.Name, q.rule.Priority
	}
	var allowed, denied []share
	for _, s := range d.parts {
		if s.allows() {
			allowed = append(allowed, s)
		} else {
			denied = append(denied, s)
		}
	}
	switch {
	case len(denied) == 0:
		return done(check, port+" is allowed by "+allowed[0].named()+" of "+group), allowed[0].rule.Name, allowed[0].rule.Priority
	case len(allowed) == 0:
		return failed(check, port+" is denied by "+denied[0].named()+" of "+group, cure(denied[0], port, group, access)), denied[0].rule.Name, denied[0].rule.Priority
	default:
		return partly(check, fmt.Sprintf("of %s only a part is allowed: %s by %s; %s is denied by %s of %s",
			port, allowed[0].of[0], allowed[0].named(), denied[0].of[0], denied[0].named(), group), cure(denied[0], port, group, access)), denied[0].rule.Name, denied[0].rule.Priority
	}
}

// leastPriority is the number that a user's rule has at least.
const leastPriority = 100

func cure(by share, port, group string, access model.Ternary) string {
	switch {
	case by.rule.Priority >= firstOfAzure && access == model.No:
		return "Let the peering allow access to the VNET (allowVirtualNetworkAccess), or allow " + port + " inbound with a rule of its own in " + group + "."
	case by.rule.Priority <= leastPriority:
		return "Change " + by.named() + " of " + group + ": no rule of a user comes before it. Allow " + port + " inbound there."
	case by.rule.Priority >= firstOfAzure:
		return "Allow " + port + " inbound with a rule in " + group + "."
	default:
		return fmt.Sprintf("Allow %s inbound in %s with a rule whose priority is a number below %d.", port, group, by.rule.Priority)
	}
}

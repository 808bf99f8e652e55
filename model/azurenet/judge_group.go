package azurenet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// JudgeGroup tells whether a security group lets a question in. Rules are asked in the
// order of their priority, and the first that fits decides, as Azure does it.
func JudgeGroup(g SecurityGroup, q Question) Step {
	return judgeGroup(StepSubnet, g, q.packet(), q.asking())
}

// GroupBoth is [JudgeGroupBoth] for an address of the VNET, of which the facts know what
// application security groups it is in.
func (f Facts) GroupBoth(g SecurityGroup, q Question) (udp, tcp Step) {
	to := safe.New(q.To.Unmap().String())
	subnet, _ := f.SubnetAt(to)
	a := f.at(to, subnet)
	overUDP, overTCP := overBoth(q, func(q Question) Passage {
		return Passage{Steps: []Step{judgeGroup(StepSubnet, g, a.packet(q.packet()), q.asking())}}
	})
	return overUDP.Steps[0], overTCP.Steps[0]
}

// JudgeGroupBoth is the same over UDP and TCP; see [Facts.PassageBoth].
func JudgeGroupBoth(g SecurityGroup, q Question) (udp, tcp Step) {
	overUDP, overTCP := overBoth(q, func(q Question) Passage { return Passage{Steps: []Step{JudgeGroup(g, q)}} })
	return overUDP.Steps[0], overTCP.Steps[0]
}

func judgeGroup(id StepID, g SecurityGroup, p packet, a asking) Step {
	return decideGroup(g, p).ofGroup(id, g, a)
}

func decideGroup(g SecurityGroup, p packet) decision {
	return decide(complete(g.Rules, p.outbound), p, allow, deny)
}

func shut(s Step) bool { return s.Outcome == Closed || s.Outcome == Partly }

// asking is what is asked of rules, for sentences and commands.
type asking struct {
	outbound bool
	far      string   // who is on the gateway's side: "10.0.0.0/16"
	ranges   []string // the same, for a command
	near     string   // who is in the VNET
	number   int      // the port
	port     string   // in words: "UDP 53", "port 53 over UDP and TCP"
	protocol string   // Udp, Tcp, or * for both
	access   model.Ternary
	not      int  // a priority that is given away already
	probe    bool // it is a load balancer that probes
}

func (q Question) asking() asking {
	a := asking{far: whole(q.From), ranges: plain(q.From), near: q.To.Unmap().String(), number: q.Port, access: q.Access, not: q.Not}
	if q.Both {
		return a.over(anyProtocol)
	}
	return a.over(titled(q.Protocol))
}

func (q Outward) asking() asking {
	a := asking{outbound: true, far: whole(q.To), ranges: plain(q.To), near: q.From.String(), number: q.Port, access: q.Access}
	return a.over(titled(q.Protocol))
}

// titled is a protocol as rules have it.
func titled(protocol string) string {
	if strings.EqualFold(protocol, UDP) {
		return "Udp"
	}
	return "Tcp"
}

// over is the same for one protocol, or for both.
func (a asking) over(protocol string) asking {
	a.protocol, a.port = protocol, fmt.Sprintf("%s %d", strings.ToUpper(protocol), a.number)
	if protocol == anyProtocol {
		a.port = fmt.Sprintf("port %d over UDP and TCP", a.number)
	}
	return a
}

// what is the connection in words: "TCP 8080 from 10.0.0.0/16".
func (a asking) what() string {
	if a.probe {
		return "the probe of " + a.port
	}
	if a.outbound {
		return a.port + " to " + a.far
	}
	return a.port + " from " + a.far
}

func (a asking) inward() string {
	if a.outbound {
		return "outbound"
	}
	return "inbound"
}

// The rules that Azure adds to every group. It sends them with the others; a group
// that was read without them has them all the same.
const firstOfAzure = 65000

func complete(rules []Rule, outbound bool) []Rule {
	direction := "inbound"
	if outbound {
		direction = "outbound"
	}
	own := func(r Rule) bool {
		return r.Priority >= firstOfAzure && strings.EqualFold(r.Direction.Raw(), direction)
	}
	if slices.ContainsFunc(rules, own) {
		return rules
	}
	made := func(name string, priority int, access, source, destination string) Rule {
		all := []safe.Text{safe.New("*")}
		return Rule{
			Name: safe.New(name), Priority: priority, Direction: safe.New(direction), Access: safe.New(access), Protocol: safe.New("*"),
			Sources: []safe.Text{safe.New(source)}, SourcePorts: all, Destinations: []safe.Text{safe.New(destination)}, Ports: all,
		}
	}
	if outbound {
		return append(slices.Clone(rules), made("AllowVnetOutBound", firstOfAzure, "Allow", "VirtualNetwork", "VirtualNetwork"),
			made("AllowInternetOutBound", firstOfAzure+1, "Allow", "*", "Internet"),
			made("DenyAllOutBound", firstOfAzure+500, "Deny", "*", "*"))
	}
	return append(slices.Clone(rules), made("AllowVnetInBound", firstOfAzure, "Allow", "VirtualNetwork", "VirtualNetwork"),
		made("AllowAzureLoadBalancerInBound", firstOfAzure+1, "Allow", "AzureLoadBalancer", "*"),
		made("DenyAllInBound", firstOfAzure+500, "Deny", "*", "*"))
}

// ofGroup makes the step of a security group of what its rules decided.
func (d decision) ofGroup(id StepID, g SecurityGroup, a asking) Step {
	port, group := a.what(), "the security group "+g.Name.Or(tail(g.ID)).String()
	by := func(s Step, r Rule) Step {
		s.Rule, s.Priority = r.Name, r.Priority
		return s.by(g.ID, g.Name.Or(tail(g.ID)))
	}
	if r, found := d.doubtful("", allow, deny); found {
		return by(unknown(id, "whether "+r.named()+" of "+group+" is for "+port+" cannot be told: "+r.why, a.settle()), r.rule)
	}
	allowed, denied := d.that(allow), d.that(deny)
	switch {
	case len(d.left) > 0 || len(allowed)+len(denied) == 0:
		return unknown(id, "what "+group+" does with "+port+" cannot be told: no rule of it is for that", "Look at its effective rules in the portal.").by(g.ID, g.Name)
	case len(denied) == 0:
		return by(open(id, port+" is allowed by "+allowed[0].named()+" of "+group), allowed[0].rule)
	}
	shuts := denied[0]
	opens := opening{group: g, asking: a, closedBy: shuts.rule.Priority}
	command := opens.command()
	if opens.priority() == 0 {
		command = listRules(g)
	}
	next := cure(shuts, port, group, opens.priority(), a)
	by = func(s Step, r Rule) Step {
		if opens.priority() != 0 && command != "" {
			s.Finding.Next.Mend, s.Finding.Next.Change = finding.MendRule, opens.change()
		}
		s.Rule, s.Priority, s.opens = r.Name, r.Priority, opens.priority()
		return s.by(g.ID, g.Name.Or(tail(g.ID)))
	}
	if len(allowed) == 0 {
		return by(closed(id, CodePortClosed, port+" is denied by "+shuts.named()+" of "+group, next).run(command), shuts.rule)
	}
	// Some data planes are kept out, and which of them nobody knows beforehand.
	out := wrong(id, Partly, finding.Broken, CodePortClosed, fmt.Sprintf("of %s only a part is allowed: %s by %s; %s is denied by %s of %s",
		port, allowed[0].of.name(), allowed[0].named(), shuts.of.name(), shuts.named(), group), next)
	return by(out.run(command), shuts.rule)
}

// settle is what would tell what the rules do not.
func (a asking) settle() string {
	switch {
	case a.outbound:
		return "Look at the rule, or try it from a machine in the VNET."
	case a.number == dnsPort:
		return "Look at the rule, or ask the server from a machine in the gateway's range."
	default:
		return "Look at the rule, or let the gateway send a request."
	}
}

const dnsPort = 53

// anyProtocol is the word of a rule for every protocol; of a question, it is UDP and TCP.
const anyProtocol = "*"

// leastPriority is the number that a user's rule has at least.
const leastPriority = 100

func cure(by share, port, group string, free int, a asking) string {
	in := a.inward()
	switch {
	case by.rule.Priority >= firstOfAzure && a.access == model.No:
		return "Let the peering allow access to the VNET (allowVirtualNetworkAccess), or allow " + port + " " + in + " with a rule of its own in " + group + "."
	case by.rule.Priority <= leastPriority:
		return "Change " + by.named() + " of " + group + ": no rule of a user comes before it. Allow " + port + " " + in + " there."
	case free == 0:
		return "Allow " + port + " " + in + " in " + group + " with a rule before " + by.named() + ": every number from " + strconv.Itoa(leastPriority) + " to that is taken, so one of these rules has to move first."
	case by.rule.Priority >= firstOfAzure:
		return "Allow " + port + " " + in + " with a rule in " + group + "."
	default:
		return fmt.Sprintf("Allow %s %s in %s with a rule whose priority is a number below %d; %d is free.", port, in, group, by.rule.Priority, free)
	}
}

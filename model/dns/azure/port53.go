package azure

import (
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
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
// Access is whether Azure's half of the peering allows access.
func JudgePort53(g azurenet.SecurityGroup, from model.Prefix, server safe.Text, access model.Ternary) (udp, tcp Port) {
	return port53(from, server, access, func(q azurenet.Question) (udp, tcp azurenet.Step) { return azurenet.JudgeGroupBoth(g, q) })
}

// port53 asks a group about a server of the VNET, whose application security groups the
// facts may know.
func (f Facts) port53(g azurenet.SecurityGroup, q Question) (udp, tcp Port) {
	return port53(q.From, q.Server, q.Access, func(q azurenet.Question) (udp, tcp azurenet.Step) { return f.GroupBoth(g, q) })
}

func port53(from model.Prefix, server safe.Text, access model.Ternary, ask func(azurenet.Question) (udp, tcp azurenet.Step)) (udp, tcp Port) {
	to, err := netip.ParseAddr(server.Raw())
	_, isRange := azurenet.RangeOf(from.Text.Raw())
	switch {
	case !isRange:
		return noPort("the gateway's address range " + from.Text.Quoted() + " is none")
	case err != nil:
		return noPort(server.Quoted() + " is no address")
	}
	overUDP, overTCP := ask(azurenet.Question{From: []model.Prefix{from}, To: to, Port: 53, Access: access})
	return port(CheckUDP, azurenet.UDP, overUDP), port(CheckTCP, azurenet.TCP, overTCP)
}

func noPort(why string) (udp, tcp Port) {
	return Port{Check: unknown(CheckUDP, why, ""), Protocol: "UDP"}, Port{Check: unknown(CheckTCP, why, ""), Protocol: "TCP"}
}

func port(id CheckID, protocol string, s azurenet.Step) Port {
	return Port{Check: checked(id, s), Protocol: strings.ToUpper(protocol), Rule: s.Rule, Priority: s.Priority}
}

// checked is the check that a step of the network comes to, with the codes that are about
// servers.
func checked(id CheckID, s azurenet.Step) Check {
	out := Check{ID: id, Title: id.Title(), Why: s.Why, Finding: s.Finding}
	switch s.Outcome {
	case azurenet.Open:
		out.Outcome = Done
	case azurenet.Closed:
		out.Outcome = Failed
	case azurenet.Partly:
		out.Outcome = Partly
	case azurenet.Unknown:
		out.Outcome = Unknown
	}
	out.Finding = OfServer(s.Finding)
	return out
}

// OfServer is a finding of the network around a DNS server under the code that it has there:
// whoever says it says it by that code.
func OfServer(f finding.Finding) finding.Finding {
	switch f.Code {
	case azurenet.CodePortClosed:
		f.Code = CodePortClosed
	case azurenet.CodeRouteAway:
		f.Code = CodeRouteAway
	case azurenet.CodeNotKnown:
		f.Code = CodeNotKnown
	}
	return f
}

// RouteBack tells whether answers to a gateway network go back over the peering. Peered are
// the ranges for which the peering makes routes, by default the network's.
func RouteBack(t azurenet.RouteTable, cidr model.Prefix, peered ...model.Prefix) Check {
	if _, ok := azurenet.RangeOf(cidr.Text.Raw()); !ok {
		return unknown(CheckWayBack, "the gateway's address range "+cidr.Text.Quoted()+" is none", "")
	}
	return checked(CheckWayBack, azurenet.JudgeRoutes(t, []model.Prefix{cidr}, peered))
}

// worse orders outcomes by how much they matter.
func worse(a, b Outcome) bool {
	rank := map[Outcome]int{Done: 1, Unknown: 2, Partly: 3, Failed: 4}
	return rank[a] > rank[b]
}

package azure

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Question is what a gateway network asks of a server.
type Question struct {
	Server safe.Text
	Domain safe.Text     // a mapped domain, or the name itself
	From   model.Prefix  // the address range of the network
	Access model.Ternary // AllowVirtualNetworkAccess of Azure's half of its peering
	// Peered are the ranges for which the half makes routes; none where they are not known.
	Peered []model.Prefix
}

// Judge goes up the ladder: the checks in the order in which a question meets what
// they are about. Those behind a step that cannot be taken are left out.
func (f Facts) Judge(q Question) []Check {
	if model.IsPlatform(q.Server) {
		return []Check{platform(q.Server)}
	}
	if f.VNet.ID.IsEmpty() {
		if g := f.Gap(azurenet.PartVNet, safe.Text{}); g != nil {
			return []Check{unread(CheckSubnet, g)}
		}
		return []Check{unknown(CheckSubnet, "not known: the VNET was not read", "")}
	}
	subnet, in := SubnetOf(f.VNet, q.Server)
	out := []Check{in}
	if in.Outcome != Done {
		return out
	}
	udp, tcp := f.rules(q, subnet)
	out = append(out, udp.Check, tcp.Check, f.way(q, subnet), f.Owner(q.Server))
	if q.Domain.IsEmpty() {
		return out
	}
	_, zone := f.ZoneFor(q.Domain, f.VNet.ID)
	return append(out, zone, f.LoopFor(q.Domain, f.VNet.ID))
}

// rules are what stands between the gateway network and port 53 of a server, over UDP and
// over TCP: the security group of the subnet and that of the network card, which both have
// to let a question through.
func (f Facts) rules(q Question, s model.Subnet) (udp, tcp Port) {
	udp, tcp = f.ofSubnet(q, s)
	if card, found := f.CardAt(q.Server); found && !card.Group.IsEmpty() {
		udp, tcp = f.ofCard(q, card, udp, tcp)
	}
	if len(f.AdminRules) > 0 {
		udp, tcp = f.withAdmin(q, udp, tcp)
	}
	return udp, tcp
}

// withAdmin judges with the security admin rules, which come before security groups and may
// outweigh them. Where the whole way cannot be followed, what the groups say stays.
func (f Facts) withAdmin(q Question, udp, tcp Port) (Port, Port) {
	whole := true
	overUDP, overTCP := port53(q.From, q.Server, q.Access, func(q azurenet.Question) (udp, tcp azurenet.Step) {
		ways := [2]azurenet.Passage{}
		ways[0], ways[1] = f.PassageBoth(q)
		steps := [2]azurenet.Step{}
		for i, p := range ways {
			step, found := p.Step(azurenet.StepSubnet)
			whole = whole && found
			for _, id := range []azurenet.StepID{azurenet.StepAdmin, azurenet.StepCard} {
				if other, found := p.Step(id); found && other.Outcome.Worse(step.Outcome) {
					step = other
				}
			}
			steps[i] = step
		}
		return steps[0], steps[1]
	})
	if !whole {
		return udp, tcp
	}
	return overUDP, overTCP
}

func (f Facts) ofSubnet(q Question, s model.Subnet) (udp, tcp Port) {
	both := func(c func(CheckID) Check) (udp, tcp Port) {
		return Port{Check: c(CheckUDP), Protocol: "UDP"}, Port{Check: c(CheckTCP), Protocol: "TCP"}
	}
	if s.SecurityGroup.IsEmpty() {
		why := "the subnet " + s.Name.String() + " has no security group"
		if _, found := f.CardAt(q.Server); !found {
			why += "; a network card may have one of its own, which is not read"
		}
		return both(func(id CheckID) Check { return done(id, why) })
	}
	if g, found := f.Group(s.SecurityGroup); found {
		return f.port53(g, q)
	}
	if gap := f.Gap(azurenet.PartRules, s.SecurityGroup); gap != nil {
		return both(func(id CheckID) Check { return unread(id, gap) })
	}
	return both(func(id CheckID) Check {
		return unknown(id, "not known: the security group "+tail(s.SecurityGroup)+" was not read", "")
	})
}

// ofCard holds the security group of a network card beside that of its subnet; the one that
// lets less through decides.
func (f Facts) ofCard(q Question, card azurenet.Card, udp, tcp Port) (Port, Port) {
	if g, found := f.Group(card.Group); found {
		overUDP, overTCP := f.port53(g, q)
		if worse(overUDP.Outcome, udp.Outcome) {
			udp = overUDP
		}
		if worse(overTCP.Outcome, tcp.Outcome) {
			tcp = overTCP
		}
		return udp, tcp
	}
	why := "not known: the security group " + tail(card.Group) + " of the network card " + card.Name.String() + " was not read"
	if gap := f.Gap(azurenet.PartRules, card.Group); gap != nil {
		why = unread(CheckUDP, gap).Why
	}
	for _, p := range []*Port{&udp, &tcp} {
		if p.Outcome == Done {
			p.Check = unknown(p.ID, why, "")
		}
	}
	return udp, tcp
}

func (f Facts) way(q Question, s model.Subnet) Check {
	const check = CheckWayBack
	if s.RouteTable.IsEmpty() {
		return done(check, "the subnet "+s.Name.String()+" has no route table of its own")
	}
	if t, found := f.Table(s.RouteTable); found {
		return RouteBack(t, q.From, q.Peered...)
	}
	if gap := f.Gap(azurenet.PartRoutes, s.RouteTable); gap != nil {
		return unread(check, gap)
	}
	return unknown(check, "not known: the route table "+tail(s.RouteTable)+" was not read", "")
}

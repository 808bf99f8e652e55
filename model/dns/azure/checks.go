package azure

import (
	"peerdeck/model"
	"peerdeck/model/safe"
)

// Question is what a gateway network asks of a server.
type Question struct {
	Server safe.Text
	Domain safe.Text     // a mapped domain, or the name itself
	From   model.Prefix  // the address range of the network
	Access model.Ternary // AllowVirtualNetworkAccess of Azure's half of its peering
}

// Judge goes up the ladder: the checks in the order in which a question meets what
// they are about. Those behind a step that cannot be taken are left out.
func (f Facts) Judge(q Question) []Check {
	if model.IsPlatform(q.Server) {
		return []Check{platform(q.Server)}
	}
	if f.VNet.ID.IsEmpty() {
		if g := f.gap(PartVNet, safe.Text{}); g != nil {
			return []Check{unread(CheckSubnet, g)}
		}
		return []Check{unknown(CheckSubnet, "not known: the VNET was not read", "")}
	}
	subnet, in := SubnetOf(f.VNet, q.Server)
	out := []Check{in}
	if in.Outcome != Done {
		return out
	}
	out = append(out, f.rules(q, subnet)...)
	out = append(out, f.way(q, subnet), f.Owner(q.Server))
	if q.Domain.IsEmpty() {
		return out
	}
	_, zone := f.ZoneFor(q.Domain, f.VNet.ID)
	return append(out, zone, f.LoopFor(q.Domain, f.VNet.ID))
}

func (f Facts) rules(q Question, s model.Subnet) []Check {
	const udp53, tcp53 = CheckUDP, CheckTCP
	if s.SecurityGroup.IsEmpty() {
		why := "the subnet " + s.Name.String() + " has no security group; a network card may have one of its own, which is not read"
		return []Check{done(udp53, why), done(tcp53, why)}
	}
	g, found := f.Group(s.SecurityGroup)
	if found {
		udp, tcp := JudgePort53(g, q.From, q.Server, q.Access)
		return []Check{udp.Check, tcp.Check}
	}
	if gap := f.gap(PartRules, s.SecurityGroup); gap != nil {
		return []Check{unread(udp53, gap), unread(tcp53, gap)}
	}
	why := "not known: the security group " + tail(s.SecurityGroup) + " was not read"
	return []Check{unknown(udp53, why, ""), unknown(tcp53, why, "")}
}

func (f Facts) way(q Question, s model.Subnet) Check {
	const check = CheckWayBack
	if s.RouteTable.IsEmpty() {
		return done(check, "the subnet "+s.Name.String()+" has no route table of its own")
	}
	if t, found := f.Table(s.RouteTable); found {
		return RouteBack(t, q.From)
	}
	if gap := f.gap(PartRoutes, s.RouteTable); gap != nil {
		return unread(check, gap)
	}
	return unknown(check, "not known: the route table "+tail(s.RouteTable)+" was not read", "")
}

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

// Judge goes up the ladder: the findings in the order in which a question meets what
// they are about. Those behind a step that cannot be taken are left out.
func (f Facts) Judge(q Question) []Finding {
	const where = "The server lies in a subnet of the VNET"
	if f.VNet.ID.IsEmpty() {
		if g := f.gap(PartVNet, safe.Text{}); g != nil {
			return []Finding{unread(where, g)}
		}
		return []Finding{unknown(where, "not known: the VNET was not read", "")}
	}
	subnet, in := SubnetOf(f.VNet, q.Server)
	out := []Finding{in}
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

func (f Facts) rules(q Question, s model.Subnet) []Finding {
	const udp53, tcp53 = "UDP 53 is open", "TCP 53 is open"
	if s.SecurityGroup.IsEmpty() {
		why := "the subnet " + s.Name.String() + " has no security group; a network card may have one of its own, which is not read"
		return []Finding{done(udp53, why), done(tcp53, why)}
	}
	g, found := f.Group(s.SecurityGroup)
	if found {
		udp, tcp := JudgePort53(g, q.From, q.Server, q.Access)
		return []Finding{udp.Finding, tcp.Finding}
	}
	if gap := f.gap(PartRules, s.SecurityGroup); gap != nil {
		return []Finding{unread(udp53, gap), unread(tcp53, gap)}
	}
	why := "not known: the security group " + tail(s.SecurityGroup) + " was not read"
	return []Finding{unknown(udp53, why, ""), unknown(tcp53, why, "")}
}

func (f Facts) way(q Question, s model.Subnet) Finding {
	const check = "Answers go back over the peering"
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

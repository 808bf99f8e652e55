package azurenet_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Routes in Azure's documented order: the longest prefix, and of equally long ones the
// user's before that of the peering.
func TestRoutesBack(t *testing.T) {
	const o, c, p, u = azurenet.Open, azurenet.Closed, azurenet.Partly, azurenet.Unknown
	for name, x := range map[string]struct {
		routes string // name prefix hop address
		peered string
		off    string
		want   azurenet.Outcome
		says   string
	}{
		"none":                                  {"", cidr, "", o, "has no route"},
		"everything to an appliance":            {"r 0.0.0.0/0 VirtualAppliance 10.20.9.4", cidr, "", o, "gives way"},
		"everything to nowhere":                 {"r 0.0.0.0/0 None -", cidr, "", o, "gives way"},
		"the range to an appliance":             {"r 10.0.0.0/16 VirtualAppliance 10.20.9.4", cidr, "", p, "through the appliance 10.20.9.4; the questions come over the peering"},
		"a part of it":                          {"r 10.0.64.0/18 None -", cidr, "", c, "10.0.64.0/18, a part of 10.0.0.0/16,"},
		"one address":                           {"r 10.0.0.9/32 None -", cidr, "", c, "10.0.0.9, a part of"},
		"two halves":                            {"r 10.0.0.0/17 VirtualAppliance 10.20.9.4;s 10.0.128.0/17 VirtualAppliance 10.20.9.4", cidr, "", p, "10.0.0.0/17, a part of"},
		"to nothing and to an appliance":        {"r 10.0.0.0/17 VirtualAppliance 10.20.9.4;s 10.0.128.0/17 None -", cidr, "", c, "the route s"},
		"a longer one wins":                     {"r 10.0.0.0/16 None -;a 10.0.0.0/17 VirtualAppliance 10.20.9.4;b 10.0.128.0/17 VirtualAppliance 10.20.9.4", cidr, "", p, "the route a"},
		"twice, and elsewhere":                  {"r 10.0.0.0/16 None -;s 10.0.0.0/16 VirtualAppliance 10.20.9.4", cidr, "", u, "is there twice"},
		"twice, and the same":                   {"r 10.0.0.0/16 None -;s 10.0.0.0/16 None -", cidr, "", c, "drops"},
		"twice, and it gives way":               {"r 0.0.0.0/0 None -;s 0.0.0.0/0 Internet -", cidr, "", o, "gives way"},
		"to the gateway":                        {"r 10.0.0.0/16 VirtualNetworkGateway -", cidr, "", p, "to the VNET's gateway"},
		"to the Internet":                       {"r 10.0.0.0/16 Internet -", cidr, "", c, "to the Internet"},
		"inside":                                {"r 10.0.0.0/16 VnetLocal -", cidr, "", p, "The peering makes its own route."},
		"to several appliances":                 {"r 10.0.0.0/16 VirtualApplianceEcmp -", cidr, "", u, "VirtualApplianceEcmp"},
		"to several appliances, and gives way":  {"r 10.0.0.0/8 VirtualApplianceEcmp -", cidr, "", o, "gives way"},
		"to something new":                      {"r 10.0.0.0/16 Wormhole -", cidr, "", u, "which peerdeck does not know"},
		"a service's tag":                       {"r Storage Internet -", cidr, "", o, "has no route"},
		"IPv6":                                  {"r ::/0 None -", cidr, "", o, "has no route"},
		"the peering has another range":         {"r 0.0.0.0/0 None -", "10.9.0.0/16", "", c, "drops"},
		"the peering has a wider range":         {"r 0.0.0.0/0 None -", "10.0.0.0/8", "", o, "gives way"},
		"the user's is longer than the wider":   {"r 10.0.0.0/12 None -", "10.0.0.0/8", "", c, "drops answers to 10.0.0.0/16"},
		"peering routes are taken":              {"", cidr, "None", o, "has no route"},
		"no peering routes":                     {"", cidr, "All", c, "disablePeeringRoute=None"},
		"no peering routes, and a part is led":  {"r 10.0.0.0/17 VirtualAppliance 10.20.9.4", cidr, "All", c, "disablePeeringRoute is All"},
		"no peering routes, and all is led":     {"r 0.0.0.0/0 VirtualAppliance 10.20.9.4", cidr, "All", p, "disablePeeringRoute is All); the route r"},
		"no peering routes, and all is dropped": {"r 0.0.0.0/0 None -", cidr, "All", c, "disablePeeringRoute is All); the route r"},
		"some peering routes":                   {"", cidr, "Some", u, `disablePeeringRoute "Some", which peerdeck does not know`},
	} {
		t.Run(name, func(t *testing.T) {
			tab := table("rt")
			tab.PeeringRoutes = text(x.off)
			if x.routes != "" {
				for line := range strings.SplitSeq(x.routes, ";") {
					w := strings.Fields(line)
					tab.Routes = append(tab.Routes, route(w[0], w[1], w[2], strings.Trim(w[3], "-")))
				}
			}
			s := azurenet.JudgeRoutes(tab, prefixes(cidr), prefixes(x.peered))
			has(t, azurenet.Passage{Steps: []azurenet.Step{s}}, azurenet.StepBack, x.want, x.says)
			if next := s.Finding.Next; strings.Contains(next.Command, "delete") || strings.Contains(next.Command, "route create") || strings.Contains(s.Why, "missing") {
				t.Errorf("a peering makes its routes itself, and what is there may be in use: %+v", next)
			}
		})
	}
}

// What is known of the appliance that replies are led to is said.
func TestTheAppliance(t *testing.T) {
	f := world(t)
	f.Tables[0] = table("rt-apps", route("fw", cidr, "VirtualAppliance", "10.20.5.9"))
	q := question("10.20.4.10", 80)
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Partly, "az network route-table route show --subscription sub --resource-group rg --route-table-name rt-apps --name fw")
	fw := card("nic-fw", "10.20.5.9", "snet-plain", "")
	fw.Forwards = model.Yes
	f.Cards = append(f.Cards, fw)
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Partly)
	f.Cards[1].Forwards = model.No
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "nic-fw of the machine vm-nic-fw there does not forward")
	f.Tables[0].Routes[0].Address = text("10.99.0.4")
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Partly, "a peering is not passed on")
}

// Where the whole table is known, the command gives the subnet a copy of it without the
// route; the table stays as it is.
func TestACopyOfTheTableMendsTheWayBack(t *testing.T) {
	f := world(t)
	f.VNet.Location = text("northeurope")
	f.Tables[0] = table("rt-apps", route("all", "0.0.0.0/0", "VirtualAppliance", "10.20.9.4"), route("fw", cidr, "VirtualAppliance", "10.20.9.4"), route("part", "10.0.9.0/24", "None", ""))
	f.Tables[0].NoGatewayRoutes = model.Yes
	q := question("10.20.4.10", 80)
	s := has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "leaves the table as it is")
	const at = "--subscription sub --resource-group rg "
	want := "az network route-table create " + at + "--name rt-apps-without-kong --location northeurope --disable-bgp-route-propagation true && " +
		"az network route-table route create " + at + "--route-table-name rt-apps-without-kong --name all --address-prefix 0.0.0.0/0 --next-hop-type VirtualAppliance --next-hop-ip-address 10.20.9.4 && "
	use := "az network vnet subnet update " + at + "--vnet-name vnet-hub --name snet-apps --route-table " + resources + "routeTables/rt-apps-without-kong"
	if s.Finding.Next.Command != want+use {
		t.Errorf("%s", s.Finding.Next.Command)
	}
	// What was made for another subnet serves this one too.
	made := table("rt-apps-without-kong", route("all", "0.0.0.0/0", "VirtualAppliance", "10.20.9.4"))
	f.Tables = append(f.Tables, made)
	if got := has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed).Finding.Next.Command; got != use {
		t.Errorf("%s", got)
	}
	f.Tables[1].Routes = append(f.Tables[1].Routes, route("fw", cidr, "None", ""))
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "--name rt-apps-without-kong2 ")
	f.Tables[0].Routes[0].NextHop = text("VirtualApplianceEcmp")
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "az network route-table route show")
}

func TestWhatHasTheAddress(t *testing.T) {
	f := world(t)
	if _, told := f.Passage(question("10.20.5.10", 80)).Step(azurenet.StepOwner); told {
		t.Error("nobody asked")
	}
	f.Addresses = []azurenet.Address{{Address: text("10.20.5.10")}, {Address: text("10.20.5.11"), Free: true}, {Address: text("10.20.5.1"), Reserved: true}}
	has(t, f.Passage(question("10.20.5.10", 80)), azurenet.StepOwner, azurenet.Open, "something has")
	has(t, f.Passage(question("10.20.5.11", 80)), azurenet.StepOwner, azurenet.Closed, "nothing in the VNET has 10.20.5.11")
	has(t, f.Passage(question("10.20.5.1", 80)), azurenet.StepOwner, azurenet.Closed, "keeps for itself")
}

// A peering that allows no access, and no group that allows it by itself.
func TestNoAccessAndNoGroup(t *testing.T) {
	f := world(t)
	q := question("10.20.5.10", 80)
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Open, "no security group")
	q.Access = model.No
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Unknown, "allowVirtualNetworkAccess")
}

func TestTablesThatWereNotRead(t *testing.T) {
	f := world(t)
	f.Tables = nil
	has(t, f.Passage(question("10.20.4.10", 80)), azurenet.StepBack, azurenet.Unknown, "rt-apps was not read")
	f.Gaps = []azurenet.Gap{{Part: azurenet.PartRoutes, Subject: text(resources + "routeTables/rt-apps"), Failure: model.Failure{Cause: text("you may not")}}}
	has(t, f.Passage(question("10.20.4.10", 80)), azurenet.StepBack, azurenet.Unknown, "you may not")
	has(t, f.Passage(question("10.20.5.10", 80)), azurenet.StepBack, azurenet.Open, "has no route table of its own")
}

// A half that is not in sync carries what it carried before.
func TestRangesThatTheHalfDoesNotRoute(t *testing.T) {
	f := world(t)
	q := question("10.20.5.10", 80)
	q.Peered = prefixes("10.9.0.0/16")
	half := model.VNetPeering{Name: text("from-kong"), Routed: q.Peered}
	f.VNet.Peerings = []model.VNetPeering{half}
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "routes 10.9.0.0/16, and nothing of 10.0.0.0/16", "Ask Kong which range the network has.")
	f.VNet.Peerings[0].RemoteNow = prefixes("10.9.0.0/16", cidr)
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Closed, "az network vnet peering sync --subscription sub --resource-group rg --vnet-name vnet-hub --name from-kong")
	q.Peered = prefixes("10.0.0.0/17")
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Partly, "and not 10.0.128.0/17 of the network")
	q.Peered = nil
	has(t, f.Passage(q), azurenet.StepBack, azurenet.Open)
	q.From = prefixes("nowhere")
	has(t, f.Passage(q), azurenet.StepPlace, azurenet.Unknown, "nowhere")
	s := azurenet.JudgeRoutes(table("rt"), prefixes("nowhere"), nil)
	has(t, azurenet.Passage{Steps: []azurenet.Step{s}}, azurenet.StepBack, azurenet.Unknown, "nowhere")
}

// What is in effect at a card outranks what the table and the groups come to.
func TestWhatIsInEffect(t *testing.T) {
	effective := func(source, state, to, hop string) azurenet.EffectiveRoute {
		return azurenet.EffectiveRoute{Source: text(source), State: text(state), Prefixes: prefixes(to), NextHop: text(hop)}
	}
	whole := effective("Default", "Active", "0.0.0.0/0", "Internet")
	private := effective("Default", "Active", "10.0.0.0/8", "None")
	user := effective("User", "Active", cidr, "VirtualAppliance")
	user.Name, user.Addresses = text("fw"), safe.Texts("10.20.9.4")
	for name, x := range map[string]struct {
		routes []azurenet.EffectiveRoute
		want   azurenet.Outcome
		says   string
	}{
		"the peering's":              {[]azurenet.EffectiveRoute{whole, private, effective("Default", "Active", cidr, "VNetPeering")}, azurenet.Open, "over a peering"},
		"of a global peering":        {[]azurenet.EffectiveRoute{whole, private, effective("Default", "Active", cidr, "VNetGlobalPeering")}, azurenet.Open, "over a peering"},
		"none of a peering":          {[]azurenet.EffectiveRoute{whole, private}, azurenet.Closed, "Azure's own route 10.0.0.0/8 drops"},
		"that is not in effect":      {[]azurenet.EffectiveRoute{whole, private, effective("Default", "Invalid", cidr, "VNetPeering")}, azurenet.Closed, "drops"},
		"the user's":                 {[]azurenet.EffectiveRoute{whole, private, effective("Default", "Invalid", cidr, "VNetPeering"), user}, azurenet.Partly, "the route fw (10.0.0.0/16) of what is in effect at"},
		"one that a gateway learned": {[]azurenet.EffectiveRoute{whole, effective("VirtualNetworkGateway", "Active", "10.0.0.0/12", "VirtualNetworkGateway")}, azurenet.Partly, "a gateway learned"},
		"a gateway's longer one":     {[]azurenet.EffectiveRoute{effective("Default", "Active", cidr, "VNetPeering"), effective("VirtualNetworkGateway", "Active", "10.0.4.0/24", "VirtualNetworkGateway")}, azurenet.Partly, "10.0.4.0/24"},
		"nothing":                    {nil, azurenet.Closed, "no route that is in effect"},
		"a next hop of the future":   {[]azurenet.EffectiveRoute{effective("Default", "Active", cidr, "Wormhole")}, azurenet.Unknown, "Wormhole"},
	} {
		t.Run(name, func(t *testing.T) {
			f := world(t)
			f.Tables[0] = table("rt-apps", route("hole", cidr, "None", ""))
			f.Groups[0] = group(t, "nsg-apps", "No 100 Deny * * * *")
			f.Effective = []azurenet.Effective{{Card: f.Cards[0].ID, Routes: x.routes, RoutesRead: true, GroupsRead: true, Groups: []azurenet.EffectiveGroup{
				{Group: f.Groups[0].ID, Subnet: text(vnetID + "/subnets/snet-apps"), Rules: rules(t, "Yes 100 Allow * * * *")},
			}}}
			p := f.Passage(question("10.20.4.10", 8080))
			has(t, p, azurenet.StepBack, x.want, x.says)
			has(t, p, azurenet.StepSubnet, azurenet.Open, "Yes")
			has(t, p, azurenet.StepCard, azurenet.Open, "no security group of that kind is in effect")
		})
	}
}

// Connections that the VNET begins meet outbound rules; replies are let in statefully.
func TestWhatTheVNetBegins(t *testing.T) {
	q := azurenet.Outward{From: prefixes("10.20.4.0/24")[0], To: prefixes("10.0.0.68/32"), Protocol: azurenet.TCP, Port: 443, Access: model.Yes, Peered: prefixes(cidr)}
	f := world(t)
	f.Groups[0] = group(t, "nsg-apps", "In 100 Deny * * * *")
	p := f.Begun(q)
	has(t, p, azurenet.StepSubnet, azurenet.Open, "TCP 443 to 10.0.0.68", "AllowVnetOutBound")
	has(t, p, azurenet.StepCard, azurenet.Open, "may have security groups of their own")
	f.Groups[0] = group(t, "nsg-apps", "<Out 200 Deny * * * *")
	has(t, f.Begun(q), azurenet.StepSubnet, azurenet.Closed, "--direction Outbound", "--source-address-prefixes 10.20.4.0/24 --destination-address-prefixes 10.0.0.68 ", "AllowTcp443ToKong")
	f.Groups[0] = group(t, "nsg-apps", "<Some 200 Deny * 10.20.4.64/26 * *")
	has(t, f.Begun(q), azurenet.StepSubnet, azurenet.Unknown, "10.20.4.64/26, a part of 10.20.4.0/24")
	f.Tables[0] = table("rt-apps", route("fw", cidr, "VirtualAppliance", "10.20.9.4"))
	has(t, f.Begun(q), azurenet.StepBack, azurenet.Partly, "sends connections to", "the replies come over the peering")
	q.From = model.NewPrefix(text("10.20.4.10"))
	has(t, f.Begun(q), azurenet.StepCard, azurenet.Open, "AllowVnetOutBound")
	q.From = model.NewPrefix(text("here"))
	has(t, f.Begun(q), azurenet.StepPlace, azurenet.Unknown, "here")
}

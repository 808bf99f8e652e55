package azure_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
)

const hub, spoke = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-hub", "/x/vnet-spoke"

// facts are those of a VNET in which all is well.
func facts(t *testing.T) azuredns.Facts {
	t.Helper()
	return azuredns.Facts{
		Facts: azurenet.Facts{
			VNet: model.VNet{
				ID: text(hub), Name: text("vnet-hub"), AddressPrefixes: []model.Prefix{prefix("10.20.0.0/22")},
				Subnets: []model.Subnet{
					{Name: text("snet-apps"), Prefixes: []model.Prefix{prefix("10.20.0.128/25")}},
					{Name: text("snet-dns"), Prefixes: []model.Prefix{prefix("10.20.0.0/28")}, SecurityGroup: text("/X/networkSecurityGroups/NSG-dns"), RouteTable: text("/x/rt")},
				},
			},
			Groups:    []azurenet.SecurityGroup{group(t, "Dns 100 Allow * 10.0.0.0/16 53")},
			Tables:    []azurenet.RouteTable{{ID: text("/x/RT"), Name: text("rt")}},
			Addresses: []azurenet.Address{{Address: text("10.20.0.5")}, {Address: text("10.20.0.9"), Free: true}, {Address: text("10.20.0.1"), Reserved: true}},
		},
		Resolvers: []azuredns.Resolver{
			{ID: text("/x/r0"), Name: text("other"), VNet: text(spoke), State: "Succeeded", Endpoints: []azuredns.Endpoint{{Name: text("twin"), State: "Failed", Addresses: []azuredns.EndpointAddress{{Address: text(server)}}}}},
			{ID: text("/x/r1"), Name: text("hub-resolver"), VNet: text(hub), State: "Succeeded", Endpoints: []azuredns.Endpoint{{Name: text("inbound"), State: "Succeeded", Addresses: []azuredns.EndpointAddress{{Address: text(server), Dynamic: true}}}}},
		},
		Rulesets: []azuredns.Ruleset{{
			Name: text("rules"), Links: []azuredns.Link{{VNet: text(spoke)}},
			Rules: []azuredns.ForwardingRule{{Name: text("corp"), Domain: text("corp.example.org."), Targets: texts(server)}},
		}},
		Zones: []azuredns.Zone{
			{ID: text("/z/1"), Name: text("privatelink.blob.core.windows.net"), Links: []azuredns.Link{{Name: text("to-hub"), VNet: text(hub), State: text("Completed"), Provided: "Succeeded"}}},
			{ID: text("/z/2"), Name: text("privatelink.database.windows.net"), Links: []azuredns.Link{{VNet: text(spoke), State: text("Completed")}}},
			{ID: text("/z/3"), Name: text("example.org"), Links: []azuredns.Link{{VNet: text(hub), State: text("Completed")}}},
			{ID: text("/z/4"), Name: text("stage.example.org")},
		},
	}
}

func question(domain string) azuredns.Question {
	return azuredns.Question{Server: text(server), Domain: text(domain), From: prefix(cidr), Access: model.Yes}
}

func TestTheLadderOfWhatIsWell(t *testing.T) {
	f := facts(t)
	got := f.Judge(question("privatelink.blob.core.windows.net"))
	if len(got) != 7 {
		t.Fatalf("%d findings: %+v", len(got), got)
	}
	for _, g := range got {
		has(t, g, azuredns.Done)
	}
	if short := f.Judge(question("")); len(short) != 5 {
		t.Errorf("%d findings without a domain", len(short))
	}
}

func TestWhatWasNotReadIsNotKnown(t *testing.T) {
	f := facts(t)
	refused := model.Failure{Kind: model.FailurePermission, Cause: text("you may not read it"), Cure: "Ask for Reader."}
	f.Groups, f.Tables, f.Resolvers, f.Rulesets, f.Zones, f.Addresses = nil, nil, nil, nil, nil, nil
	silent := f.Judge(question("db.example.org"))
	for _, p := range []azurenet.Part{azurenet.PartRules, azurenet.PartRoutes, azuredns.PartResolvers, azuredns.PartRulesets, azuredns.PartZones, azurenet.PartAddresses} {
		f.Gaps = append(f.Gaps, azurenet.Gap{Part: p, Failure: refused})
	}
	for i, g := range f.Judge(question("db.example.org")) {
		if i == 0 {
			has(t, g, azuredns.Done)
			continue
		}
		has(t, g, azuredns.Unknown, "you may not read it", "Ask for Reader.")
		if i < 6 {
			has(t, silent[i], azuredns.Unknown)
		}
	}
	none := azuredns.Facts{}.Judge(question(""))
	if len(none) != 1 || none[0].Outcome != azuredns.Unknown {
		t.Errorf("got %+v", none)
	}
	none = azuredns.Facts{Facts: azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: refused}}}}.Judge(question(""))
	has(t, none[0], azuredns.Unknown, "you may not read it")
}

func TestSubnetOf(t *testing.T) {
	v := facts(t).VNet
	s, f := azuredns.SubnetOf(v, text(server))
	has(t, f, azuredns.Done, "snet-dns")
	if s.Name.Raw() != "snet-dns" {
		t.Errorf("got %+v", s)
	}
	_, f = azuredns.SubnetOf(v, text("10.20.1.1"))
	has(t, f, azuredns.Failed, "in none of its subnets")
	_, f = azuredns.SubnetOf(v, text("10.21.0.4"))
	has(t, f, azuredns.Failed, "10.20.0.0/22")
	_, f = azuredns.SubnetOf(v, text("nonsense"))
	has(t, f, azuredns.Failed, "nonsense")
}

func TestRouteBack(t *testing.T) {
	for name, c := range map[string]struct {
		prefix, hop string
		want        azuredns.Outcome
		says        string
	}{
		"the range itself":  {cidr, "VirtualAppliance", azuredns.Partly, "10.20.3.4"},
		"a part of it":      {"10.0.128.0/17", "VirtualAppliance", azuredns.Partly, "the ways differ"},
		"everything":        {"0.0.0.0/0", "VirtualAppliance", azuredns.Done, "gives way"},
		"somebody else":     {"10.9.0.0/16", "VirtualAppliance", azuredns.Done, "no route"},
		"to the gateway":    {cidr, "VirtualNetworkGateway", azuredns.Partly, "gateway"},
		"to nowhere":        {cidr, "None", azuredns.Failed, "drops"},
		"to the Internet":   {cidr, "Internet", azuredns.Failed, "Internet"},
		"inside":            {cidr, "VnetLocal", azuredns.Partly, "inside"},
		"to something new":  {cidr, "Wormhole", azuredns.Unknown, "Wormhole"},
		"a tag":             {"Storage", "Internet", azuredns.Done, "no route"},
		"an escape in text": {"\x1b[31m", "None", azuredns.Done, "no route"},
	} {
		t.Run(name, func(t *testing.T) {
			table := azurenet.RouteTable{Name: text("rt"), Routes: []azurenet.Route{{Name: text("r"), Prefix: prefix(c.prefix), NextHop: text(c.hop), Address: text("10.20.3.4")}}}
			has(t, azuredns.RouteBack(table, prefix(cidr)), c.want, c.says)
		})
	}
	both := azurenet.RouteTable{Routes: []azurenet.Route{{Prefix: prefix("10.0.0.0/17"), NextHop: text("None")}, {Prefix: prefix(cidr), NextHop: text("VirtualAppliance")}}}
	has(t, azuredns.RouteBack(both, prefix(cidr)), azuredns.Failed, "drops")
	has(t, azuredns.RouteBack(both, prefix("none")), azuredns.Unknown)
}

func TestOwner(t *testing.T) {
	f := facts(t)
	has(t, f.Owner(text(server)), azuredns.Done, "inbound endpoint inbound", "hub-resolver", "dynamic")
	has(t, f.Owner(text("10.20.0.5")), azuredns.Done, "a network card")
	has(t, f.Owner(text("10.20.0.9")), azuredns.Failed, "nothing", "inbound of hub-resolver has "+server)
	has(t, f.Owner(text("10.20.0.1")), azuredns.Failed, "keeps for itself")
	has(t, f.Owner(text("10.20.0.7")), azuredns.Unknown, "not asked")
	f.Resolvers[1].Endpoints[0].State = "Updating"
	has(t, f.Owner(text(server)), azuredns.Partly, "Updating")
	f.Gaps = []azurenet.Gap{{Part: azuredns.PartResolvers}, {Part: azurenet.PartAddresses, Subject: text("10.20.0.7"), Failure: model.Failure{Cause: text("throttled")}}}
	has(t, f.Owner(text("10.20.0.5")), azuredns.Done, "could not be read")
	has(t, f.Owner(text("10.20.0.7")), azuredns.Unknown, "throttled")
}

func TestZoneFor(t *testing.T) {
	f := facts(t)
	for name, c := range map[string]struct {
		want azuredns.Outcome
		says string
	}{
		"privatelink.blob.core.windows.net":         {azuredns.Done, "linked to the VNET vnet-hub"},
		"Acct.PrivateLink.Blob.core.windows.net.":   {azuredns.Done, "linked to the VNET vnet-hub"},
		"db1.privatelink.database.windows.net":      {azuredns.Failed, "Link the private DNS zone privatelink.database.windows.net to the VNET vnet-hub."},
		"www.example.org":                           {azuredns.Done, "example.org is linked"},
		"www.stage.example.org":                     {azuredns.Failed, "example.org, which is, answers in its place"},
		"notexample.org":                            {azuredns.Unknown, "no private zone"},
		"not a name":                                {azuredns.Unknown, "not a name"},
		"xprivatelink.core.windows.net":             {azuredns.Unknown, "no private zone"},
		"acct.blob.core.windows.net":                {azuredns.Done, "linked to the VNET vnet-hub"},
		"db1.database.windows.net":                  {azuredns.Failed, "Link the private DNS zone privatelink.database.windows.net"},
		"a.b.c.privatelink.database.windows.net":    {azuredns.Failed, "NXDOMAIN"},
		"privatelink.database.windows.net":          {azuredns.Failed, "is not linked"},
		"core.windows.net":                          {azuredns.Unknown, "other subscriptions"},
		"acct.privatelink.blob.core.windows.net":    {azuredns.Done, "linked"},
		"stage.example.org":                         {azuredns.Failed, "stage.example.org is not linked"},
		"x.y.z.privatelink.blob.core.windows.net..": {azuredns.Unknown, "dots"},
	} {
		_, got := f.ZoneFor(text(name), text(hub))
		has(t, got, c.want, c.says)
	}
	link := &f.Zones[0].Links[0]
	link.Fallback = true
	_, got := f.ZoneFor(f.Zones[0].Name, text(hub))
	has(t, got, azuredns.Done, "NxDomainRedirect")
	link.State = text("InProgress")
	_, got = f.ZoneFor(f.Zones[0].Name, text(hub))
	has(t, got, azuredns.Partly, "InProgress")
	link.Provided = model.ProvisioningFailed
	_, got = f.ZoneFor(f.Zones[0].Name, text(hub))
	has(t, got, azuredns.Partly, "to-hub", "Failed")
	// Whether an unread list of links has the VNET is not known.
	f.Gaps = []azurenet.Gap{{Part: azuredns.PartZones, Subject: text("/Z/2"), Failure: model.Failure{Cause: text("you may not")}}}
	_, got = f.ZoneFor(text("privatelink.database.windows.net"), text(hub))
	has(t, got, azuredns.Unknown, "you may not")
	// A second zone of the same name, in another group, is linked.
	f.Zones = append(f.Zones, azuredns.Zone{ID: text("/z/5"), Name: text("privatelink.database.windows.net"), Links: []azuredns.Link{{VNet: text(hub), State: text("Completed")}}})
	_, got = f.ZoneFor(text("privatelink.database.windows.net"), text(hub))
	has(t, got, azuredns.Done)
}

func TestLoops(t *testing.T) {
	f := facts(t)
	if got := azuredns.Loops(f.Rulesets, f.Resolvers[1:]); len(got) != 0 {
		t.Errorf("a ruleset of another VNET: %+v", got)
	}
	has(t, f.LoopFor(text("corp.example.org"), text(hub)), azuredns.Done, "no ruleset")
	f.Rulesets[0].Links = []azuredns.Link{{VNet: text(spoke)}, {VNet: safe.New("/SUBSCRIPTIONS" + hub[len("/subscriptions"):])}}
	got := azuredns.Loops(f.Rulesets, f.Resolvers[1:])
	if len(got) != 1 || got[0].Endpoint.Raw() != "inbound" || got[0].Domain.Raw() != "corp.example.org." {
		t.Errorf("got %+v", got)
	}
	has(t, f.LoopFor(text("a.corp.example.org"), text(hub)), azuredns.Failed, "goes round", "Remove the link of the ruleset rules to the VNET vnet-hub")
	has(t, f.LoopFor(text("example.org"), text(hub)), azuredns.Done, "no ruleset")
	// The longest rule decides, and it leads out.
	f.Rulesets[0].Rules = append(f.Rulesets[0].Rules, azuredns.ForwardingRule{Name: text("a"), Domain: text("a.corp.example.org."), Targets: texts("10.9.9.9")})
	has(t, f.LoopFor(text("a.corp.example.org"), text(hub)), azuredns.Done, "10.9.9.9")
	f.Rulesets[0].Rules[1].Disabled = true
	has(t, f.LoopFor(text("a.corp.example.org"), text(hub)), azuredns.Failed)
	f.Rulesets[0].Rules[0].Disabled = true
	if got := azuredns.Loops(f.Rulesets, f.Resolvers); len(got) != 0 {
		t.Errorf("rules that are off: %+v", got)
	}
	f.Rulesets[0].Rules = []azuredns.ForwardingRule{{Name: text("all"), Domain: text("."), Targets: texts(server)}}
	has(t, f.LoopFor(text("anything.test"), text(hub)), azuredns.Failed, "all")
}

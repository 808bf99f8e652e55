package wayin_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
)

// net changes what was read around the VNET.
func net(how func(*azurenet.Facts)) func(*wayin.Facts) {
	return func(f *wayin.Facts) { how(&f.VNets[0].Net) }
}

func network(how func(*model.NetworkStatus)) func(*wayin.Facts) {
	return func(f *wayin.Facts) { how(f.Network) }
}

func pool(addresses ...string) func(*wayin.Facts) {
	return net(func(n *azurenet.Facts) { n.Balancers = []azurenet.Balancer{balancer(addresses...)} })
}

func also(list ...func(*wayin.Facts)) func(*wayin.Facts) {
	return func(f *wayin.Facts) {
		for _, how := range list {
			how(f)
		}
	}
}

func TestEntries(t *testing.T) {
	failed := model.Failure{Kind: model.FailurePermission, Operation: "read", Cause: text("you may not read it"), Cure: "Ask for Reader."}
	for name, c := range map[string]struct {
		how     func(*wayin.Facts)
		want    []string // codes and severities
		entries int
		says    []string // in causes, next steps and commands
	}{
		"all is well": {func(*wayin.Facts) {}, nil, 1, nil},
		"one is stale, another is missing": {
			pool("10.8.0.68", "10.8.0.70"),
			[]string{"entry-stale attention"},
			1,
			[]string{"10.8.0.70, which no data plane of us-prod has", "10.8.0.132 in place of 10.8.0.70", "az network lb address-pool address update --subscription s-1 --resource-group rg-us --lb-name ilb-gateway --pool-name gateways --name gw-2 --ip-address 10.8.0.132"},
		},
		"all are stale":              {pool("10.8.0.70", "10.8.0.71"), []string{"entry-stale broken"}, 1, []string{"Nobody answers there", "--name gw-1 --ip-address 10.8.0.68 && az ", "--name gw-2 --ip-address 10.8.0.132"}},
		"one stale more than enough": {pool("10.8.0.68", "10.8.0.132", "10.8.0.70"), []string{"entry-stale attention"}, 1, []string{"no other use", "address list"}},
		"one is missing":             {pool("10.8.0.68"), []string{"entry-missing attention"}, 1, []string{"leaves out 10.8.0.132 of retail", "address-pool address add", "--name dp-10-8-0-132 --vnet " + vnet + " --ip-address 10.8.0.132"}},
		"no probe":                   {also(pool("10.8.0.68", "10.8.0.132", "10.8.0.70"), net(func(n *azurenet.Facts) { n.Balancers[0].Rules[0].Probe = safe.Text{} })), []string{"entry-stale attention"}, 1, []string{"No probe takes it out"}},
		"a pool of the VNET alone":   {pool("10.9.2.20", "10.9.2.21"), nil, 0, nil},
		"a pool of cards": {net(func(n *azurenet.Facts) {
			n.Balancers[0].Pools[0].Targets[0].Card = text("/c")
			n.Balancers[0].Pools[0].Targets = n.Balancers[0].Pools[0].Targets[:1]
		}), nil, 0, nil},
		"an empty pool": {pool(), nil, 0, nil},
		"a range that is gone": {
			also(pool("10.7.0.4"), net(func(n *azurenet.Facts) {
				n.VNet.Peerings = append(n.VNet.Peerings, model.VNetPeering{Name: text("old-kong"), State: model.VNetDisconnected, Routed: []model.Prefix{prefix("10.7.0.0/16")}})
			})),
			[]string{"entry-stale broken"},
			1,
			[]string{"the peering old-kong, whose other half is gone"},
		},
		"nobody's range": {pool("10.8.0.68", "10.8.0.132", "10.77.0.4"), []string{"entry-nobody unknown"}, 1, []string{"10.77.0.4", "az monitor metrics list"}},
		"a VNET behind a peering": {also(pool("10.77.0.4"), net(func(n *azurenet.Facts) {
			n.VNet.Peerings = append(n.VNet.Peerings, model.VNetPeering{Name: text("data"), State: model.VNetConnected, RemoteNow: []model.Prefix{prefix("10.77.0.0/16")}})
		})), nil, 0, nil},
		"another network": {pool("10.0.0.68"), []string{"entry-other-network broken"}, 1, []string{"eu-prod", "not peered with that network"}},
		"another network, peered": {also(pool("10.0.0.68"), net(func(n *azurenet.Facts) {
			n.VNet.Peerings = append(n.VNet.Peerings, model.VNetPeering{State: model.VNetConnected, Routed: []model.Prefix{prefix("10.0.0.0/16")}})
		})), nil, 0, nil},
		"partly another network":  {pool("10.8.0.68", "10.8.0.132", "10.0.0.9"), []string{"entry-other-network attention"}, 1, []string{"10.0.0.9, which belongs to the network eu-prod"}},
		"one range, two networks": {also(func(f *wayin.Facts) { f.Others[0].CIDR = prefix("10.8.0.0/16") }, pool("10.8.0.68", "10.8.0.132", "10.8.0.70")), []string{"entry-not-known unknown"}, 1, []string{"its range is that of the network eu-prod too"}},
		"one range, it tells": {also(func(f *wayin.Facts) {
			f.Others[0].CIDR = prefix("10.8.0.0/16")
			r := plane("cp-9", "", "ready", "10.8.0.70")
			r.DataPlanes[0].NetworkID = text("n-eu")
			f.Others[0].References = []model.ConfigurationReference{r}
		}, pool("10.8.0.68", "10.8.0.132", "10.8.0.70")), []string{"entry-other-network attention"}, 1, []string{"the network eu-prod"}},
		"two control planes": {also(network(func(n *model.NetworkStatus) {
			n.References = append(n.References, plane("cp-2", "private+public", "ready", "10.8.0.200"))
		}), pool("10.8.0.68", "10.8.0.132", "10.8.0.200")), []string{"entry-mixed attention"}, 1, []string{"cp-2 and retail"}},
		"one of two planes": {network(func(n *model.NetworkStatus) {
			n.References = append(n.References, plane("cp-2", "", "ready", "10.8.0.200"))
		}), nil, 1, nil},
		"two planes at one place": {also(network(func(n *model.NetworkStatus) {
			n.References = append(n.References, plane("cp-2", "", "ready", "10.8.0.68", "10.8.0.132"))
		}), pool("10.8.0.70")), []string{"entry-stale broken"}, 1, []string{"--name gw-1 --ip-address 10.8.0.68", "10.8.0.68 and 10.8.0.132 in place of 10.8.0.70"}},
		"stale, two planes": {also(network(func(n *model.NetworkStatus) {
			n.References = append(n.References, plane("cp-2", "", "ready", "10.8.0.200"))
		}), pool("10.8.0.70")), []string{"entry-stale broken"}, 1, []string{"peerdeck paths addresses --network us-prod", "address list"}},
		"public alone": {network(func(n *model.NetworkStatus) { n.References[0].APIAccess = text("public") }), []string{"entry-not-private attention"}, 1, []string{"retail"}},
		"a group that goes": {also(network(func(n *model.NetworkStatus) {
			n.References = append(n.References, plane("cp-2", "", "terminating", "10.8.0.200"))
		}), pool("10.8.0.68", "10.8.0.132", "10.8.0.200")), []string{"entry-going attention"}, 1, []string{"is being taken away"}},
		"no addresses yet": {also(network(func(n *model.NetworkStatus) { n.References[0] = plane("cp-1", "private", "initializing") }), pool("10.8.0.70")), []string{"entry-not-known unknown", "entry-waiting working"}, 1, []string{"retail", "have no private addresses yet"}},
		"made, no addresses": {network(func(n *model.NetworkStatus) {
			n.References[0] = plane("cp-1", "private", "created")
			n.References[0].DataPlanes[0].NetworkID = text("n-else")
		}), []string{"entry-stale broken"}, 1, []string{"Once data planes are there again"}},
		"a strange access": {network(func(n *model.NetworkStatus) { n.References[0].APIAccess = text("mesh") }), nil, 1, nil},
		"an odd port": {net(func(n *azurenet.Facts) {
			n.Balancers[0].Rules[0].BackendPort, n.Balancers[0].Rules[0].ProbePort = 8443, 8443
		}), []string{"entry-port unknown"}, 1, []string{"nc -vz -w 3 10.8.0.68 8443"}},
		"floating": {net(func(n *azurenet.Facts) {
			n.Balancers[0].Rules[0].BackendPort, n.Balancers[0].Rules[0].FloatingIP = 8443, true
		}), nil, 1, nil},
		"a probe over HTTP":      {net(func(n *azurenet.Facts) { n.Balancers[0].Rules[0].ProbeKind = text("Http") }), []string{"entry-probe unknown"}, 1, []string{"200 alone"}},
		"a probe elsewhere":      {net(func(n *azurenet.Facts) { n.Balancers[0].Rules[0].ProbePort = 80 }), []string{"entry-probe unknown"}, 1, []string{"port 80", "port 443"}},
		"configurations refused": {network(func(n *model.NetworkStatus) { n.References, n.ReferencesRead = nil, model.Part{Failure: &failed} }), []string{"entry-not-known unknown", "entry-not-known unknown"}, 1, []string{"you may not read it", "Ask for Reader."}},
		"balancers refused": {net(func(n *azurenet.Facts) {
			n.Balancers = nil
			n.Gaps = []azurenet.Gap{{Part: azurenet.PartBalancers, Failure: failed}}
		}), []string{"entry-not-known unknown"}, 0, []string{"load balancers of the VNET vnet-orders"}},
		"refused, but public": {also(network(func(n *model.NetworkStatus) { n.References[0].APIAccess = text("public") }), net(func(n *azurenet.Facts) {
			n.Balancers = nil
			n.Gaps = []azurenet.Gap{{Part: azurenet.PartBalancers, Failure: failed}}
		})), nil, 0, nil},
		"another part refused": {net(func(n *azurenet.Facts) { n.Gaps = []azurenet.Gap{{Part: azurenet.PartEndpoints, Failure: failed}} }), nil, 1, nil},
		"odd texts":            {pool("10.8.0.68", "10.8.0.132", "x\x1b[2J"), []string{"entry-not-known unknown"}, 1, nil},
		"a name to data planes": {net(func(n *azurenet.Facts) {
			n.Records = []azurenet.Record{record("us", "10.8.0.68", "10.8.0.132"), record("shop", "10.9.2.4")}
		}), nil, 2, nil},
		"a stale name":        {net(func(n *azurenet.Facts) { n.Records = []azurenet.Record{record("us-old", "10.8.0.70")} }), []string{"entry-stale broken"}, 2, []string{"The name us-old.gateway.example.net leads to 10.8.0.70", "az network private-dns record-set a update", "aRecords[0].ipv4Address=10.8.0.68", "add-record", "--ipv4-address 10.8.0.132"}},
		"a name, one stale":   {net(func(n *azurenet.Facts) { n.Records = []azurenet.Record{record("@", "10.8.0.70", "10.8.0.68")} }), []string{"entry-stale attention"}, 2, []string{"The name gateway.example.net leads", "aRecords[0].ipv4Address=10.8.0.132"}},
		"a name, one missing": {net(func(n *azurenet.Facts) { n.Records = []azurenet.Record{record("us", "10.8.0.68")} }), []string{"entry-missing attention"}, 2, []string{"--record-set-name us --ipv4-address 10.8.0.132"}},
		"an application gateway": {net(func(n *azurenet.Facts) {
			n.AppGateways = []azurenet.AppGateway{appGateway("10.8.0.68", "10.8.0.70", "10.9.2.22")}
		}), []string{"entry-stale attention"}, 2, []string{"address-pool update", "--servers 10.8.0.68 10.9.2.22 10.8.0.132"}},
		"its name leads there": {net(func(n *azurenet.Facts) {
			n.Records = []azurenet.Record{record("us", "10.8.0.68", "10.8.0.132")}
			n.AppGateways = []azurenet.AppGateway{appGateway("US.gateway.example.net.")}
		}), []string{"entry-missing attention"}, 3, nil},
		"Konnect's own name": {net(func(n *azurenet.Facts) { n.AppGateways = []azurenet.AppGateway{appGateway("abc.gateways.konghq.com")} }), []string{"entry-not-known unknown"}, 2, []string{"Konnect's own name of a gateway", "dig +short abc.gateways.konghq.com"}},
		"a name of somebody": {net(func(n *azurenet.Facts) { n.AppGateways = []azurenet.AppGateway{appGateway("www.example.org")} }), nil, 1, nil},
		"a rule for one of two": {net(func(n *azurenet.Facts) {
			n.Groups = rulesOf(t, "In 100 Inbound Allow 10.8.0.68,10.1.1.1 443", "No 200 Inbound Deny 10.8.0.0/16 *")
		}), []string{"entry-missing attention"}, 2, []string{"The rule In of the security group nsg-entry leaves out 10.8.0.132", "a rule behind it denies it", "--source-address-prefixes 10.8.0.68 10.1.1.1 10.8.0.132"}},
		"a rule behind allows": {net(func(n *azurenet.Facts) {
			n.Groups = rulesOf(t, "In 100 Inbound Allow 10.8.0.68 443", "All 150 Inbound Allow VirtualNetwork 443", "No 200 Inbound Deny 10.8.0.0/16 *")
		}), nil, 2, nil},
		"another port is denied": {net(func(n *azurenet.Facts) {
			n.Groups = rulesOf(t, "In 100 Inbound Allow 10.8.0.68 443", "No 200 Inbound Deny 10.8.0.0/16 8000-8010")
		}), nil, 2, nil},
		"a range with the port": {net(func(n *azurenet.Facts) {
			n.Groups = rulesOf(t, "In 100 Inbound Allow 10.8.0.68 443", "No 200 Inbound Deny 10.8.0.0/16 400-500")
		}), []string{"entry-missing attention"}, 2, nil},
		"a stale rule": {net(func(n *azurenet.Facts) {
			n.Groups = rulesOf(t, "Out 100 Outbound Allow 10.8.0.68/32,10.8.0.132,10.8.0.70 443")
		}), []string{"entry-stale attention"}, 2, []string{"is for 10.8.0.70", "nsg rule show"}},
		"a rule that denies":        {net(func(n *azurenet.Facts) { n.Groups = rulesOf(t, "No 100 Outbound Deny 10.8.0.70 443") }), nil, 2, nil},
		"a rule for the range":      {net(func(n *azurenet.Facts) { n.Groups = rulesOf(t, "In 100 Inbound Allow 10.8.0.0/16 443") }), nil, 1, nil},
		"a rule for other networks": {net(func(n *azurenet.Facts) { n.Groups = rulesOf(t, "In 100 Inbound Allow 10.0.0.68 443") }), nil, 1, nil},
		"its subnet keeps it in": {net(func(n *azurenet.Facts) {
			n.VNet.Subnets[0].SecurityGroup = text(nsg)
			n.Groups = rulesOf(t, "No 100 Outbound Deny 10.8.0.0/16 *")
		}), []string{"back-port-closed broken"}, 1, []string{"TCP 443", "nsg-entry"}},
		"its subnet lets it out": {net(func(n *azurenet.Facts) {
			n.VNet.Subnets[0].SecurityGroup = text(nsg)
			n.Groups = rulesOf(t, "Yes 100 Outbound Allow 10.8.0.0/16 443", "No 200 Outbound Deny 10.8.0.0/16 *")
		}), nil, 1, nil},
		"its subnet's group is not known": {net(func(n *azurenet.Facts) {
			n.VNet.Subnets[0].SecurityGroup = text(nsg)
			n.Gaps = []azurenet.Gap{{Part: azurenet.PartRules, Subject: text(nsg), Failure: failed}}
		}), []string{"back-not-known unknown"}, 1, []string{"you may not read it"}},
		"its routes lead away": {net(func(n *azurenet.Facts) {
			n.VNet.Subnets[0].RouteTable = text(group + "routeTables/rt")
			n.Tables = []azurenet.RouteTable{{ID: text(group + "routeTables/rt"), Name: text("rt"), Routes: []azurenet.Route{{Name: text("r"), Prefix: prefix("10.8.0.0/16"), NextHop: text("None")}}}}
		}), []string{"back-route-away broken"}, 1, []string{"The route r"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := facts()
			c.how(&f)
			r := wayin.Judge(f)
			if got := codes(r.Findings); !slices.Equal(got, c.want) || len(r.Entries) != c.entries {
				t.Errorf("%d entries, %v, want %d, %v\n%+v", len(r.Entries), got, c.entries, c.want, r.Findings)
			}
			var all strings.Builder
			for _, g := range r.Findings {
				all.WriteString(g.Cause + "\n" + g.Next.Line() + "\n")
			}
			for _, part := range c.says {
				if !strings.Contains(all.String(), part) {
					t.Errorf("nothing says %q:\n%s", part, all.String())
				}
			}
			complete(t, r.Findings)
			for _, e := range r.Entries {
				if e.Why == "" || e.Word == "" || e.Key == "" || safe.Clean(e.Word) != e.Word {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

func TestSays(t *testing.T) {
	for name, c := range map[string]struct {
		how  func(*wayin.Facts)
		want string
	}{
		"private":    {func(*wayin.Facts) {}, "2 private addresses of data planes on us-prod can be pointed at."},
		"public":     {network(func(n *model.NetworkStatus) { n.References[0].APIAccess = text("public") }), "The gateways on us-prod have no private access: there is nothing to point at."},
		"nobody":     {network(func(n *model.NetworkStatus) { n.References = nil }), "No data planes are on us-prod: there is nothing to point at."},
		"being made": {network(func(n *model.NetworkStatus) { n.References[0] = plane("cp-1", "private", "initializing") }), "The data planes on us-prod have no private addresses yet: they are being made."},
		"some made":  {network(func(n *model.NetworkStatus) { n.References = append(n.References, plane("cp-2", "", "created")) }), "2 private addresses on us-prod are known; 1 group of data planes has none yet."},
		"unread":     {network(func(n *model.NetworkStatus) { n.ReferencesRead = model.Part{} }), "Which data planes are on us-prod was not read yet."},
		"not allowed": {network(func(n *model.NetworkStatus) {
			n.ReferencesRead = model.Part{Failure: &model.Failure{Cause: text("refused")}}
		}), "Which data planes are on us-prod is not known: refused."},
	} {
		f := facts()
		c.how(&f)
		if got := wayin.Judge(f).Says; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := wayin.Judge(wayin.Facts{}); got.Says != "" || got.Entries != nil {
		t.Errorf("no network: %+v", got)
	}
}

func TestAddresses(t *testing.T) {
	f := facts()
	f.Network.References = append(f.Network.References, plane("cp-2", "public", "ready", "10.8.0.200"), plane("cp-3", "", "terminated", "10.8.0.201"), plane("cp-4", "", "ready", "10.8.0.9", "nonsense", "10.8.0.9"))
	var got []string
	for _, a := range wayin.Judge(f).Addresses() {
		got = append(got, a.Address.String()+" "+wayin.Group{Plane: a.Plane}.Label()+" "+a.Region.String())
	}
	want := []string{"10.8.0.9 cp-4 eastus2", "nonsense cp-4 eastus2", "10.8.0.68 retail eastus2", "10.8.0.132 retail eastus2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whether the facts come in one order or in another makes no difference.
func TestTheOrderDoesNotMatter(t *testing.T) {
	f := facts()
	f.VNets[0].Net.Balancers = []azurenet.Balancer{balancer("10.8.0.70", "10.8.0.68")}
	f.VNets[0].Net.Records = []azurenet.Record{record("a", "10.8.0.68"), record("b", "10.8.0.70")}
	want := codes(wayin.Judge(f).Findings)
	slices.Reverse(f.VNets[0].Net.Balancers[0].Pools[0].Targets)
	slices.Reverse(f.VNets[0].Net.Records)
	slices.Reverse(f.Network.References[0].DataPlanes[0].PrivateIPs)
	if got := codes(wayin.Judge(f).Findings); !slices.Equal(got, want) || len(want) != 3 {
		t.Errorf("%v and %v", got, want)
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("10.8.0.68", "10.8.0.70", "us", "10.0.0.0/8")
	f.Add("::ffff:10.8.0.68", "10.8.0.132/32", "@", "*")
	f.Fuzz(func(t *testing.T, a, b, name, place string) {
		in := facts()
		in.At = time.Unix(0, 0)
		in.VNets[0].Net.Balancers = []azurenet.Balancer{balancer(a, b)}
		in.VNets[0].Net.Records = []azurenet.Record{record(name, b, a)}
		in.VNets[0].Net.Groups = []azurenet.SecurityGroup{{ID: text(nsg), Name: text(name), Rules: []azurenet.Rule{{Name: text(name), Direction: text("Inbound"), Access: text("Allow"), Sources: safe.Texts(place, a)}}}}
		for _, g := range wayin.Judge(in).Findings {
			if safe.Clean(g.Cause) != g.Cause || safe.Clean(g.Next.Command) != g.Next.Command {
				t.Errorf("%+v", g)
			}
		}
	})
}

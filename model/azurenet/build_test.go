package azurenet_test

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	resources = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/"
	vnetID    = resources + "virtualNetworks/vnet-hub"
	cidr      = "10.0.0.0/16"
)

func text(s string) safe.Text { return safe.New(s) }

func prefixes(list ...string) []model.Prefix {
	return model.NewPrefixes(safe.Texts(list...))
}

// rule makes a rule from "name priority access protocol source destination port"; commas
// part several, "asg:x" is an application security group, and a name with a < before it is
// outbound.
func rule(tb testing.TB, line string) azurenet.Rule {
	tb.Helper()
	w := strings.Fields(line)
	if len(w) != 7 {
		tb.Fatalf("%q has %d words", line, len(w))
	}
	priority, err := strconv.Atoi(w[1])
	if err != nil {
		tb.Fatal(err)
	}
	r := azurenet.Rule{Name: text(w[0]), Priority: priority, Direction: text("Inbound"), Access: text(w[2]), Protocol: text(w[3]), SourcePorts: safe.Texts("*"), Ports: safe.Texts(strings.Split(w[6], ",")...)}
	if name, out := strings.CutPrefix(w[0], "<"); out {
		r.Name, r.Direction = text(name), text("Outbound")
	}
	side := func(words string) (plain, groups []safe.Text) {
		for s := range strings.SplitSeq(words, ",") {
			if g, is := strings.CutPrefix(s, "asg:"); is {
				groups = append(groups, text(resources+"applicationSecurityGroups/"+g))
			} else {
				plain = append(plain, text(s))
			}
		}
		return plain, groups
	}
	r.Sources, r.SourceGroups = side(w[4])
	r.Destinations, r.DestinationGroups = side(w[5])
	return r
}

func rules(tb testing.TB, lines ...string) []azurenet.Rule {
	tb.Helper()
	var out []azurenet.Rule
	for _, l := range lines {
		out = append(out, rule(tb, l))
	}
	return out
}

func group(tb testing.TB, name string, lines ...string) azurenet.SecurityGroup {
	tb.Helper()
	return azurenet.SecurityGroup{ID: text(resources + "networkSecurityGroups/" + name), Name: text(name), Rules: rules(tb, lines...)}
}

func table(name string, routes ...azurenet.Route) azurenet.RouteTable {
	return azurenet.RouteTable{ID: text(resources + "routeTables/" + name), Name: text(name), Routes: routes}
}

func route(name, to, hop, address string) azurenet.Route {
	return azurenet.Route{Name: text(name), Prefix: prefixes(to)[0], NextHop: text(hop), Address: text(address)}
}

func subnet(name, ranges, nsg, rt string) model.Subnet {
	s := model.Subnet{Name: text(name), Prefixes: prefixes(ranges)}
	if nsg != "" {
		s.SecurityGroup = text(strings.ToUpper(resources) + "networkSecurityGroups/" + nsg)
	}
	if rt != "" {
		s.RouteTable = text(resources + "routeTables/" + rt)
	}
	return s
}

func card(name, address, in, nsg string, groups ...string) azurenet.Card {
	c := azurenet.Card{ID: text(resources + "networkInterfaces/" + name), Name: text(name), Machine: text(resources + "virtualMachines/vm-" + name)}
	a := azurenet.CardAddress{Address: text(address), Subnet: text(vnetID + "/subnets/" + in)}
	for _, g := range groups {
		a.Groups = append(a.Groups, text(resources+"applicationSecurityGroups/"+g))
	}
	c.Addresses = []azurenet.CardAddress{a}
	if nsg != "" {
		c.Group = text(resources + "networkSecurityGroups/" + nsg)
	}
	return c
}

// world is a VNET in which all is well: a subnet with a group and a table, and a server in
// it with a card that has a group of its own.
func world(tb testing.TB) azurenet.Facts {
	tb.Helper()
	return azurenet.Facts{
		VNet: model.VNet{
			ID: text(vnetID), Name: text("vnet-hub"), AddressPrefixes: prefixes("10.20.0.0/16"),
			Subnets: []model.Subnet{subnet("snet-apps", "10.20.4.0/24", "nsg-apps", "rt-apps"), subnet("snet-plain", "10.20.5.0/24", "", ""), subnet("snet-agw", "10.20.6.0/26", "", "")},
		},
		Groups: []azurenet.SecurityGroup{group(tb, "nsg-apps"), group(tb, "nsg-card")},
		Tables: []azurenet.RouteTable{table("rt-apps", route("all", "0.0.0.0/0", "VirtualAppliance", "10.20.9.4"))},
		Cards:  []azurenet.Card{card("nic-ledger", "10.20.4.10", "snet-apps", "nsg-card", "asg-ledger")},
	}
}

func question(to string, port int) azurenet.Question {
	return azurenet.Question{From: prefixes(cidr), To: netip.MustParseAddr(to), Protocol: azurenet.TCP, Port: port, Access: model.Yes, Peered: prefixes(cidr)}
}

// has fails the test unless a step is of an outcome and says all the words, and says what is
// to be done where something is wrong.
func has(t *testing.T, p azurenet.Passage, id azurenet.StepID, outcome azurenet.Outcome, words ...string) azurenet.Step {
	t.Helper()
	s, found := p.Step(id)
	if !found {
		t.Errorf("no step %s in %+v", id, p)
		return s
	}
	if s.Outcome != outcome {
		t.Errorf("%s: %s, want %s: %s", id, s.Outcome, outcome, s.Why)
	}
	said := s.Why + " / " + s.Finding.Next.Text + " / " + s.Finding.Next.Command
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%s: %q does not say %q", id, said, w)
		}
	}
	switch {
	case s.Why == "" || s.ID.Title() == string(s.ID):
		t.Errorf("%s says nothing: %+v", id, s)
	case (s.Outcome == azurenet.Open) != (s.Finding.Code == ""):
		t.Errorf("%s is %s and has the code %q", id, s.Outcome, s.Finding.Code)
	case s.Outcome == azurenet.Closed && (s.Finding.Severity != finding.Broken || s.Finding.Next.Text == ""):
		t.Errorf("%s is closed without a way out: %+v", id, s.Finding)
	}
	return s
}

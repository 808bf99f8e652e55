package assume_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestEffects(t *testing.T) {
	const table, name, group, vnet = assume.KeyTable, assume.KeyName, assume.KeyGroup, assume.KeyVNet
	for what, c := range map[string]struct {
		list []assume.Change
		want map[string]string // name of the subject: turn, severity before and after
		says string            // in what is thought of the first one afterwards
	}{
		"nothing":                  {nil, map[string]string{}, ""},
		"a mapping":                {[]assume.Change{change(t, "add mapping", assume.KeyDomain, "apps.internal", assume.KeyServers, []string{"10.20.0.4"})}, map[string]string{"billing": "other broken, unknown"}, ""},
		"a mapping to no VNET":     {[]assume.Change{change(t, "change mapping", assume.KeyDomain, "corp.internal", assume.KeyServers, []string{"10.77.0.4"})}, map[string]string{"orders": "", "corp-dns": ""}, ""},
		"no route":                 {[]assume.Change{change(t, "remove route", table, "rt-fw", name, "ALL")}, map[string]string{"ledger": "better attention, ok"}, ""},
		"no table":                 {[]assume.Change{change(t, "change subnet", assume.KeySubnet, "snet-ledger", table, "none")}, map[string]string{"ledger": "better attention, ok"}, ""},
		"another table":            {[]assume.Change{change(t, "change subnet", assume.KeySubnet, "snet-ledger", table, "rt-plain")}, map[string]string{"ledger": "better attention, ok"}, ""},
		"a route to nowhere":       {[]assume.Change{change(t, "change route", table, "rt-fw", name, "all", assume.KeyNextHop, "none")}, map[string]string{"ledger": "worse attention, broken"}, "drops"},
		"routes of peerings":       {[]assume.Change{change(t, "change table", table, "rt-plain", assume.KeyPeeringRoutes, "all"), change(t, "change subnet", assume.KeySubnet, "snet-ledger", table, "rt-plain")}, map[string]string{"ledger": "worse attention, broken"}, "disablePeeringRoute"},
		"a rule closes":            {[]assume.Change{change(t, "add rule", group, "nsg-ledger", name, "No", assume.KeyPriority, "150", assume.KeyDirection, "Inbound", assume.KeyAccess, "deny", assume.KeyPorts, "8000-9000")}, map[string]string{"ledger": "worse attention, broken"}, ""},
		"a rule behind":            {[]assume.Change{change(t, "add rule", group, "nsg-ledger", name, "No", assume.KeyPriority, "250", assume.KeyDirection, "Inbound", assume.KeyAccess, "deny", assume.KeyPorts, "8080")}, map[string]string{}, ""},
		"no rule":                  {[]assume.Change{change(t, "remove rule", group, "nsg-ledger", name, "AllowGateway")}, map[string]string{"ledger": "worse attention, broken"}, ""},
		"a first rule":             {[]assume.Change{change(t, "add rule", group, "nsg-dark", name, "In", assume.KeyPriority, "100", assume.KeyDirection, "Inbound", assume.KeyAccess, "Allow", assume.KeyPorts, "8080")}, map[string]string{"dark": "better unknown, ok"}, ""},
		"a first rule, other port": {[]assume.Change{change(t, "add rule", group, "nsg-dark", name, "In", assume.KeyPriority, "100", assume.KeyDirection, "Inbound", assume.KeyAccess, "Allow", assume.KeyPorts, "443")}, map[string]string{"dark": "other unknown, unknown"}, ""},
		"a new peering":            {[]assume.Change{change(t, "add peering", assume.KeyPeering, "partner", vnet, "vnet-partners")}, map[string]string{"partner": ""}, ""},
		"no peering":               {[]assume.Change{change(t, "remove peering", assume.KeyPeering, "hub-vnet")}, map[string]string{"ledger": "worse attention, broken", "hub-vnet": "gone ok, ok"}, ""},
		"no access":                {[]assume.Change{change(t, "change peering", assume.KeyPeering, "hub-vnet", assume.KeyAllowAccess, "no")}, map[string]string{"hub-vnet": "worse ok, attention"}, ""},
		"a range":                  {[]assume.Change{change(t, "add prefix", assume.KeyPrefix, "10.77.0.0/16")}, map[string]string{"hub-vnet": "worse ok, attention", "partner": ""}, ""},
		"a range in sync":          {[]assume.Change{change(t, "add prefix", assume.KeyPrefix, "10.77.0.0/16"), change(t, "change peering", assume.KeyPeering, "hub-vnet", assume.KeyInSync, "yes")}, map[string]string{"partner": ""}, ""},
		"an admin rule":            {[]assume.Change{change(t, "add admin-rule", name, "Deny", assume.KeyPriority, "1", assume.KeyDirection, "Inbound", assume.KeyAccess, "Deny", assume.KeyPorts, "8080")}, map[string]string{"ledger": "", "dark": ""}, ""},
	} {
		t.Run(what, func(t *testing.T) {
			f := facts()
			r := assume.Judge(f, assume.Proposal{Changes: c.list})
			for _, x := range r.Refused {
				t.Errorf("refused: %s", x.Error())
			}
			for subject, want := range c.want {
				e, found := effect(r, subject)
				if got := string(e.Turn) + " " + e.Before.Severity.String() + ", " + e.After.Severity.String(); !found || want != "" && got != want {
					t.Errorf("%s: %s, want %s (%s → %s)", subject, got, want, e.Before.Why, e.After.Why)
				}
				if !strings.Contains(e.After.Why+e.After.Next.Line(), c.says) {
					t.Errorf("%s: %q does not say %q", subject, e.After.Why, c.says)
				}
			}
			if len(c.want) == 0 && len(r.Effects) > 0 {
				t.Errorf("effects: %+v", r.Effects)
			}
			if !reflect.DeepEqual(f, facts()) {
				t.Error("the facts that were given are not as they were")
			}
			if r.Says() == "" || strings.Contains(r.Says(), "%!") {
				t.Errorf("%q", r.Says())
			}
		})
	}
}

func TestRefused(t *testing.T) {
	const table, name, group, vnet = assume.KeyTable, assume.KeyName, assume.KeyGroup, assume.KeyVNet
	inbound := []any{assume.KeyDirection, "Inbound", assume.KeyAccess, "Allow", assume.KeyPorts, "443"}
	for what, c := range map[string]struct {
		change assume.Change
		says   []string
	}{
		"a table that is not":     {change(t, "remove route", table, "rt-wf", name, "all"), []string{`no route table "rt-wf"`, "Perhaps rt-fw is meant"}},
		"a route that is not":     {change(t, "remove route", table, "rt-fw", name, "al"), []string{`no route "al" in the route table rt-fw`, "Perhaps all is meant"}},
		"a route that is":         {change(t, "add route", table, "rt-fw", name, "all", assume.KeyPrefix, "10.9.0.0/16", assume.KeyNextHop, "None"), []string{"already", "another name"}},
		"the same range":          {change(t, "add route", table, "rt-fw", name, "b", assume.KeyPrefix, "10.0.0.0/16", assume.KeyNextHop, "None"), []string{`"all"`, "one for each range"}},
		"no appliance":            {change(t, "change route", table, "rt-fw", name, "all", assume.KeyNextHop, "None", assume.KeyAddress, "10.1.1.1"), []string{"Only a route to an appliance"}},
		"a peering as next hop":   {change(t, "change route", table, "rt-fw", name, "all", assume.KeyNextHop, "VNetPeering"), []string{"none of VirtualAppliance"}},
		"a group that is not":     {change(t, "remove rule", group, "nsg-leger", name, "x"), []string{"Perhaps nsg-ledger is meant"}},
		"a priority that is":      {change(t, "add rule", append([]any{group, "nsg-ledger", name, "x", assume.KeyPriority, "200"}, inbound...)...), []string{`"AllowGateway"`, "priority 200"}},
		"a priority too low":      {change(t, "add rule", append([]any{group, "nsg-ledger", name, "x", assume.KeyPriority, "99"}, inbound...)...), []string{"100 at least"}},
		"a group in the dark":     {change(t, "add rule", append([]any{group, "nsg-dark", name, "x", assume.KeyPriority, "200"}, inbound...)...), []string{"could not be read", "you may not read nsg-dark", "priority 100"}},
		"a rule in the dark":      {change(t, "remove rule", group, "nsg-dark", name, "x"), []string{"could not be read"}},
		"a subnet that is not":    {change(t, "change subnet", assume.KeySubnet, "snet-leger", table, "none"), []string{"Perhaps snet-ledger is meant"}},
		"a VNET that is not":      {change(t, "add prefix", vnet, "vnet-hub2", assume.KeyPrefix, "10.9.0.0/16"), []string{`no VNET "vnet-hub2"`}},
		"an overlap":              {change(t, "add prefix", assume.KeyPrefix, "10.0.128.0/24"), []string{"the range of the network"}},
		"an overlap of its own":   {change(t, "add prefix", assume.KeyPrefix, "10.20.1.0/24"), []string{"of the VNET vnet-hub itself"}},
		"a range with subnets":    {change(t, "remove prefix", assume.KeyPrefix, "10.20.0.0/22"), []string{"The subnet snet-dns lies in"}},
		"a range that is not":     {change(t, "remove prefix", assume.KeyPrefix, "10.21.0.0/22"), []string{"no range 10.21.0.0/22"}},
		"a mapping that is":       {change(t, "add mapping", assume.KeyDomain, "CORP.internal.", assume.KeyServers, "10.20.0.4"), []string{"already", "10.20.0.4, 10.20.0.5"}},
		"a mapping that is not":   {change(t, "remove mapping", assume.KeyDomain, "crop.internal"), []string{"maps no domain", "Perhaps corp.internal is meant"}},
		"a server that cannot be": {change(t, "add mapping", assume.KeyDomain, "a.internal", assume.KeyServers, "168.63.129.16"), []string{"Konnect would not be sent"}},
		"a resolver that is not":  {change(t, "add mapping", assume.KeyResolver, "corp", assume.KeyDomain, "a.internal", assume.KeyServers, "10.20.0.4"), []string{`no resolver "corp"`, "corp-dns"}},
		"a peering that is":       {change(t, "add peering", assume.KeyPeering, "hub-vnet", assume.KeyPrefixes, "10.9.0.0/16"), []string{"already"}},
		"a peered VNET":           {change(t, "add peering", assume.KeyPeering, "x", vnet, "vnet-hub"), []string{"already"}},
		"a peering that meets":    {change(t, "add peering", assume.KeyPeering, "x", assume.KeyPrefixes, "10.20.3.0/24"), []string{"Azure would refuse", "hub-vnet"}},
		"a peering with itself":   {change(t, "add peering", assume.KeyPeering, "x", assume.KeyPrefixes, "10.0.0.0/24"), []string{"Azure would refuse"}},
		"other ranges":            {change(t, "add peering", assume.KeyPeering, "x", vnet, "vnet-partners", assume.KeyPrefixes, "10.78.0.0/16"), []string{"10.77.0.0/16"}},
		"a peering that is not":   {change(t, "remove peering", assume.KeyPeering, "hub"), []string{`no peering "hub"`, "hub-vnet"}},
		"nonsense":                {change(t, "add mapping", assume.KeyPriority, "1"), []string{"there is no priority", "domain is missing"}},
	} {
		t.Run(what, func(t *testing.T) {
			f := facts()
			got, refused := assume.Apply(f, []assume.Change{c.change})
			if len(refused) != 1 {
				t.Fatalf("it was made: %+v", refused)
			}
			for _, part := range c.says {
				if !strings.Contains(refused[0].Error(), part) {
					t.Errorf("%q does not say %q", refused[0].Error(), part)
				}
			}
			if !reflect.DeepEqual(got, facts()) {
				t.Error("the facts have changed")
			}
			if line := refused[0].Error(); safe.Clean(line) != line {
				t.Errorf("%q", line)
			}
		})
	}
}

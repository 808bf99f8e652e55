package assume_test

import (
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
)

// pair is a change with the change that takes it back.
type pair struct{ there, back assume.Change }

// made is a change of keys and values.
func made(v assume.Verb, k assume.Kind, values ...string) assume.Change {
	c := assume.Change{Verb: v, Kind: k, Values: map[assume.Key][]safe.Text{}}
	for i := 0; i+1 < len(values); i += 2 {
		key := assume.Key(values[i])
		c.Values[key] = append(c.Values[key], safe.New(values[i+1]))
	}
	return c
}

// pairs draws a change that the facts take, with its inverse.
func pairs(t *rapid.T, n int) pair {
	number := func(low, high int) string { return strconv.Itoa(rapid.IntRange(low, high).Draw(t, "number")) }
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "pick") }
	name := "new-" + strconv.Itoa(n)
	rule := []string{"direction", pick("Inbound", "Outbound"), "access", pick("Allow", "Deny"), "ports", pick("*", "8080", "1-8079", "53"), "from", pick("*", "10.0.0.0/16", "10.0.0.68", "VirtualNetwork")}
	route := []string{"table", "rt-fw", "name", name, "prefix", "10." + number(1, 250) + "." + strconv.Itoa(n) + ".0/24", "next_hop", pick("None", "VnetLocal", "Internet")}
	all := []pair{
		{made(assume.Add, assume.Route, route...), made(assume.Remove, assume.Route, "table", "rt-fw", "name", name)},
		{made(assume.Remove, assume.Route, "table", "rt-fw", "name", "all"), made(assume.Add, assume.Route, "table", "rt-fw", "name", "all", "prefix", "10.0.0.0/16", "next_hop", "VirtualAppliance", "address", "10.20.3.4")},
		{made(assume.Alter, assume.Route, "table", "rt-fw", "name", "all", "next_hop", pick("None", "Internet")), made(assume.Alter, assume.Route, "table", "rt-fw", "name", "all", "next_hop", "VirtualAppliance", "address", "10.20.3.4")},
		{made(assume.Add, assume.Rule, append(rule, "group", "nsg-ledger", "name", name, "priority", strconv.Itoa(100+n*300+rapid.IntRange(0, 99).Draw(t, "priority")))...), made(assume.Remove, assume.Rule, "group", "nsg-ledger", "name", name)},
		{made(assume.Remove, assume.Rule, "group", "nsg-ledger", "name", "DenyRest"), made(assume.Add, assume.Rule, "group", "nsg-ledger", "name", "DenyRest", "priority", "4000", "direction", "Inbound", "access", "Deny", "protocol", "Tcp", "ports", "*")},
		{made(assume.Alter, assume.Rule, "group", "nsg-ledger", "name", "AllowGateway", "ports", pick("443", "*")), made(assume.Alter, assume.Rule, "group", "nsg-ledger", "name", "AllowGateway", "ports", "8080")},
		{made(assume.Alter, assume.Subnet, "subnet", "snet-ledger", "table", pick("none", "rt-plain"), "group", "none"), made(assume.Alter, assume.Subnet, "subnet", "snet-ledger", "table", "rt-fw", "group", "nsg-ledger")},
		{made(assume.Alter, assume.Table, "table", "rt-fw", "peering_routes", "All"), made(assume.Alter, assume.Table, "table", "rt-fw", "peering_routes", "None")},
		{made(assume.Add, assume.Mapping, "domain", name+".internal", "servers", "10.20.0.4"), made(assume.Remove, assume.Mapping, "domain", name+".internal")},
		{made(assume.Alter, assume.Mapping, "domain", "corp.internal", "servers", "10.20.0.9"), made(assume.Alter, assume.Mapping, "domain", "corp.internal", "servers", "10.20.0.4", "servers", "10.20.0.5")},
		{made(assume.Remove, assume.Mapping, "domain", "hr.internal"), made(assume.Add, assume.Mapping, "domain", "hr.internal", "servers", "10.20.0.4")},
		{made(assume.Alter, assume.Peering, "peering", "hub-vnet", "allow_access", "no"), made(assume.Alter, assume.Peering, "peering", "hub-vnet", "allow_access", "yes")},
		{made(assume.Add, assume.Prefix, "prefix", "10.7"+number(0, 9)+".0.0/16"), made(assume.Remove, assume.Prefix, "prefix", "")},
		{made(assume.Add, assume.Peering, "peering", name, "prefixes", "10."+strconv.Itoa(100+n)+".0.0/16"), made(assume.Remove, assume.Peering, "peering", name)},
	}
	out := rapid.SampledFrom(all).Draw(t, "change")
	if out.there.Kind == assume.Prefix {
		out.back.Values[assume.KeyPrefix] = out.there.Values[assume.KeyPrefix]
	}
	return out
}

// A change that is made and taken back leaves every verdict as it was, whatever else is
// assumed; and what was given is never touched.
func TestAChangeAndItsInverse(t *testing.T) {
	want := paths.Judge(facts())
	before := facts()
	rapid.Check(t, func(t *rapid.T) {
		f := facts()
		var there, back []assume.Change
		for n := range rapid.IntRange(1, 4).Draw(t, "changes") {
			p := pairs(t, n)
			if _, refused := assume.Apply(f, append(there, p.there)); len(refused) > 0 {
				continue
			}
			there, back = append(there, p.there), append([]assume.Change{p.back}, back...)
		}
		after, refused := assume.Apply(f, append(there, back...))
		for _, r := range refused {
			t.Fatalf("%s: %s", r.Change, r.Error())
		}
		if got := paths.Judge(after); !reflect.DeepEqual(got, want) {
			effects, _ := assume.Compare(f, want, after, got)
			t.Fatalf("after %v and back: %+v", there, effects)
		}
		if effects, _ := assume.Compare(f, want, after, paths.Judge(after)); len(effects) > 0 {
			t.Fatalf("effects: %+v", effects)
		}
		if !reflect.DeepEqual(f, before) {
			t.Fatal("the facts that were given have changed")
		}
	})
}

// Nothing assumed is nothing changed, and the facts are the very same.
func TestNothingAssumed(t *testing.T) {
	f := facts()
	got, refused := assume.Apply(f, nil)
	if len(refused) > 0 || !reflect.DeepEqual(got, f) {
		t.Errorf("%+v", refused)
	}
	r := assume.Judge(f, assume.Proposal{})
	if len(r.Effects) > 0 || len(r.Stay) < 7 || r.Says() != "Nothing is assumed, and nothing changes." {
		t.Errorf("%+v, %d stay", r.Effects, len(r.Stay))
	}
	if r := assume.Judge(paths.Facts{}, assume.Proposal{Changes: []assume.Change{made(assume.Remove, assume.Mapping, "domain", "x")}}); len(r.Effects) > 0 {
		t.Errorf("without a network: %+v", r.Effects)
	}
}

// Two ways to the same world give the same judgement.
func TestTheOrderOfChangesDoesNotMatter(t *testing.T) {
	a := made(assume.Add, assume.Mapping, "domain", "apps.internal", "servers", "10.20.0.4")
	b := made(assume.Remove, assume.Route, "table", "rt-fw", "name", "all")
	c := made(assume.Alter, assume.Rule, "group", "nsg-ledger", "name", "AllowGateway", "ports", "443")
	one, _ := assume.Apply(facts(), []assume.Change{a, b, c})
	two, _ := assume.Apply(facts(), []assume.Change{c, b, a})
	if !reflect.DeepEqual(paths.Judge(one), paths.Judge(two)) {
		t.Error("they differ")
	}
}

func FuzzApply(f *testing.F) {
	f.Add("add", "route", "table", "rt-fw", "name", "x")
	f.Add("change", "rule", "group", "nsg-ledger", "priority", "99999999999999999999")
	f.Add("add", "peering", "peering", "x", "prefixes", "0.0.0.0/0")
	f.Fuzz(func(t *testing.T, verb, kind, k1, v1, k2, v2 string) {
		got, refused := assume.Apply(facts(), []assume.Change{made(assume.Verb(verb), assume.Kind(kind), k1, v1, k2, v2)})
		for _, r := range refused {
			if safe.Clean(r.Error()) != r.Error() {
				t.Errorf("%q", r.Error())
			}
		}
		_ = paths.Judge(got)
	})
}

package model_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
)

func remote(sub, vnet string) safe.Text {
	return text("/subscriptions/" + sub + "/resourceGroups/kong/providers/Microsoft.Network/virtualNetworks/" + vnet)
}

func TestFindKongHalf(t *testing.T) {
	network := model.Network{CIDR: model.NewPrefix(text("10.4.0.0/16"))}
	byID := network
	byID.VPCID = remote("KONG", "kong-vnet")
	other := model.VNetPeering{ID: text("other"), RemoteVNetID: remote("mine", "spoke"), Routed: prefixes("10.9.0.0/16"), State: model.VNetConnected}
	kong := model.VNetPeering{ID: text("kong"), RemoteVNetID: remote("kong", "kong-vnet"), Routed: prefixes("10.4.0.0/16"), State: model.VNetConnected}
	dead := model.VNetPeering{ID: text("dead"), RemoteVNetID: remote("kong", "older"), Routed: prefixes("10.4.0.0/16"), State: model.VNetDisconnected}
	foreign := model.VNetPeering{ID: text("foreign"), RemoteVNetID: remote("else", "x"), Routed: prefixes("10.4.0.0/16"), State: model.VNetInitiated}
	renumbered := model.VNetPeering{ID: text("renumbered"), RemoteVNetID: remote("kong", "kong-vnet"), RemoteNow: prefixes("10.77.0.0/16")}

	halves := model.VNetPeering{ID: text("halves"), RemoteVNetID: remote("kong", "kong-vnet"), Routed: prefixes("10.4.0.0/17", "10.4.128.0/17"), State: model.VNetConnected}
	silent := model.VNetPeering{ID: text("silent"), RemoteVNetID: remote("kong", "kong-vnet"), State: model.VNetInitiated}
	moved := model.VNetPeering{ID: text("moved"), RemoteVNetID: remote("kong", "kong-vnet"), Routed: prefixes("10.4.0.0/16"), RemoteNow: prefixes("10.77.0.0/16")}

	second := model.Network{CIDR: model.NewPrefix(text("10.4.128.0/17")), VPCID: remote("kong", "second-vnet")}

	for name, c := range map[string]struct {
		network   model.Network
		kongSub   string
		peerings  []model.VNetPeering
		want, how string
	}{
		"by the id that Konnect tells":     {byID, "", []model.VNetPeering{other, kong}, "kong", "Konnect names"},
		"by id, whatever its range":        {byID, "kong", []model.VNetPeering{renumbered}, "renumbered", "Konnect names"},
		"by range in Kong's account":       {network, "KONG", []model.VNetPeering{foreign, kong, other}, "kong", "Kong's subscription"},
		"by range alone":                   {network, "", []model.VNetPeering{other, foreign}, "foreign", "nothing else identifies"},
		"the living before the dead":       {network, "kong", []model.VNetPeering{dead, kong}, "kong", "several do"},
		"a dead one is still the half":     {network, "kong", []model.VNetPeering{other, dead}, "dead", "Kong's subscription"},
		"none of them":                     {network, "kong", []model.VNetPeering{other}, "", ""},
		"a network of Kong's, not this":    {network, "kong", []model.VNetPeering{renumbered}, "", ""},
		"another's VNET of the same range": {network, "kong", []model.VNetPeering{foreign}, "", ""},
		"the range in two halves":          {network, "kong", []model.VNetPeering{halves}, "halves", "10.4.0.0/17"},
		"no range, but Kong's account":     {network, "kong", []model.VNetPeering{silent}, "silent", "Kong's subscription"},
		"a range that was, and one now":    {network, "kong", []model.VNetPeering{moved}, "moved", "Kong's subscription"},
		"the half of a network beside":     {second, "kong", []model.VNetPeering{kong}, "", ""},
		"of another VNET of Kong's":        {second, "kong", []model.VNetPeering{moved}, "", ""},
		"no range, not the only one":       {network, "kong", []model.VNetPeering{silent, renumbered}, "", ""},
		"no peerings":                      {network, "kong", nil, "", ""},
		"a network without a good range":   {model.Network{CIDR: model.NewPrefix(text("soon"))}, "", []model.VNetPeering{{Routed: prefixes("soon")}}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, how, ok := model.FindKongHalf(c.network, text(c.kongSub), model.VNet{Peerings: c.peerings})
			if ok != (c.want != "") || p.ID.Raw() != c.want || !strings.Contains(how, c.how) {
				t.Errorf("found %q (%v) because %q; want %q because %q", p.ID, ok, how, c.want, c.how)
			}
		})
	}
}

func TestFindOverlaps(t *testing.T) {
	network := model.Network{CIDR: model.NewPrefix(text("10.0.0.0/16"))}
	vnet := model.VNet{
		Name: text("vnet"), AddressPrefixes: prefixes("10.1.0.0/16", "10.0.4.0/22", "fd00::/8", "nonsense"),
		Peerings: []model.VNetPeering{
			{ID: text("kong"), Name: text("to-kong"), Routed: prefixes("10.0.0.0/16")},
			{ID: text("spoke"), Name: text("to-spoke"), Routed: prefixes("10.0.128.0/17")},
			{ID: text("dead"), Name: text("to-dead"), Routed: prefixes("10.0.0.0/16"), State: model.VNetDisconnected},
		},
	}
	got := model.FindOverlaps(network, vnet, text("kong"))
	if len(got) != 2 || got[0].Other.String() != "10.0.4.0/22" || got[0].Peered || got[1].Of.Raw() != "to-spoke" || !got[1].Peered {
		t.Errorf("got %+v", got)
	}
	if got := model.FindOverlaps(network, vnet, safe.Text{}); len(got) != 3 {
		t.Errorf("without Kong's half there are 3 overlaps, got %d", len(got))
	}
}

func TestPrefix(t *testing.T) {
	p := model.NewPrefix(text("10.0.0.1/16"))
	if !p.Same(model.NewPrefix(text("10.0.0.0/16"))) || p.String() != "10.0.0.1/16" {
		t.Error("a range keeps its text and is compared by its addresses")
	}
	for address, want := range map[string]bool{"10.0.3.4": true, "::ffff:10.0.3.4": true, "10.1.0.0": false, "host": false, "": false} {
		if got := p.Contains(text(address)); got != want {
			t.Errorf("%s in %s: %v", address, p, got)
		}
	}
}

func TestRemoteSubscription(t *testing.T) {
	for id, want := range map[string]string{
		remote("abc", "v").Raw(): "abc", "/Subscriptions/x": "x", "": "", "/resourceGroups/x/y": "", "subscriptions": "",
	} {
		if got := (model.VNetPeering{RemoteVNetID: text(id)}).RemoteSubscription(); got.Raw() != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

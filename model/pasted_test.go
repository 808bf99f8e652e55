package model_test

import (
	"net/netip"
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

// pastedWorld has two networks, one with a peering and a resolver.
func pastedWorld() model.Snapshot {
	p := model.PeeringStatus{Peering: model.Peering{
		ID: text("22222222-2222-4222-8222-222222222222"), Name: text("hub"),
		VNet:  model.VNetRef{SubscriptionID: text("99999999-9999-4999-8999-999999999999"), ResourceGroup: text("rg-net"), Name: text("vnet-hub")},
		CIDRs: []model.Prefix{model.NewPrefix(text("10.20.0.0/16")), model.NewPrefix(text("10.30.0.0/24"))},
	}}
	p.Azure.Peering.ID = text("/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub/virtualNetworkPeerings/kong")
	wide := model.PeeringStatus{Peering: model.Peering{ID: text("55555555-5555-4555-8555-555555555555"), Name: text("wide"), CIDRs: []model.Prefix{model.NewPrefix(text("10.20.0.0/14"))}}}
	d := model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{ID: text("33333333-3333-4333-8333-333333333333"), Name: text("resolver")}}
	network := func(id, name, cidr string) model.Network {
		return model.Network{ID: text(id), Name: text(name), CIDR: model.NewPrefix(text(cidr))}
	}
	return model.Snapshot{Networks: []*model.NetworkStatus{
		{Network: network("11111111-1111-4111-8111-111111111111", "a", "10.0.0.0/16"), Peerings: []model.PeeringStatus{wide}},
		{Network: network("44444444-4444-4444-8444-444444444444", "b", "10.1.0.0/16"), Peerings: []model.PeeringStatus{p}, PrivateDNS: []model.PrivateDNSStatus{d}},
	}}
}

func TestWhatAPastedIDMeans(t *testing.T) {
	const vnet = "/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/RG-net/providers/Microsoft.Network/virtualNetworks/vnet-HUB"
	for typed, want := range map[string]string{
		"11111111-1111-4111-8111-111111111111":    "the network a",
		" 22222222-2222-4222-8222-222222222222\n": "the peering hub", //nolint:gocritic // as it is pasted
		"33333333-3333-4333-8333-333333333333":    "the private DNS object resolver",
		"https://cloud.konghq.com/x/44444444-4444-4444-8444-444444444444/y/22222222-2222-4222-8222-222222222222?tab=dns": "the peering hub", // the innermost
		"https://cloud.konghq.com/x/44444444-4444-4444-8444-444444444444/y/00000000-0000-4000-8000-000000000000":         "the network b",
		vnet:                                   "the VNET of hub",
		vnet + "/":                             "the VNET of hub",
		"\"" + vnet + "\"":                     "the VNET of hub",
		vnet + "/virtualNetworkPeerings/KONG":  "Azure's half of hub",
		vnet + "/virtualNetworkPeerings/other": "the VNET of hub",
		"https://portal.azure.com/#@contoso/resource" + vnet + "/overview": "the VNET of hub",
		// What is nobody's.
		vnet + "-2": "", "00000000-0000-4000-8000-000000000000": "", "11111111-1111-4111-8111-11111111111": "", "hub": "", "": "",
		"/subscriptions/99999999-9999-4999-8999-999999999999": "", "/subscriptions/": "",
	} {
		got, found := pastedWorld().Pasted(typed)
		if found != (want != "") || got.What != want {
			t.Errorf("%q: %q %v, want %q", typed, got.What, found, want)
		}
	}
}

func TestTheRangeOfAnAddress(t *testing.T) {
	for address, want := range map[string][]string{
		"10.20.1.1":   {"b hub", "a wide"}, // the longest range first
		"10.21.1.1":   {"a wide"},
		"10.30.0.9":   {"b hub"},
		"10.1.2.3":    {"b"},
		"192.168.0.1": nil,
		"fd00::1":     nil,
	} {
		var got []string
		for _, at := range pastedWorld().OfAddress(netip.MustParseAddr(address)) {
			word := at.Network.Name.String()
			if at.Peering != nil {
				word += " " + at.Peering.Name.String()
			}
			got = append(got, word)
		}
		if len(got) != len(want) || len(got) > 0 && (got[0] != want[0] || got[len(got)-1] != want[len(want)-1]) {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestWhatLooksLikeAnID(t *testing.T) {
	for typed, want := range map[string]bool{
		"11111111-1111-4111-8111-111111111111": true, "4F6d1c2b9a8e7d6c": true, "1234567890123456789": true,
		"abcdefabcdefabcd": false, "4f6d1c2b9a8e7d": false, "host-1": false, "10.20.0.4": false, "": false,
	} {
		if got := model.LooksLikeID(typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

package paths_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The cards that can be asked about are those of machines that have an address of the way,
// or are behind it.
func TestCardsOnTheWay(t *testing.T) {
	at := func(name, machine string, addresses ...string) azurenet.Card {
		c := azurenet.Card{ID: safe.New(name), Machine: safe.New(machine)}
		for _, a := range addresses {
			c.Addresses = append(c.Addresses, azurenet.CardAddress{Address: safe.New(a)})
		}
		return c
	}
	pool := func(targets ...azurenet.PoolTarget) []azurenet.Pool { return []azurenet.Pool{{Targets: targets}} }
	front := func(a string) []azurenet.Frontend { return []azurenet.Frontend{{Address: safe.New(a)}} }
	net := azurenet.Facts{
		Cards: []azurenet.Card{
			at("one", "vm", "10.1.0.4", "10.1.0.5"), at("endpoint", "", "10.1.0.6"), at("by-card", "vm", "10.1.0.7"), at("by-address", "vm", "10.1.0.8"), at("other", "vm", "10.1.0.9"),
		},
		Balancers:   []azurenet.Balancer{{Frontends: front("10.1.1.4"), Pools: pool(azurenet.PoolTarget{Card: safe.New("BY-CARD")})}},
		AppGateways: []azurenet.AppGateway{{Frontends: front("10.1.1.5"), Pools: pool(azurenet.PoolTarget{Address: safe.New("10.1.0.8")}, azurenet.PoolTarget{Host: safe.New("x")})}},
	}
	ref := model.VNetRef{Name: safe.New("v")}
	f := paths.Facts{
		VNets:   []paths.VNet{{Ref: ref, Net: net}, {Ref: ref, Net: net}}, // two peerings with one VNET
		Answers: []paths.Answer{{Name: safe.New("a.example.org"), Addresses: safe.Texts("10.1.0.5", "10.1.0.6")}},
	}
	for host, want := range map[string][]string{
		"10.1.0.4": {"one"}, "10.1.0.6": nil, "10.1.1.4": {"by-card"}, "10.1.1.5": {"by-address"}, "A.example.org": {"one"}, "b.example.org": nil, "10.9.9.9": nil,
	} {
		var got []string
		for _, ask := range f.CardAsks([]paths.Destination{{Host: safe.New(host), Port: 443}}) {
			got = append(got, ask.Card.Raw())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", host, got, want)
		}
	}
	if got := f.CardAsks(nil); got != nil {
		t.Errorf("%v", got)
	}
}

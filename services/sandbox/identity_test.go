package sandbox_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What the clouds tell of a network's identity is in their answers, and Kong's VNET stays
// where it is.
func TestIdentity(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), Events: []sandbox.Event{
		{Network: "us-west", Identity: &sandbox.Identity{CIDR: "10.99.0.0/16", VNet: "slash", Account: "kong-prod"}},
		{Network: "uk-lab", Peering: "too", Attach: &sandbox.Place{Subscription: "acme-prod", VNet: "vnet-inventory"}, State: "initializing"},
	}})}
	v.wants(200, `"provider_account_id":"kong-prod"`, "GET", v.s.Konnect+"/v2/cloud-gateways/provider-accounts", sandbox.Token, nil)
	list := v.s.Konnect + "/v2/cloud-gateways/networks?page[size]=100"
	v.wants(200, `"cidr_block":"10.99.0.0/16"`, "GET", list, sandbox.Token, nil)
	v.wants(200, `/`+`"}`, "GET", list, sandbox.Token, nil)
	vnet := v.s.ARM + v.sub("acme-prod") + "/resourceGroups/rg-us/providers/Microsoft.Network/virtualNetworks/vnet-inventory?api-version=2025-05-01"
	v.wants(200, `"addressPrefixes":["10.99.0.0/16"]`, "GET", vnet, sandbox.Token, nil)
	// A network that is gone leaves a dead half.
	v.s.World.Apply(sandbox.Event{Network: "us-west", Delete: true})
	v.wants(200, `"peeringState":"Disconnected"`, "GET", vnet, sandbox.Token, nil)
}

func TestIdentityThatMakesNoSense(t *testing.T) {
	t.Parallel()
	for event, want := range map[string]string{
		`{identity: {cidr: 10.0.0.0/16}}`:                                              "alone",
		`{network: eu-prod, peering: hub-vnet, identity: {vnet: none}}`:                "alone",
		`{network: eu-prod, identity: {cidr: 10.0.0.0}}`:                               "no range",
		`{network: eu-prod, attach: {subscription: acme-prod, vnet: vnet-hub}}`:        "a peering to make",
		`{network: eu-prod, peering: x, attach: {subscription: nobody, vnet: v}}`:      "not in this world",
		`{network: eu-prod, peering: x, attach: {subscription: acme-prod, vnet: nil}}`: "not in acme-prod",
	} {
		events, err := sandbox.ParseScenario([]byte("events: [" + event + "]"))
		if err == nil {
			_, err = sandbox.New(sandbox.Options{Clock: manual(), Events: events})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", event, err, want)
		}
	}
}

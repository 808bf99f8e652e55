package sandbox_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestVNetsThatGoElsewhere(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w, tok := v.s.World, sandbox.Token
	was := v.vnet("acme-prod", "vnet-orders")
	at := func(id string) string { return v.s.ARM + id + "?api-version=2025-05-01" }
	w.Apply(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-orders", Move: &sandbox.Move{Subscription: "acme-data", Group: "rg-moved"}})
	now := v.vnet("acme-data", "vnet-orders")
	v.wants(404, "ResourceNotFound", "GET", at(was), tok, nil)
	v.wants(200, `"virtualNetworkPeerings":[]`, "GET", at(now), tok, nil)
	if !strings.Contains(now, "/resourceGroups/rg-moved/") {
		t.Errorf("it is at %s", now)
	}

	edge := v.vnet("acme-prod", "vnet-edge")
	w.Apply(sandbox.Event{Subscription: "acme-prod", DeleteGroup: "rg-au"})
	v.wants(404, "ResourceGroupNotFound", "GET", at(edge), tok, nil)

	w.Apply(sandbox.Event{Subscription: "acme-data", SubscriptionState: "Disabled"})
	v.wants(200, "rg-moved", "GET", at(now), tok, nil)
	v.wants(409, "ReadOnlyDisabledSubscription", "PUT", v.at(now, "roleAssignments/"+guid1), tok, map[string]any{})
	w.Apply(sandbox.Event{Subscription: "acme-data", SubscriptionState: "gone"})
	v.wants(404, "SubscriptionNotFound", "GET", at(now), tok, nil)
	v.wants(400, "InvalidSubscriptionId", "GET", at("/subscriptions/prod"), tok, nil)
}

func TestMovesThatCannotBe(t *testing.T) {
	t.Parallel()
	w, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for says, e := range map[string]sandbox.Event{
		"tenant \"nobody\"":        {Subscription: "acme-prod", ToTenant: "nobody"},
		"resource group \"rg-no\"": {Subscription: "acme-prod", DeleteGroup: "rg-no"},
		"moves no VNET":            {Subscription: "acme-prod", Move: &sandbox.Move{Group: "rg"}},
		"to no group":              {Subscription: "acme-prod", VNet: "vnet-hub", Move: &sandbox.Move{}},
		"subscription \"no\"":      {Subscription: "acme-prod", VNet: "vnet-hub", Move: &sandbox.Move{Group: "rg", Subscription: "no"}},
		"there are Enabled":        {Subscription: "acme-prod", SubscriptionState: "Sleepy"},
		"needs a subscription":     {SubscriptionState: "Disabled"},
	} {
		if err := w.Schedule(e); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v", e, err)
		}
	}
}

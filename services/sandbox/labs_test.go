package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What a person of the demo meets, from the list of subscriptions to the peering
// that is ready on both sides.
func TestTheDemosSetUp(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Story: true, Clock: clock, Replication: 4 * time.Second, RBACDelay: 4 * time.Second})}
	w := v.s.World
	tok := w.GuestToken(sandbox.LabsDomain)
	v.wants(200, "labs-sandbox", "GET", v.s.ARM+"/subscriptions?api-version=2025-04-01", w.HomeToken(), nil)
	sub, vnet := v.sub("labs-sandbox"), v.vnet("labs-sandbox", "vnet-labs")
	v.wants(200, "10.60.8.0/22", "GET", v.s.ARM+sub+"/providers/Microsoft.Network/virtualNetworks?api-version=2025-05-01", w.HomeToken(), nil)

	// Nobody lets Kong in before somebody waits for it.
	list, _, _ := v.byApp()
	clock.Advance(time.Minute)
	v.wants(200, kongApp, "GET", list, sandbox.Token, nil)
	v.wants(200, `"value":[]`, "GET", list, tok, nil)
	clock.Advance(11 * time.Second)
	v.wants(200, `"value":[]`, "GET", list, tok, nil)
	clock.Advance(6 * time.Second)
	v.wants(200, kongApp, "GET", list, tok, nil)

	v.wants(201, guid1, "PUT", v.at(sub, "roleDefinitions/"+guid1), tok, role("Kong Cloud Gateway Peering Creator", sub))
	clock.Advance(4 * time.Second)
	kong := w.Principals(sandbox.LabsDomain)[0].ObjectID
	// The right shows, and is refused once.
	v.wants(200, "Microsoft.Authorization/*", "GET", v.at(vnet, "permissions"), tok, nil)
	give := func(status int, says string) {
		t.Helper()
		v.wants(status, says, "PUT", v.at(vnet, "roleAssignments/"+guid2), tok, assignment(guid1, kong, "ServicePrincipal"))
	}
	give(403, "AuthorizationFailed")
	clock.Advance(7 * time.Second)
	give(403, "AuthorizationFailed")
	clock.Advance(time.Second)
	give(201, guid2)

	// The network of the story has a waiting peering of its own.
	v.wants(201, "", "POST", v.network("uk-lab")+"/transit-gateways", sandbox.Token,
		attach("labs", w.TenantID(sandbox.LabsDomain), w.SubscriptionID("labs-sandbox"), "rg-network", "vnet-labs"))
	clock.Advance(13 * time.Second)
	got := last(v, "uk-lab")
	if got.Name != "labs" || got.State != "ready" || got.Half != "Connected" || !strings.EqualFold(got.VNet, vnet) {
		t.Errorf("%+v", got)
	}
	w.ClearFaults()
}

// Whatever a person deletes, the demo goes on.
func TestTheStoryOutlivesDeletions(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Story: true, Clock: clock})}
	w := v.s.World
	gone := map[string]string{"uk-lab": "lab", "us-west": "inventory", "jp-new": "tokyo"}
	for range 400 {
		clock.Advance(time.Second)
		w.CatchUp()
		w.ClearFaults()
		for network, name := range gone {
			for _, p := range w.Peerings(network) {
				if p.Name == name && (p.State == "ready" || p.State == "pending-user-action" || p.State == "error") {
					v.wants(204, "", "DELETE", v.network(network)+"/transit-gateways/"+p.ID, sandbox.Token, nil)
				}
			}
		}
	}
	for network := range gone {
		if got := w.Peerings(network); len(got) != 0 {
			t.Errorf("%s has %+v", network, got)
		}
	}
}

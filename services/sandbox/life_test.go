package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What becomes of a new peering, by what Azure is like.
func TestTheLifeOfAPeering(t *testing.T) {
	t.Parallel()
	const net = "Network Contributor"
	kongMay := func(vnet string) sandbox.Event {
		return sandbox.Event{Subscription: "acme-prod", VNet: vnet, Grant: net, To: "kong"}
	}
	for name, c := range map[string]struct {
		options sandbox.Options
		before  []sandbox.Event
		vnet    string
		network string
		after   []sandbox.Event // some time later
		want    string
		half    string
		reason  string
	}{
		"all is well":        {before: []sandbox.Event{kongMay("vnet-dmz")}, vnet: "vnet-dmz", want: "ready", half: "Connected"},
		"rights above":       {before: []sandbox.Event{{Subscription: "acme-prod", Grant: "Contributor", To: "kong"}}, vnet: "vnet-dmz", want: "ready", half: "Connected"},
		"too few rights":     {before: []sandbox.Event{{Subscription: "acme-prod", Grant: "Reader", To: "kong"}}, vnet: "vnet-dmz", want: "pending-user-action", half: "none"},
		"no rights":          {vnet: "vnet-dmz", want: "pending-user-action", half: "none"},
		"rights come late":   {vnet: "vnet-dmz", after: []sandbox.Event{kongMay("vnet-dmz")}, want: "ready", half: "Connected"},
		"no consent":         {before: []sandbox.Event{kongMay("vnet-dmz"), {Tenant: sandbox.HomeDomain, Principal: "deleted"}}, vnet: "vnet-dmz", want: "pending-user-action", half: "none"},
		"disabled":           {before: []sandbox.Event{kongMay("vnet-dmz"), {Tenant: sandbox.HomeDomain, Principal: "disabled"}}, vnet: "vnet-dmz", want: "pending-user-action", half: "none"},
		"made anew":          {before: []sandbox.Event{kongMay("vnet-dmz"), {Tenant: sandbox.HomeDomain, Principal: "recreated"}}, vnet: "vnet-dmz", want: "pending-user-action", half: "none"},
		"enabled late":       {before: []sandbox.Event{kongMay("vnet-dmz"), {Tenant: sandbox.HomeDomain, Principal: "disabled"}}, vnet: "vnet-dmz", after: []sandbox.Event{{Tenant: sandbox.HomeDomain, Principal: "enabled"}}, want: "ready", half: "Connected"},
		"refused":            {options: sandbox.Options{RefusalIsError: true}, vnet: "vnet-dmz", want: "error", half: "none", reason: "LinkedAuthorizationFailed"},
		"no VNET":            {before: []sandbox.Event{{Subscription: "acme-prod", Grant: net, To: "kong"}}, vnet: "vnet-none", want: "error", reason: "ResourceNotFound", half: "none"},
		"no VNET to be seen": {vnet: "vnet-none", want: "pending-user-action", half: "none"},
		"overlap":            {before: []sandbox.Event{kongMay("vnet-legacy")}, vnet: "vnet-legacy", network: "eu-prod", want: "error", half: "none", reason: "VnetAddressSpacesOverlap"},
		"overlap beside":     {before: []sandbox.Event{kongMay("vnet-hub")}, vnet: "vnet-hub", network: "uk-lab", want: "ready", half: "Connected"},
		"dead half":          {before: []sandbox.Event{{Network: "us-prod", Peering: "orders", Azure: "Disconnected"}, {Network: "us-prod", Peering: "orders", Delete: true}}, vnet: "vnet-orders", network: "us-prod", want: "error", half: "Disconnected", reason: "RemotePeeringIsDisconnected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := manual()
			c.options.Clock = clock
			v := visitor{t, sandboxtest.Start(t, c.options)}
			for _, e := range c.before {
				v.s.World.Apply(e)
			}
			network := c.network
			if network == "" {
				network = "eu-prod"
			}
			group := "rg-network"
			if c.vnet == "vnet-orders" {
				group = "rg-us"
			}
			v.wants(201, `"state":"initializing"`, "POST", v.network(network)+"/transit-gateways", sandbox.Token,
				attach("new", v.s.World.TenantID(sandbox.HomeDomain), v.s.World.SubscriptionID("acme-prod"), group, c.vnet))
			clock.Advance(time.Minute)
			if c.after != nil {
				if got := last(v, network); got.State != "pending-user-action" {
					t.Errorf("before: %+v", got)
				}
				for _, e := range c.after {
					v.s.World.Apply(e)
				}
				clock.Advance(time.Minute)
			}
			if got := last(v, network); got.State != c.want || got.Half != c.half || !strings.HasPrefix(got.Reason, c.reason) || (c.reason == "") != (got.Reason == "") {
				t.Errorf("%+v, want %s with %s and %q", got, c.want, c.half, c.reason)
			}
		})
	}
}

func last(v visitor, network string) sandbox.PeeringView {
	all := v.s.World.Peerings(network)
	return all[len(all)-1]
}

// Ranges must also leave room for what both sides are peered with already.
func TestRangesThatAreTaken(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	w := v.s.World
	w.Apply(sandbox.Event{Subscription: "acme-prod", Grant: "Contributor", To: "kong"})
	post := func(network, group, vnet, reason string) {
		t.Helper()
		v.wants(201, "", "POST", v.network(network)+"/transit-gateways", sandbox.Token,
			attach("new "+vnet, w.TenantID(sandbox.HomeDomain), w.SubscriptionID("acme-prod"), group, vnet))
		clock.Advance(time.Minute)
		if got := last(v, network); !strings.HasPrefix(got.Reason, reason) || (reason == "") != (got.State == "ready") {
			t.Errorf("%s to %s: %+v", network, vnet, got)
		}
	}
	// vnet-shared of eu-prod holds this range.
	w.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Prefixes: []string{"10.22.8.0/24"}})
	post("eu-prod", "rg-us", "vnet-inventory", "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet")
	w.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Prefixes: []string{"10.17.0.0/20"}})
	post("eu-prod", "rg-network", "vnet-dmz", "")
	post("eu-stage", "rg-network", "vnet-dmz", "")
}

// An assignment acts some time after it was made.
func TestRightsThatActLate(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, RBACDelay: 10 * time.Minute})}
	w := v.s.World
	dmz := v.vnet("acme-prod", "vnet-dmz")
	v.wants(201, "", "PUT", v.at(dmz, "roleAssignments/"+guid1), sandbox.Token, assignment(w.Roles(sandbox.HomeDomain)[0].ID, w.Principals(sandbox.HomeDomain)[0].ObjectID, "ServicePrincipal"))
	v.wants(201, "", "POST", v.network("eu-prod")+"/transit-gateways", sandbox.Token, attach("new", w.TenantID(sandbox.HomeDomain), w.SubscriptionID("acme-prod"), "rg-network", "vnet-dmz"))
	clock.Advance(9 * time.Minute)
	if got := last(v, "eu-prod"); got.State != "pending-user-action" {
		t.Errorf("%+v", got)
	}
	clock.Advance(2 * time.Minute)
	if got := last(v, "eu-prod"); got.State != "ready" {
		t.Errorf("%+v", got)
	}
}

// A waiting peering that was there before goes on as soon as it may, and one that
// Kong may no longer reach leaves its half behind.
func TestPeeringsOfTheWorldLive(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	w := v.s.World
	w.Apply(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-stage-hub", Grant: kongOne, To: "kong"})
	clock.Advance(time.Minute)
	if got := last(v, "eu-stage"); got.State != "ready" || got.Half != "Connected" {
		t.Errorf("%+v", got)
	}
	w.Apply(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-stage-hub", Withdraw: kongOne, To: "kong"})
	v.wants(204, "", "DELETE", v.network("eu-stage")+"/transit-gateways/"+last(v, "eu-stage").ID, sandbox.Token, nil)
	clock.Advance(time.Minute)
	if got := last(v, "eu-stage"); got.Name != "stage-apps" {
		t.Errorf("%+v", got)
	}
	v.wants(200, "Disconnected", "GET", v.s.ARM+v.vnet("acme-prod", "vnet-stage-hub")+"/virtualNetworkPeerings?api-version=2025-05-01", sandbox.Token, nil)
	if text := v.wants(200, "vnet-stage-hub", "GET", v.s.ARM+v.vnet("acme-prod", "vnet-stage-hub")+"?api-version=2025-05-01", sandbox.Token, nil); strings.Contains(text, "Connected\"") {
		t.Errorf("%s", text)
	}
}

// Every peering that is done has somebody who could do it.
func TestKongMayDoWhatItHasDone(t *testing.T) {
	t.Parallel()
	w, err := sandbox.New(sandbox.Options{Clock: manual()})
	if err != nil {
		t.Fatal(err)
	}
	for _, network := range []string{"eu-prod", "eu-stage", "de-core", "fr-pay", "us-prod", "us-west", "ca-data", "au-edge"} {
		for _, p := range w.Peerings(network) {
			given := w.Assignments(p.VNet)
			if (p.State == "ready") != (len(given) == 1 && given[0].PrincipalType == "ServicePrincipal") && p.State != "error" {
				t.Errorf("%s %s is %s with %v", network, p.Name, p.State, given)
			}
		}
	}
}

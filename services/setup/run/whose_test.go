package run_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

const otherVNet = "/subscriptions/7d1d3a0e-5e0f-4c3b-9a9e-2f0c5a6b7c8d/resourceGroups/kong/providers/Microsoft.Network/virtualNetworks/kong-gone"

// left is a half in the VNET of the set-up that somebody has left there.
func left(state, prefix string) sandbox.Event {
	return sandbox.Event{Subscription: "labs-sandbox", VNet: "vnet-labs", Around: &sandbox.Around{Peerings: []sandbox.OtherPeering{
		{Name: "kong-old", Remote: otherVNet, Prefixes: []string{prefix}, State: state},
	}}}
}

// sameRange gives another network the range of the set-up's.
func sameRange(at *sandbox.Place) []sandbox.Event {
	out := []sandbox.Event{{Network: "uk-spare", Identity: &sandbox.Identity{CIDR: "10.60.0.0/16"}}}
	if at != nil {
		out = append(out, sandbox.Event{Network: "uk-spare", Peering: "labs-too", Attach: at})
	}
	return out
}

// A set-up gets done whatever Konnect calls the account and the VNET, and with networks of
// the same range beside it.
func TestASetUpIsDoneWhateverTheAccountIsCalled(t *testing.T) {
	t.Parallel()
	for name, events := range map[string][]sandbox.Event{
		"a name":                      {{Network: "uk-lab", Identity: &sandbox.Identity{Account: "kong-prod"}}},
		"another GUID":                {{Network: "uk-lab", Identity: &sandbox.Identity{Account: "6c1f0f3e-7a53-4a52-9d02-5b7c0c8d1e2f"}}},
		"a path, and the VNET's name": {{Network: "uk-lab", Identity: &sandbox.Identity{Account: "/subscriptions/x/y", VNet: "name"}}},
		"the VNET's id in capitals":   {{Network: "uk-lab", Identity: &sandbox.Identity{Account: "?", VNet: "upper"}}},
		"the same range elsewhere":    sameRange(&sandbox.Place{Subscription: "acme-prod", VNet: "vnet-edge"}),
		"the same range, unused":      sameRange(nil),
		// Its peering is in the list, and it has no half: the one that comes is this run's.
		"the same range and VNET":    sameRange(&sandbox.Place{Subscription: "labs-sandbox", VNet: "vnet-labs"}),
		"a dead half of other range": {left("Disconnected", "10.200.0.0/16")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			for _, e := range events {
				p.event(e)
			}
			run := p.start(p.runner, p.request(setup.DNSNone), p.willing)
			p.must(run, setup.RunDone)
			s := run.Step(setup.StepReady)
			if s.State != setup.StepDone || s.Halves == nil || s.Halves.Finding.Code != "azure-connected" {
				t.Errorf("%s, %+v\n%s", s.State, s.Halves, p.story(p.runner))
			}
		})
	}
}

// Before it makes anything, a set-up says what holds the range: the same as everywhere.
func TestPreflightSaysWhoseHalfIsInTheWay(t *testing.T) {
	t.Parallel()
	named := sandbox.Event{Network: "uk-lab", Identity: &sandbox.Identity{VNet: "whole"}}
	for name, c := range map[string]struct {
		events  []sandbox.Event
		code    string
		command string
		never   string
	}{
		"of a network that is gone": {[]sandbox.Event{named, left("Disconnected", "10.60.0.0/16")}, "half-left-over", "peering delete", ""},
		"of a network that is there": {
			append(sameRange(nil), named, sandbox.Event{Network: "uk-spare", Identity: &sandbox.Identity{VNet: otherVNet}}, left("Disconnected", "10.60.0.0/16")),
			"half-range-taken", "peering list", "peering delete",
		},
		"of either":                   {append(sameRange(nil), named, left("Disconnected", "10.60.0.0/16")), "half-cannot-tell", "peering show", "peering delete"},
		"its own, of an earlier time": {[]sandbox.Event{left("Disconnected", "10.60.0.0/16")}, "waiting-disconnected", "peering delete", ""},
		"of a second network":         {append(sameRange(nil), left("Connected", "10.60.0.0/16")), "half-range-taken", "peering list", "peering delete"},
		"of somebody unknown":         {[]sandbox.Event{left("Connected", "10.60.0.0/17")}, "half-range-taken", "peering list", "peering delete"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			for _, e := range c.events {
				p.event(e)
			}
			run := p.start(p.runner, p.request(setup.DNSNone), func(setup.Run, *setup.Step) *setup.RunCommand { return nil })
			s := run.Step(setup.StepPreflight)
			if run.Current != setup.StepPreflight || p.writes() > 0 {
				t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
			}
			found := ""
			for _, f := range s.Findings {
				if string(f.Code) == c.code {
					found = f.Next.Line()
				}
			}
			if !strings.Contains(found, c.command) || c.never != "" && strings.Contains(found, c.never) {
				t.Errorf("%q\n%s", found, p.story(p.runner))
			}
		})
	}
}

// A teardown takes the role away only where no other network needs it, and points at no
// half for deletion that another may own.
func TestATeardownLeavesWhatOthersNeed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		events []sandbox.Event
		keeps  string
	}{
		"nobody else": {nil, ""},
		"another network is peered, and its account has a name": {
			[]sandbox.Event{
				{Network: "uk-spare", Identity: &sandbox.Identity{Account: "kong-prod"}},
				{Network: "uk-spare", Peering: "too", Attach: &sandbox.Place{Subscription: "labs-sandbox", VNet: "vnet-labs"}, Azure: "Connected"},
			}, "needs it",
		},
		"another network waits for its half": {
			[]sandbox.Event{{Network: "uk-spare", Peering: "too", Attach: &sandbox.Place{Subscription: "labs-sandbox", VNet: "vnet-labs"}, State: "pending-user-action"}}, "needs it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			run := p.start(p.runner, p.request(setup.DNSNone), p.willing)
			p.must(run, setup.RunDone)
			for _, e := range c.events {
				p.event(e)
			}
			p.must(p.down(p.willing), setup.RunDone)
			story := p.story(p.runner)
			if kept := strings.Contains(story, "needs it"); kept != (c.keeps != "") {
				t.Errorf("kept %v\n%s", kept, story)
			}
		})
	}
}

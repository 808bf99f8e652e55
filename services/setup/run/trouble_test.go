package run_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// An answer that gets lost after the work was done: the run looks before it sends
// anything again, and makes nothing twice.
func TestFault07LostAnswersOfASetUp(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]sandbox.Fault{
		"role":       {Service: "arm", Path: "roleDefinitions", Method: http.MethodPut},
		"assignment": {Service: "arm", Path: "roleAssignments", Method: http.MethodPut},
		"peering":    {Service: "konnect", Path: "transit-gateways", Method: http.MethodPost},
		"resolver":   {Service: "konnect", Path: "private-dns", Method: http.MethodPost},
	} {
		for _, kind := range []string{"reset", "truncated", "html", "503"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				longtest.OneIn(t, 4)
				p := consented(t)
				f := f
				f.After, f.Times, f.Kind = true, 1, kind
				if kind == "503" {
					f.Kind, f.Status = "", 503
				}
				p.event(sandbox.Event{Fault: &f})
				run := p.start(p.runner, p.request(setup.DNSResolver), func(run setup.Run, s *setup.Step) *setup.RunCommand {
					if run.State == setup.RunFailed {
						return &setup.RunCommand{Kind: setup.CommandRetry} // a person would
					}
					return p.willing(run, s)
				})
				p.must(run, setup.RunDone)
				p.onceEach(setup.DNSResolver)
				if len(run.Made) != 4 {
					t.Errorf("made %+v\n%s", run.Made, p.story(p.runner))
				}
			})
		}
	}
}

// A role of the wanted name that lies where it cannot be seen, or not be changed: a
// second one is made when a person says so, and found by the next run.
func TestSecondRole(t *testing.T) {
	t.Parallel()
	for name, may := range map[string]string{"hidden": "", "may not be changed": "Reader"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.event(sandbox.Event{Subscription: "acme-prod", Withdraw: "Owner"})
			if may != "" {
				p.event(sandbox.Event{Subscription: "acme-prod", Grant: may})
			}
			request := p.home("acme-data", "rg-analytics", "vnet-analytics")
			request.RoleName = safe.New(model.DefaultRoleName + model.RoleNameSuffix)
			before := len(p.world.Roles("acme.example"))
			asked := ""
			run := p.start(p.runner, request, func(run setup.Run, s *setup.Step) *setup.RunCommand {
				if s.ID == setup.StepRole && s.Asks != nil {
					asked = s.Asks.Text
				}
				return p.willing(run, s)
			})
			p.must(run, setup.RunDone)
			if n := len(p.world.Roles("acme.example")); n != before+1 || !strings.Contains(asked, "role") {
				t.Errorf("%d roles became %d; asked %q\n%s", before, n, asked, p.story(p.runner))
			}
			again := p.start(p.runner, request, p.willing)
			if p.must(again, setup.RunDone); again.Writes != 0 {
				t.Errorf("the second run wrote %d times\n%s", again.Writes, p.story(p.runner))
			}
		})
	}
}

// A run that watches a peering tells what happens to it, with the cure.
func TestWhileItWatches(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event sandbox.Event
		says  string
		cure  string
	}{
		"the peering is deleted": {sandbox.Event{Network: "uk-lab", Peering: "labs", Delete: true}, "not there any more", "Retry the run"},
		"the network is deleted": {sandbox.Event{Network: "uk-lab", Delete: true}, "not there any more", "Retry the run"},
		"Azure's refusal is relayed": {
			sandbox.Event{Network: "uk-lab", Peering: "labs", State: "error", Reason: "LinkedAuthorizationFailed: the client is not authorized on vnet-labs."},
			"LinkedAuthorizationFailed", "up to 10 min to act",
		},
		"an old half is in the way": {
			sandbox.Event{Network: "uk-lab", Peering: "labs", State: "error", Reason: "RemotePeeringIsDisconnected"}, "old half", "Look for a disconnected half",
		},
		"overlap": {
			sandbox.Event{Network: "uk-lab", Peering: "labs", State: "error", Reason: "VnetAddressSpacesOverlap: 10.60.0.0/16."}, "overlap", "another address range",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{PeeringTime: time.Hour})
			p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
			if err := p.runner.Start(p.request(setup.DNSNone), setup.Options{StopAt: []setup.StepID{setup.StepReady}}); err != nil {
				t.Fatal(err)
			}
			run := p.follow(p.runner, func(run setup.Run, s *setup.Step) *setup.RunCommand {
				if run.State == setup.RunPaused {
					p.event(c.event)
				}
				if run.State == setup.RunFailed {
					return nil
				}
				return p.willing(run, s)
			})
			p.must(run, setup.RunFailed)
			f := run.Step(run.Current).Failure
			if run.Current != setup.StepReady || !strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) {
				t.Errorf("at %s: %q, cure %q", run.Current, f.Cause, f.Cure)
			}
		})
	}
}

// A peering that takes longer than anybody would wait is asked about once.
func TestLongWait(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{PeeringTime: 40 * time.Minute})
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	asked := 0
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepReady {
			asked++
		}
		return p.willing(run, s)
	})
	if p.must(run, setup.RunDone); asked != 1 {
		t.Errorf("asked %d times\n%s", asked, p.story(p.runner))
	}
}

// The rules that a resolver has stay, and a domain that goes elsewhere is asked for.
func TestResolverThatIsThere(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	request := p.home("acme-prod", "rg-network", "vnet-hub")
	request.Network, request.Peering, request.DNS = safe.New("eu-prod"), safe.New("hub-vnet"), setup.DNSResolver
	request.Mappings = []model.DNSMapping{{Domains: texts("new.example.org", "hr.example.org"), Servers: texts("10.20.0.4", "10.20.0.5")}}
	before := p.world.Resolvers("eu-prod")[0].Servers
	asked := ""
	run := p.start(p.runner, request, func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepDNS {
			asked = s.Asks.Text
		}
		return p.willing(run, s)
	})
	p.must(run, setup.RunDone)
	after := p.world.Resolvers("eu-prod")[0].Servers
	if len(after) != len(before)+1 || len(after["hr.example.org"]) != 2 || len(after["new.example.org"]) != 2 || run.Writes != 1 || !strings.Contains(asked, "hr.example.org goes to 10.20.0.5 now") {
		t.Errorf("%v became %v; asked %q, %d writes", before, after, asked, run.Writes)
	}
}

package run_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A token that runs out in the middle of a set-up stops it before the step that needs it;
// with a new one it goes on, and nothing is made twice.
func TestFault18ASetUpWithoutItsToken(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"peering": "transit-gateways", "resolver": "private-dns"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Method: http.MethodPost, Path: path, Status: 401}})
			run := p.start(p.runner, p.request(setup.DNSResolver), p.willing)
			p.must(run, setup.RunFailed)
			if f := run.Step(run.Current).Failure; f.Kind != model.FailureAuth || !strings.Contains(f.Cause.String(), "refuses the token") {
				t.Fatalf("at %s: %+v", run.Current, f)
			}
			p.world.ClearFaults() // a new token
			if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandRetry}); err != nil {
				t.Fatal(err)
			}
			p.must(p.follow(p.runner, p.willing), setup.RunDone)
			p.onceEach(setup.DNSResolver)
		})
	}
}

// Fault 36: az is not signed in, or to another tenant or subscription.
// Seen: the set-up stops before anything is written; it names the tenant that is meant and
// the one that the token is of, with the command that signs in to the right one.
func TestFault36AnotherTenant(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(p *place, r *setup.Request){
		"nobody is signed in": func(_ *place, r *setup.Request) {
			r.VNet.TenantID = safe.New("99999999-9999-4999-8999-999999999999")
		},
		"another tenant": func(p *place, r *setup.Request) { r.VNet.TenantID = safe.New(p.world.TenantID("acme.example")) },
		"another subscription": func(_ *place, r *setup.Request) {
			r.VNet.SubscriptionID = safe.New("99999999-9999-4999-8999-999999999999")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			before, r := p.writes(), p.request(setup.DNSNone)
			edit(p, &r)
			run := p.start(p.runner, r, nobody)
			s := run.Step(run.Current)
			if run.Current != setup.StepPreflight || p.writes() != before || run.State != setup.RunFailed && run.State != setup.RunNeedsPerson {
				t.Fatalf("%s at %s after %d writes\n%s", run.State, run.Current, p.writes()-before, p.story(p.runner))
			}
			said := p.story(p.runner)
			if s.Failure != nil {
				said += s.Failure.Error() + s.Failure.Cure
			}
			for _, f := range s.Findings {
				said += f.Cause + f.Next.Line()
			}
			if meant := r.VNet.SubscriptionID.Raw(); name == "another subscription" && !strings.Contains(said, meant) || name != "another subscription" && !strings.Contains(said, r.VNet.TenantID.Raw()) {
				t.Errorf("it does not name what is meant: %s", said)
			}
		})
	}
}

// Fault 41: the role in Azure has the other one of its two names, with “ - Kong” behind it or
// without.
// Seen: that role is used, by its id: none is made beside it, and the assignment names the
// role that was checked.
func TestFault41TheOtherNameOfTheRole(t *testing.T) {
	t.Parallel()
	for made, wanted := range map[string]string{model.DefaultRoleName: model.DefaultRoleName + model.RoleNameSuffix, model.DefaultRoleName + model.RoleNameSuffix: model.DefaultRoleName} {
		t.Run(made, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			r := p.request(setup.DNSNone)
			r.RoleName = safe.New(made)
			p.must(p.start(p.runner, r, p.willing), setup.RunDone)
			roles := p.world.Roles(sandbox.LabsDomain)
			given := p.world.Assignments(p.vnet())
			r.RoleName = safe.New(wanted)
			again := p.start(p.runner, r, p.willing)
			p.must(again, setup.RunDone)
			if again.Writes != 0 || len(p.world.Roles(sandbox.LabsDomain)) != len(roles) || len(p.world.Assignments(p.vnet())) != len(given) {
				t.Errorf("%d writes, %d roles became %d\n%s", again.Writes, len(roles), len(p.world.Roles(sandbox.LabsDomain)), p.story(p.runner))
			}
		})
	}
}

// Fault 42: Kong's application does not come into the tenant after the consent, or late.
// Seen: how long it has been looked for; it goes on by itself when it shows, also after
// minutes. Until then the link stays, and the step says that the consent is not seen.
func TestFault42ConsentThatShowsLate(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	began, asked := p.clock.Now(), 0
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID != setup.StepConsent {
			return p.willing(run, s)
		}
		if asked++; p.clock.Now().Sub(began) > 4*time.Minute {
			p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
		}
		return &setup.RunCommand{} // nobody presses a key
	})
	if p.must(run, setup.RunDone); asked == 0 || p.clock.Now().Sub(began) < 4*time.Minute {
		t.Errorf("asked %d times\n%s", asked, p.story(p.runner))
	}
	p.onceEach(setup.DNSNone)
}

// Fault 43: Azure does not know the application yet to which the role is given
// (PrincipalNotFound).
// Seen: the wait, with the next try; the assignment names the object id and what it is, and
// is made once.
func TestFault43PrincipalNotFound(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "roleAssignments", Method: http.MethodPut, Status: 400, Code: "PrincipalNotFound", Times: 3}})
	p.must(p.start(p.runner, p.request(setup.DNSNone), nobody), setup.RunDone)
	if story := p.story(p.runner); !strings.Contains(story, "next try in") {
		t.Errorf("it did not wait in sight:\n%s", story)
	}
	p.onceEach(setup.DNSNone)
	principal, given := p.world.Principals(sandbox.LabsDomain)[0].ObjectID, false
	for _, a := range p.world.Assignments(p.vnet()) {
		given = given || a.PrincipalID == principal && a.PrincipalType == "ServicePrincipal"
	}
	if !given {
		t.Errorf("%s is not among %+v", principal, p.world.Assignments(p.vnet()))
	}
}

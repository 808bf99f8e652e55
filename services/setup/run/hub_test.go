package run_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

const wizardRole = "Network Contributor" // stands for the role of Konnect's wizard

// hubRequest is a set-up of a peering with the hub of another network.
func (p *place) hubRequest() setup.Request {
	return setup.Request{
		Network: safe.New("uk-lab"), Peering: safe.New("labs-hub"), Hub: true, DNS: setup.DNSNone, RoleName: safe.New(wizardRole),
		VNet: model.VNetRef{
			TenantID: safe.New(p.world.TenantID(sandbox.HomeDomain)), SubscriptionID: safe.New(p.world.SubscriptionID("acme-prod")),
			ResourceGroup: safe.New("RG-wan"), Name: safe.New("Hub-uae"),
		},
	}
}

// wizard gives Kong the role as Konnect's wizard has it done.
func (p *place) wizard() {
	p.world.Apply(sandbox.Event{Subscription: "acme-prod", Grant: wizardRole, To: "kong"})
}

// The peering with a hub is made, and both halves are waited for; nothing of Azure's is
// written. A second run changes nothing, and a teardown takes the peering away alone.
func TestAHubIsPeered(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.wizard()
	roles := len(p.world.Roles(sandbox.HomeDomain))
	run := p.start(p.runner, p.hubRequest(), p.willing)
	if run.State != setup.RunDone || run.Writes != 1 || len(run.Made) != 1 || len(p.world.Roles(sandbox.HomeDomain)) != roles {
		t.Fatalf("%s at %s, %d writes: %+v\n%s", run.State, run.Current, run.Writes, run.Step(run.Current), p.story(p.runner))
	}
	ready := run.Step(setup.StepReady)
	if ready.Halves == nil || !ready.Halves.Azure.Carries() || ready.Halves.Finding.Code != "azure-hub-connected" {
		t.Errorf("both halves: %+v", ready.Halves)
	}
	again := p.start(p.another(p.store), p.hubRequest(), p.willing)
	if again.State != setup.RunDone || again.Writes != 0 {
		t.Errorf("the second run: %s, %d writes\n%s", again.State, again.Writes, p.story(p.runner))
	}
}

// Without the role the run asks, and goes on when somebody has assigned it; it makes none.
func TestARoleForAHubIsLookedForAndNeverMade(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	asked := 0
	run := p.start(p.runner, p.hubRequest(), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepHubRole && s.Asks != nil {
			if asked++; !strings.Contains(s.Asks.Text, "not public") {
				t.Errorf("it asks %q", s.Asks.Text)
			}
			p.wizard()
			return &setup.RunCommand{Kind: setup.CommandRetry}
		}
		return p.willing(run, s)
	})
	if run.State != setup.RunDone || asked != 1 || run.Writes != 1 {
		t.Errorf("%s at %s, asked %d times, %d writes\n%s", run.State, run.Current, asked, run.Writes, p.story(p.runner))
	}
}

// A hub that does not route stops the run before anything is made, and so does a range that
// meets the hub's.
func TestAHubThatCannotBeConnected(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hub  sandbox.HubEvent
		says string
	}{
		"failed routing": {sandbox.HubEvent{Routing: "Failed"}, "nothing can be connected to it"},
		"ranges meet":    {sandbox.HubEvent{Prefix: "10.60.4.0/23"}, "10.60.4.0/23"},
		"gone":           {sandbox.HubEvent{Delete: true}, "ResourceNotFound"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.wizard()
			p.world.Apply(sandbox.Event{Network: "uae-hub", Peering: "virtual-wan", Hub: &c.hub})
			run := p.start(p.runner, p.hubRequest(), p.willing)
			if f := run.Step(run.Current).Failure; run.State != setup.RunFailed && run.State != setup.RunCancelled || f == nil || !strings.Contains(f.Error()+f.Code.String(), c.says) {
				t.Errorf("%s at %s: %v\n%s", run.State, run.Current, f, p.story(p.runner))
			}
			if n := p.world.Writes("konnect"); n != 0 {
				t.Errorf("%d writes to Konnect", n)
			}
		})
	}
}

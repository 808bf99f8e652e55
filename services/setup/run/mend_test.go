package run_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

const (
	mendNetwork = "us-west"
	mendPeering = "inventory"
)

// toMend is the request that mends a peering of the world by a sequence.
func (p *place) toMend(by finding.Sequence) setup.Request {
	p.t.Helper()
	peering, n := p.peeringNow()
	r, ok := setup.MendOf(n, model.PeeringStatus{Peering: peering, Finding: finding.Finding{Next: finding.Next{Mend: by}}})
	if !ok {
		p.t.Fatal("it cannot be mended")
	}
	return r
}

// peeringNow is the peering that is mended, as Konnect has it now.
func (p *place) peeringNow() (model.Peering, model.Network) {
	p.t.Helper()
	list, err := p.plain().Networks(p.t.Context(), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := range list.Items {
		n := list.Items[i]
		if n.Name.Raw() != mendNetwork {
			continue
		}
		peerings, err := p.plain().Peerings(p.t.Context(), n.ID)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, q := range peerings.Items {
			if q.Name.Raw() == mendPeering && q.State != model.PeeringTerminated {
				return q, n
			}
		}
	}
	p.t.Fatalf("there is no peering %s of %s", mendPeering, mendNetwork)
	return model.Peering{}, model.Network{}
}

// breaks puts a peering of the world into a state.
func (p *place) breaks(e sandbox.Event) {
	p.t.Helper()
	e.Network, e.Peering = mendNetwork, mendPeering
	p.world.Apply(e)
}

// A dead half: the peering is deleted and made anew, after one question that shows all of it,
// and the run ends when both halves are well. Run once more, it changes nothing.
func TestBothHalvesAreMadeAnew(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.breaks(sandbox.Event{Azure: "Disconnected"})
	before, _ := p.peeringNow()
	request := p.toMend(finding.MendRemake)
	asked := []setup.Ask{}
	run := p.start(p.runner, request, func(_ setup.Run, s *setup.Step) *setup.RunCommand {
		if s.Asks == nil {
			return nil
		}
		asked = append(asked, *s.Asks)
		if len(s.Plan) != 3 || s.Plan[0].Method != http.MethodDelete || s.Plan[1].Method != http.MethodDelete || s.Plan[2].Method != http.MethodPost || p.writes() != 0 {
			t.Errorf("before the question, %d were sent, and the plan is %+v", p.writes(), s.Plan)
		}
		return &setup.RunCommand{Kind: setup.CommandConfirm, Text: s.Asks.Confirm}
	})
	if run.State != setup.RunDone || len(asked) != 1 || asked[0].Confirm != request.Peering {
		t.Fatalf("%s, asked %+v\n%s", run.State, asked, p.story(p.runner))
	}
	after, n := p.peeringNow()
	if after.ID == before.ID || after.State != model.PeeringReady || !slices.EqualFunc(after.DNS, before.DNS, func(a, b model.DNSMapping) bool {
		return slices.Equal(a.Domains, b.Domains) && slices.Equal(a.Servers, b.Servers)
	}) {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	if h := run.Step(setup.StepReady).Halves; h == nil || h.Finding.Severity != model.SeverityOK {
		t.Errorf("the end is %+v", h)
	}
	sent := p.writes()
	again, _ := setup.MendOf(n, model.PeeringStatus{Peering: after, Finding: finding.Finding{Next: finding.Next{Mend: finding.MendRemake}}})
	if run = p.start(p.runner, again, nobody); run.State != setup.RunDone || p.writes() != sent {
		t.Errorf("%s after %d more writes\n%s", run.State, p.writes()-sent, p.story(p.runner))
	}
}

// What is known of a half decides; the half that is in sync in the end is the same one.
func TestAHalfIsSyncedOrOpened(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		by    finding.Sequence
		event sandbox.Event
	}{
		"ranges of Kong's have changed": {finding.MendSync, sandbox.Event{Sync: "LocalNotInSync"}},
		"a write came to nothing":       {finding.MendSync, sandbox.Event{Provisioning: "Failed"}},
		"the gateways are not let in":   {finding.MendAccess, sandbox.Event{Half: map[string]any{"allowVirtualNetworkAccess": false}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.breaks(c.event)
			run := p.start(p.runner, p.toMend(c.by), p.willing)
			if run.State != setup.RunDone || p.writes() != 1 {
				t.Fatalf("%s after %d writes\n%s", run.State, p.writes(), p.story(p.runner))
			}
		})
	}
}

// A run that finds another thing than it was agreed to mend changes nothing.
func TestNothingElseIsMended(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.breaks(sandbox.Event{Sync: "LocalNotInSync"})
	run := p.start(p.runner, p.toMend(finding.MendRemake), nobody)
	if s := run.Step(setup.StepMend); run.State != setup.RunFailed || s.Failure == nil || s.Failure.FindingCode() != "mend-other-now" || p.writes() != 0 {
		t.Errorf("%s after %d writes: %+v", run.State, p.writes(), s.Failure)
	}
	if !strings.Contains(run.Step(setup.StepMend).Failure.Cure, finding.MendSync.Title()) {
		t.Errorf("the way out is %q", run.Step(setup.StepMend).Failure.Cure)
	}
}

// Whatever is left of the old peering, the new one comes up, and nothing that lives is deleted.
func TestWhatIsLeftOfThePeering(t *testing.T) {
	t.Parallel()
	for name, event := range map[string]sandbox.Event{
		"no half":                   {Azure: "none"},
		"the customer's half alone": {Azure: "Initiated"},
		"a dead half":               {Azure: "Disconnected"},
		"error, a dead half":        {State: "error", Reason: "RemotePeeringIsDisconnected", Azure: "Disconnected"},
		"error, a cloud was busy":   {State: "error", Reason: "ReferencedResourceNotProvisioned", Azure: "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.breaks(event)
			before, _ := p.peeringNow()
			run := p.start(p.runner, p.toMend(finding.MendRemake), p.willing)
			if run.State != setup.RunDone {
				t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
			}
			if after, _ := p.peeringNow(); after.ID == before.ID || after.State != model.PeeringReady {
				t.Errorf("after %+v", after)
			}
		})
	}
}

// A dead half that is in the way of a peering that Konnect is making is deleted, and nothing
// else; Konnect goes on by itself.
func TestTheWayIsCleared(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.breaks(sandbox.Event{State: "pending-user-action", Azure: "Disconnected"})
	before, _ := p.peeringNow()
	run := p.start(p.runner, p.toMend(finding.MendClear), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State != setup.RunFailed && s.Asks != nil && s.Asks.Confirm == before.Name {
			t.Errorf("it asks for the name of the peering")
		}
		if s.ID == setup.StepReady { // Kong writes its half
			p.breaks(sandbox.Event{State: "ready", Azure: "Connected"})
		}
		return p.willing(run, s)
	})
	if run.State != setup.RunDone || p.world.Writes("konnect") != 0 || p.world.Writes("arm") != 1 {
		t.Fatalf("%s at %s, %d and %d writes\n%s", run.State, run.Current, p.world.Writes("konnect"), p.world.Writes("arm"), p.story(p.runner))
	}
}

// A half that another network may own is not deleted, and nothing is begun where the right to
// do its part is missing, or the program is read-only.
func TestWhatIsNotMended(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.breaks(sandbox.Event{Azure: "Disconnected"})
	request := p.toMend(finding.MendRemake)
	o := p.options(p.store)
	o.ReadOnly = true
	if r := setuprun.New(t.Context(), o); r.Start(request, setup.Options{}) == nil {
		t.Error("a read-only program begins to mend")
	}
	dry := p.look(request, setup.Options{DryRun: true})
	if dry.State != setup.RunDone || len(dry.Step(setup.StepMend).Plan) != 3 || p.writes() != 0 {
		t.Errorf("the dry run: %s, %+v\n%s", dry.State, dry.Step(setup.StepMend).Plan, p.story(p.runner))
	}
	peering, _ := p.peeringNow()
	p.world.Apply(sandbox.Event{Subscription: peering.VNet.SubscriptionID.Raw(), Withdraw: "Owner"})
	p.world.Apply(sandbox.Event{Subscription: peering.VNet.SubscriptionID.Raw(), Grant: "Reader"})
	run := p.start(p.runner, request, nobody)
	f := run.Step(setup.StepMend).Failure
	if run.State != setup.RunFailed || f == nil || f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "az rest --method delete") || p.writes() != 0 {
		t.Errorf("%s, %+v\n%s", run.State, f, p.story(p.runner))
	}
}

// look begins a run with options, and follows it with nobody there.
func (p *place) look(r setup.Request, o setup.Options) setup.Run {
	p.t.Helper()
	if err := p.runner.Start(r, o); err != nil {
		p.t.Fatal(err)
	}
	return p.follow(p.runner, nobody)
}

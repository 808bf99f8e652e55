package run_test

import (
	"fmt"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// mostRequests is up to which request of a run a colleague acts: behind it a run only watches.
const mostRequests = 40

// meanwhile runs a thing for requests at which somebody else may act, until the run is over
// before that. At is from 0; a step is from one to the next, and a longer one stands in for it
// without the long tests.
func meanwhile(t *testing.T, step, long int, one func(t *testing.T, at int) (acted bool)) {
	t.Helper()
	if os.Getenv("PEERDECK_LONG") == "" {
		step = long
	}
	for at := 0; at < mostRequests; at += step {
		acted := false
		t.Run(fmt.Sprintf("before request %d", at), func(t *testing.T) { acted = one(t, at) })
		if !acted {
			return
		}
	}
}

// Somebody else changes the same security group at any moment of the run. Whatever they do,
// their rule stays as they wrote it, ours is only what was agreed to, and the run ends with
// the finding gone, or says why not.
func TestSomebodyElseWritesRules(t *testing.T) {
	t.Parallel()
	theirs := func(name string, priority int, protocol, from, port string) azurenet.Rule {
		return azurenet.Rule{
			Name: safe.New(name), Priority: priority, Direction: safe.New("Inbound"), Access: safe.New("Allow"), Protocol: safe.New(protocol),
			Sources: safe.Texts(from), Destinations: safe.Texts("*"), Ports: safe.Texts(port),
		}
	}
	for name, rule := range map[string]azurenet.Rule{
		"takes the number":   theirs("Theirs", 199, "Tcp", "10.99.0.0/16", "8443"),
		"takes the name":     theirs("AllowDnsTcpFromKong", 150, "Tcp", "10.99.0.0/16", "53"),
		"lets it in already": theirs("Theirs", 150, "*", "10.16.0.0/16", "53"),
		"removes the denial": {Name: safe.New("DenyAll")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			meanwhile(t, 1, 9, func(t *testing.T, at int) bool {
				t.Helper()
				return colleagueOfRules(t, rule, at)
			})
		})
	}
}

func colleagueOfRules(t *testing.T, rule azurenet.Rule, at int) bool {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	request := p.shuts(denies())
	group := request.Mend.Change.On
	c := &colleague{to: p.sender, on: []string{"/networkSecurityGroups/"}}
	other := p.options(p.store).Clouds.Azure.(*azure.Client)
	p.via = c
	runner := p.another(p.store)
	removes := rule.Priority == 0
	var did atomic.Bool
	c.arm(at, func() {
		w := other.RuleWrite(group, rule, "theirs")
		if removes {
			w = other.DeleteRuleWrite(azurenet.RuleID(group, rule.Name))
		}
		did.Store(other.Change(t.Context(), request.VNet.TenantID, group, w) == nil) // refused while ours is at work
	})
	asked := 0
	run := p.start(runner, request, func(run setup.Run, st *setup.Step) *setup.RunCommand {
		if asked++; asked > 9 {
			return nil
		}
		return p.willing(run, st)
	})
	met := len(c.requests())
	acted, seen := at < met, at+3 < met // by a look of the run
	p.via = p.sender
	p.clock.Advance(time.Minute)
	found := slices.IndexFunc(p.groupNow(group), func(r azurenet.Rule) bool { return r.Name.EqualFold(rule.Name) })
	switch {
	case run.State != setup.RunDone && (run.State != setup.RunFailed || run.Step(run.Current).Failure.Cure == ""):
		t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(runner))
	case run.State == setup.RunDone && (!acted || seen) && p.closed().Mend != "":
		t.Errorf("done, and the finding is still there\n%s", p.story(runner))
	case did.Load() && removes && found >= 0:
		t.Error("the rule that somebody removed is there")
	case did.Load() && !removes && (found < 0 || !sameRule(p.groupNow(group)[found], rule)):
		t.Errorf("theirs is lost: %+v\n%s", p.groupNow(group), p.story(runner))
	}
	for _, r := range p.groupNow(group) {
		own := slices.Contains([]string{"DenyAll", rule.Name.Raw()}, r.Name.Raw())
		if !own && r.Priority < 65000 && !azurenet.Lets(r, request.Mend.Change) {
			t.Errorf("a rule that nobody has agreed to: %+v", r)
		}
	}
	return acted
}

func sameRule(a, b azurenet.Rule) bool {
	return a.Priority == b.Priority && slices.Equal(a.Sources, b.Sources) && slices.Equal(a.Ports, b.Ports) && a.Protocol == b.Protocol
}

// groupNow are the rules of a group as they are.
func (p *place) groupNow(id safe.Text) []azurenet.Rule {
	group, _ := p.facts().Group(id)
	return group.Rules
}

// Somebody else mends the peering, removes it or its half, or breaks it in another way, at any
// moment of any sequence. No half that lives is deleted, nothing is there twice, and the run
// ends with both halves well, or says why not.
func TestSomebodyElseMendsTheSame(t *testing.T) {
	t.Parallel()
	for _, s := range sequences() {
		if !s.by.OfPeering() {
			continue
		}
		for name, deed := range map[string]sandbox.Event{
			"mends it":          {State: "ready", Azure: "Connected"},
			"removes the half":  {Azure: "none"},
			"deletes it":        {Delete: true},
			"half disconnected": {Azure: "Disconnected"},
		} {
			t.Run(s.name()+", "+name, func(t *testing.T) {
				t.Parallel()
				longtest.OneIn(t, 4)
				meanwhile(t, 3, 24, func(t *testing.T, at int) bool {
					t.Helper()
					return colleagueOfPeering(t, s, deed, at)
				})
			})
		}
	}
}

func colleagueOfPeering(t *testing.T, s sequence, deed sandbox.Event, at int) bool {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	request := s.breaks(p)
	c := &colleague{to: p.sender, on: []string{"/transit-gateways", "/virtualNetworks/"}}
	p.via = c
	runner := p.another(p.store)
	c.arm(at, func() {
		deed.Network, deed.Peering = mendNetwork, mendPeering
		p.world.Apply(deed)
	})
	run := p.start(runner, request, func(run setup.Run, st *setup.Step) *setup.RunCommand {
		if st.ID == setup.StepReady || st.Asks != nil && slices.Contains(st.Asks.Options, setup.CommandSendAgain) {
			return nil // a person looks
		}
		return p.willing(run, st)
	})
	there, met := 0, len(c.requests())
	for _, o := range p.world.Peerings(mendNetwork) {
		if o.Name == mendPeering && o.State != "terminated" && o.State != "terminating" {
			there++
		}
	}
	f := run.Step(run.Current).Failure
	switch {
	case there > 1:
		t.Errorf("it is there %d times\n%s", there, p.story(runner))
	case run.State == setup.RunDone && there == 0 && at+3 < met: // else nothing was read behind it
		t.Errorf("done, and there is none\n%s", p.story(runner))
	case run.State == setup.RunFailed && (f == nil || f.Cause.IsEmpty() || f.FindingCode() == "" && f.Cure == ""):
		t.Errorf("failed at %s without a word: %+v\n%s", run.Current, f, p.story(runner))
	case run.State == setup.RunDone:
		if h := run.Step(setup.StepReady); h.Halves != nil && (h.Halves.Konnect != model.PeeringReady || h.Halves.Azure.Peering.State != model.VNetConnected) {
			t.Errorf("done with %+v", h.Halves)
		}
	}
	return at < met
}

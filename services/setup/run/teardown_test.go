package run_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// down tears the newest run down.
func (p *place) down(who person) setup.Run {
	p.t.Helper()
	list, err := p.runner.Earlier(p.t.Context())
	if err != nil || len(list) == 0 {
		p.t.Fatalf("%+v, %v", list, err)
	}
	if err := p.runner.Teardown(list[0].ID); err != nil {
		p.t.Fatal(err)
	}
	return p.follow(p.runner, who)
}

// A teardown removes what the run has made, in an order that works, and nothing
// else; the consent stays.
func TestTeardown(t *testing.T) {
	t.Parallel()
	p := consented(t)
	roles, given := len(p.world.Roles(sandbox.LabsDomain)), len(p.world.Assignments(p.vnet()))
	p.must(p.start(p.runner, p.request(setup.DNSResolver), p.willing), setup.RunDone)
	var asked []string
	run := p.down(func(run setup.Run, s *setup.Step) *setup.RunCommand {
		asked = append(asked, s.Asks.Confirm.Raw())
		return p.willing(run, s)
	})
	p.must(run, setup.RunDone)
	if len(p.world.Peerings("uk-lab"))+len(p.world.Resolvers("uk-lab")) != 0 || len(p.world.Assignments(p.vnet())) != given || len(p.world.Roles(sandbox.LabsDomain)) != roles {
		t.Errorf("left: %+v %+v %+v %+v\n%s", p.world.Peerings("uk-lab"), p.world.Resolvers("uk-lab"), p.world.Assignments(p.vnet()), p.world.Roles(sandbox.LabsDomain), p.story(p.runner))
	}
	if strings.Join(asked, "|") != "labs-dns|labs|vnet-labs|"+model.DefaultRoleName {
		t.Errorf("it asked for %q", asked)
	}
	if len(p.world.Principals(sandbox.LabsDomain)) != 1 {
		t.Error("the consent is not this run's to take back")
	}
	list, err := p.runner.Earlier(t.Context())
	if err != nil || len(list) != 1 || len(list[0].Standing()) != 0 || list[0].Unfinished() {
		t.Errorf("the journal tells %+v, %v", list, err)
	}
	if err := p.runner.Teardown(list[0].ID); err == nil {
		t.Error("there is nothing to tear down any more")
	}
}

// Only the right name removes; what is skipped stays, and is told of.
func TestTeardownNeedsTheName(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	before := p.writes()
	run := p.down(func(_ setup.Run, s *setup.Step) *setup.RunCommand {
		for _, wrong := range []string{"", "Labs", "labs ", "yes"} {
			if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandConfirm, Text: safe.New(wrong)}); err == nil {
				t.Errorf("%q was taken for %s", wrong, s.Asks.Confirm)
			}
		}
		return &setup.RunCommand{Kind: setup.CommandSkip}
	})
	p.must(run, setup.RunDone)
	if p.writes() != before || len(p.world.Peerings("uk-lab")) != 1 {
		t.Errorf("something was removed\n%s", p.story(p.runner))
	}
	list, _ := p.runner.Earlier(t.Context())
	if len(list[0].Standing()) != 3 {
		t.Errorf("standing: %+v", list[0].Standing())
	}
	if s := run.Step(setup.StepRemoveRole); s.State != setup.StepSkipped || len(s.Findings) != 1 || !strings.Contains(s.Findings[0].Cause, "still used") {
		t.Errorf("the role: %+v", s)
	}
}

// A role that others use stays.
func TestSharedRoleStays(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	second := p.request(setup.DNSNone)
	second.VNet.Name, second.Peering = safe.New("vnet-labs-data"), safe.New("labs-data")
	run := p.start(p.runner, second, p.willing)
	p.must(run, setup.RunDone)
	roles := len(p.world.Roles(sandbox.LabsDomain))
	list, _ := p.runner.Earlier(t.Context())
	for _, l := range list {
		if l.Request.Peering.Raw() != "labs" {
			continue
		}
		if err := p.runner.Teardown(l.ID); err != nil {
			t.Fatal(err)
		}
		run = p.follow(p.runner, p.willing)
		p.must(run, setup.RunDone)
		if s := run.Step(setup.StepRemoveRole); s.State != setup.StepSkipped || !strings.Contains(s.Findings[0].Cause, "still used by 1 role assignment") {
			t.Errorf("the role: %+v\n%s", s, p.story(p.runner))
		}
	}
	if len(p.world.Roles(sandbox.LabsDomain)) != roles || len(p.world.Peerings("uk-lab")) != 1 {
		t.Errorf("roles %+v, peerings %+v", p.world.Roles(sandbox.LabsDomain), p.world.Peerings("uk-lab"))
	}
}

// What somebody has removed by hand is found gone and needs no question; rules of
// others stay in the resolver.
func TestTeardownOfWhatIsGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	request := p.home("acme-prod", "rg-network", "vnet-hub")
	request.Network, request.Peering, request.DNS = safe.New("eu-prod"), safe.New("hub-vnet"), setup.DNSResolver
	request.Mappings = []model.DNSMapping{{Domains: texts("new.example.org"), Servers: texts("10.20.0.4", "10.20.0.5")}}
	before := p.world.Resolvers("eu-prod")[0]
	p.must(p.start(p.runner, request, p.willing), setup.RunDone)
	p.must(p.down(p.willing), setup.RunDone)
	after := p.world.Resolvers("eu-prod")[0]
	if len(after.Servers) != len(before.Servers) || after.ID != before.ID || len(p.world.Peerings("eu-prod")) != 2 {
		t.Errorf("%+v became %+v", before, after)
	}

	q := consented(t)
	q.must(q.start(q.runner, q.request(setup.DNSNone), q.willing), setup.RunDone)
	q.event(sandbox.Event{Network: "uk-lab", Peering: "labs", Azure: "none"})
	q.event(sandbox.Event{Network: "uk-lab", Peering: "labs", Delete: true})
	run := q.down(q.willing)
	q.must(run, setup.RunDone)
	if s := run.Step(setup.StepRemovePeering); s.State != setup.StepAlready {
		t.Errorf("the peering: %+v\n%s", s, q.story(q.runner))
	}
}

// Where Kong may no longer remove Azure's half, what is left is pointed at.
func TestDeadHalfIsPointedAt(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.event(sandbox.Event{Subscription: "labs-sandbox", VNet: "vnet-labs", Withdraw: model.DefaultRoleName, To: "kong"})
	run := p.down(p.willing)
	p.must(run, setup.RunDone)
	f := run.Step(setup.StepRemovePeering).Findings
	if len(f) != 1 || f[0].Code != "setup-dead-half" || !strings.Contains(f[0].Next.Command, "az network vnet peering delete") {
		t.Errorf("findings %+v\n%s", f, p.story(p.runner))
	}
	if s := run.Step(setup.StepRemoveAssignment); s.State != setup.StepAlready {
		t.Errorf("the assignment: %+v", s)
	}
}

package run_test

import (
	"slices"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// hub is a set-up whose VNET is peered already, and whose mapping is new to the
// resolver of its network.
func (p *place) hub() setup.Request {
	r := p.home("acme-prod", "rg-network", "vnet-hub")
	r.Network, r.Peering, r.DNS = safe.New("eu-prod"), safe.New("hub-vnet"), setup.DNSResolver
	r.Mappings = []model.DNSMapping{{Domains: texts("new.example.org"), Servers: texts("10.20.0.4", "10.20.0.5")}}
	return r
}

// A resolver that is at work when its turn comes is waited for: Konnect changes only
// what is at rest.
func TestResolverAtWork(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	name := p.world.Resolvers("eu-prod")[0].Name
	p.event(sandbox.Event{Network: "eu-prod", DNS: name, State: "initializing"})
	if err := p.world.Schedule(sandbox.Event{At: 40 * time.Second, Network: "eu-prod", DNS: name, State: "ready"}); err != nil {
		t.Fatal(err)
	}
	run := p.start(p.runner, p.hub(), p.willing)
	p.must(run, setup.RunDone)
	if after := p.world.Resolvers("eu-prod")[0].Servers; len(after["new.example.org"]) != 2 || run.Writes != 1 {
		t.Errorf("%v after %d writes\n%s", after, run.Writes, p.story(p.runner))
	}
}

// A resolver that is being deleted is none to write to, and its name is free when it
// is gone.
func TestResolverThatGoes(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	k := p.gateways()
	list, err := k.Networks(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	network := list.Items[slices.IndexFunc(list.Items, func(n model.Network) bool { return n.Name == safe.New("eu-prod") })].ID
	old := p.world.Resolvers("eu-prod")[0]
	if err := k.DeletePrivateDNS(t.Context(), network, k.DeletePrivateDNSWrite(network, safe.New(old.ID))); err != nil {
		t.Fatal(err)
	}
	run := p.start(p.runner, p.hub(), p.willing)
	p.must(run, setup.RunDone)
	now := p.world.Resolvers("eu-prod")
	if len(now) != 1 || now[0].ID == old.ID || len(now[0].Servers) != 1 || run.Writes != 1 {
		t.Errorf("%+v after %d writes\n%s", now, run.Writes, p.story(p.runner))
	}
	for _, l := range p.runner.Log(0) {
		if l.Step == string(setup.StepDNS) && l.Tone == model.LineWrite && !l.At.After(run.Step(setup.StepDNS).StartedAt) {
			t.Errorf("it did not wait\n%s", p.story(p.runner))
		}
	}
}

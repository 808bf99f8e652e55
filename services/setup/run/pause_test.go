package run_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// While a run pauses, somebody else makes what it was about to make: it looks again
// and makes nothing.
func TestMadeWhileItPaused(t *testing.T) {
	t.Parallel()
	p := consented(t)
	if err := p.runner.Start(p.request(setup.DNSNone), setup.Options{StopAt: []setup.StepID{setup.StepPeering}}); err != nil {
		t.Fatal(err)
	}
	k := p.gateways()
	run := p.follow(p.runner, func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State == setup.RunPaused {
			path := strings.Split(strings.TrimSuffix(s.Plan[0].URL.Raw(), "/transit-gateways"), "/")
			network := texts(path[len(path)-1])[0]
			if _, err := k.CreatePeering(t.Context(), network, k.CreatePeeringWrite(network, p.request(setup.DNSNone))); err != nil {
				t.Error(err)
			}
		}
		return p.willing(run, s)
	})
	p.must(run, setup.RunDone)
	if s := run.Step(setup.StepPeering); s.State != setup.StepAlready || len(p.world.Peerings("uk-lab")) != 1 || run.Writes != 2 {
		t.Errorf("%s, %d writes\n%s", s.State, run.Writes, p.story(p.runner))
	}
}

// While a run pauses, somebody changes what it would change: it shows the new request
// before it sends that.
func TestChangedWhileItPaused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	if err := p.runner.Start(p.hub(), setup.Options{StopAt: []setup.StepID{setup.StepDNS}}); err != nil {
		t.Fatal(err)
	}
	k := p.gateways()
	var shown []string
	run := p.follow(p.runner, func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State != setup.RunPaused {
			return p.willing(run, s)
		}
		if body := s.Plan[0].Body.Raw(); slices.Contains(shown, body) {
			return patient(run, s)
		} else if shown = append(shown, body); len(shown) == 1 {
			path := strings.Split(s.Plan[0].URL.Raw(), "/")
			network, id := texts(path[len(path)-3])[0], texts(path[len(path)-1])[0]
			table := []model.DNSMapping{{Domains: texts("other.example.org"), Servers: texts("10.20.0.9")}}
			if _, err := k.PatchResolver(t.Context(), network, k.PatchResolverWrite(network, id, table, nil)); err != nil {
				t.Error(err)
			}
		} else if !strings.Contains(body, "other.example.org") || strings.Contains(body, "hr.example.org") {
			t.Errorf("the second time it shows %s", body)
		}
		if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandContinue}); err != nil {
			t.Error(err)
		}
		return patient(run, s)
	})
	p.must(run, setup.RunDone)
	if got := p.world.Resolvers("eu-prod")[0].Servers; len(shown) != 2 || len(got) != 2 {
		t.Errorf("paused %d times; %v\n%s", len(shown), got, p.story(p.runner))
	}
}

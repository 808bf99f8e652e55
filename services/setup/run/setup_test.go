package run_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// The first run makes exactly one of each; the second one changes nothing.
func TestTwice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode  setup.DNSMode
		world sandbox.Options
		want  int // writes of the run: role, assignment, peering, and a resolver in its mode
	}{
		"no DNS":             {setup.DNSNone, sandbox.Options{}, 3},
		"DNS in the peering": {setup.DNSPeering, sandbox.Options{}, 3},
		"DNS in a resolver":  {setup.DNSResolver, sandbox.Options{}, 4},
		"all takes its time": {setup.DNSResolver, sandbox.Options{Replication: 40 * time.Second, RBACDelay: 4 * time.Minute}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, c.world)
			before := p.writes()
			run := p.start(p.runner, p.request(c.mode), p.willing)
			if run.State != setup.RunDone {
				t.Fatalf("%s at %s: %+v\n%s", run.State, run.Current, run.Step(run.Current), p.story(p.runner))
			}
			p.onceEach(c.mode)
			// The consent is the administrator's own.
			if got := p.world.Writes("arm") + p.world.Writes("konnect") - before; got != c.want || run.Writes != c.want || len(run.Made) != c.want {
				t.Errorf("%d writes, the run counts %d, made %+v\n%s", got, run.Writes, run.Made, p.story(p.runner))
			}
			after := p.writes()
			again := p.start(p.another(p.store), p.request(c.mode), p.willing)
			if again.State != setup.RunDone || again.Writes != 0 || p.writes() != after {
				t.Errorf("the second run: %s, %d writes\n%s", again.State, again.Writes, p.story(p.runner))
			}
		})
	}
}

// onceEach looks at the world: one role, one assignment, one peering, ready on both
// sides, and one resolver in its mode.
func (p *place) onceEach(mode setup.DNSMode) {
	p.t.Helper()
	roles := p.world.Roles(sandbox.LabsDomain)
	var mine []sandbox.RoleView
	for _, r := range roles {
		if r.Name == model.DefaultRoleName {
			mine = append(mine, r)
		}
	}
	if len(mine) != 1 || len(mine[0].Actions) != 5 || len(mine[0].Scopes) != 1 {
		p.t.Errorf("roles: %+v", roles)
	}
	principal := p.world.Principals(sandbox.LabsDomain)
	given := 0
	for _, a := range p.world.Assignments(p.vnet()) {
		if len(principal) == 1 && a.PrincipalID == principal[0].ObjectID {
			given++
			if a.PrincipalType != "ServicePrincipal" || a.RoleName != model.DefaultRoleName {
				p.t.Errorf("the assignment is %+v", a)
			}
		}
	}
	if given != 1 {
		p.t.Errorf("%d assignments: %+v", given, p.world.Assignments(p.vnet()))
	}
	peerings := p.world.Peerings("uk-lab")
	if len(peerings) != 1 || peerings[0].State != "ready" || peerings[0].Half != "Connected" || (len(peerings[0].Domains) > 0) != (mode == setup.DNSPeering) {
		p.t.Errorf("peerings: %+v", peerings)
	}
	resolvers := p.world.Resolvers("uk-lab")
	if mode != setup.DNSResolver {
		if len(resolvers) != 0 {
			p.t.Errorf("resolvers: %+v", resolvers)
		}
		return
	}
	if len(resolvers) != 1 || len(resolvers[0].Servers) != 2 || resolvers[0].State != "ready" {
		p.t.Errorf("resolvers: %+v", resolvers)
	}
}

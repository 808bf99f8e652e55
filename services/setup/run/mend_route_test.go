package run_test

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// drops gives the subnet of the DNS servers a route that drops what goes to the gateways,
// beside another one, and returns the request that the finding of it asks for.
func (p *place) drops() setup.Request {
	p.t.Helper()
	return p.shutsBy(sandbox.Around{Subnet: "snet-dns", Routes: []sandbox.UserRoute{
		{Name: "no-kong", Prefix: "10.16.0.0/16", NextHop: "None"}, {Name: "out", Prefix: "0.0.0.0/0", NextHop: "VirtualAppliance", Address: "10.17.3.4"},
	}}, p.dropped)
}

// dropped is the next step of the finding about the way back from the server, empty where none is.
func (p *place) dropped() finding.Next {
	p.t.Helper()
	_, n := p.peeringNow()
	udp := p.facts().Passage(azurenet.Question{From: []model.Prefix{n.CIDR}, To: netip.MustParseAddr(dnsServer), Protocol: azurenet.UDP, Port: 53, Access: model.Yes})
	for _, f := range udp.Findings() {
		if f.Code == azurenet.CodeRouteAway {
			return f.Next
		}
	}
	return finding.Next{}
}

// tableRoutes are the routes of the table of the server's subnet, by name.
func (p *place) tableRoutes() []string {
	p.t.Helper()
	facts := p.facts()
	subnet, _ := facts.SubnetAt(safe.New(dnsServer))
	table, _ := facts.Table(subnet.RouteTable)
	var out []string
	for _, r := range table.Routes {
		out = append(out, r.Name.Raw())
	}
	return out
}

// The route that drops the replies goes after its name was typed, and with what the question
// says of all that has the table; the other routes stay, and the finding is gone.
func TestARouteThatDropsIsDeleted(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	request := p.drops()
	var asked []setup.Ask
	run := p.start(p.runner, request, func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.Asks == nil {
			return nil
		}
		asked = append(asked, *s.Asks)
		if len(s.Plan) != 1 || s.Plan[0].Method != http.MethodDelete || !strings.HasSuffix(strings.SplitN(s.Plan[0].URL.Raw(), "?", 2)[0], "/routes/no-kong") || p.deletions() != 0 {
			t.Errorf("before the question, %d were sent, and the plan is %+v", p.deletions(), s.Plan)
		}
		return p.willing(run, s)
	})
	if run.State != setup.RunDone || len(asked) != 1 || asked[0].Confirm.Raw() != "no-kong" || p.deletions() != 1 || !slices.Equal(p.tableRoutes(), []string{"out"}) || p.dropped().Mend != "" {
		t.Fatalf("%s, asked %+v, the routes %v\n%s", run.State, asked, p.tableRoutes(), p.story(p.runner))
	}
	for _, word := range []string{"no-kong, which leads 10.16.0.0/16 to the next hop None", "the subnet snet-dns", "route create", "keep the gateways out"} {
		if !strings.Contains(asked[0].Text, word) {
			t.Errorf("the question does not say %q: %s", word, asked[0].Text)
		}
	}
	if again := p.start(p.runner, request, nobody); again.State != setup.RunDone || p.deletions() != 1 {
		t.Errorf("%s after %d deletions\n%s", again.State, p.deletions(), p.story(p.runner))
	}
}

// Somebody else changes the table at any moment: a route of theirs under the name stays, and
// the run says why it stops, or ends with replies that go back.
func TestSomebodyElseChangesRoutes(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"leads to an appliance": `{"properties":{"addressPrefix":"10.16.0.0/16","nextHopType":"VirtualAppliance","nextHopIpAddress":"10.17.3.4"}}`,
		"deletes the route":     "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			meanwhile(t, 1, 5, func(t *testing.T, at int) bool {
				t.Helper()
				return colleagueOfRoutes(t, body, at)
			})
		})
	}
}

func colleagueOfRoutes(t *testing.T, body string, at int) bool {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	request := p.drops()
	c := &colleague{to: p.sender, on: []string{"/routeTables/"}}
	other := p.options(p.store).Clouds.Azure.(*azure.Client)
	p.via = c
	runner := p.another(p.store)
	var did atomic.Bool
	c.arm(at, func() {
		id := azurenet.RouteID(request.Mend.Change.On, request.Mend.Change.Route)
		w := other.DeleteRouteWrite(id)
		if body != "" {
			w.Method, w.Body = http.MethodPut, safe.New(body)
		}
		did.Store(other.Change(t.Context(), request.VNet.TenantID, id, w) == nil) // refused while ours is at work
	})
	run := p.start(runner, request, p.willing)
	met := len(c.requests())
	acted, gap := at < met, c.inGap()
	p.via = p.sender
	p.clock.Advance(time.Minute)
	there := slices.Contains(p.tableRoutes(), "no-kong")
	f := run.Step(run.Current).Failure
	switch {
	case run.State != setup.RunDone && (run.State != setup.RunFailed || f == nil || f.Cure == ""):
		t.Errorf("%s at %s: %+v\n%s", run.State, run.Current, f, p.story(runner))
	case did.Load() && body != "" && !there && !gap:
		t.Errorf("theirs is lost\n%s", p.story(runner))
	case run.State == setup.RunDone && !did.Load() && there:
		t.Errorf("done, and the route is there\n%s", p.story(runner))
	}
	return acted
}

// A program is killed before and after the deletion. The next one ends with the route gone.
func TestKilledWhileARouteGoes(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"before", "after"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			p := newPlace(t, sandbox.Options{})
			dir, request := t.TempDir(), p.drops()
			if code, out := p.childOf(request, dir, 1, when); code != killed {
				t.Fatalf("the first program ended with %d\n%s", code, out)
			}
			if code, out := p.childOf(request, dir, 0, ""); code != 0 {
				t.Fatalf("the second program ended with %d\n%s", code, out)
			}
			list, err := journal.NewStore(dir).List()
			if err != nil || len(list) != 1 || list[0].State != setup.RunDone || list[0].Problem != "" || !slices.Equal(p.tableRoutes(), []string{"out"}) {
				t.Errorf("the journal tells %+v, %v; the routes are %v", list, err, p.tableRoutes())
			}
		})
	}
}

// deletions counts what was deleted in Azure.
func (p *place) deletions() int {
	return p.world.WritesOf(sandbox.Request{Service: "arm", Method: http.MethodDelete})
}

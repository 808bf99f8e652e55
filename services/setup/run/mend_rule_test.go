package run_test

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// shuts gives the subnet of the DNS servers a security group with rules, and returns the
// request that the finding of it asks for.
func (p *place) shuts(a sandbox.Around) setup.Request {
	p.t.Helper()
	return p.shutsBy(a, p.closed)
}

// shutsBy changes what lies around the DNS servers, and returns the request that a step asks
// for.
func (p *place) shutsBy(a sandbox.Around, step func() finding.Next) setup.Request {
	p.t.Helper()
	peering, n := p.peeringNow()
	p.world.Apply(sandbox.Event{Subscription: peering.VNet.SubscriptionID.Raw(), VNet: peering.VNet.Name.Raw(), Around: &a})
	next := step()
	status := model.NetworkStatus{Network: n, Peerings: []model.PeeringStatus{{Peering: peering, Azure: model.AzureHalf{VNet: p.facts().VNet}}}}
	r, ok := setup.MendFor(&status, next)
	if !ok {
		p.t.Fatalf("it cannot be mended: %+v", next)
	}
	return r
}

const dnsServer = "10.17.0.4"

// facts are what lies around the DNS server, as anybody reads it.
func (p *place) facts() azurenet.Facts {
	p.t.Helper()
	peering, _ := p.peeringNow()
	o := p.options(p.store)
	return o.Clouds.Ways.Read(p.t.Context(), peering.VNet, safe.Texts(dnsServer), attempt.Waiter{Clock: express{p.clock}})
}

// closed is the next step of the finding about port 53 of the server, empty where none is.
func (p *place) closed() finding.Next {
	p.t.Helper()
	_, n := p.peeringNow()
	udp, tcp := p.facts().PassageBoth(azurenet.Question{From: []model.Prefix{n.CIDR}, To: netip.MustParseAddr(dnsServer), Port: 53, Access: model.Yes})
	for _, f := range slices.Concat(udp.Findings(), tcp.Findings()) {
		if f.Code == azurenet.CodePortClosed {
			return f.Next
		}
	}
	return finding.Next{}
}

// groupRules are those of the group of the server's subnet, by name, without Azure's own.
func (p *place) groupRules() []string {
	p.t.Helper()
	facts := p.facts()
	subnet, _ := facts.SubnetAt(safe.New(dnsServer))
	group, _ := facts.Group(subnet.SecurityGroup)
	var out []string
	for _, r := range group.Rules {
		if r.Priority < 65000 {
			out = append(out, r.Name.Raw())
		}
	}
	return out
}

func denies(more ...sandbox.AroundRule) sandbox.Around {
	return sandbox.Around{Rules: append([]sandbox.AroundRule{{Name: "DenyAll", Priority: 200, Access: "Deny"}}, more...)}
}

// A rule for UDP and one for TCP are shown with all that they touch, agreed to once, written
// one after the other, and the finding is gone. Run once more, it changes nothing; torn down,
// the group is as it was.
func TestAConnectionIsLetThrough(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	request := p.shuts(denies())
	var asked []setup.Ask
	run := p.start(p.runner, request, func(_ setup.Run, s *setup.Step) *setup.RunCommand {
		if s.Asks == nil {
			return nil
		}
		asked = append(asked, *s.Asks)
		if len(s.Plan) != 2 || s.Plan[0].Method != http.MethodPut || !strings.Contains(s.Plan[0].Body.Raw(), `"sourceAddressPrefix": "10.16.0.0/16"`) || len(p.groupRules()) != 1 {
			t.Errorf("before the question, the rules are %v, and the plan is %+v", p.groupRules(), s.Plan)
		}
		return &setup.RunCommand{Kind: setup.CommandContinue}
	})
	if run.State != setup.RunDone || len(asked) != 1 || len(p.groupRules()) != 3 || len(run.Made) != 2 {
		t.Fatalf("%s, asked %+v, the rules %v, made %+v\n%s", run.State, asked, p.groupRules(), run.Made, p.story(p.runner))
	}
	for _, word := range []string{"AllowDnsUdpFromKong (priority 199)", "AllowDnsTcpFromKong (priority 198)", "DenyAll (priority 200)", "UDP and TCP 53 from 10.16.0.0/16 to " + dnsServer} {
		if !strings.Contains(asked[0].Text, word) {
			t.Errorf("the question does not say %q: %s", word, asked[0].Text)
		}
	}
	if next := p.closed(); next.Mend != "" {
		t.Errorf("the finding is still there: %+v", next)
	}
	again := p.start(p.runner, request, nobody)
	if again.State != setup.RunDone || len(p.groupRules()) != 3 {
		t.Errorf("%s with the rules %v\n%s", again.State, p.groupRules(), p.story(p.runner))
	}
	if err := p.runner.Teardown(run.ID); err != nil {
		t.Fatal(err)
	}
	torn := p.follow(p.runner, p.willing)
	if torn.State != setup.RunDone || p.closed().Mend != finding.MendRule {
		t.Errorf("%s, and then %+v\n%s", torn.State, p.closed(), p.story(p.runner))
	}
}

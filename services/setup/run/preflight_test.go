package run_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Fault 45: the ranges overlap, a name has other capitals or blanks, or a value holds what a
// shell would run.
// Seen: the field and what is wrong with it, before anything is written; every value arrives as
// it is, in requests, in commands that are copied and in the script.
//
// What would make a later step fail is found before anything is written.
func TestFault45Preflight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event  sandbox.Event
		change func(p *place, r *setup.Request)
		find   string // the finding
		says   string
		warns  bool // a person may go on
	}{
		"no such network":      {change: func(_ *place, r *setup.Request) { r.Network = safe.New("uk-labs") }, find: "setup-network", says: "no network uk-labs"},
		"no such id":           {change: func(_ *place, r *setup.Request) { r.Network = r.VNet.TenantID }, find: "setup-network", says: ""},
		"not on Azure":         {change: func(_ *place, r *setup.Request) { r.Network = safe.New("aws-legacy") }, find: "setup-provider", says: "AWS"},
		"not ready":            {change: func(_ *place, r *setup.Request) { r.Network = safe.New("jp-new") }, find: "network-initializing", says: "building"},
		"offline":              {change: func(_ *place, r *setup.Request) { r.Network = safe.New("uk-spare") }, find: "network-offline", says: "offline"},
		"an unknown state":     {event: sandbox.Event{Network: "uk-lab", State: "hibernating"}, find: "network-unknown", says: "hibernating", warns: true},
		"tenant of another":    {change: func(p *place, r *setup.Request) { r.VNet.TenantID = safe.New(p.world.TenantID("acme.example")) }, find: "setup-tenant"},
		"no such subscription": {change: func(_ *place, r *setup.Request) { r.VNet.SubscriptionID = r.VNet.TenantID }, find: "setup-subscription"},
		"no such VNET":         {change: func(_ *place, r *setup.Request) { r.VNet.Name = safe.New("vnet-lab") }, find: "setup-vnet", says: "vnet-lab"},
		"no such group":        {change: func(_ *place, r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg-net") }, find: "setup-vnet", says: "rg-net"},
		"overlap":              {change: func(_ *place, r *setup.Request) { r.VNet.Name = safe.New("vnet-labs-old") }, find: "setup-overlap", says: "10.60.8.0/22"},
		"name is taken": {change: func(_ *place, r *setup.Request) {
			r.Network, r.Peering = safe.New("eu-prod"), safe.New("hub-vnet")
		}, find: "setup-peering-name", says: "vnet-hub"},
		"may not assign": {event: sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"}, find: "setup-rights-missing", says: "You may not assign", warns: true},
		"server elsewhere": {change: func(_ *place, r *setup.Request) {
			r.DNS, r.Mappings = setup.DNSResolver, []model.DNSMapping{{Domains: texts("labs.example.org"), Servers: texts("10.99.0.4", "10.64.0.4")}}
		}, find: "S10", says: "10.99.0.4", warns: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.event(c.event)
			r := p.request(setup.DNSNone)
			if c.change != nil {
				c.change(p, &r)
			}
			before := p.writes()
			run := p.start(p.runner, r, nobody)
			want := setup.RunFailed
			if c.warns {
				want = setup.RunNeedsPerson
			}
			if run.State != want || run.Current != setup.StepPreflight || p.writes() != before {
				t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
			}
			for _, f := range run.Step(setup.StepPreflight).Findings {
				if string(f.Code) == c.find {
					if !strings.Contains(f.Cause, c.says) || f.Next.Text == "" && !c.warns || f.Stops == c.warns || f.Asks != c.warns {
						t.Errorf("got %+v", f)
					}
					return
				}
			}
			t.Errorf("no finding %s:\n%s", c.find, p.story(p.runner))
		})
	}
}

// Warnings are accepted once: a run that is gone on with does not ask again, and
// one that finds another warning does.
func TestAcceptedWarnings(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.event(sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"})
	first := p.another(p.store)
	run := p.start(first, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepConsent {
			return nil
		}
		return p.willing(run, s)
	})
	p.must(run, setup.RunNeedsPerson)
	first.Close()
	run = p.start(p.runner, p.request(setup.DNSNone), nobody)
	if run.Current != setup.StepConsent {
		t.Errorf("it asked again at %s:\n%s", run.Current, p.story(p.runner))
	}
}

// What cannot be run at all is refused before a journal is begun.
func TestImpossibleRequests(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	for name, change := range map[string]func(*setup.Request){
		"tenant":       func(r *setup.Request) { r.VNet.TenantID = safe.New("../evil") },
		"subscription": func(r *setup.Request) { r.VNet.SubscriptionID = safe.New("acme") },
		"VNET":         func(r *setup.Request) { r.VNet.Name = safe.New("$(id)") },
		"network":      func(r *setup.Request) { r.Network = safe.Text{} },
	} {
		r := p.request(setup.DNSNone)
		change(&r)
		if err := p.runner.Start(r, setup.Options{}); err == nil {
			t.Errorf("%s: it was begun", name)
		}
	}
	if list, err := p.runner.Earlier(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

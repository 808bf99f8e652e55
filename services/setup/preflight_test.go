package setup_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/services/sandbox"
)

// What would make a later step fail is found before anything is written.
func TestPreflight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event  sandbox.Event
		change func(p *place, r *model.SetupRequest)
		find   string // the finding
		says   string
		warns  bool // a person may go on
	}{
		"no such network":      {change: func(_ *place, r *model.SetupRequest) { r.Network = safe.New("uk-labs") }, find: "network", says: "no network uk-labs"},
		"no such id":           {change: func(_ *place, r *model.SetupRequest) { r.Network = r.VNet.TenantID }, find: "network", says: ""},
		"not on Azure":         {change: func(_ *place, r *model.SetupRequest) { r.Network = safe.New("aws-legacy") }, find: "provider", says: "AWS"},
		"not ready":            {change: func(_ *place, r *model.SetupRequest) { r.Network = safe.New("jp-new") }, find: "network-state", says: "initializing"},
		"offline":              {change: func(_ *place, r *model.SetupRequest) { r.Network = safe.New("uk-spare") }, find: "network-state", says: "offline"},
		"an unknown state":     {event: sandbox.Event{Network: "uk-lab", State: "hibernating"}, find: "network-state", says: "hibernating", warns: true},
		"tenant of another":    {change: func(p *place, r *model.SetupRequest) { r.VNet.TenantID = safe.New(p.world.TenantID("acme.example")) }, find: "tenant"},
		"no such subscription": {change: func(_ *place, r *model.SetupRequest) { r.VNet.SubscriptionID = r.VNet.TenantID }, find: "subscription"},
		"no such VNET":         {change: func(_ *place, r *model.SetupRequest) { r.VNet.Name = safe.New("vnet-lab") }, find: "vnet", says: "vnet-lab"},
		"no such group":        {change: func(_ *place, r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg-net") }, find: "vnet", says: "rg-net"},
		"overlap":              {change: func(_ *place, r *model.SetupRequest) { r.VNet.Name = safe.New("vnet-labs-old") }, find: "overlap", says: "10.60.8.0/22"},
		"name is taken": {change: func(_ *place, r *model.SetupRequest) {
			r.Network, r.Peering = safe.New("eu-prod"), safe.New("hub-vnet")
		}, find: "peering-name", says: "vnet-hub"},
		"may not assign": {event: sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"}, find: "right-Microsoft.Authorization/roleAssignments/write", says: "you may not assign", warns: true},
		"server elsewhere": {change: func(_ *place, r *model.SetupRequest) {
			r.DNS, r.Mappings = model.DNSResolver, []model.DNSMapping{{Domains: texts("labs.example.org"), Servers: texts("10.99.0.4", "10.64.0.4")}}
		}, find: "dns-0", says: "10.99.0.4", warns: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.event(c.event)
			r := p.request(model.DNSNone)
			if c.change != nil {
				c.change(p, &r)
			}
			before := p.writes()
			run := p.start(p.runner, r, nobody)
			want := model.RunFailed
			if c.warns {
				want = model.RunNeedsPerson
			}
			if run.State != want || run.Current != model.StepPreflight || p.writes() != before {
				t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
			}
			for _, f := range run.Step(model.StepPreflight).Findings {
				if f.ID == c.find {
					if !strings.Contains(f.Text, c.says) || f.Cure == "" && !c.warns || (f.Severity == model.SeverityBroken) == c.warns {
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
	run := p.start(first, p.request(model.DNSNone), func(run model.Run, s *model.Step) *model.RunCommand {
		if s.ID == model.StepConsent {
			return nil
		}
		return p.willing(run, s)
	})
	p.must(run, model.RunNeedsPerson)
	first.Close()
	run = p.start(p.runner, p.request(model.DNSNone), nobody)
	if run.Current != model.StepConsent {
		t.Errorf("it asked again at %s:\n%s", run.Current, p.story(p.runner))
	}
}

// What cannot be run at all is refused before a journal is begun.
func TestImpossibleRequests(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	for name, change := range map[string]func(*model.SetupRequest){
		"tenant":       func(r *model.SetupRequest) { r.VNet.TenantID = safe.New("../evil") },
		"subscription": func(r *model.SetupRequest) { r.VNet.SubscriptionID = safe.New("acme") },
		"VNET":         func(r *model.SetupRequest) { r.VNet.Name = safe.New("$(id)") },
		"network":      func(r *model.SetupRequest) { r.Network = safe.Text{} },
	} {
		r := p.request(model.DNSNone)
		change(&r)
		if err := p.runner.Start(r, model.SetupOptions{}); err == nil {
			t.Errorf("%s: it was begun", name)
		}
	}
	if list, err := p.runner.Earlier(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

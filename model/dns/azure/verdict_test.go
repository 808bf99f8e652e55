package azure_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
)

func TestFactsForTheVerdicts(t *testing.T) {
	f := facts(t)
	q := question("a.corp.example.org")
	s := f.ServerFacts(q)
	udp, _ := s.UDP.Get()
	endpoint, _ := s.Endpoint.Get()
	taken, _ := s.Taken.Get()
	loop, known := s.Loop.Get()
	if !udp.Open || udp.Rule.Raw() != "Dns (priority 100)" || !endpoint || !taken || !known || !loop.IsEmpty() || s.Subnet.Raw() != "snet-dns" || s.VNet.Raw() != "vnet-hub" {
		t.Errorf("got %+v", s)
	}
	f.Groups[0] = group(t, "DenyTcp 200 Deny Tcp 10.0.0.0/17 *")
	f.Rulesets[0].Links = append(f.Rulesets[0].Links, azuredns.Link{VNet: text(hub)})
	s = f.ServerFacts(q)
	udp, _ = s.UDP.Get()
	tcp, _ := s.TCP.Get()
	loop, _ = s.Loop.Get()
	if !udp.Open || tcp.Open || !strings.HasPrefix(tcp.Rule.Raw(), "DenyTcp") || loop.Raw() != "rules" {
		t.Errorf("got %+v", s)
	}
	q.Server = text("10.99.0.4")
	s = f.ServerFacts(q)
	if routed, known := s.Routed.Get(); routed || !known || s.UDP.IsKnown() || s.Taken.IsKnown() || !s.VNet.IsEmpty() {
		t.Errorf("got %+v", s)
	}
	q.Server = text("10.20.0.9")
	if taken, known := f.ServerFacts(q).Taken.Get(); taken || !known {
		t.Error("nothing has the address")
	}
	for name, want := range map[string]dnsverdict.Zone{
		"privatelink.blob.core.windows.net": {Name: text("privatelink.blob.core.windows.net"), Exists: true, Linked: true},
		"privatelink.database.windows.net":  {Name: text("privatelink.database.windows.net"), Exists: true, Finding: finding.Finding{Code: azuredns.CodeZoneUnlinked}},
	} {
		if got, known := f.ZoneFacts(text(name)).Get(); !known || got.Name != want.Name || got.Exists != want.Exists || got.Linked != want.Linked || got.Finding.Code != want.Finding.Code {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if z := f.ZoneFacts(text("elsewhere.test")); z.IsKnown() || z.Why() == "" {
		t.Errorf("got %+v", z)
	}
}

func TestFactsThatWereNotRead(t *testing.T) {
	f := azuredns.Facts{Facts: azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: model.Failure{Cause: text("you may not read it")}}}}}
	s := f.ServerFacts(question("example.org"))
	for _, why := range []string{s.Routed.Why(), s.Taken.Why(), s.Endpoint.Why(), s.UDP.Why(), s.TCP.Why(), s.Loop.Why(), f.ZoneFacts(text("example.org")).Why()} {
		if !strings.Contains(why, "you may not read it") {
			t.Errorf("got %q", why)
		}
	}
	f = facts(t)
	f.Groups, f.Resolvers, f.Addresses = nil, nil, nil
	f.Gaps = []azurenet.Gap{{Part: azuredns.PartResolvers, Failure: model.Failure{Cause: text("throttled")}}}
	s = f.ServerFacts(question("example.org"))
	if s.UDP.IsKnown() || s.Endpoint.Why() != "not known: throttled" || s.Taken.IsKnown() || s.Loop.IsKnown() {
		t.Errorf("got %+v", s)
	}
}

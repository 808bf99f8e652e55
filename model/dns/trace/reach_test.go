package trace_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func prefixes(list ...string) []model.Prefix { return model.NewPrefixes(texts(list...)) }

// Where the peerings lead, by what their VNETs and halves tell.
func TestReach(t *testing.T) {
	t.Parallel()
	const yes, no, open = "carried", "not carried", "not known"
	for about, c := range map[string]struct {
		change func(n *model.NetworkStatus, p *model.PeeringStatus)
		want   string // of the range of the VNET; empty where the whole is not known
		says   string
		beyond string
	}{
		"all is well": {func(*model.NetworkStatus, *model.PeeringStatus) {}, yes, "", ""},
		"told of the range": {func(_ *model.NetworkStatus, p *model.PeeringStatus) {
			p.Azure.Peering.Local = prefixes("10.20.0.0/17", "10.20.128.0/17")
		}, yes, "", ""},
		"told of another range": {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.Local = prefixes("10.21.0.0/16") }, no, "10.21.0.0/16", ""},
		"routes the network's range": {func(_ *model.NetworkStatus, p *model.PeeringStatus) {
			p.Azure.Peering.Routed = prefixes("10.4.0.0/17", "10.4.128.0/17")
		}, yes, "", ""},
		"routes a wider range":            {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.Routed = prefixes("10.0.0.0/8") }, yes, "", ""},
		"routes an old range":             {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.Routed = prefixes("10.3.0.0/16") }, no, "nothing comes back", ""},
		"routes a part":                   {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.Routed = prefixes("10.4.0.0/17") }, no, "not the whole", ""},
		"not in sync, and no ranges told": {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.Sync = model.SyncRemoteBehind }, open, "", ""},
		"not connected":                   {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.State = model.VNetDisconnected }, open, "", ""},
		"no half":                         {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Status = model.HalfAbsent }, open, "", ""},
		"a VNET that was not read":        {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure = model.AzureHalf{} }, "", "hub-vnet", ""},
		"peerings that were not read":     {func(n *model.NetworkStatus, _ *model.PeeringStatus) { n.PeeringsRead = model.Part{} }, "", "not read", ""},
		"a gateway":                       {func(_ *model.NetworkStatus, p *model.PeeringStatus) { p.Azure.Peering.GatewayTransit = model.Yes }, yes, "", "gateway"},
	} {
		n := network()
		c.change(n, &n.Peerings[0])
		reach, known := dnstrace.FactsOf(n, nil).Reach.Get()
		if c.want == "" {
			if why := dnstrace.FactsOf(n, nil).Reach.Why(); known || !strings.Contains(why, c.says) {
				t.Errorf("%s: %+v, %s", about, reach, why)
			}
			continue
		}
		if !known || len(reach.Spans) != 1 || !strings.Contains(reach.Beyond, c.beyond) || c.beyond == "" && reach.Beyond != "" {
			t.Errorf("%s: %+v", about, reach)
			continue
		}
		s, got := reach.Spans[0], open
		if carried, known := s.Carried.Get(); known {
			got = map[bool]string{true: yes, false: no}[carried]
		}
		if got != c.want || !strings.Contains(s.Why, c.says) {
			t.Errorf("%s: %+v", about, s)
		}
	}
}

// A name of a service whose private zone alone is mapped.
func TestTheRowOfThePrivateZone(t *testing.T) {
	t.Parallel()
	n := network()
	n.PrivateDNS[0].DNS = append(n.PrivateDNS[0].DNS, mapping("privatelink.blob.core.windows.net", "10.20.0.9"))
	for typed, want := range map[string]string{
		"acct.blob.core.windows.net": "privatelink.blob.core.windows.net", "acct.privatelink.blob.core.windows.net": "", "acct.file.core.windows.net": "", "www.example.com": "", "www.hr.example.org": "",
	} {
		q := dnstrace.Read(typed)
		f := dnstrace.ForName(dnstrace.FactsOf(n, dnstrace.RulesFor(q.Name, n)), q.Name, n)
		row, known := f.Row.Get()
		if !known || row.Private.Raw() != want || want != "" && (len(row.PrivateServers) != 1 || row.PrivateServers[0] != safe.New("10.20.0.9")) {
			t.Errorf("%s: %+v", typed, row)
		}
		if want == "" {
			continue
		}
		all := dnsverdict.Diagnose(dnsverdict.Case{Name: q.Asked(), Facts: f})
		if len(all) == 0 || all[0].Code != "N39" {
			t.Errorf("%s: %+v", typed, all)
		}
	}
}

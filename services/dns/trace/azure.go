package trace

import (
	"context"
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// azure reads what surrounds the servers in Azure, VNET by VNET, and puts it among the
// facts.
func (t *tracing) azure(ctx context.Context) error {
	if t.o.Azure == nil || len(t.rules) == 0 {
		return nil
	}
	patient, cancel := context.WithTimeout(ctx, azurePatience)
	defer cancel()
	for _, g := range groups(t.net, t.rules) {
		read := t.o.Azure.Read(patient, g.peering.VNet, g.servers, []safe.Text{t.rules[0].Domain, t.name}, t.waiter())
		if err := ctx.Err(); err != nil {
			return err
		}
		t.change(func(now *dnstrace.Trace) {
			now.Wait = nil
			t.take(now, g, read)
		})
		t.reads = append(t.reads, aroundVNet{g.peering.VNet, read})
	}
	return nil
}

// waiter shows on the trace that Azure is waited for. Several questions may wait at the
// same time; the newest is shown, until Azure is read.
func (t *tracing) waiter() attempt.Waiter {
	return attempt.Waiter{Clock: t.o.Time.Clock(), Hold: func(ctx context.Context, w model.Wait) error {
		t.change(func(now *dnstrace.Trace) { now.Wait = &w })
		clock := t.o.Time.Clock()
		return attempt.Pause(ctx, clock, w.Until.Sub(clock.Now()))
	}}
}

// group is a peering with the servers that are reached over it.
type group struct {
	peering *model.PeeringStatus
	servers []safe.Text
}

// groups puts the servers of the winning rule to the peerings over which they are
// reached. Servers whose VNET is not known go to the peering that stands in for it.
func groups(n *model.NetworkStatus, rules []dnstrace.Rule) []group {
	return grouped(rules[0].Servers, func(s safe.Text) *model.PeeringStatus {
		if p := dnstrace.PeeringTo(n, s); p != nil {
			return p
		}
		return dnstrace.PeeringOf(n, rules)
	})
}

// grouped puts servers to the VNETs that they lie in.
func grouped(servers []safe.Text, peering func(safe.Text) *model.PeeringStatus) []group {
	var out []group
	for _, s := range servers {
		p := peering(s)
		if p == nil || p.Kind != model.KindAzureVNet || p.VNet.IsZero() {
			continue
		}
		at := slices.IndexFunc(out, func(g group) bool { return g.peering == p })
		if at < 0 {
			at = len(out)
			out = append(out, group{peering: p})
		}
		out[at].servers = append(out[at].servers, s)
	}
	return out
}

// take puts what was read among the facts of a trace.
func (t *tracing) take(now *dnstrace.Trace, g group, read azuredns.Facts) {
	servers := maps.Clone(now.Facts.Servers) // the value that was handed out keeps its own
	list := append([]dnstrace.Server(nil), now.Servers...)
	for _, s := range g.servers {
		q := dnstrace.QuestionTo(t.net, g.peering, s, now.Query.Asked())
		f, before := read.ServerFacts(q), servers[s]
		if r, known := f.Routed.Get(); before.Routed.IsKnown() && (!known || !r) {
			f.Routed, f.VNet = before.Routed, before.VNet
		}
		if f.Subnet.IsEmpty() {
			f.Subnet = before.Subnet
		}
		f.OtherDomains = before.OtherDomains
		servers[s] = f
		for i := range list {
			if list[i].Report.Server == s {
				list[i].Azure = read.Judge(q)
			}
		}
	}
	now.Facts.Servers, now.Servers = servers, list
	around := dnstable.Surroundings{Endpoints: slices.Clone(now.Endpoints), Rulesets: slices.Clone(now.Rulesets)}
	read.Surround(&around)
	now.Endpoints, now.Rulesets = around.Endpoints, around.Rulesets
	if pe := read.EndpointFor(now.Query.Asked()); !now.Facts.Endpoint.IsKnown() || pe.IsKnown() {
		if before, _ := now.Facts.Endpoint.Get(); before.Name.IsEmpty() {
			now.Facts.Endpoint = pe
		}
	}
	if zone := read.ZoneFacts(now.Query.Asked()); zone.IsKnown() || !now.Facts.Zone.IsKnown() {
		now.Facts.Zone = zone
	}
}

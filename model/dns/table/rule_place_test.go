package table_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hub is a VNET with two subnets.
func hub() dnstable.NearVNet {
	return dnstable.NearVNet{
		Name: safe.New("vnet-hub"), Peering: safe.New("hub"), Prefixes: model.NewPrefixes(texts("10.1.0.0/16")), Read: true,
		Subnets: []model.Subnet{
			{Name: safe.New("dns"), Prefixes: model.NewPrefixes(texts("10.1.0.0/28"))},
			{Name: safe.New("spare"), Prefixes: model.NewPrefixes(texts("10.1.1.0/24"))},
		},
	}
}

func around(vnets ...dnstable.NearVNet) dnstable.Surroundings {
	return dnstable.Surroundings{Network: model.NewPrefix(safe.New("10.100.0.0/16")), VNets: vnets}
}

func placeProofs() map[string]proof {
	const w, e = dnstable.Warning, dnstable.Error
	spoke := dnstable.NearVNet{Name: safe.New("vnet-spoke"), Prefixes: model.NewPrefixes(texts("10.2.0.0/16", "no range")), Read: true}
	unread := dnstable.NearVNet{Name: safe.New("vnet-dark")}
	at := func(server string) []dnstable.Row { return rows(line("acme.io", server)) }
	return map[string]proof{
		"S10": {
			[]hit{
				{rows: at("10.2.0.4"), around: around(hub()), severity: w, row: 1, server: 1, says: "10.2.0.4 is not in vnet-hub (10.1.0.0/16). It needs a route through this VNET."},
				{rows: at("192.168.1.4"), around: around(hub(), spoke), severity: w, row: 1, server: 1, says: "192.168.1.4 is in none of the 2 peered VNETs."},
			},
			[]miss{{rows: at("10.1.0.5"), around: around(hub())}, {rows: at("10.2.0.4"), around: around(hub(), spoke)}, {rows: at("10.2.0.4"), around: around(hub(), unread)}, {rows: at("10.2.0.4")}, {rows: at("8.8.8.8"), around: around(hub())}, {rows: at("10.100.0.4"), around: around(hub())}},
		},
		"S11": {
			[]hit{{rows: at("10.100.0.4"), around: around(), severity: e, row: 1, server: 1, says: "10.100.0.4 belongs to the gateway network itself (10.100.0.0/16)."}},
			[]miss{{rows: at("10.101.0.4"), around: around()}, {rows: at("10.100.0.4")}},
		},
		"S12": {
			[]hit{
				{rows: at("10.1.0.0"), around: around(hub()), severity: w, row: 1, server: 1, says: "Azure reserves 10.1.0.0 in dns"},
				{rows: at("10.1.0.3"), around: around(hub()), severity: w, row: 1, server: 1, says: "10.1.0.3"},
				{rows: at("10.1.0.15"), around: around(hub()), severity: w, row: 1, server: 1, says: "10.1.0.15 in dns"},
				{rows: at("10.1.1.255"), around: around(hub()), severity: w, row: 1, server: 1, says: "spare"},
			},
			[]miss{{rows: at("10.1.0.4"), around: around(hub())}, {rows: at("10.1.0.14"), around: around(hub())}, {rows: at("10.1.9.0"), around: around(hub())}, {rows: at("10.1.0.0")}},
		},
		"S16": {
			[]hit{{rows: rows(line("acme.io", "10.1.0.4", "10.1.0.5")), around: around(hub()), severity: dnstable.Note, row: 1, says: "All servers sit in dns."}},
			[]miss{
				{rows: rows(line("acme.io", "10.1.0.4", "10.1.1.4")), around: around(hub())},
				{rows: rows(line("acme.io", "10.1.0.4", "10.1.9.4")), around: around(hub())},
				{rows: rows(line("acme.io", "10.1.9.4", "10.1.9.5")), around: around(hub())},
				{rows: at("10.1.0.4"), around: around(hub())},
				{rows: rows(line("acme.io", "10.1.0.4", "10.1.0.4")), around: around(hub())},
			},
		},
	}
}

// numberedRows makes n rows, of which the first ones are left out.
func left(n, gone int) []dnstable.Row { return numbered(n)[gone:] }

func changeProofs() map[string]proof {
	const n, w, e = dnstable.Note, dnstable.Warning, dnstable.Error
	resolver := func(state model.PrivateDNSState, reason string) dnstable.Surroundings {
		return dnstable.Surroundings{Resolver: &model.PrivateDNS{State: state, Reason: safe.New(reason)}}
	}
	overlapping := hub()
	overlapping.Prefixes = model.NewPrefixes(texts("10.1.0.0/16", "10.100.8.0/24"))
	loaded := func(rows []dnstable.Row) dnstable.Surroundings { return dnstable.Surroundings{Before: rows} }
	probed := func(before []dnstable.Row, answers map[string]bool) dnstable.Surroundings {
		s := dnstable.Surroundings{Before: before, Probes: map[dnstable.ProbeKey]dnstable.ProbeResult{}}
		for server, ok := range answers {
			s.Probes[dnstable.ProbeKey{Domain: "acme.io", Server: server}] = dnstable.ProbeResult{Answered: ok, Vantage: "this machine"}
		}
		return s
	}
	old, moved := rows(line("Acme.io", "10.1.0.4")), rows(line("acme.io", "10.2.0.4"))
	two, turned := rows(line("acme.io", "10.1.0.4", "10.2.0.4")), rows(line("acme.io", "10.2.0.4", "10.1.0.4"))
	return map[string]proof{
		"T01": {
			[]hit{
				{around: around(overlapping), severity: w, says: "vnet-hub 10.100.8.0/24 overlaps the gateway network 10.100.0.0/16; Azure refuses such a peering."},
				{rows: rows(line("acme.io", "10.1.0.4")), around: around(overlapping), severity: e, says: "vnet-hub 10.100.8.0/24 overlaps the gateway network"},
			},
			[]miss{{around: around(hub())}, {around: dnstable.Surroundings{VNets: []dnstable.NearVNet{overlapping}}}},
		},
		"T02": {
			[]hit{
				{around: resolver(model.PrivateDNSInitializing, ""), severity: e, says: "Resolver is initializing; edits open when it is ready."},
				{around: resolver("defrosting", "soon"), severity: e, says: "Resolver is defrosting (soon)"},
				{around: resolver(model.PrivateDNSTerminating, ""), severity: e, says: "Resolver is terminating; it takes no edits."},
			},
			[]miss{{around: resolver(model.PrivateDNSReady, "")}, {around: resolver(model.PrivateDNSError, "bad target")}, {}},
		},
		"T03": {
			[]hit{
				{around: dnstable.Surroundings{Changed: true, ChangedAt: time.Date(2026, 11, 24, 14, 3, 0, 0, time.UTC)}, severity: e, says: "Changed by someone else at 2026-11-24 14:03:00 UTC. Review the merge."},
				{around: dnstable.Surroundings{Changed: true}, severity: e, says: "Changed by someone else since it was loaded."},
			},
			[]miss{{around: dnstable.Surroundings{ChangedAt: time.Date(2026, 11, 24, 14, 3, 0, 0, time.UTC)}}},
		},
		"T04": {
			[]hit{
				{rows: left(10, 4), around: loaded(numbered(10)), severity: w, says: "This removes 4 of 10 domains. Type 10 to confirm."},
				{around: loaded(numbered(5)), severity: w, says: "This removes all 5 domains. Type 5 to confirm."},
				{rows: rows(pair("new.acme.io"), pair("new2.acme.io")), around: loaded(numbered(2)), severity: w, says: "This removes all 2 domains"},
			},
			[]miss{{rows: left(10, 3), around: loaded(numbered(10))}, {rows: rows(pair("Acme.io."), pair("B.io")), around: loaded(rows(pair("acme.io"), pair("b.io")))}, {}, {around: loaded(rows())}},
		},
		"T05": {
			[]hit{
				{rows: moved, around: probed(old, map[string]bool{"10.1.0.4": true, "10.2.0.4": false}), severity: w, row: 1, server: 1, says: "acme.io resolves today through 10.1.0.4; 10.2.0.4 does not answer from this machine."},
				{rows: turned, around: probed(two, map[string]bool{"10.1.0.4": true, "10.2.0.4": false}), severity: w, row: 1, server: 1, says: "10.2.0.4 does not answer"},
			},
			[]miss{
				{rows: moved, around: probed(old, map[string]bool{"10.1.0.4": true, "10.2.0.4": true})},
				{rows: moved, around: probed(old, map[string]bool{"10.1.0.4": true})},
				{rows: moved, around: probed(old, map[string]bool{"10.1.0.4": false, "10.2.0.4": false})},
				{rows: two, around: probed(two, map[string]bool{"10.1.0.4": true, "10.2.0.4": false})},
				{rows: rows(line("acme.io", "10.1.0.4", "10.2.0.4", "10.3.0.4")), around: probed(two, map[string]bool{"10.1.0.4": true, "10.2.0.4": false})},
				{rows: moved, around: loaded(old)},
			},
		},
		"T06": {
			[]hit{{rows: rows(pair("b.io"), line("acme.io", "10.1.0.4", "10.9.0.4")), around: probed(rows(pair("x.io")), map[string]bool{"10.9.0.4": false}), severity: n, row: 2, server: 2, says: "Not yet tested: no probe of 10.9.0.4 has succeeded."}},
			[]miss{
				{rows: moved, around: probed(old, map[string]bool{"10.2.0.4": true})}, {rows: rows(line("b.io", "10.1.0.4")), around: probed(old, nil)}, {rows: moved, around: loaded(old)},
			},
		},
	}
}

// A snapshot of the watcher becomes surroundings: the peerings that live, with their
// tables and what was read of their VNETs, and the resolver beside the others.
func TestSurroundingsOf(t *testing.T) {
	t.Parallel()
	mapping := []model.DNSMapping{{Domains: texts("acme.io"), Servers: texts("10.1.0.4")}}
	peering := func(name string, kind model.PeeringKind, state model.PeeringState, half model.HalfStatus, prefixes ...string) model.PeeringStatus {
		return model.PeeringStatus{
			Peering: model.Peering{Name: safe.New(name), ID: safe.New("id-" + name), Kind: kind, State: state, DNS: mapping, VNet: model.VNetRef{Name: safe.New("vnet-" + name)}},
			Azure:   model.AzureHalf{Status: half, VNet: model.VNet{Name: safe.New("VNET-" + name), AddressPrefixes: model.NewPrefixes(texts(prefixes...))}},
		}
	}
	resolver := func(id string, state model.PrivateDNSState) model.PrivateDNSStatus {
		return model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{ID: safe.New(id), Name: safe.New("n" + id), Kind: model.KindAzureResolver, State: state, DNS: mapping}}
	}
	n := &model.NetworkStatus{
		Network: model.Network{Name: safe.New("eu"), CIDR: model.NewPrefix(safe.New("10.100.0.0/16"))},
		Peerings: []model.PeeringStatus{
			peering("hub", model.KindAzureVNet, model.PeeringReady, model.HalfPresent, "10.1.0.0/16"),
			peering("dark", model.KindAzureVNet, model.PeeringReady, model.HalfUnread),
			peering("wan", model.KindAzureVHub, model.PeeringReady, model.HalfNotApplicable),
			peering("gone", model.KindAzureVNet, model.PeeringTerminated, model.HalfPresent, "10.7.0.0/16"),
		},
		PrivateDNS:     []model.PrivateDNSStatus{resolver("r1", model.PrivateDNSReady), resolver("r2", model.PrivateDNSReady), resolver("r3", model.PrivateDNSTerminated)},
		PrivateDNSRead: model.Part{At: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)},
	}
	s := dnstable.SurroundingsOf(n, safe.New("r1"))
	if len(s.VNets) != 3 || !s.VNets[0].Read || s.VNets[0].Name.Raw() != "VNET-hub" || s.VNets[1].Read || s.VNets[1].Name.Raw() != "vnet-dark" || s.VNets[2].Read {
		t.Errorf("VNETs %+v", s.VNets)
	}
	if len(s.Peerings) != 3 || s.Peerings[0].ID.Raw() != "id-hub" || len(s.Resolvers) != 1 || s.Resolvers[0].Name.Raw() != "nr2" {
		t.Errorf("tables %+v, %+v", s.Peerings, s.Resolvers)
	}
	if s.Resolver == nil || s.Resolver.ID.Raw() != "r1" || s.Network != n.CIDR || s.NetworkName != n.Name {
		t.Errorf("%+v", s)
	}
	if p := of(checked(rows(pair("b.io")), dnstable.SurroundingsOf(n, safe.New("r9"))), "T02"); len(p) != 1 {
		t.Errorf("a resolver that is gone: %v", p)
	}
	if s := dnstable.SurroundingsOf(n, safe.Text{}); s.Resolver != nil || len(s.Resolvers) != 2 {
		t.Errorf("no resolver yet: %+v", s.Resolver)
	}
	if s := dnstable.SurroundingsOf(nil, safe.Text{}); len(dnstable.Check(rows(pair("corp.acme.io")), s)) != 0 {
		t.Error("nothing is known")
	}
}

package table_test

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// second is a hit of a rule about a server that stands behind a good one.
func second(text string, severity dnstable.Severity, says string, fixed ...string) hit {
	h := hit{rows: rows(line("acme.io", "10.1.0.4", text)), severity: severity, row: 1, server: 2, says: says}
	if len(fixed) > 0 {
		h.fix = &dnstable.Fix{Servers: append([]string{"10.1.0.4"}, fixed...)}
	}
	return h
}

func servers(texts ...string) []miss {
	var out []miss
	for _, t := range texts {
		out = append(out, miss{rows: rows(line("acme.io", "10.1.0.4", t))})
	}
	return out
}

func serverProofs() map[string]proof {
	const n, w, e = dnstable.Note, dnstable.Warning, dnstable.Error
	keep := func(list ...string) *dnstable.Fix { return &dnstable.Fix{Servers: list} }
	return map[string]proof{
		"S01": {[]hit{{rows: rows(line("acme.io")), severity: e, row: 1, says: "Add at least one DNS server address."}}, servers("", "10.1.0.5")},
		"S02": {
			[]hit{
				second("ns1.acme.io", e, `"ns1.acme.io" is not an IPv4 address such as 10.1.0.4.`), second("0x0a000004", e, "is not an IPv4 address"), second("10.1.4", e, `"10.1.4"`),
				second("10.0.0.256", e, "is not"), second("", e, "An empty server"), second("ns1.acme.io:53", e, "is not"), second("10.1.0.4\x1b[2J", e, `\u{1b}`),
				second("010.0.0.4", e, "Write 10.0.0.4, not 010.0.0.4", "10.0.0.4"),
			},
			servers("10.0.0.4", " 10.0.0.4 ", "fd00::1", "10.0.0.4:53", "10.0.0.0/24"),
		},
		"S03": {
			[]hit{
				second("10.0.0.4:5353", e, "Konnect takes addresses without a port; the port is 53.", "10.0.0.4"),
				second("10.0.0.4:53", n, "stored as 10.0.0.4", "10.0.0.4"), second("[fd00::1]:53", n, "stored as fd00::1", "fd00::1"),
			},
			servers("10.0.0.4", "fd00::1", "10.0.0.4:x"),
		},
		"S04": {[]hit{second("10.0.0.0/24", e, "Give one address, not a range: 10.0.0.0/24 names many."), second("10.0.0.4/32", e, "names one address as a range", "10.0.0.4")}, servers("10.0.0.4", "10.0.0.4/x")},
		"S05": {
			[]hit{second("fd00::1", w, "fd00::1: Azure private resolver subnets are IPv4 only; Konnect may refuse this."), second("2001:db8::1", w, "IPv4 only"), second("::ffff:10.0.0.4", n, "stored as 10.0.0.4", "10.0.0.4")},
			servers("10.0.0.4", "::1", "fe80::1"),
		},
		"S06": {
			[]hit{
				second("127.0.0.1", e, "127.0.0.1 is a loopback address and cannot be reached through the peering."), second("0.0.0.0", e, "placeholder"), second("0.1.2.3", e, "placeholder"),
				second("224.0.0.1", e, "multicast"), second("240.0.0.1", e, "reserved"), second("255.255.255.255", e, "broadcast"), second("::1", e, "loopback"), second("fe80::1%eth0", e, "one network card"),
				second("::ffff:127.0.0.1", e, "loopback"), second("127.0.0.1:53", e, "loopback"),
			},
			servers("126.0.0.1", "128.0.0.1", "223.255.255.255", "169.254.0.1", "10.0.0.0"),
		},
		"S07": {[]hit{second("169.254.169.254", e, "link-local addresses are not routed"), second("fe80::1", e, "link-local")}, servers("169.253.0.1", "169.255.0.1")},
		"S08": {[]hit{second("168.63.129.16", e, "Use a Private Resolver inbound endpoint."), second("168.63.129.16:53", e, "Azure's platform resolver")}, servers("168.63.129.17")},
		"S09": {
			[]hit{
				second("20.1.2.3", w, "20.1.2.3 is public. Queries for acme.io would leave the private network."), second("8.8.8.8", w, "8.8.8.8 is public"),
				second("8.8.8.8", n, "Public resolvers do not know private zones"), second("2606:4700:4700::1111", n, "Cloudflare"),
			},
			append(servers("10.0.0.5", "172.16.0.4", "192.168.1.1", "100.64.0.4", "192.0.2.1", "168.63.129.16", "fd00::1"),
				miss{rows: rows(line("acme.io", "20.1.2.3")), around: dnstable.Surroundings{VNets: []dnstable.NearVNet{{Prefixes: model.NewPrefixes(texts("20.1.0.0/16")), Read: true}}}}),
		},
		"S13": {
			[]hit{
				{rows: rows(line("acme.io", "10.1.0.4", "10.2.0.4", "10.1.0.4")), severity: n, row: 1, server: 3, says: "10.1.0.4 is listed twice; kept once.", fix: keep("10.1.0.4", "10.2.0.4")},
				{rows: rows(line("acme.io", "10.1.0.4", "10.1.0.4:53")), severity: n, row: 1, server: 2, says: "listed twice", fix: keep("10.1.0.4")},
			},
			append(servers("10.1.0.5", "10.1.0.04"), miss{rows: rows(line("acme.io", "10.1.0.4"), line("b.io", "10.1.0.4"))}),
		},
		"S14": {
			[]hit{{rows: rows(line("acme.io", "10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.7", "10.0.0.8", "10.0.0.9", "10.0.0.10")), severity: w, row: 1, says: "Azure uses at most 6 targets per rule; you have 7."}},
			[]miss{{rows: rows(line("acme.io", "10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.7", "10.0.0.8", "10.0.0.9", "10.0.0.9"))}},
		},
		"S15": {
			[]hit{{rows: rows(line("acme.io", "10.1.0.4")), severity: n, row: 1, says: "No spare: one server down means acme.io is down."}, {rows: rows(line("acme.io", "10.1.0.4", "10.1.0.4")), severity: n, row: 1, says: "No spare"}},
			append(servers("10.1.0.5", "oops"), miss{rows: rows(line("acme.io"))}),
		},
		"S17": {
			[]hit{
				second("192.0.2.4", w, "192.0.2.4 is in the documentation range; is this an example value?"), second("198.51.100.4", w, "documentation"), second("203.0.113.4", w, "documentation"),
				second("198.18.0.4", w, "benchmark"), second("100.64.0.4", w, "carrier-grade NAT"), second("100.127.255.255", w, "carrier-grade NAT"), second("2001:db8::4", w, "documentation"),
			},
			append(servers("192.0.3.4", "198.20.0.4", "100.128.0.4", "10.0.0.5"),
				miss{rows: rows(line("acme.io", "100.64.0.9")), around: dnstable.Surroundings{VNets: []dnstable.NearVNet{{Prefixes: model.NewPrefixes(texts("100.64.0.0/20")), Read: true}}}}),
		},
		"S18": {
			[]hit{{rows: rows(pair("acme.io"), line("b.io", "10.2.0.4", "10.1.0.4")), severity: n, row: 2, other: 1, says: "Same servers as acme.io, different order; the first one is tried first.", fix: keep("10.1.0.4", "10.2.0.4")}},
			[]miss{{rows: rows(pair("acme.io"), pair("b.io"), line("c.io", "10.2.0.4", "10.1.0.5"))}, {rows: rows(line("acme.io", "10.1.0.4"), line("b.io", "10.1.0.4"))}},
		},
		"S19": loopProof(),
	}
}

func loopProof() proof {
	around := func(target, linked string) dnstable.Surroundings {
		return dnstable.Surroundings{
			Endpoints: []dnstable.Endpoint{{Address: safe.New("10.1.0.4"), VNet: safe.New("/subscriptions/1/vnets/hub")}},
			Rulesets:  []dnstable.Ruleset{{Name: safe.New("to-corp"), Targets: texts("10.5.0.4", target), VNets: texts("/x", linked)}},
		}
	}
	table := rows(pair("acme.io"))
	return proof{
		[]hit{{rows: table, around: around("10.1.0.4", "/Subscriptions/1/VNETs/hub"), severity: dnstable.Warning, row: 1, server: 1, says: "Possible resolution loop via to-corp"}},
		[]miss{{rows: table, around: around("10.1.0.5", "/subscriptions/1/vnets/hub")}, {rows: table, around: around("10.1.0.4", "/subscriptions/1/vnets/spoke")}, {rows: table}},
	}
}

package table_test

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func scopeProofs() map[string]proof {
	const n, w, e = dnstable.Note, dnstable.Warning, dnstable.Error
	l34 := strings.Repeat("a.", 33) + "acme"
	return map[string]proof{
		"D15": {[]hit{domain(".", w, "This sends every name to these servers, public ones too.", "")}, domains("a", "..")},
		"D16": {
			[]hit{domain("acme", w, "acme has one label", ""), domain("Intern", w, "intern has one label", "")},
			domains("a.acme", "com", "internal", "local", "test", "corp", "localhost", "."),
		},
		"D17": {
			[]hit{
				domain("com", e, "com is a public suffix; forwarding it captures domains that are not yours.", ""),
				domain("co.uk", e, "co.uk is a public suffix", ""),
				domain("cloudapp.net", w, "cloudapp.net is a public suffix", ""),
				domain("xn--p1ai", e, "рф is a public suffix", ""),
			},
			domains("acme.com", "acme.co.uk", "shop.azurewebsites.net", "blob.core.windows.net", "azurewebsites.net", "acme", "home.arpa", "in-addr.arpa", "ip6.arpa", "internal", "onion", "local"),
		},
		"D18": {[]hit{domain("b."+l34, w, "Azure forwarding rules allow at most 34 labels; this has 35.", "")}, domains(l34)},
		"D19": {[]hit{domain("acme.local", w, ".local is reserved for multicast DNS.", ""), domain("local", w, ".local", "")}, domains("local.acme.io", "notlocal", "alocal.io")},
		"D20": {
			[]hit{
				domain("localhost", w, "localhost is reserved (RFC 6761) and will not be resolved by most servers.", ""),
				domain("a.invalid", w, "RFC 6761", ""), domain("a.onion", w, "RFC 7686", ""), domain("a.alt", w, "RFC 9476", ""),
				domain("a.test", n, "RFC 6761", ""), domain("corp.example.com", n, "corp.example.com is reserved", ""), domain("example.org", n, "reserved", ""), domain("a.example", n, "reserved", ""),
			},
			domains("example.de", "anexample.com", "test.acme.io", "a.tests", "localhost.acme.io"),
		},
		"D21": {
			[]hit{domain("acme.internal", n, "acme.internal is a private-use name.", ""), domain("home.arpa", n, "private-use", ""), domain("x.corp", n, "private-use", ""), domain("a.home", n, "", ""), domain("lan", n, "", "")},
			domains("internal.acme.io", "home.acme.io", "myhome", "a.arpa"),
		},
		"D22": {
			[]hit{
				domain("privatelink.blob.core.windows.net", n, "Services ask for blob.core.windows.net: map that too", ""),
				domain("privatelink.vaultcore.azure.net", n, "Services ask for vault.azure.net", ""),
				domain("privatelink.eastus.azmk8s.io", n, "eastus.azmk8s.io", ""),
				domain("privatelink.new.acme.io", n, "new.acme.io", ""),
				{rows: rows(pair("privatelink.blob.core.windows.net"), pair("blob.core.windows.net")), severity: n, row: 1, says: "Private Link: the servers' VNET must be linked to"},
			},
			domains("blob.core.windows.net", "myprivatelink.acme.io"),
		},
		"D23": {
			[]hit{
				domain("windows.net", w, "Forwarding windows.net can break Azure and sign-in.", ""), domain("azure.com", w, "azure.com", ""),
				domain("microsoftonline.com", w, "", ""), domain("net", w, "Forwarding net can", ""),
			},
			domains("azurewebsites.net", "azurecr.io", "privatelink.blob.core.windows.net", "blob.core.windows.net", "notwindows.net", "org", "xwindows.net"),
		},
		"D24": {
			[]hit{domain("konghq.com", w, "Forwarding konghq.com may cut data planes off from Konnect.", ""), domain("us.cp0.konghq.com", w, "", ""), domain("gateways.konggateway.com", w, "", ""), domain("konghq.tech", w, "", "")},
			domains("mykonghq.com", "konghq.com.acme.io", "kong.acme.io"),
		},
		"D30": {
			[]hit{
				domain("0-127.1.168.192.in-addr.arpa", w, `Check the reverse zone 0-127.1.168.192.in-addr.arpa: "0-127" is no octet`, ""),
				domain("300.10.in-addr.arpa", w, `"300"`, ""), domain("010.in-addr.arpa", w, `"010"`, ""),
				domain("1.4.0.0.10.in-addr.arpa", w, "more than four numbers", ""),
				domain("d.f.ip6.arpa", w, "IPv6", ""), domain("ip6.arpa", w, "IPv6", ""), domain("in-addr.arpa", w, "every reverse look-up", ""),
			},
			domains("10.in-addr.arpa", "4.0.255.10.in-addr.arpa", "0-127.acme.io", "168.192.in-addr.arpa"),
		},
	}
}

func tableProofs() map[string]proof {
	const n, w, e = dnstable.Note, dnstable.Warning, dnstable.Error
	remove := &dnstable.Fix{Remove: true}
	elsewhere := func(name string, domains ...string) dnstable.Elsewhere {
		return dnstable.Elsewhere{Name: safe.New(name), Mappings: []model.DNSMapping{{Domains: texts(domains...), Servers: texts("10.9.0.4", "10.9.0.5", "10.9.0.6")}}}
	}
	peerings := func(list ...dnstable.Elsewhere) dnstable.Surroundings { return dnstable.Surroundings{Peerings: list} }
	many := make([]dnstable.Row, 1001)
	for i := range many {
		many[i] = pair(fmt.Sprintf("d%d.acme.io", i))
	}
	return map[string]proof{
		"D10": {
			[]hit{
				{rows: rows(pair("acme.io"), pair("b.io"), line("Acme.io.", "10.1.0.5")), severity: e, row: 3, other: 1, says: "acme.io is listed twice (10.1.0.4, 10.2.0.4 / 10.1.0.5). Put all its servers into one entry."},
				{rows: rows(line("acme.io", "10.1.0.4", "10.2.0.4"), line("*.acme.io", "10.2.0.4", "10.1.0.4")), severity: e, row: 2, other: 1, says: "listed twice"},
			},
			[]miss{{rows: rows(pair("acme.io"), line("Acme.io", "10.1.0.4", "10.2.0.4"))}, {rows: rows(line("acme.io", "10.1.0.4"), line("acme.io", "10.1.0.4:53", "10.1.0.4"))}, {rows: rows(pair("a.io"), line("b.io", "10.1.0.4"))}, {rows: rows(pair("a..b"), line("a..b", "10.1.0.4"))}},
		},
		"D11": {
			[]hit{{rows: rows(pair("Acme.io"), line("acme.io", "10.1.0.4:53", " 10.2.0.4")), severity: n, row: 2, other: 1, says: "acme.io is listed twice, with the same servers", fix: remove}},
			[]miss{{rows: rows(pair("acme.io"), line("acme.io", "10.1.0.4"))}, {rows: rows(pair("acme.io"), pair("x.acme.io"))}},
		},
		"D25": {
			[]hit{
				{rows: rows(pair("acme.io"), line("a.acme.io", "10.3.0.4")), severity: n, row: 2, other: 1, says: "Names under a.acme.io use 10.3.0.4; all other acme.io names use 10.1.0.4, 10.2.0.4."},
				{rows: rows(line("c.b.a.acme.io", "10.3.0.4"), pair("acme.io"), pair("a.acme.io")), severity: n, row: 1, other: 3, says: "all other a.acme.io names"},
			},
			[]miss{{rows: rows(pair("acme.io"), line("badacme.io", "10.3.0.4"))}, {rows: rows(pair("acme.io"), pair("a.acme.io"))}, {rows: rows(pair("."), line("a.acme.io", "10.3.0.4"))}, {rows: rows(pair("acme.io"), line("a.acme.io"))}},
		},
		"D26": {
			[]hit{
				{rows: rows(pair("a.acme.io"), pair("acme.io")), severity: n, row: 1, other: 2, says: "Redundant: acme.io already sends this to the same servers.", fix: remove},
				{rows: rows(pair("."), pair("acme.io")), severity: n, row: 2, other: 1, says: `Redundant: "." already`, fix: remove},
			},
			[]miss{
				{rows: rows(pair("a.acme.io"), line("acme.io", "10.2.0.4", "10.1.0.4"))},
				{rows: rows(pair("acme.io"), line("b.acme.io", "10.3.0.4"), pair("io.b"))},
				{rows: rows(pair("."), pair("privatelink.blob.core.windows.net"))},
				{rows: rows(pair("acme.io"), line("b.acme.io", "10.3.0.4"), line("a.b.acme.io", "10.1.0.4"))},
			},
		},
		"D27": {
			[]hit{
				{rows: rows(pair("acme.io")), around: peerings(elsewhere("hub-vnet", "b.io", "Acme.IO.")), severity: w, row: 1, says: "Also in peering hub-vnet (10.9.0.4 +2). Which one Konnect prefers is not documented."},
				{rows: rows(pair("acme.io")), around: dnstable.Surroundings{Resolvers: []dnstable.Elsewhere{elsewhere("second", "acme.io")}}, severity: w, row: 1, says: "Also in resolver second"},
			},
			[]miss{{rows: rows(pair("acme.io")), around: peerings(elsewhere("hub-vnet", "a.acme.io", "io"))}, {rows: rows(pair("acme.io"))}},
		},
		"D28": {
			[]hit{
				{rows: rows(pair("acme.io")), around: peerings(elsewhere("hub", "acme.io"), elsewhere("spoke", "ACME.io")), severity: w, row: 1, says: "Mapped by peering hub, and also by peering spoke."},
				{around: peerings(elsewhere("hub", "acme.io"), elsewhere("spoke", "acme.io")), severity: w, says: "acme.io is mapped by peering hub, and also by spoke."},
			},
			[]miss{{rows: rows(pair("acme.io")), around: peerings(elsewhere("hub", "acme.io", "Acme.io"), elsewhere("spoke", "b.io"))}},
		},
		"D29": {[]hit{{rows: many, severity: w, says: "1001 domains; Azure rulesets hold 1000."}}, []miss{{rows: many[1:]}, {rows: append(many[1:], many[1])}}},
	}
}

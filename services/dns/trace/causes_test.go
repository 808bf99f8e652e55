package trace_test

import (
	"slices"
	"strings"
	"testing"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// events reads the events of a scenario as people write them.
func events(t *testing.T, text string) []sandbox.Event {
	t.Helper()
	list, err := sandbox.ParseScenario([]byte("events:\n" + text))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Each cause that Azure or an answer tells is found by a trace, with its step and a command
// that can be pasted.
func TestCausesAreFound(t *testing.T) {
	t.Parallel()
	const hub = `  - {at: 0s, subscription: acme-prod, vnet: vnet-hub, around: `
	const shared = `  - {at: 0s, subscription: acme-prod, vnet: vnet-shared, around: `
	server := func(behave string) string {
		return "  - {at: 0s, name_server: 10.20.0.4, behave: " + behave + "}\n  - {at: 0s, name_server: 10.20.0.5, behave: " + behave + "}\n"
	}
	const corp = "api.corp.example.org"
	const blob = "acct.privatelink.blob.core.windows.net"
	for about, c := range map[string]struct {
		script, name  string
		code          finding.Code
		cause, step   string
		command       string
		withoutSentry finding.Code // a finding that would be wrong beside it
	}{
		"the network's range to an appliance": {hub + `{routes: [{name: fw, prefix: 10.0.0.0/16, next_hop: VirtualAppliance, address: 10.20.3.4}]}}`, corp, "server-route-away", "through the appliance 10.20.3.4", "leaves out 10.0.0.0/16", "az network route-table route show ", ""},
		"a part of it to nowhere":             {hub + `{routes: [{name: off, prefix: 10.0.128.0/17, next_hop: None}]}}`, corp, "server-route-away", "10.0.128.0/17, a part of 10.0.0.0/16", "Change the route", "az network route-table route show ", ""},
		"the peering's routes are kept out":   {hub + `{peering_routes: All}}`, corp, "server-route-away", "disablePeeringRoute is All", "take the routes of peerings again", "az resource update --ids ", ""},
		"a rule denies, and a name is taken":  {hub + `{rules: [{name: No, priority: 200, access: Deny}, {name: AllowDnsFromKong, priority: 199, access: Allow, from: [10.99.0.0/16]}]}}`, corp, "server-port-closed", "denied by the rule No", "198 is free", "az network nsg rule create ", ""},
		"the card's own group denies":         {hub + `{taken: [10.20.0.4], cards: [{name: nic-own, address: 10.20.0.4, machine: vm-1, rules: [{name: No, priority: 100, access: Deny}]}]}}`, corp, "server-port-closed", "nic-own-nsg", "no rule of a user comes before it", "az network nsg rule list ", ""},
		"an address that nobody has":          {hub + `{free: [10.20.0.5]}}`, corp, "server-address-free", "othing in the VNET has 10.20.0.5", "the address that the server", "", ""},
		"an answer from where nobody is":      {hub + `{free: [10.20.0.4]}}`, corp, "N44", "Azure says that nothing has the address", "Trust no answer", "dig @10.20.0.4 ", ""},
		"the account has no record": {
			hub + `{records: [{zone: privatelink.blob.core.windows.net, name: acct}]}}` + "\n" + server("{as: nxdomain, domain: "+blob+"}"), blob, "zone-record-missing",
			"has no record acct", "let the link fall back", "az network private-dns link vnet update ", "N33",
		},
		"the account has an endpoint and no record": {
			hub + `{records: [{zone: privatelink.blob.core.windows.net, name: acct}], cards: [{name: nic-pe, address: 10.20.0.12, endpoint: pe-acct, names: [acct.blob.core.windows.net]}]}}` + "\n" + server("{as: nxdomain, domain: "+blob+"}"), blob, "zone-record-missing",
			"the private endpoint pe-acct", "Add the record acct", "az network private-dns record-set a add-record ", "N33",
		},
		"the link falls back": {
			hub + `{records: [{zone: privatelink.blob.core.windows.net, name: acct}], fallback: [privatelink.blob.core.windows.net]}}` + "\n" + server("{as: public, domain: "+blob+"}"), blob, "zone-record-missing",
			"falls back to the Internet", "has a private endpoint", "az network private-endpoint list ", "",
		},
		"an endpoint made anew": {
			hub + `{cards: [{name: nic-pe, address: 10.20.0.12, endpoint: pe-acct, names: [acct.blob.core.windows.net]}]}}` + "\n" + server("{domain: "+blob+", addresses: [10.20.0.10]}"), blob, "N43",
			"the private endpoint pe-acct that the name is for has 10.20.0.12 now", "Give the record", "az network private-dns record-set a update ", "",
		},
		"nobody has the record's address":    {server("{domain: "+blob+", addresses: [10.20.0.9]}") + hub + `{free: [10.20.0.9]}}`, blob, "N43", "nothing has", "the address that the service has now", "az network private-endpoint list ", ""},
		"a machine has the record's address": {server("{domain: " + blob + ", addresses: [10.20.0.5]}"), blob, "N43", "vm-dns-10-20-0-5", "the private endpoint has now", "az network private-endpoint list ", ""},
		"only the private zone is mapped":    {"  - {at: 0s, name_server: 10.20.0.4, behave: {as: healthy}}", "acct.blob.core.windows.net", "N39", "nly the private zone privatelink.blob.core.windows.net", "Add a row for blob.core.windows.net", "echo 'blob.core.windows.net -> 10.20.0.4' | peerdeck dns apply - ", "N23"},
		"the gateway's own range":            {server("{domain: " + corp + ", addresses: [10.0.4.4]}"), corp, "N40", "own range 10.0.0.0/16", "Correct the record", "dig @10.20.0.4 ", ""},
		"one of several in no range":         {server("{domain: " + corp + ", addresses: [10.20.3.4, 10.99.0.4]}"), corp, "N41", "10.99.0.4, one of 2 addresses of", "a peered range", "dig @10.20.0.4 ", ""},
		"no reachable authority":             {server("{as: servfail, domain: corp.example.org, ede: 22}"), corp, "N09", "lies behind 10.20.0.4", "forwarders", "dig @", "N08"},
		"a network error":                    {server("{as: servfail, domain: corp.example.org, ede: 23}"), corp, "N09", "lies behind", "forwarders", "dig @", "N08"},
		"bogus signatures":                   {server("{as: servfail, domain: corp.example.org, ede: 6}"), corp, "N08", "EDE 6", "renew the signatures", "dig @10.20.0.4 api.corp.example.org A +cd +dnssec", "N09"},
		"not ready":                          {server("{as: servfail, domain: corp.example.org, ede: 14}"), corp, "N08", "EDE 14", "Wait until", "dig @", "N09"},
		"blocked":                            {server("{as: nxdomain, domain: " + corp + ", ede: 15}"), corp, "N45", "EDE 15", "block list", "dig @", "N33"},
		"a stale answer":                     {server("{domain: " + corp + ", ede: 3}"), corp, "N46", "an old answer that it kept", "forwarders", "dig @", ""},
		"a delegation":                       {server("{as: referral, domain: " + corp + "}"), corp, "N14", "ns1.hosting.example.net", "offers recursion", "dig @", ""},
		"UDP and TCP": {
			"  - {at: 0s, name_server: 10.20.0.4, behave: {domain: " + corp + ", over: tcp, addresses: [10.20.3.99]}}", corp, "N48",
			"over UDP and 10.20.3.99 over TCP", "made on the way", "dig @10.20.0.4 api.corp.example.org A; dig @10.20.0.4 api.corp.example.org A +tcp", "",
		},
		"a code that nobody gives": {server("{as: notimp, domain: corp.example.org}"), corp, "N47", "say NOTIMP", "port 53", "dig @", ""},
		"the endpoint moved":       {shared + `{endpoint: 10.22.0.6, free: [10.22.0.4]}}`, "ldap.shared", "", "", "", "", ""},
	} {
		if c.code == "" {
			continue // no rule of the story asks that endpoint; dnsfacts has it
		}
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			w := start(t, "", events(t, c.script)...)
			if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("eu-prod"), Text: c.name}); err != nil {
				t.Fatal(err)
			}
			got := end(t, w.tracer.Traces())
			at := slices.IndexFunc(got.Findings, func(f finding.Finding) bool { return f.Code == c.code && strings.Contains(f.Cause, c.cause) })
			if at < 0 || !got.Broken() {
				t.Fatalf("%s is not there, or not with %q:\n%s", c.code, c.cause, got.Text())
			}
			if f := got.Findings[at]; !strings.Contains(f.Next.Text, c.step) || !strings.HasPrefix(f.Next.Command, c.command) {
				t.Errorf("step %q, command %q", f.Next.Text, f.Next.Command)
			}
			if c.withoutSentry != "" && slices.ContainsFunc(got.Findings, func(f finding.Finding) bool { return f.Code == c.withoutSentry }) {
				t.Errorf("%s stands beside it:\n%s", c.withoutSentry, got.Text())
			}
		})
	}
}

// What is near to a cause and none: a healthy name stays without a finding that needs
// somebody.
func TestWhatIsNoCause(t *testing.T) {
	t.Parallel()
	const hub = `  - {at: 0s, subscription: acme-prod, vnet: vnet-hub, around: `
	both := func(behave string) string {
		return "  - {at: 0s, name_server: 10.20.0.4, behave: " + behave + "}\n  - {at: 0s, name_server: 10.20.0.5, behave: " + behave + "}\n"
	}
	for about, c := range map[string]struct{ script, name string }{
		"as it is":                       {"  []", "api.corp.example.org"},
		"everything through a firewall":  {hub + `{routes: [{name: all, prefix: 0.0.0.0/0, next_hop: VirtualAppliance, address: 10.20.3.4}]}}`, "api.corp.example.org"},
		"another's range to nowhere":     {hub + `{routes: [{name: off, prefix: 10.99.0.0/16, next_hop: None}]}}`, "api.corp.example.org"},
		"the table takes peering routes": {hub + `{peering_routes: None}}`, "api.corp.example.org"},
		"a card whose group lets it in":  {hub + `{taken: [10.20.0.4], cards: [{name: nic-own, address: 10.20.0.4, machine: vm-1, rules: [{name: Dns, priority: 100, access: Allow, from: [10.0.0.0/16], ports: ["53"]}]}]}}`, "api.corp.example.org"},
		"the endpoint has the address":   {hub + `{cards: [{name: nic-pe, address: 10.20.0.12, endpoint: pe-acct, names: [acct.blob.core.windows.net]}]}}` + "\n" + both("{domain: acct.privatelink.blob.core.windows.net, addresses: [10.20.0.12]}"), "acct.privatelink.blob.core.windows.net"},
		"addresses rotate":               {both("{as: rotate, domain: api.corp.example.org}"), "api.corp.example.org"},
		"an answer with a short life":    {both("{domain: api.corp.example.org, ttl: 1s}"), "api.corp.example.org"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			var list []sandbox.Event
			if c.script != "  []" {
				list = events(t, c.script)
			}
			w := start(t, "", list...)
			if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("eu-prod"), Text: c.name}); err != nil {
				t.Fatal(err)
			}
			got := end(t, w.tracer.Traces())
			for _, f := range got.Findings {
				if f.Severity >= finding.Attention && f.Code != "N16" {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

// An answer of 4,000 records is counted, and its first ones are shown.
func TestAnAnswerOfThousandsOfRecords(t *testing.T) {
	t.Parallel()
	w := start(t, "", events(t, "  - {at: 0s, name_server: 10.20.0.4, behave: {as: large, records: 4000, domain: api.corp.example.org}}\n  - {at: 0s, name_server: 10.20.0.5, behave: {as: large, records: 4000, domain: api.corp.example.org}}")...)
	if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("eu-prod"), Text: "api.corp.example.org"}); err != nil {
		t.Fatal(err)
	}
	got := end(t, w.tracer.Traces())
	reply := got.Servers[0].Report.Best("a").Reply
	if len(reply.Answers)+reply.More != 4000 || reply.More < 3900 {
		t.Fatalf("%d records kept, %d more", len(reply.Answers), reply.More)
	}
	text := got.Text()
	if !strings.Contains(text, "3992 more") || strings.Count(text, "\n") > 400 {
		t.Errorf("%d lines:\n%s", strings.Count(text, "\n"), text)
	}
	for _, f := range got.Findings {
		if f.Code == "N27" {
			t.Errorf("it is taken for a forged one: %+v", f)
		}
	}
}

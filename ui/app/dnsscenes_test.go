package app_test

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// onDNS shows the table of eu-prod, from the list of networks, and then presses keys.
func onDNS(k ...string) func(*stage) {
	return func(s *stage) { s.keys(append([]string{"/", `"eu-prod"`, "enter", "D"}, k...)...) }
}

// staged has an edit of each sort.
func staged(s *stage) {
	onDNS("j", "j", "e", "tab")(s)
	s.retype("10.20.0.6")
	s.keys("enter", "a", `"shop.acme.internal"`, "tab", `"10.20.0.4"`, "enter", "j", "x")
}

// retype replaces what stands in the cell.
func (s *stage) retype(with string) {
	for range 40 {
		s.send(press("backspace"))
	}
	s.keys(`"` + with + `"`)
}

func dnsEdit(edit func(*builder)) func() model.Snapshot {
	return func() model.Snapshot {
		s := dnsWorld()
		b := builder{*s.Networks[2]}
		edit(&b)
		n := b.n
		s.Networks[2] = &n
		return s
	}
}

func resolverState(state model.PrivateDNSState, reason string) func() model.Snapshot {
	return dnsEdit(func(b *builder) {
		d := b.n.PrivateDNS[0]
		d.State, d.Reason = state, text(reason)
		d.Finding = model.NewJudge().PrivateDNS(model.PrivateDNSFacts{PrivateDNS: d.PrivateDNS, Now: noon})
		b.n.PrivateDNS = []model.PrivateDNSStatus{d}
	})
}

func forbidden(s *model.Snapshot) {
	n := network("eu-prod", "northeurope", "10.0.0.0/16").peer("hub-vnet", "vnet-hub", []string{"10.20.0.0/22"}).done()
	n.PrivateDNSRead = model.Part{Failure: &model.Failure{
		Kind: model.FailurePermission, Operation: "list private DNS of network", Subject: text("eu-prod"), Status: 403, Cause: text("You do not have permission to perform this action (403)"),
		Cure: "The token's owner needs the Konnect role Network Admin (Network Viewer does not see private DNS).", TraceID: text("konnect:trace:2822394689570210664"),
	}}
	s.Networks[2] = n
}

// byOthers is the world after somebody else has changed the table.
func byOthers() model.Snapshot {
	return dnsEdit(func(b *builder) {
		b.n.PrivateDNS = nil
		b.resolver("eu-prod-dns", 8,
			mapping("10.20.0.4 10.20.0.5", "corp.acme.internal"), mapping("10.20.0.4 10.20.0.5", "db.acme.internal"),
			mapping("10.20.0.7", "hr.acme.internal"), mapping("10.20.0.9", "old.acme.internal"), mapping("10.20.0.4", "pay.acme.internal"))
	})()
}

// draftOf is a draft of the table of eu-prod as it lies on disk.
func draftOf(base, rows []dnstable.Row) dnstable.Saved {
	return dnstable.Saved{
		At: noon.Add(-20 * time.Hour), Version: 7, Base: base, Rows: rows,
		Target: dnstable.Target{Network: id("network", "eu-prod"), NetworkName: text("eu-prod"), Resolver: id("dns", "eu-prod-dns"), ResolverName: text("eu-prod-dns")},
	}
}

func baseRows() []dnstable.Row {
	return []dnstable.Row{
		mapped("corp.acme.internal", "10.20.0.4", "10.20.0.5"), mapped("db.acme.internal", "10.20.0.4", "10.20.0.5"), mapped("hr.acme.internal", "10.20.0.5"),
		mapped("old.acme.internal", "10.20.0.9"), mapped("pay.acme.internal", "10.20.0.4"),
	}
}

func left(rows ...dnstable.Row) func(*fakeMappings) {
	return func(f *fakeMappings) {
		f.drafts = []dnstable.Saved{draftOf(baseRows(), append(baseRows()[:3], rows...))}
	}
}

func manyRows() model.Snapshot {
	return dnsEdit(func(b *builder) {
		b.n.PrivateDNS = nil
		var table []model.DNSMapping
		for i := range 900 {
			table = append(table, mapping("10.20.0.4 10.20.0.5", fmt.Sprintf("service-%03d.acme.internal", i)))
		}
		b.resolver("eu-prod-dns", 7, table...)
	})()
}

const pastedRows = "shop.acme.internal -> 10.20.0.4\npay.acme.internal -> 10.20.0.6\nnot a row\nwiki.acme.internal = 10.20.0.4, 10.20.0.5\n"

func dnsScenes() []scene {
	saveFails := mappings(func(f *fakeMappings) {
		f.saveErr = model.Failure{Kind: model.FailureServer, Operation: "keep the draft", Cause: text("no space left on device"), Cure: "Make room on the disk; the next edit tries again."}
	})
	hostile := func() model.Snapshot {
		s := longNames()
		n := *s.Networks[0]
		d := n.PrivateDNS[0]
		d.DNS = append(d.DNS, mapping("10.20.0.4", "bücher.acme.internal"), mapping("fd00:aaaa:bbbb:cccc:dddd:eeee:ffff:1 10.20.0.4 10.20.0.5 10.20.0.6", "\x1b[2J\u202eevil"), mapping("10.20.0.4", "東京.acme.internal"))
		n.PrivateDNS = []model.PrivateDNSStatus{d}
		s.Networks[0] = &n
		return s
	}
	several := dnsEdit(func(b *builder) {
		b.resolver("partner-dns", 2, mapping("10.20.0.4 10.20.0.5", "partner.acme.internal"))
		b.n.PrivateDNS = append(b.n.PrivateDNS,
			model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{ID: text("zone"), Name: text("blob-zone"), Kind: model.KindAzureHostedZone, State: model.PrivateDNSReady, Target: []model.Field{{Label: text("Domain"), Value: text("privatelink.blob.core.windows.net")}}}},
			model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{ID: text("aws"), Name: text("aws-dns"), Kind: model.KindAWSResolver, State: model.PrivateDNSReady, DNS: []model.DNSMapping{mapping("172.16.0.2", "aws.acme.internal")}}})
	})
	return []scene{
		{name: "dns/start", know: nil, act: keys("2")},
		{name: "dns/loading", know: blank(func(s *model.Snapshot) { s.Konnect.State = model.SourceConnecting }), act: keys("2")},
		{name: "dns/no_network", know: blank(func(s *model.Snapshot) { s.Progress.ListedAll = true }), act: keys("2")},
		{name: "dns/down", know: blank(func(s *model.Snapshot) {
			s.Konnect = model.SourceStatus{State: model.SourceDown, NextTry: noon.Add(8 * time.Second), Failure: &model.Failure{Kind: model.FailureUnreachable, Cause: text("global.api.konghq.com refuses the connection"), Cure: "Check the address and the port."}}
		}), act: keys("2")},
		{name: "dns/empty", know: world, act: keys("/", `"uk-lab"`, "enter", "D")},
		{name: "dns/normal", know: dnsWorld, act: onDNS()},
		{name: "dns/several", know: several, act: onDNS("G")},
		{name: "dns/editing", know: dnsWorld, act: onDNS("j", "j", "e", "tab", `", 10.20.0.300"`)},
		{name: "dns/editing_domain", know: dnsWorld, act: onDNS("j", "e", `"https://db2.acme.internal/x"`)},
		{name: "dns/adding", know: dnsWorld, act: onDNS("a")},
		{name: "dns/first_row", know: world, act: keys("/", `"uk-lab"`, "enter", "D", "a", `"corp.acme.internal"`, "enter", `"10.1.0.4"`, "enter")},
		{name: "dns/staged", know: dnsWorld, act: staged},
		{name: "dns/problems", know: dnsWorld, act: onDNS("j", "j", "e", "tab", `", 8.8.8.8, 10.0.0.4"`, "enter", "f")},
		{name: "dns/peering_row", know: dnsWorld, act: onDNS("G", "e")},
		{name: "dns/peering_moved", know: dnsWorld, act: onDNS("G", "e", "y")},
		{name: "dns/filter", know: dnsWorld, act: onDNS("/", `"kind:M-N"`)},
		{name: "dns/filter_wrong", know: dnsWorld, act: onDNS("/", `"dmoain:"`)},
		{name: "dns/filter_none", know: dnsWorld, act: onDNS("/", `"zzz"`, "enter")},
		{name: "dns/selected", know: dnsWorld, act: onDNS(" ", "j", "v", "j", "j")},
		{name: "dns/servers_of_all", know: dnsWorld, act: onDNS("E", `", 10.20.0.6"`)},
		{name: "dns/move", know: dnsWorld, act: onDNS("j", "j", "m")},
		{name: "dns/merged_groups", know: dnsWorld, act: onDNS("j", "j", " ", " ", "M")},
		{name: "dns/sorted", know: dnsWorld, act: onDNS("s", "s", "S")},
		{name: "dns/describe", know: dnsWorld, act: onDNS("j", "j", "d")},
		{name: "dns/networks", know: dnsWorld, act: onDNS("o")},
		{name: "dns/help", know: dnsWorld, act: onDNS("?")},
		{name: "dns/read_only", know: dnsWorld, edit: readOnly, act: onDNS("x")},
		{name: "dns/forbidden", know: changed(forbidden), act: onDNS()},
		{name: "dns/initializing", know: resolverState(model.PrivateDNSInitializing, ""), act: onDNS()},
		{name: "dns/error", know: resolverState(model.PrivateDNSError, "The target 168.63.129.16 is not allowed."), act: onDNS()},
		{name: "dns/long_names", know: hostile, act: keys("/", `"network-with"`, "enter", "D")},
		{name: "dns/many", know: manyRows, act: onDNS("G", "k")},
		{name: "dns/meanwhile", know: dnsWorld, act: func(s *stage) { staged(s); s.know(byOthers()) }},
		{name: "dns/draft", know: dnsWorld, edit: mappings(left(mapped("pay.acme.internal", "10.20.0.4", "10.20.0.5"), mapped("new.acme.internal", "10.20.0.4"))), act: onDNS()},
		{name: "dns/draft_conflict", know: byOthers, edit: mappings(func(f *fakeMappings) {
			f.drafts = []dnstable.Saved{draftOf(baseRows(), append(baseRows()[:2], mapped("hr.acme.internal", "10.20.0.6")))}
		}), act: onDNS("j", "j")},
		{name: "dns/draft_not_saved", know: dnsWorld, edit: saveFails, act: onDNS("x")},
		{name: "dns/changes", know: dnsWorld, act: func(s *stage) { staged(s); s.keys("D") }},
		{name: "dns/both_sides", know: dnsWorld, act: func(s *stage) { staged(s); s.know(byOthers()); s.keys("A") }},
		{name: "dns/new_resolver", know: world, act: keys("/", `"uk-lab"`, "enter", "D", "a", `"corp.acme.internal"`, "enter", `"10.1.0.4"`, "enter", "A")},
		{name: "dns/pasted", know: dnsWorld, act: func(s *stage) { onDNS()(s); s.send(tea.PasteMsg{Content: pastedRows}) }},
		{name: "dns/import", know: dnsWorld, act: onDNS("i")},
		{name: "dns/import_guessed", know: dnsWorld, act: func(s *stage) {
			in := fiveLines()
			in.Guessed = true
			in.Lines[1].Column = 1
			s.imports(in)
			s.keys("j", "d")
		}},
		{name: "dns/import_missing", know: dnsWorld, act: onDNS("i", `"rows.csv"`, "enter")},
		{name: "dns/export", know: dnsWorld, act: onDNS("ctrl+s")},
		{name: "dns/hidden", know: dnsWorld, act: onDNS("/", `"corp"`, "enter", "E", "right")},
		{name: "dns/export_there", know: dnsWorld, edit: mappings(func(f *fakeMappings) { f.files["eu-prod-dns.txt"] = "" }), act: onDNS("ctrl+s", "s", "enter")},
		{name: "dns/restore", know: dnsWorld, edit: mappings(func(f *fakeMappings) {
			f.points = []dnstable.RestorePoint{{ID: "20261120T090000Z", At: noon.Add(-51 * time.Hour), Target: draftOf(nil, nil).Target, Version: 6, Rows: baseRows()[:3], Changes: 2}}
		}), act: onDNS("R")},
		{name: "dns/leave", know: dnsWorld, act: func(s *stage) { staged(s); s.keys("q") }},
	}
}

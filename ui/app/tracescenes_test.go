package app_test

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// traced shows a trace, and then presses keys.
func traced(t func() dnstrace.Trace, k ...string) func(*stage) {
	return func(s *stage) {
		one := t()
		onTrace(one.Query.Typed.String())(s)
		s.traces(one)
		s.keys(k...)
	}
}

func healthy() dnstrace.Trace { return healthyTrace() }
func closed() dnstrace.Trace  { return closedTrace(1) }

func corpTrace(first, second dnsverdict.Report, edits ...func(*dnstrace.Trace)) func() dnstrace.Trace {
	return func() dnstrace.Trace {
		return traceOf(1, corpName, []dnsverdict.Report{first, second}, edits...)
	}
}

const longName = "a-very-long-name-of-a-service-that-somebody-has-given-to-it.with-a-region-in-it.corp.acme.internal"

func traceScenes() []scene {
	first := healthyReport("10.20.0.4", corp, corpName, 4, 2026112201, "10.20.3.10")
	other := healthyReport("10.20.0.5", corp, corpName, 5, 2026112198, "10.20.3.99")
	refused := corpTrace(refusedReport("10.20.0.4", corp, corpName), refusedReport("10.20.0.5", corp, corpName))
	silent := corpTrace(silentReport("10.20.0.4", corp, corpName), silentReport("10.20.0.5", corp, corpName))
	differ := corpTrace(first, other)
	away := corpTrace(silentReport("10.20.0.4", corp, corpName), silentReport("10.20.0.5", corp, corpName), fromElsewhere)
	return []scene{
		{name: "trace/empty", know: dnsWorld, act: func(s *stage) {
			onDNS("t")(s)
			for range 60 {
				s.send(press("backspace"))
			}
		}},
		{name: "trace/prefilled", know: dnsWorld, act: onDNS("t")},
		{name: "trace/typing_url", know: dnsWorld, act: typing("https://orders.db.acme.internal:8443/api?q=1")},
		{name: "trace/typing_wrong", know: dnsWorld, act: typing("orders db.acme internal")},
		{name: "trace/typing_address", know: dnsWorld, act: typing("10.20.3.10:443")},
		{name: "trace/typing_no_rule", know: dnsWorld, act: typing("www.example.com")},
		{name: "trace/typing_slip", know: dnsWorld, act: typing("www.crop.acme.internal")},
		{name: "trace/slip", know: dnsWorld, act: traced(func() dnstrace.Trace { return traceOf(1, "www.crop.acme.internal", nil) })},
		{name: "trace/not_known", know: dnsWorld, act: traced(silent, "V")},
		{name: "trace/known_beforehand", know: dnsWorld, act: traced(corpTrace(dnsverdict.Report{Server: text("10.20.0.4"), Domain: text(corp), Name: text(corpName)}, dnsverdict.Report{Server: text("10.20.0.5"), Domain: text(corp), Name: text(corpName)}, goesOn("asking 2 servers"), func(t *dnstrace.Trace) {
			n, _ := t.Facts.Network.Get()
			n.State, n.Own = model.NetworkOffline, finding.Finding{Code: "network-offline", Severity: finding.Attention, Word: "offline", Cause: "Konnect reports the network offline: no gateway runs in it.", Next: finding.Next{Text: "Bring it up in Konnect."}}
			t.Facts.Network = dnsverdict.Know(n)
		}))},
		{name: "trace/typing_history", know: dnsWorld, act: func(s *stage) {
			traced(healthy)(s)
			s.traces(closedTrace(2))
			s.keys("t", "up")
		}},
		{name: "trace/asked", know: dnsWorld, act: onTrace(corpName)},
		{name: "trace/running", know: dnsWorld, act: traced(corpTrace(dnsverdict.Report{Server: text("10.20.0.4"), Domain: text(corp), Name: text(corpName), Exchanges: first.Exchanges[:2]}, dnsverdict.Report{Server: text("10.20.0.5"), Domain: text(corp), Name: text(corpName)}, goesOn("asking 2 servers")))},
		{name: "trace/waiting", know: dnsWorld, act: traced(corpTrace(dnsverdict.Report{Server: text("10.20.0.4"), Domain: text(corp), Name: text(corpName), Exchanges: first.Exchanges[:2]}, dnsverdict.Report{Server: text("10.20.0.5"), Domain: text(corp), Name: text(corpName)}, goesOn("asking 2 servers"), waitsFor("Azure asks for patience", 7*time.Second)))},
		{name: "trace/healthy", know: dnsWorld, act: traced(healthy)},
		{name: "trace/closed", know: dnsWorld, act: traced(closed)},
		{name: "trace/refused", know: dnsWorld, act: traced(refused)},
		{name: "trace/silent", know: dnsWorld, act: traced(silent)},
		{name: "trace/differs", know: dnsWorld, act: traced(differ, "j", "j")},
		{name: "trace/away", know: dnsWorld, act: traced(away)},
		{name: "trace/no_rule", know: dnsWorld, act: traced(func() dnstrace.Trace { return traceOf(1, "www.example.com", nil) })},
		{name: "trace/no_name", know: dnsWorld, act: func(s *stage) {
			onTrace(corpName)(s)
			s.traces(traceOf(1, "10.20.3.10", nil))
		}},
		{name: "trace/pasted", know: dnsWorld, act: traced(func() dnstrace.Trace {
			t := healthyTrace()
			t.Pasted, t.Vantage = true, "as pasted from another machine"
			return t
		})},
		{name: "trace/paste_dialog", know: dnsWorld, act: traced(away, "p")},
		{name: "trace/evidence", know: dnsWorld, act: traced(closed, "enter")},
		{name: "trace/server_evidence", know: dnsWorld, act: traced(healthy, "k", "enter")},
		{name: "trace/findings", know: dnsWorld, act: traced(closed, "v")},
		{name: "trace/refused_by_service", know: dnsWorld, act: onTrace(corpName), edit: tracer(func(f *fakeTracer) {
			f.err = model.Failure{Kind: model.FailureConflict, Operation: "trace", Subject: text(corpName), Cause: text("another trace is running"), Cure: "Wait until it is done, then r."}
		})},
		{name: "trace/failed", know: dnsWorld, act: traced(func() dnstrace.Trace {
			t := healthyTrace()
			t.State, t.Failure = dnstrace.Failed, &model.Failure{Kind: model.FailureUnreachable, Operation: "ask through", Subject: text("ssh://alice@bastion"), Cause: text("the connection is refused"), Cure: "Check the host and the port of --via."}
			t.Servers, t.Findings = nil, nil
			return t
		})},
		{name: "trace/cancelled", know: dnsWorld, act: traced(corpTrace(first, dnsverdict.Report{Server: text("10.20.0.5"), Domain: text(corp), Name: text(corpName)}, func(t *dnstrace.Trace) { t.State = dnstrace.Cancelled }))},
		{name: "trace/long_names", know: dnsWorld, act: traced(longTrace)},
		{name: "trace/many_servers", know: dnsWorld, act: traced(manyServers, "k")},
		{name: "trace/help", know: dnsWorld, act: traced(healthy, "?")},
		{name: "trace/ascii", know: dnsWorld, act: traced(closed), edit: ascii},
	}
}

func typing(name string) func(*stage) {
	return func(s *stage) {
		onDNS("t")(s)
		for range 60 {
			s.send(press("backspace"))
		}
		s.send(pasted(name))
	}
}

func longTrace() dnstrace.Trace {
	v6 := "fd00:1234:5678:9abc:def0:1234:5678:9abc"
	r := healthyReport(v6, corp, longName, 1234, 4294967295, v6, "fd00:1234:5678:9abc:def0:1234:5678:9abd")
	return traceOf(1, longName, []dnsverdict.Report{r, silentReport("10.20.0.5", corp, longName)}, func(t *dnstrace.Trace) {
		t.Rules[0].Servers = texts(v6, "10.20.0.5")
		t.Rules = append(t.Rules, dnstrace.Rule{Domain: text("acme.internal"), Servers: texts("10.20.0.9"), Origin: dnstrace.OriginPeering, From: text("hub-vnet")}, dnstrace.Rule{Domain: text("internal"), From: text("hub-vnet")})
		t.Vantage = "through ssh://administrator@bastion-host-of-the-team.acme.example"
	})
}

func manyServers() dnstrace.Trace {
	var list []dnsverdict.Report
	for last := range strings.FieldsSeq("4 5 6 7 8 9 10 11 12") {
		list = append(list, healthyReport("10.20.0."+last, corp, corpName, 4, 2026112201, "10.20.3.10"))
	}
	return traceOf(1, corpName, list)
}

// probed shows a matrix, and then presses keys.
func probed(m func() dnstrace.Matrix, k ...string) func(*stage) {
	return func(s *stage) {
		onDNS("P")(s)
		s.probes(m())
		s.keys(k...)
	}
}

func usual() dnstrace.Matrix {
	return matrixOf(1, history("OK 5ms", "TIMEOUT 2/2", "OK 4ms", "OK 4ms"))
}

func probeScenes() []scene {
	return []scene{
		{name: "probe/asked", know: dnsWorld, act: onDNS("P")},
		{name: "probe/empty", know: dnsWorld, act: probed(func() dnstrace.Matrix {
			m := matrixOf(1)
			m.Lines, m.Columns, m.Done, m.Total = nil, nil, 0, 0
			return m
		})},
		{name: "probe/running", know: dnsWorld, act: probed(func() dnstrace.Matrix {
			return matrixOf(1, func(m *dnstrace.Matrix) {
				m.State = dnstrace.Running
				for i := 3; i < len(m.Lines); i++ {
					for k := range m.Lines[i].Cells {
						m.Lines[i].Cells[k].Known, m.Lines[i].Agreement = false, dnsverdict.Agreement{}
					}
				}
			})
		})},
		{name: "probe/normal", know: dnsWorld, act: probed(usual)},
		{name: "probe/bad_cell", know: dnsWorld, act: probed(usual, "j", "j", "right")},
		{name: "probe/failures", know: dnsWorld, act: probed(usual, "f")},
		{name: "probe/filter", know: dnsWorld, act: probed(usual, "/", `"cell:refused"`)},
		{name: "probe/filter_wrong", know: dnsWorld, act: probed(usual, "/", `"sever:10"`)},
		{name: "probe/filter_none", know: dnsWorld, act: probed(usual, "/", `"zzz"`, "enter")},
		{name: "probe/worst", know: dnsWorld, act: probed(usual, "s", "s")},
		{name: "probe/marked", know: dnsWorld, act: probed(usual, "space", "j")},
		{name: "probe/diff", know: dnsWorld, act: probed(usual, "j", "space", "right", "d")},
		{name: "probe/describe", know: dnsWorld, act: probed(usual, "d")},
		{name: "probe/repeat", know: dnsWorld, act: probed(usual, "R", "R")},
		{name: "probe/export", know: dnsWorld, act: probed(usual, "ctrl+s")},
		{name: "probe/export_path", know: dnsWorld, act: probed(usual, "ctrl+s", "right", "s")},
		{name: "probe/long_names", know: dnsWorld, act: probed(longMatrix)},
		{name: "probe/wide_names", know: dnsWorld, act: probed(longMatrix, "w", "right", "right", "right")},
		{name: "probe/away", know: dnsWorld, act: probed(func() dnstrace.Matrix {
			m := matrixOf(1)
			m.Vantage = "from this machine"
			routes := make([]dnsverdict.Known[bool], len(m.Columns))
			for i := range m.Lines {
				for k := range m.Columns {
					if m.Lines[i].Cells[k].Asked {
						m.Lines[i] = m.Lines[i].Put(k, silentReport(m.Columns[k].Server.String(), m.Lines[i].Domain.String(), m.Lines[i].Domain.String()), routes)
					}
				}
			}
			for k := range m.Columns {
				m.Columns[k].Route = dnsverdict.NotKnown[bool]("there is only the way for everything else")
			}
			return m.Counted()
		})},
		{name: "probe/refused_by_service", know: dnsWorld, act: onDNS("P"), edit: tracer(func(f *fakeTracer) {
			f.err = model.Failure{Kind: model.FailureInvalid, Operation: "probe", Cause: text("the network has no private DNS that could be read"), Cure: "Look at Networks (1)."}
		})},
		{name: "probe/around", know: dnsWorld, act: probed(surrounded)},
		{name: "probe/around_describe", know: dnsWorld, act: probed(surrounded, "d")},
		{name: "probe/help", know: dnsWorld, act: probed(usual, "?")},
		{name: "probe/ascii", know: dnsWorld, act: probed(usual), edit: ascii},
		{name: "dns/probed", know: dnsWorld, act: probed(usual, "esc")},
	}
}

// surrounded is a matrix around which the clouds say two things.
func surrounded() dnstrace.Matrix {
	return matrixOf(1, func(m *dnstrace.Matrix) {
		m.Around = []finding.Finding{
			{Code: "server-endpoint-state", Severity: model.SeverityAttention, Cause: "The inbound endpoint at 10.20.0.5 is Updating.", Next: finding.Next{Text: "Wait until it is ready."}},
			{
				Code: "server-port-closed", Severity: model.SeverityBroken, Servers: texts("10.20.0.4"), Cause: "The rule deny-dns of snet-dns-nsg closes port 53 to the gateway.",
				Next: finding.Next{Text: "Let the network in.", Command: "az network nsg rule create --nsg-name snet-dns-nsg"},
			},
		}
	})
}

func longMatrix() dnstrace.Matrix {
	n := dnsWorld().Networks[2]
	m := dnstrace.Matrix{Number: 1, Network: n.ID, NetworkName: n.Name, Vantage: "through ssh://alice@bastion", State: dnstrace.Done, Begun: noon, Ended: noon}
	servers := texts("10.20.0.4", "fd00:1234:5678:9abc:def0:1234:5678:9abc", "10.20.0.6", "10.20.0.7", "10.20.0.8")
	var rules []dnstrace.Rule
	for i := range 60 {
		rules = append(rules, dnstrace.Rule{Domain: safe.New(longDomain(i)), Servers: servers[i%3 : 3+i%3], From: text("eu-prod-dns")})
	}
	m = m.Start(rules)
	for i := range m.Lines {
		for k := range m.Columns {
			if m.Lines[i].Cells[k].Asked {
				m = put(m, i, k, probeReport(m.Lines[i].Domain.String(), m.Columns[k].Server.String()))
			}
		}
	}
	return m.Counted()
}

func ascii(o *setting) { o.ASCII = true }

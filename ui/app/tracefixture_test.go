package app_test

import (
	"context"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeTracer takes what is asked of it, and answers nothing by itself.
type fakeTracer struct {
	traces   chan dnstrace.Trace
	probes   chan dnstrace.Matrix
	asked    []dnstrace.Request
	probed   []dnstrace.ProbeRequest
	pasted   []string
	cancels  int
	saved    map[string]string
	err      error
	last     map[safe.Text]dnstrace.Matrix
	askedFor int // how often the last matrix was asked for
	history  []dnstrace.Kept
}

func newFakeTracer() *fakeTracer {
	return &fakeTracer{traces: make(chan dnstrace.Trace), probes: make(chan dnstrace.Matrix), saved: map[string]string{}, last: map[safe.Text]dnstrace.Matrix{}}
}

func (f *fakeTracer) Trace(r dnstrace.Request) error {
	f.asked = append(f.asked, r)
	return f.err
}

func (f *fakeTracer) ProbeAll(r dnstrace.ProbeRequest) error {
	f.probed = append(f.probed, r)
	return f.err
}

func (f *fakeTracer) Cancel() { f.cancels++ }

func (f *fakeTracer) Judge(_ dnstrace.Request, pasted string) error {
	f.pasted = append(f.pasted, pasted)
	return f.err
}

func (f *fakeTracer) Script(r dnstrace.Request) (string, error) {
	return "dig @10.20.0.5 " + r.Text + " A\n", f.err
}

func (f *fakeTracer) Last(network safe.Text) (dnstrace.Matrix, bool) {
	f.askedFor++
	m, there := f.last[network]
	return m, there
}

func (f *fakeTracer) History() []dnstrace.Kept { return f.history }

func (f *fakeTracer) Save(_ context.Context, path, content string) error {
	if f.err == nil {
		f.saved[path] = content
	}
	return f.err
}

// tracer changes the fake that the pages work with.
func tracer(edit func(*fakeTracer)) func(*setting) {
	return func(o *setting) { edit(o.tracer) }
}

// traces hands over how a trace stands, probes how a matrix does.
func (s *stage) traces(t dnstrace.Trace) {
	s.tracer.traces <- t
	s.drain()
}

func (s *stage) probes(m dnstrace.Matrix) {
	s.tracer.probes <- m
	s.drain()
}

// onTrace opens the page of a trace and asks for a name.
func onTrace(name string) func(*stage) {
	return func(s *stage) {
		onDNS("t")(s)
		for range 60 {
			s.send(press("backspace"))
		}
		s.keys(`"`+name+`"`, "enter")
	}
}

// answered is an answer that came in some milliseconds.
func answered(step dnsverdict.Step, over dnsverdict.Transport, server, name, kind string, ms int, reply dnsverdict.Reply) dnsverdict.Exchange {
	return dnsverdict.Exchange{
		Step: step, Server: text(server), Name: text(name), Type: kind, Recursion: true, Transport: over, Outcome: dnsverdict.OutcomeAnswered,
		Sent: 1, Took: time.Duration(ms) * time.Millisecond, Waited: time.Duration(ms) * time.Millisecond, EDNS: dnsverdict.EDNSUsed, Reply: reply,
	}
}

// unanswered is a question that nothing came of.
func unanswered(over dnsverdict.Transport, server, domain string, outcome dnsverdict.Outcome, reason string) dnsverdict.Exchange {
	e := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Server: text(server), Name: text(domain), Type: "SOA", Recursion: true, Transport: over, Outcome: outcome, Sent: 1, Reason: text(reason)}
	if outcome == dnsverdict.OutcomeSilent {
		e.Sent, e.Lost, e.Waited = 2, 2, 5*time.Second
	}
	return e
}

func soaReply(zone string, serial uint32) dnsverdict.Reply {
	return dnsverdict.Reply{
		Code: dnsverdict.NoError, AA: true, RA: true, Size: 96, UDPSize: 1232,
		SOA:     dnsverdict.SOA{Zone: text(zone), Primary: text("ns1." + zone), Serial: serial, Minimum: 5 * time.Minute},
		Answers: []dnsverdict.Record{{Name: text(zone), Type: "SOA", Value: text("ns1." + zone + ". hostmaster." + zone + ". 2026112201 3600 600 86400 300"), TTL: time.Hour}},
	}
}

func addressReply(name string, addresses ...string) dnsverdict.Reply {
	r := dnsverdict.Reply{Code: dnsverdict.NoError, AA: true, RA: true, Size: 80, UDPSize: 1232}
	for _, a := range addresses {
		r.Answers = append(r.Answers, dnsverdict.Record{Name: text(name), Type: "A", Value: text(a), TTL: 5 * time.Minute})
	}
	r.Answers, r.More, r.Sum = dnsverdict.Compact(r.Answers)
	return r
}

// healthyReport is a server that has an address for the name.
func healthyReport(server, domain, name string, ms int, serial uint32, addresses ...string) dnsverdict.Report {
	return dnsverdict.Report{Server: text(server), Domain: text(domain), Name: text(name), Exchanges: []dnsverdict.Exchange{
		answered(dnsverdict.StepSOA, dnsverdict.UDP, server, domain, "SOA", ms, soaReply(domain, serial)),
		answered(dnsverdict.StepSOA, dnsverdict.TCP, server, domain, "SOA", 2*ms, soaReply(domain, serial)),
		answered(dnsverdict.StepA, dnsverdict.UDP, server, name, "A", ms, addressReply(name, addresses...)),
		answered(dnsverdict.StepAAAA, dnsverdict.UDP, server, name, "AAAA", ms, dnsverdict.Reply{Code: dnsverdict.NoError, AA: true, RA: true, Size: 70}),
		answered(dnsverdict.StepRandom, dnsverdict.UDP, server, "zq3k."+domain, "A", ms, dnsverdict.Reply{Code: dnsverdict.NXDomain, AA: true, RA: true, Size: 90}),
	}}
}

func silentReport(server, domain, name string) dnsverdict.Report {
	return dnsverdict.Report{Server: text(server), Domain: text(domain), Name: text(name), Exchanges: []dnsverdict.Exchange{
		unanswered(dnsverdict.UDP, server, domain, dnsverdict.OutcomeSilent, ""), unanswered(dnsverdict.TCP, server, domain, dnsverdict.OutcomeSilent, ""),
	}}
}

func refusedReport(server, domain, name string) dnsverdict.Report {
	reply := dnsverdict.Reply{Code: dnsverdict.Refused, Size: 40, UDPSize: 1232, Errors: []dnsverdict.ExtendedError{{Code: 18, Name: "Prohibited", Text: text("not in allow-query")}}}
	return dnsverdict.Report{Server: text(server), Domain: text(domain), Name: text(name), Exchanges: []dnsverdict.Exchange{
		answered(dnsverdict.StepSOA, dnsverdict.UDP, server, domain, "SOA", 6, reply),
		answered(dnsverdict.StepSOA, dnsverdict.TCP, server, domain, "SOA", 9, reply),
		answered(dnsverdict.StepA, dnsverdict.UDP, server, name, "A", 6, reply),
	}}
}

// traceOf is a trace of a name on eu-prod that is done, with what the servers of its row
// said.
func traceOf(number int, name string, reports []dnsverdict.Report, edits ...func(*dnstrace.Trace)) dnstrace.Trace {
	n := dnsWorld().Networks[2]
	q := dnstrace.Read(name)
	t := dnstrace.Trace{
		Number: number, Query: q, Network: n.ID, NetworkName: n.Name, Vantage: "from this machine (VPN)",
		State: dnstrace.Done, Rules: dnstrace.RulesFor(q.Name, n), Begun: noon, Ended: noon.Add(1200 * time.Millisecond),
	}
	t.Facts = dnstrace.FactsOf(n, t.Rules)
	t.Facts.Vantage, t.Facts.Route = "this machine", dnsverdict.Know(true)
	for s, f := range t.Facts.Servers {
		f.Subnet = text("snet-dns")
		f.UDP = dnsverdict.Know(dnsverdict.Gate{Open: true, Rule: text("AllowVnetInBound")})
		f.TCP = f.UDP
		f.Loop, f.Endpoint = dnsverdict.Know(safe.Text{}), dnsverdict.Know(false)
		t.Facts.Servers[s] = f
	}
	for _, r := range reports {
		t.Servers = append(t.Servers, dnstrace.Server{
			Report: r, Route: t.Facts.Route, Standing: "the way is proven: it has answered",
			Azure: []azuredns.Check{{ID: azuredns.CheckTCP, Title: azuredns.CheckTCP.Title(), Outcome: azuredns.Done, Why: "the rule AllowVnetInBound lets it through"}},
		})
	}
	for _, e := range edits {
		e(&t)
	}
	return t.Judged()
}

const (
	corpName = "www.corp.acme.internal"
	corp     = "corp.acme.internal"
)

func healthyTrace() dnstrace.Trace {
	return traceOf(1, corpName, []dnsverdict.Report{
		healthyReport("10.20.0.4", corp, corpName, 4, 2026112201, "10.20.3.10"), healthyReport("10.20.0.5", corp, corpName, 5, 2026112201, "10.20.3.10"),
	})
}

// closedTrace has TCP closed by a security group, and a spare that is silent.
func closedTrace(number int) dnstrace.Trace {
	first := healthyReport("10.20.0.4", corp, corpName, 4, 2026112201, "10.20.3.10")
	first.Exchanges[1] = unanswered(dnsverdict.TCP, "10.20.0.4", corp, dnsverdict.OutcomeClosed, "")
	return traceOf(number, corpName, []dnsverdict.Report{first, silentReport("10.20.0.5", corp, corpName)}, func(t *dnstrace.Trace) {
		f := t.Facts.Servers[text("10.20.0.4")]
		closed := finding.Finding{
			Code: azuredns.CodePortClosed, Severity: finding.Broken, Cause: "TCP 53 from 10.0.0.0/16 is denied by the rule DenyTcp (priority 200) of the security group snet-dns-nsg.",
			Next: finding.Next{Kind: finding.NextCommand, Text: "Allow TCP 53 from 10.0.0.0/16 inbound in the security group snet-dns-nsg with a rule whose priority is a number below 200.", Command: "az network nsg rule create --nsg-name snet-dns-nsg --priority 199"},
		}
		f.TCP, f.Findings = dnsverdict.Know(dnsverdict.Gate{Rule: text("DenyTcp"), Finding: closed}), []finding.Finding{closed}
		t.Facts.Servers[text("10.20.0.4")] = f
	})
}

func fromElsewhere(t *dnstrace.Trace) {
	t.Vantage, t.Facts.Route = "from this machine", dnsverdict.Know(false)
	t.Facts.Vantage = "this machine"
	for i := range t.Servers {
		t.Servers[i].Route, t.Servers[i].Standing = t.Facts.Route, "not testable from here: the system has no way to "+t.Servers[i].Report.Server.String()
	}
}

func goesOn(doing string) func(*dnstrace.Trace) {
	return func(t *dnstrace.Trace) { t.State, t.Doing, t.Ended = dnstrace.Running, doing, time.Time{} }
}

func waitsFor(why string, d time.Duration) func(*dnstrace.Trace) {
	return func(t *dnstrace.Trace) {
		t.Wait = &model.Wait{For: "read Azure", Why: why, Until: noon.Add(d), Try: 2, Of: 3}
	}
}

// matrixOf is a matrix of eu-prod with a row of each sort.
func matrixOf(number int, edits ...func(*dnstrace.Matrix)) dnstrace.Matrix {
	n := dnsWorld().Networks[2]
	m := dnstrace.Matrix{Number: number, Network: n.ID, NetworkName: n.Name, Vantage: "from this machine (VPN)", State: dnstrace.Done, Begun: noon, Ended: noon.Add(2 * time.Second)}
	m = m.Start(dnstrace.AllRules(n))
	for i := range m.Lines {
		for k := range m.Columns {
			if m.Lines[i].Cells[k].Asked {
				m = put(m, i, k, probeReport(m.Lines[i].Domain.String(), m.Columns[k].Server.String()))
			}
		}
	}
	for _, e := range edits {
		e(&m)
	}
	return m.Counted()
}

// put puts a report into a matrix.
func put(m dnstrace.Matrix, line, column int, r dnsverdict.Report) dnstrace.Matrix {
	routes := make([]dnsverdict.Known[bool], len(m.Columns))
	for i := range routes {
		routes[i] = dnsverdict.Know(true)
		m.Columns[i].Route, m.Columns[i].Standing = routes[i], "the way is proven: it has answered"
	}
	m.Lines[line] = m.Lines[line].Put(column, r, routes)
	return m
}

// probeReport is what a server of the matrix says of a domain.
func probeReport(domain, server string) dnsverdict.Report {
	r := healthyReport(server, domain, domain, 4+len(domain)%5, 2026112201)
	r.Exchanges = r.Exchanges[:2]
	switch {
	case server == "10.20.0.9":
		return silentReport(server, domain, domain)
	case strings.HasPrefix(domain, "hr."):
		return refusedReport(server, domain, domain)
	case strings.HasPrefix(domain, "db.") && server == "10.20.0.5":
		return healthyReport(server, domain, domain, 12, 2026112198)
	}
	return r
}

// history gives a cell earlier results.
func history(words ...string) func(*dnstrace.Matrix) {
	return func(m *dnstrace.Matrix) {
		for i, w := range words {
			severity := model.SeverityOK
			if !strings.HasPrefix(w, "OK") {
				severity = model.SeverityAttention
			}
			e := &m.Lines[0].Cells[0]
			e.Before = append(e.Before, dnstrace.Past{At: noon.Add(-time.Duration(i+1) * time.Minute), Word: w, Severity: severity, Vantage: m.Vantage})
		}
	}
}

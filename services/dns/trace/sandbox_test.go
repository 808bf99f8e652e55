package trace_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// world is a simulated world with the real services on it.
type world struct {
	*sandbox.Server

	bundle *wiring.Bundle
	tracer *trace.Tracer
}

func start(t *testing.T, dir string, events ...sandbox.Event) world {
	t.Helper()
	s := sandboxtest.Start(t, sandbox.Options{})
	for _, e := range events {
		s.World.Apply(e)
	}
	panicked := func(p work.Panic) { t.Errorf("%v %v\n%s", p, p.Value, p.Stack) }
	b := wiring.Open(settings.Settings{
		Konnect: sandboxtest.Endpoint(t, s.Konnect), ARM: sandboxtest.Endpoint(t, s.ARM), Graph: sandboxtest.Endpoint(t, s.Graph), Login: sandboxtest.Endpoint(t, s.Login),
		Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"}, AzureToken: secret.New(s.World.HomeToken()), SignIn: signin.DeviceCode,
		DialDNS: s.DialDNS, StateDir: dir,
	}, "test", false, panicked)
	t.Cleanup(b.Close)
	b.Watcher.Collect(t.Context())
	tracer := b.Tracer(context.Background(), panicked)
	t.Cleanup(tracer.Close)
	return world{s, b, tracer}
}

// end follows a trace to its end.
func end(t *testing.T, traces <-chan dnstrace.Trace) dnstrace.Trace {
	t.Helper()
	for v := range traces {
		if v.State.Over() {
			return v
		}
	}
	t.Fatal("the feed has ended before the trace")
	return dnstrace.Trace{}
}

func ended(t *testing.T, matrices <-chan dnstrace.Matrix) dnstrace.Matrix {
	t.Helper()
	for v := range matrices {
		if v.State.Over() {
			return v
		}
	}
	t.Fatal("the feed has ended before the probe")
	return dnstrace.Matrix{}
}

// Each broken name of the simulated world has its own cause, its next step with the
// values filled in, and a command to copy.
func TestBrokenNamesAreToldApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, network string
		code          finding.Code
		next, command string
	}{
		{"hr.example.org", "eu-prod", "N07", "Check allow-query or access-control for 10.0.0.0/16.", "dig @10.20.0.5 hr.example.org SOA +norecurse"},
		{"old.example.org", "eu-prod", "N02", "Check that 10.20.0.9 run", "dig @10.20.0.9 old.example.org A; dig @10.20.0.9 old.example.org A +tcp"},
		{"pay.example.org", "eu-prod", "N17", "Look at the zone transfer from ns.pay.example.org to 10.20.0.5", "dig @10.20.0.5 pay.example.org A"},
		{"https://db1.privatelink.database.windows.net:1433/", "eu-prod", "zone-unlinked", "Link the private DNS zone privatelink.database.windows.net to the VNET vnet-hub.", "az network private-dns link vnet create --subscription "},
		{"nowhere.example.com", "eu-prod", "N23", "Nothing, if nowhere.example.com is a public name. If it is not, add a row for its domain", "peerdeck dns list --network eu-prod"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := start(t, "")
			if err := w.tracer.Trace(dnstrace.Request{Network: safe.New(c.network), Text: c.name}); err != nil {
				t.Fatal(err)
			}
			got := end(t, w.tracer.Traces())
			if got.State != dnstrace.Done || got.Vantage != "in the demo" || !got.Broken() || len(got.Findings) == 0 {
				t.Fatalf("%s", got.Text())
			}
			if f := got.Findings[0]; f.Code != c.code || !strings.Contains(f.Next.Text, c.next) || !strings.HasPrefix(f.Next.Command, c.command) {
				t.Errorf("%s, not %s, or another step:\n%s", f.Code, c.code, got.Text())
			}
			for _, r := range got.Konnect {
				if r.State != dnsverdict.RungDone && len(got.Rules) > 0 {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}

// What only Azure tells decides here: the rule that closes TCP, and the name of the
// security group it stands in.
func TestAzureTellsWhatClosesThePort(t *testing.T) {
	t.Parallel()
	w := start(t, "")
	if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("eu-stage"), Text: "stage.example.org"}); err != nil {
		t.Fatal(err)
	}
	got := end(t, w.tracer.Traces())
	at := slices.IndexFunc(got.Azure, func(r dnsverdict.Rung) bool { return r.Check == dnsverdict.CheckTCP53 })
	if at < 0 || got.Azure[at].State != dnsverdict.RungFailed {
		t.Fatalf("%s", got.Text())
	}
	if !slices.ContainsFunc(got.Findings, func(f finding.Finding) bool {
		return strings.HasPrefix(f.Next.Command, "az network nsg rule create --subscription ") && strings.Contains(f.Next.Command, "--source-address-prefixes")
	}) {
		t.Errorf("no finding opens the port:\n%s", got.Text())
	}
	if len(got.Servers) == 0 || len(got.Servers[0].Azure) == 0 {
		t.Errorf("what Azure says of a server is missing: %+v", got.Servers)
	}
}

// A state of Konnect or of Azure that explains the failure is found, whatever else the
// servers say.
func TestTheCloudsTellTheirPart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event sandbox.Event
		code  finding.Code
	}{
		"Azure's half is disconnected": {sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", Azure: "Disconnected"}, "azure-disconnected"},
		"the peering waits":            {sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", State: "pending-user-action"}, "waiting-connected"},
		"the resolver has an error":    {sandbox.Event{Network: "eu-prod", DNS: "corp-dns", State: "error", Reason: "a target was refused"}, "dns-error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, "", c.event)
			if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("eu-prod"), Text: "corp.example.org"}); err != nil {
				t.Fatal(err)
			}
			got := end(t, w.tracer.Traces())
			if !slices.ContainsFunc(got.Findings, func(f finding.Finding) bool { return f.Code == c.code }) {
				t.Errorf("%s is missing:\n%s", c.code, got.Text())
			}
		})
	}
}

func TestAllDomainsAreProbedAndKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := start(t, dir)
	if err := w.tracer.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("eu-prod")}); err != nil {
		t.Fatal(err)
	}
	m := ended(t, w.tracer.Matrices())
	if m.State != dnstrace.Done || m.Done != m.Total || m.Total == 0 {
		t.Fatalf("%s", m.Text())
	}
	words := map[string]string{}
	for _, l := range m.Lines {
		for i, e := range l.Cells {
			if e.Asked {
				words[l.Domain.Raw()+" "+m.Columns[i].Server.Raw()] = e.Cell.Word
			}
		}
	}
	for cell, want := range map[string]string{
		"corp.example.org 10.20.0.4": "OK", "hr.example.org 10.20.0.5": "REFUSED", "old.example.org 10.20.0.9": "TIMEOUT 2/2",
		"pay.example.org 10.20.0.4": "DIFF", "pay.example.org 10.20.0.5": "DIFF",
	} {
		if !strings.HasPrefix(words[cell], want) {
			t.Errorf("%s: %q, want %q", cell, words[cell], want)
		}
	}
	at := m.At(safe.New("10.20.0.9"))
	if route, known := m.Columns[at].Route.Get(); !known || !route || !strings.Contains(m.Columns[at].Standing, "answered, which lies in vnet-hub too") {
		t.Errorf("an answer in the same VNET proves the way: %+v", m.Columns[at])
	}
	probes := w.tracer.Probes(m.Network)
	for k, p := range probes {
		if p.Vantage != "in the demo" || p.Answered == (k.Server == "10.20.0.9") {
			t.Errorf("%+v: %+v", k, p)
		}
	}
	if len(probes) != m.Total {
		t.Errorf("%d results for %d cells", len(probes), m.Total)
	}
	// Another session finds the results on the disk.
	again := start(t, dir)
	last, there := again.tracer.Last(m.Network)
	if !there || last.Total != m.Total || len(last.Lines) != len(m.Lines) || last.Lines[0].Cells[0].Cell.Word != m.Lines[0].Cells[0].Cell.Word {
		t.Errorf("%+v", last)
	}
	if bad, _, _ := last.Counts(); bad != len(m.Failures()) {
		t.Errorf("%d bad domains after reading them again, %d before", bad, len(m.Failures()))
	}
}

// A file is probed without becoming the table's last result.
func TestAFileIsProbedBesideTheTable(t *testing.T) {
	t.Parallel()
	w := start(t, "")
	r := dnstrace.ProbeRequest{Network: safe.New("eu-prod"), Mappings: []model.DNSMapping{{
		Domains: []safe.Text{safe.New("corp.example.org"), safe.New("none.example.net")}, Servers: []safe.Text{safe.New("10.20.0.4")},
	}}}
	if err := w.tracer.ProbeAll(r); err != nil {
		t.Fatal(err)
	}
	m := ended(t, w.tracer.Matrices())
	if bad, good, _ := m.Counts(); bad != 1 || good != 1 {
		t.Errorf("%s", m.Text())
	}
	if _, there := w.tracer.Last(m.Network); there {
		t.Error("a file is not the table")
	}
}

// What a trace has read of private resolvers lets the rules of the table find a loop.
func TestALoopIsFoundInTheTable(t *testing.T) {
	t.Parallel()
	w := start(t, "")
	if err := w.tracer.Trace(dnstrace.Request{Network: safe.New("de-core"), Text: "ldap.core.example.org"}); err != nil {
		t.Fatal(err)
	}
	got := end(t, w.tracer.Traces())
	row := dnstable.Row{ID: 1, Key: safe.New("ldap.core.example.org"), Servers: []safe.Text{safe.New("10.29.0.4")}}
	loops := func(s dnstable.Surroundings) bool {
		return slices.ContainsFunc(dnstable.Check([]dnstable.Row{row}, s), func(p dnstable.Problem) bool { return p.Rule == "S19" })
	}
	if loops(dnstable.Surroundings{}) || !loops(dnstable.Surroundings{Endpoints: got.Endpoints, Rulesets: got.Rulesets}) {
		t.Errorf("endpoints %+v, rulesets %+v", got.Endpoints, got.Rulesets)
	}
}

// A probe tells what Azure says around the servers, and what is the likely cause at each
// domain, with the codes of the catalogue.
func TestAProbeTellsWhatAzureSays(t *testing.T) {
	t.Parallel()
	w := start(t, "", sandbox.Event{Network: "eu-stage", Peering: "stage-apps", Azure: "Disconnected"})
	if err := w.tracer.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("eu-stage")}); err != nil {
		t.Fatal(err)
	}
	m := ended(t, w.tracer.Matrices())
	want := map[finding.Code]bool{"server-port-closed": true, "azure-disconnected": true}
	for _, e := range m.Document().Findings {
		delete(want, e.Code)
	}
	if len(want) > 0 || !m.NeedsPerson() || !strings.Contains(m.Text(), "[server-port-closed]") {
		t.Errorf("%v is missing:\n%s", want, m.Text())
	}
	codes := map[finding.Code]bool{}
	for _, l := range m.Document().Domains {
		for _, c := range l.Cells {
			if c.Severity == "attention" && c.Code == "" {
				t.Errorf("no finding explains %s at %s: %+v", l.Domain, c.Server, l.Findings)
			}
			codes[c.Code] = true
		}
	}
	if !codes["server-port-closed"] {
		t.Errorf("%v", codes)
	}
}

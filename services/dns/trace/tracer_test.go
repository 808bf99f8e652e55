package trace_test

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/work"
)

func TestMain(m *testing.M) {
	longtest.ManyAtOnce(8)
	goleak.VerifyTestMain(m)
}

// scripted is a prober that says what it is told to.
type scripted struct {
	says func(a dnsprobe.Ask, server safe.Text) dnsverdict.Report
	// held: it waits for the end of the context.
	held    bool
	entered chan struct{}
}

func (s scripted) Run(ctx context.Context, asks []dnsprobe.Ask, plan dnsprobe.Plan) ([][]dnsverdict.Report, error) {
	if s.held {
		close(s.entered)
		<-ctx.Done()
		return nil, ctx.Err()
	}
	out := make([][]dnsverdict.Report, len(asks))
	for i, a := range asks {
		for j, server := range a.Servers {
			r := s.says(a, server)
			out[i] = append(out[i], r)
			if plan.Report != nil {
				plan.Report(i, j, r)
			}
		}
	}
	return out, nil
}

func report(a dnsprobe.Ask, server safe.Text, o dnsverdict.Outcome, code dnsverdict.RCode) dnsverdict.Report {
	r := dnsverdict.Report{Server: server, Domain: a.Domain, Name: a.Name.Or(a.Domain.Raw())}
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		e := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Server: server, Name: a.Domain, Type: "SOA", Transport: over, Outcome: o, Sent: 1}
		switch o {
		case dnsverdict.OutcomeSilent:
			e.Sent, e.Lost, e.Waited = 2, 2, 5*time.Second
		default:
			e.Reply = dnsverdict.Reply{Code: code, RA: true, AA: true, SOA: dnsverdict.SOA{Zone: a.Domain, Serial: 1}}
			e.Reply.Answers = []dnsverdict.Record{{Name: a.Domain, Type: "SOA", Value: safe.New("x")}}
		}
		r.Exchanges = append(r.Exchanges, e)
	}
	return r
}

func silent(a dnsprobe.Ask, server safe.Text) dnsverdict.Report {
	return report(a, server, dnsverdict.OutcomeSilent, "")
}

func fine(a dnsprobe.Ask, server safe.Text) dnsverdict.Report {
	return report(a, server, dnsverdict.OutcomeAnswered, dnsverdict.NoError)
}

func snapshot() model.Snapshot {
	n := &model.NetworkStatus{}
	n.ID, n.Name, n.State, n.CIDR = safe.New("n1"), safe.New("eu-prod"), model.NetworkReady, model.NewPrefix(safe.New("10.4.0.0/16"))
	n.PeeringsRead, n.PrivateDNSRead = model.Part{At: time.Unix(1, 0)}, model.Part{At: time.Unix(1, 0)}
	d := model.PrivateDNSStatus{}
	d.ID, d.Name, d.State, d.Kind = safe.New("d1"), safe.New("corp-dns"), model.PrivateDNSReady, model.KindAzureResolver
	d.DNS = []model.DNSMapping{
		{Domains: []safe.Text{safe.New("one.test")}, Servers: []safe.Text{safe.New("10.20.0.4"), safe.New("10.20.0.5")}},
		{Domains: []safe.Text{safe.New("two.test")}, Servers: []safe.Text{safe.New("10.20.0.4")}},
	}
	n.PrivateDNS = []model.PrivateDNSStatus{d}
	return model.Snapshot{Networks: []*model.NetworkStatus{n}}
}

// unproven is a machine with nothing but a default route.
func unproven(context.Context, []netip.Addr) vantage.Facts {
	return vantage.Facts{
		Kind:       vantage.ThisMachine,
		Interfaces: dnsverdict.Know([]vantage.Interface{{Name: safe.New("eth0"), Kind: vantage.CardPlain}}),
		Routes:     dnsverdict.Know([]vantage.Route{{To: netip.MustParsePrefix("0.0.0.0/0"), Card: safe.New("eth0")}}),
		Ways:       map[netip.Addr]vantage.Way{},
	}
}

func options(p trace.Prober) trace.Options {
	return trace.Options{
		Snapshot: snapshot,
		Way: func(via string) (trace.Way, error) {
			if via != "" {
				return trace.Way{}, model.Failure{Kind: model.FailureInvalid, Cause: safe.New("no such way")}
			}
			return trace.Way{Prober: p, Look: unproven}, nil
		},
	}
}

func tracer(t *testing.T, o trace.Options) *trace.Tracer {
	t.Helper()
	o.Report = func(p work.Panic) { t.Errorf("%v %v\n%s", p, p.Value, p.Stack) }
	d := trace.New(context.Background(), o)
	t.Cleanup(d.Close)
	return d
}

func request() dnstrace.Request {
	return dnstrace.Request{Network: safe.New("n1"), Text: "www.one.test"}
}

func TestSilenceFromAnUnprovenPlaceSaysNothingOfTheServers(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(scripted{says: silent}))
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	got := end(t, d.Traces())
	at := slices.IndexFunc(got.Findings, func(f finding.Finding) bool { return f.Code == "N01" })
	if at < 0 || got.Servers[0].Cell.Word != "n/a here" || !strings.Contains(got.Findings[at].Next.Command, "dig @10.20.0.4 www.one.test A") {
		t.Errorf("%s", got.Text())
	}
	if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
		t.Fatal(err)
	}
	if bad, _, unknown := ended(t, d.Matrices()).Counts(); bad != 0 || unknown != 2 {
		t.Errorf("%d bad, %d not known", bad, unknown)
	}
	if d.Probes(safe.New("n1")) != nil {
		t.Error("what is not testable from here is no result for the table's rules")
	}
}

func TestATraceEndsAtOnce(t *testing.T) {
	t.Parallel()
	p := scripted{held: true, entered: make(chan struct{})}
	d := tracer(t, options(p))
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	<-p.entered
	d.Cancel()
	if got := end(t, d.Traces()); got.State != dnstrace.Cancelled || got.Ended.IsZero() || len(got.Rules) != 1 {
		t.Errorf("%+v", got)
	}
	if len(d.History()) != 0 {
		t.Error("what was stopped is not kept")
	}
}

func TestANewTraceTakesThePlaceOfTheOneInHand(t *testing.T) {
	t.Parallel()
	first := scripted{held: true, entered: make(chan struct{})}
	o := options(first)
	var calls atomic.Int32
	o.Way = func(string) (trace.Way, error) {
		if calls.Add(1) == 1 {
			return trace.Way{Prober: first, Look: unproven}, nil
		}
		return trace.Way{Prober: scripted{says: fine}, Look: unproven}, nil
	}
	d := tracer(t, o)
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	<-first.entered
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	ends := map[int]dnstrace.State{}
	for len(ends) < 2 {
		v := end(t, d.Traces())
		ends[v.Number] = v.State
	}
	if ends[1] != dnstrace.Cancelled || ends[2] != dnstrace.Done {
		t.Errorf("%v", ends)
	}
	if list := d.History(); len(list) != 1 || list[0].Name.Raw() != "www.one.test" || !strings.Contains(list[0].Text, "Trace of") {
		t.Errorf("%+v", list)
	}
}

// A trace streams: a value that was handed out is never changed by what comes after it.
func TestValuesAreWhole(t *testing.T) {
	t.Parallel()
	step := make(chan struct{})
	o := options(nil)
	o.Way = func(string) (trace.Way, error) {
		return trace.Way{Look: unproven, Prober: stepping{step}}, nil
	}
	d := tracer(t, o)
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	var early dnstrace.Trace
	for early = range d.Traces() {
		if early.Doing != "" {
			break
		}
	}
	close(step)
	last := end(t, d.Traces())
	if early.Servers[0].Heard() {
		t.Errorf("the first value has changed: %+v", early.Servers[0])
	}
	if !last.Servers[0].Heard() || last.Doing != "" {
		t.Errorf("%+v", last)
	}
}

// stepping answers once it may.
type stepping struct{ step chan struct{} }

func (s stepping) Run(ctx context.Context, asks []dnsprobe.Ask, plan dnsprobe.Plan) ([][]dnsverdict.Report, error) {
	<-s.step
	for _, e := range fine(asks[0], asks[0].Servers[0]).Exchanges {
		plan.Exchange(0, 0, e)
	}
	return scripted{says: fine}.Run(ctx, asks, plan)
}

func TestWhatCannotBegin(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(scripted{says: fine}))
	if err := d.Trace(dnstrace.Request{Network: safe.New("none"), Text: "a.test"}); err != nil {
		t.Fatal(err)
	}
	if got := end(t, d.Traces()); got.State != dnstrace.Failed || got.Failure == nil || got.Failure.Kind != model.FailureNotFound || got.Failure.Cure == "" {
		t.Errorf("%+v", got)
	}
	if err := d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: "10.0.0.1"}); err != nil {
		t.Fatal(err)
	}
	if got := end(t, d.Traces()); got.State != dnstrace.Done || got.Query.Offer == "" || len(got.Servers) != 0 {
		t.Errorf("%+v", got)
	}
	if err := d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: "a.test", Via: "carrier pigeon"}); err == nil {
		t.Error("a way that is none is said at once")
	}
	if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("none")}); err != nil {
		t.Fatal(err)
	}
	if got := ended(t, d.Matrices()); got.State != dnstrace.Failed || got.Failure == nil {
		t.Errorf("%+v", got)
	}
	d.Close()
	if err := d.Trace(request()); err == nil {
		t.Error("a closed tracer begins nothing")
	}
	d.Cancel()
}

// blind is an Azure that may not be read.
type blind struct{ asked chan model.VNetRef }

func (blind) Owners(context.Context, model.VNetRef, model.VNet, []safe.Text, attempt.Waiter) azuredns.Facts {
	return azuredns.Facts{}
}

func (b blind) Read(_ context.Context, ref model.VNetRef, _, _ []safe.Text, _ attempt.Waiter) azuredns.Facts {
	b.asked <- ref
	f := model.Failure{Kind: model.FailurePermission, Cause: safe.New("the role Reader is missing")}
	return azuredns.Facts{Facts: azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: f}}}}
}

// peered is the snapshot with a peering that leads to a VNET.
func peered() model.Snapshot {
	s := snapshot()
	p := model.PeeringStatus{}
	p.ID, p.Name, p.Kind, p.State = safe.New("p1"), safe.New("hub"), model.KindAzureVNet, model.PeeringReady
	p.VNet = model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("v")}
	s.Networks[0].Peerings = []model.PeeringStatus{p}
	return s
}

// patient is an Azure that asks for an hour of patience.
type patient struct{}

func (patient) Owners(context.Context, model.VNetRef, model.VNet, []safe.Text, attempt.Waiter) azuredns.Facts {
	return azuredns.Facts{}
}

func (patient) Read(ctx context.Context, _ model.VNetRef, _, _ []safe.Text, w attempt.Waiter) azuredns.Facts {
	_ = w.Hold(ctx, model.Wait{For: "read Azure", Why: "Azure asks for patience.", Until: time.Now().Add(time.Hour), Try: 2, Of: 3})
	return azuredns.Facts{}
}

// While Azure is waited for, the trace says so and why; and the end takes it away.
func TestAWaitForAzureIsSeen(t *testing.T) {
	t.Parallel()
	o := options(scripted{says: fine})
	o.Azure, o.Snapshot = patient{}, peered
	d := tracer(t, o)
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	for now := range d.Traces() {
		if now.State.Over() {
			t.Fatalf("%s without a wait", now.State)
		}
		if now.Wait == nil {
			continue
		}
		if says := now.Now(now.Wait.Until.Add(-time.Minute)); !strings.HasSuffix(says, ": Azure asks for patience; next try in 1 min (2 of 3)") {
			t.Errorf("it says %q", says)
		}
		break
	}
	d.Cancel()
	if got := end(t, d.Traces()); got.State != dnstrace.Cancelled || got.Wait != nil || got.Now(time.Now()) != "" {
		t.Errorf("%s, waits for %+v", got.State, got.Wait)
	}
}

func TestWhatAzureDoesNotTellIsNotKnownAndSaysWhy(t *testing.T) {
	t.Parallel()
	o := options(scripted{says: fine})
	asked := make(chan model.VNetRef, 1)
	o.Azure = blind{asked}
	o.Snapshot = peered
	d := tracer(t, o)
	if err := d.Trace(request()); err != nil {
		t.Fatal(err)
	}
	got := end(t, d.Traces())
	if ref := <-asked; ref.Name.Raw() != "v" {
		t.Errorf("%+v", ref)
	}
	if f := got.Facts.Servers[safe.New("10.20.0.4")]; f.UDP.IsKnown() || !strings.Contains(f.UDP.Why(), "the role Reader is missing") {
		t.Errorf("%+v", f.UDP)
	}
}

func TestResultsAreKeptAndFlapsShow(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "probes")
	run := func(says func(dnsprobe.Ask, safe.Text) dnsverdict.Report) dnstrace.Matrix {
		o := options(scripted{says: says})
		o.Dir = dir
		d := tracer(t, o)
		if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
			t.Fatal(err)
		}
		return ended(t, d.Matrices())
	}
	refusing := func(a dnsprobe.Ask, s safe.Text) dnsverdict.Report {
		r := report(a, s, dnsverdict.OutcomeAnswered, dnsverdict.Refused)
		return r
	}
	for range 10 {
		run(fine)
	}
	m := run(refusing)
	e := m.Lines[0].Cells[0]
	if e.Cell.Word != "REFUSED" || len(e.Before) != 8 || !strings.HasPrefix(e.Before[0].Word, "OK") || !e.Flaps() {
		t.Errorf("%+v", e)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v %v", info, err)
	}
}

// A file that is damaged, or somebody else's, is set aside and said: the next results
// would take its place.
func TestADamagedFileIsSetAside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var notes []string
	o := options(scripted{says: fine})
	o.Dir, o.Note = dir, func(s string) { notes = append(notes, s) }
	d := tracer(t, o)
	if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
		t.Fatal(err)
	}
	ended(t, d.Matrices())
	d.Close()
	files, _ := os.ReadDir(dir)
	name := filepath.Join(dir, files[0].Name())
	for i, text := range []string{"{", `{"Format":0}`, `{"Format":1,"Network":"n1","Begun":"2026-11-25T00:00:00Z","Servers":["10.0.0.1"],"Lines":[{"Cells":[{"Server":7}]}]}`, ""} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		notes = nil
		again := tracer(t, o)
		if _, there := again.Last(safe.New("n1")); there {
			t.Errorf("%q is no result", text)
		}
		aside, err := filepath.Glob(name + ".damaged-*")
		if err != nil || len(aside) != i+1 || len(notes) != 1 || !strings.Contains(notes[0], "kept as "+aside[i]) {
			t.Fatalf("%q: %q, %v, %v", text, notes, aside, err)
		}
		if data, err := os.ReadFile(aside[i]); err != nil || string(data) != text {
			t.Errorf("%q was kept as %q, %v", text, data, err)
		}
	}
}

// A file of a newer peerdeck stays as it is: it is said that it is not shown, and the next
// results take its place in memory alone.
func TestAFileOfANewerPeerdeckStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notes := make(chan string, 8)
	o := options(scripted{says: fine})
	o.Dir, o.Note = dir, func(s string) { notes <- s }
	probe := func() (*trace.Tracer, string) {
		d := tracer(t, o)
		if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
			t.Fatal(err)
		}
		ended(t, d.Matrices())
		d.Close()
		files, _ := os.ReadDir(dir)
		if len(files) != 1 {
			t.Fatalf("%v", files)
		}
		return d, filepath.Join(dir, files[0].Name())
	}
	_, name := probe()
	const newer = `{"Format":2,"Network":"n1"}`
	if err := os.WriteFile(name, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := probe()
	if _, there := d.Last(safe.New("n1")); !there {
		t.Error("they are kept in memory all the same")
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != newer {
		t.Errorf("it is %q now, %v", data, err)
	}
	for range 2 { // to read it, and to put something in its place
		if note := <-notes; !strings.Contains(note, name) || !strings.Contains(note, "form 2; this one reads forms up to 1") {
			t.Errorf("%q", note)
		}
	}
}

// Where nothing can be kept, the work goes on.
func TestAFullDiskStopsNothing(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	noted := make(chan string, 8)
	o := options(scripted{says: fine})
	o.Dir, o.Note = filepath.Join(file, "probes"), func(s string) { noted <- s }
	d := tracer(t, o)
	if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
		t.Fatal(err)
	}
	if m := ended(t, d.Matrices()); m.State != dnstrace.Done {
		t.Errorf("%+v", m)
	}
	d.Close()
	if len(noted) == 0 {
		t.Error("it is to be said that results cannot be kept")
	}
	if _, there := d.Last(safe.New("n1")); !there {
		t.Error("they are kept in memory all the same")
	}
}

func TestATextIsSavedToANewFileOnly(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(nil))
	path := filepath.Join(t.TempDir(), "trace.txt")
	if err := d.Save(t.Context(), path, "text"); err != nil {
		t.Fatal(err)
	}
	err := d.Save(t.Context(), path, "other")
	if f, is := errors.AsType[model.Failure](err); !is || f.Cure == "" {
		t.Errorf("%v", err)
	}
	if got, err := trace.ReadText(path, nil); got != "text" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if got, err := trace.ReadText("-", strings.NewReader("a\r\nb\rc")); got != "a\nb\nc" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if got, err := trace.ReadText("-", strings.NewReader("\xff\xfe;\x00 \x00<\x00\r\x00\n\x00")); got != "; <\n" || err != nil {
		t.Errorf("UTF-16: %q, %v", got, err)
	}
	if _, err := trace.ReadText(path+".none", nil); err == nil {
		t.Error("a file that is not there is said")
	}
}

// What is known without asking is told before anything is asked, and does not wait behind
// servers that are silent.
func TestWhatIsKnownBeforehandIsToldAtOnce(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		edit func(*model.NetworkStatus)
		name string
		code finding.Code
	}{
		"the network is offline": {func(n *model.NetworkStatus) {
			n.State, n.Own = model.NetworkOffline, finding.Finding{Code: "network-offline", Severity: finding.Attention, Cause: "It is offline."}
		}, "www.one.test", "network-offline"},
		"no rule":            {func(*model.NetworkStatus) {}, "www.six.test", "N23"},
		"a server outside":   {func(*model.NetworkStatus) {}, "www.one.test", "N30"},
		"a platform address": {func(n *model.NetworkStatus) { n.PrivateDNS[0].DNS[0].Servers[1] = safe.New("168.63.129.16") }, "www.one.test", "server-platform-address"},
		"the half is not there": {func(n *model.NetworkStatus) {
			n.Peerings[0].Finding = finding.Finding{Code: "azure-absent", Severity: finding.Broken, Cause: "No half."}
		}, "www.one.test", "azure-absent"},
		"the resolver in error": {func(n *model.NetworkStatus) {
			n.PrivateDNS[0].Finding = finding.Finding{Code: "dns-error", Severity: finding.Broken, Cause: "Error."}
		}, "www.one.test", "dns-error"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			p := scripted{held: true, entered: make(chan struct{})}
			o := options(p)
			looking := make(chan struct{})
			o.Way = func(string) (trace.Way, error) {
				return trace.Way{Prober: p, Look: func(ctx context.Context, _ []netip.Addr) vantage.Facts {
					<-looking // also the look at the ways is waited for
					return unproven(ctx, nil)
				}}, nil
			}
			o.Snapshot = func() model.Snapshot {
				s := peered()
				s.Networks[0].Peerings[0].Azure.VNet.AddressPrefixes = []model.Prefix{model.NewPrefix(safe.New("10.20.0.0/24"))}
				if c.code == "N30" {
					s.Networks[0].Peerings[0].Azure.VNet.AddressPrefixes = []model.Prefix{model.NewPrefix(safe.New("10.99.0.0/24"))}
				}
				c.edit(s.Networks[0])
				return s
			}
			d := tracer(t, o)
			if err := d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: c.name}); err != nil {
				t.Fatal(err)
			}
			first := <-d.Traces()
			if got := first.Conclusion(); got.Code != c.code || !slices.ContainsFunc(first.Findings, func(f finding.Finding) bool { return f.Code == c.code }) || got.Command == "" {
				t.Errorf("it begins with %+v", got)
			}
			if slices.ContainsFunc(first.Servers, dnstrace.Server.Heard) {
				t.Error("a server was asked before")
			}
			close(looking)
		})
	}
}

// A trace and a probe whose time is over hand out what is known by then, and say that they
// were cut.
func TestTheTimeIsOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := options(scripted{held: true, entered: make(chan struct{})})
		o.Snapshot, o.Azure = peered, patient{}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		d := trace.New(ctx, o)
		defer d.Close()
		if err := d.Trace(request()); err != nil {
			t.Fatal(err)
		}
		got := end(t, d.Traces())
		if got.State != dnstrace.Cut || !got.Broken() || len(got.Rules) == 0 || !got.Conclusion().Concluded() || !strings.Contains(got.Text(), "cut short") {
			t.Errorf("%s", got.Text())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		o := options(scripted{held: true, entered: make(chan struct{})})
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		d := trace.New(ctx, o)
		defer d.Close()
		if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
			t.Fatal(err)
		}
		if got := ended(t, d.Matrices()); got.State != dnstrace.Cut || !got.NeedsPerson() {
			t.Errorf("%s", got.Text())
		}
	})
}

// While Azure is waited for, the probe of all domains says so too.
func TestAProbeSaysThatAzureIsWaitedFor(t *testing.T) {
	t.Parallel()
	o := options(scripted{says: fine})
	o.Azure = patient{}
	o.Snapshot = func() model.Snapshot {
		s := peered()
		s.Networks[0].Peerings[0].Azure.VNet.AddressPrefixes = []model.Prefix{model.NewPrefix(safe.New("10.20.0.0/16"))}
		return s
	}
	d := tracer(t, o)
	if err := d.ProbeAll(dnstrace.ProbeRequest{Network: safe.New("n1")}); err != nil {
		t.Fatal(err)
	}
	for now := range d.Matrices() {
		if now.State.Over() {
			t.Fatalf("%s without a wait", now.State)
		}
		if now.Wait == nil {
			continue
		}
		if says := now.Now(now.Wait.Until.Add(-time.Minute)); !strings.HasSuffix(says, "asked, reading Azure: Azure asks for patience; next try in 1 min (2 of 3)") {
			t.Errorf("it says %q", says)
		}
		break
	}
	d.Cancel()
	if got := ended(t, d.Matrices()); got.State != dnstrace.Cancelled || got.Wait != nil {
		t.Errorf("%s, waits for %+v", got.State, got.Wait)
	}
}

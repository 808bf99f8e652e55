package program_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/report"
	"github.com/peerdeck/peerdeck/ui/screens/networks"
)

const scenarioDir = "../../testdata/scenarios"

// seen is what the faces of the program say of a network.
type seen struct {
	snapshot model.Snapshot
	network  *model.NetworkStatus
	document statusDocument
	table    string // what status prints for people
	page     string // the page of the network, with each of its peerings in turn
	trace    *dnstrace.Trace
	paths    *paths.View
	live     face   // what it said while it was recorded
	replayed face   // what it says of the recording
	masked   face   // and of that with stand-ins instead of names
	problem  string // why there is nothing
}

// statusDocument is what a program reads of status.
type statusDocument struct {
	Networks []struct {
		Name     string          `json:"name"`
		Severity string          `json:"severity"`
		Findings []statusFinding `json:"findings"`
	} `json:"networks"`
}

type statusFinding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Cause    string `json:"cause"`
	NextStep string `json:"next_step"`
	Command  string `json:"command"`
}

// Each scenario is met by status, by the page of its network and by a trace, over the
// real clients: they say what the file was made to show, all three the same. That is
// recorded, and the recording looks the same, byte for byte.
func TestScenarios(t *testing.T) { //nolint:tparallel // the waiting is done; what is left is comparing
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(scenarioDir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenario in %s: %v", scenarioDir, err)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return !longtest.Chosen(t.Name()+"/"+nameOf(file), 3) })
	// They wait for servers that are silent, each for itself, so all wait at one time.
	all := make([]seen, len(files))
	shows := make([]sandbox.Shows, len(files))
	group := work.NewGroup(t.Context(), func(p work.Panic) { t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) })
	var wait sync.WaitGroup
	room := make(chan struct{}, 16)
	for i, file := range files {
		wait.Add(1)
		group.Go(file, func(ctx context.Context) {
			defer wait.Done()
			room <- struct{}{}
			defer func() { <-room }()
			shows[i], all[i] = look(ctx, t, file, func(p work.Panic) { t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) })
		})
	}
	wait.Wait()
	group.Stop()
	for i, file := range files {
		t.Run(nameOf(file), func(t *testing.T) {
			judge(t, &shows[i], &all[i])
			if isReplayed(nameOf(file)) {
				all[i].same(t)
			}
		})
	}
}

// nameOf is how a scenario is called.
func nameOf(file string) string { return strings.TrimSuffix(filepath.Base(file), ".yaml") }

// look lets a scenario happen and looks at it with every face.
func look(ctx context.Context, tb testing.TB, file string, report func(work.Panic)) (sandbox.Shows, seen) {
	tb.Helper()
	shows, events, err := sandbox.ReadScene(file)
	if err != nil {
		return shows, seen{problem: err.Error()}
	}
	world, err := sandbox.New(sandbox.Options{Seed: 1, Events: events})
	if err != nil {
		return shows, seen{problem: err.Error()}
	}
	server, err := sandbox.ListenBehind(ctx, world, "127.0.0.1:0", sandboxtest.Between(tb, world), report)
	if err != nil {
		return shows, seen{problem: err.Error()}
	}
	defer server.Close()
	s, err := toSandbox(world, server)
	if err != nil {
		return shows, seen{problem: err.Error()}
	}
	s.Record = record.New(record.Options{})
	s.Time.Says = s.Record.Look
	services := wiring.Open(s, "test", false, report)
	defer services.Close()
	out := see(ctx, services, &shows, report)
	if out.problem == "" {
		out.live, out.problem = out.face()
	}
	if out.problem == "" && isReplayed(nameOf(file)) {
		b := services.Recorded([]string{"dns", "trace", shows.Trace, "--network", shows.Network})
		if out.replayed, out.problem = replayed(ctx, b, &shows, report); out.problem == "" {
			out.masked, out.problem = masked(ctx, b, report)
		}
	}
	return shows, out
}

// see looks with every face at what the services show.
func see(ctx context.Context, services *wiring.Bundle, shows *sandbox.Shows, report func(work.Panic)) seen {
	out := seen{snapshot: services.Watcher.Collect(ctx)}
	for _, n := range out.snapshot.Networks {
		if n.Name.Raw() == shows.Network {
			out.network = n
		}
	}
	if out.network == nil {
		out.problem = "there is no network " + shows.Network
		return out
	}
	if err := out.print(); err != nil {
		out.problem = err.Error()
	}
	out.walk() //nolint:contextcheck // a dialog that nobody opens would have its own
	if len(shows.Paths) > 0 {
		reader := services.Paths(ctx, nil, report)
		defer reader.Close()
		if err := reader.Read(out.network.ID); err != nil {
			out.problem = err.Error()
			return out
		}
		for v := range reader.Views() {
			if v.State.Over() {
				out.paths = &v
				break
			}
		}
	}
	if shows.Trace != "" {
		tracer := services.Tracer(ctx, report)
		defer tracer.Close()
		if err := tracer.Trace(dnstrace.Request{Network: out.network.ID, Text: shows.Trace}); err != nil {
			out.problem = err.Error()
			return out
		}
		for t := range tracer.Traces() {
			if t.State.Over() {
				out.trace = &t
				break
			}
		}
	}
	return out
}

// toSandbox are the settings of a person who uses the sandbox and is signed in to all of
// its tenants.
func toSandbox(world *sandbox.World, server *sandbox.Server) (settings.Settings, error) {
	s := settings.Settings{
		SignIn: signin.DeviceCode, Token: secret.Static{Value: secret.New(sandbox.Token), From: "the test"},
		AzureToken: secret.New(world.HomeToken()), AzureTokens: map[string]secret.Secret{}, DialDNS: server.DialDNS,
	}
	for tenant, token := range world.GuestTokens() {
		s.AzureTokens[tenant] = secret.New(token)
	}
	for _, a := range []struct {
		to      *endpoint.Endpoint
		address string
	}{{&s.Konnect, server.Konnect}, {&s.ARM, server.ARM}, {&s.Graph, server.Graph}, {&s.Login, server.Login}} {
		var err error
		if *a.to, err = endpoint.Parse("the sandbox", a.address); err != nil {
			return s, err
		}
	}
	return s, nil
}

// print is what status says.
func (s *seen) print() error {
	only := []*model.NetworkStatus{s.network}
	var b bytes.Buffer
	if err := report.Write(&b, report.JSON, s.snapshot, only, false); err != nil {
		return err
	}
	if err := json.Unmarshal(b.Bytes(), &s.document); err != nil {
		return err
	}
	b.Reset()
	err := report.Write(&b, report.Table, s.snapshot, only, false)
	s.table = plain(b.String())
	return err
}

// walk is what the page of the network says, peering after peering.
func (s *seen) walk() {
	now := s.snapshot.At
	p := networks.NewPage(screen.Env{Now: func() time.Time { return now }}, theme.New(theme.Mono, true), s.network.ID)
	p.Resize(110, 100) // one column: a sentence over two lines stays together
	p.Receive(&s.snapshot)
	for range max(1, len(s.network.Peerings)) {
		s.page += p.View(now) + "\n"
		if down, there := action.ForKey(p.Actions(), "j"); there {
			down.Run()
		}
	}
	s.page = plain(s.page)
}

// plain is a text without what stands between its words.
func plain(s string) string {
	s = strings.NewReplacer("│", " ", "→", " ", "\n", " ").Replace(ansi.Strip(s))
	return strings.Join(strings.Fields(s), " ")
}

// unbroken is a text without spaces: a page breaks long words, such as a range, in two.
func unbroken(s string) string { return strings.ReplaceAll(plain(s), " ", "") }

func judge(t *testing.T, want *sandbox.Shows, got *seen) {
	t.Helper()
	if got.problem != "" {
		t.Fatal(got.problem)
	}
	if want.About == "" || want.Healthy == (len(want.Findings)+len(want.Status)+len(want.Traced)+len(want.Paths) > 0) {
		t.Fatal("a scenario says what it is about, and either what is found or that all is well")
	}
	said := map[string]bool{}
	for _, f := range got.document.Networks[0].Findings {
		said[f.Code] = true
		for face, text := range map[string]string{"the table": got.table, "the page": got.page} {
			if !strings.Contains(unbroken(text), unbroken(f.Cause)) {
				t.Errorf("%s does not say %q", face, f.Cause)
			}
		}
	}
	traced := got.traced(t, want)
	for _, code := range want.Findings {
		if !said[code] {
			t.Errorf("status does not say %s; it says %v", code, keys(said))
		}
		if got.trace != nil && !traced[code] {
			t.Errorf("the trace does not say %s; it says %v", code, keys(traced))
		}
	}
	for _, code := range want.Status {
		if !said[code] {
			t.Errorf("status does not say %s; it says %v", code, keys(said))
		}
	}
	for _, code := range want.Traced {
		if !traced[code] {
			t.Errorf("the trace does not say %s; it says %v", code, keys(traced))
		}
	}
	pathed := got.pathed()
	for _, code := range want.Paths {
		if !pathed[code] {
			t.Errorf("the paths do not say %s; they say %v", code, keys(pathed))
		}
	}
	for _, code := range want.Never {
		if said[code] || traced[code] || pathed[code] {
			t.Errorf("%s is said", code)
		}
	}
	everything := got.table
	if got.trace != nil {
		everything += " " + plain(got.trace.Text())
	}
	if got.paths != nil {
		for _, f := range got.paths.Findings {
			everything += " " + plain(f.Cause+" "+f.Next.Line())
		}
	}
	for _, words := range want.Says {
		if !strings.Contains(everything, words) {
			t.Errorf("nothing says %q:\n%s", words, everything)
		}
	}
	for _, words := range want.Hides {
		if strings.Contains(everything, words) {
			t.Errorf("something says %q:\n%s", words, everything)
		}
	}
	if alarms := got.alarms(); want.Healthy && len(alarms) > 0 {
		t.Errorf("it is healthy, and there is alarm: %v\n%s", alarms, everything)
	}
}

// alarms are the codes that want a person to look.
func (s *seen) alarms() []string {
	calm := []string{model.SeverityOK.String(), model.SeverityWorking.String()}
	var out []string
	if n := s.document.Networks[0]; !slices.Contains(calm, n.Severity) {
		out = append(out, n.Name+" is "+n.Severity)
	}
	for _, f := range s.document.Networks[0].Findings {
		if !slices.Contains(calm, f.Severity) {
			out = append(out, f.Code)
		}
	}
	if s.trace != nil {
		for _, f := range s.trace.Findings {
			if f.NeedsPerson() {
				out = append(out, string(f.Code))
			}
		}
	}
	return out
}

// pathed are the codes that the paths say.
func (s *seen) pathed() map[string]bool {
	out := map[string]bool{}
	if s.paths != nil {
		for _, f := range s.paths.Findings {
			out[string(f.Code)] = true
		}
	}
	return out
}

// traced are the codes that the trace says. What it says of a peering, a network or a
// private DNS is what status says, whole.
func (s *seen) traced(t *testing.T, want *sandbox.Shows) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	if s.trace == nil {
		return out
	}
	if s.trace.Failure != nil {
		t.Errorf("the trace of %s failed: %v", want.Trace, s.trace.Failure)
	}
	for _, f := range s.trace.Findings {
		out[string(f.Code)] = f.Severity != model.SeverityOK
		e, known := finding.Lookup(string(f.Code))
		if !known {
			t.Errorf("no entry of %s", f.Code)
			continue
		}
		if !slices.Contains([]finding.Subject{finding.OfNetwork, finding.OfPeering, finding.OfPrivateDNS}, e.Subject) {
			continue
		}
		if !slices.ContainsFunc(s.document.Networks[0].Findings, func(d statusFinding) bool {
			return d.Code == string(f.Code) && d.NextStep == f.Next.Text && d.Command == f.Next.Command
		}) {
			t.Errorf("the trace says %s → %s %s, and status does not", f.Code, f.Next.Text, f.Next.Command)
		}
	}
	for code, is := range out {
		if !is {
			delete(out, code)
		}
	}
	return out
}

func keys(m map[string]bool) []string {
	out := []string{}
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// The document lists every scenario with what it is about.
func TestScenariosAreListed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(scenarioDir, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Situations\n\nEach file is a scenario for `peerdeck sandbox --scenario FILE`; [docs/scenarios.md](../../docs/scenarios.md) says what may stand in it. Under `shows` it says what peerdeck finds in it, and a test holds `status`, Networks and a trace to that. This list is drawn by `make screens`.\n\n| file | what is so | found |\n| --- | --- | --- |\n")
	for _, file := range files {
		shows, _, err := sandbox.ReadScene(file)
		if err != nil {
			t.Error(err)
			continue
		}
		found := strings.Join(slices.Concat(shows.Findings, shows.Status, shows.Traced, shows.Paths), ", ")
		if shows.Healthy {
			found = "nothing"
		}
		b.WriteString("| [" + filepath.Base(file) + "](" + filepath.Base(file) + ") | " + strings.ReplaceAll(shows.About, "|", "\\|") + " | " + found + " |\n")
	}
	name := filepath.Join(scenarioDir, "README.md")
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(name)
	if err != nil || string(have) != b.String() {
		t.Errorf("%s is not up to date (%v); make screens draws it", name, err)
	}
}

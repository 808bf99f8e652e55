package program_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
)

const caseDir = "../../testdata/bundles"

// Each bundle in testdata/bundles is a world that somebody has met: what status finds in
// it, and a trace if one was recorded, stays what the file beside it says: codes and severities, not the words for them. A report from
// the field becomes one with: make case FILE=ticket.zip NAME=what-is-odd.
func TestCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(caseDir, "*.zip"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no case in %s: %v", caseDir, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".zip")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := bundle.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			if b.Manifest.Names && !strings.HasPrefix(b.Session.Hosts[bundle.Konnect], "http://127.0.0.1:") {
				t.Fatal("it holds the names of its sender; replace them first with: peerdeck bundle --from " + file)
			}
			got := judged(t, file, b)
			want := filepath.Join(caseDir, name+".txt")
			if os.Getenv("UPDATE_SCREENS") != "" {
				if err := os.WriteFile(want, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			have, err := os.ReadFile(want)
			if err != nil {
				t.Fatalf("%v; make case FILE=%s NAME=%s draws it", err, file, name)
			}
			if diff := firstDifference(string(have), got); diff != "" {
				t.Errorf("it is judged in another way than before:\n%s", diff)
			}
		})
	}
}

// judged is what the program says of a bundle.
func judged(t *testing.T, file string, b bundle.Bundle) string {
	t.Helper()
	panicked := func(p work.Panic) { t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) }
	s, end, err := wiring.ReplayOf(t.Context(), settings.Settings{}, file, b, false, panicked)
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	services := wiring.Open(s, "test", false, panicked)
	defer services.Close()
	name, network := asked(b.Manifest.Command)
	snapshot := services.Watcher.CollectOne(t.Context(), safe.New(network)) // all, where none is named
	var out strings.Builder
	for _, n := range report.New(snapshot, snapshot.Networks).Networks {
		if network != "" && n.Name.Raw() != network && n.ID.Raw() != network {
			continue
		}
		fmt.Fprintf(&out, "%s: %s %s\n", n.Name, n.Severity, n.Code)
		for _, f := range n.Findings {
			fmt.Fprintf(&out, "  %s %s: %s %s\n", f.Subject, f.Name, f.Severity, f.Code)
		}
	}
	for _, f := range snapshot.Failures {
		fmt.Fprintf(&out, "not read: %s %s: %s\n", f.Operation, f.Subject, f.FindingCode())
	}
	for _, n := range snapshot.Networks {
		if name != "" && (n.Name.Raw() == network || n.ID.Raw() == network) {
			out.WriteString(traceOf(t.Context(), t, services, n.ID, name, panicked))
		}
	}
	return out.String()
}

// asked are the name and the network of a trace that was recorded, empty for none.
func asked(command []string) (name, network string) {
	at := slices.Index(command, "trace")
	if at < 0 {
		return "", ""
	}
	for i := at + 1; i < len(command); i++ {
		value, found := strings.CutPrefix(command[i], "--network=")
		switch {
		case found:
			network = value
		case command[i] == "--network" && i+1 < len(command):
			i++
			network = command[i]
		case command[i] == "-o" || command[i] == "--output" || command[i] == "--via":
			i++
		case !strings.HasPrefix(command[i], "-"):
			name = command[i]
		}
	}
	return name, network
}

func traceOf(ctx context.Context, t *testing.T, services *wiring.Bundle, network safe.Text, name string, panicked func(work.Panic)) string {
	t.Helper()
	tracer := services.Tracer(ctx, panicked)
	defer tracer.Close()
	if err := tracer.Trace(dnstrace.Request{Network: network, Text: name}); err != nil {
		t.Fatal(err)
	}
	for now := range tracer.Traces() {
		if now.State.Over() {
			return codesOf(now)
		}
	}
	t.Fatal("the trace did not end")
	return ""
}

// codesOf is what a trace has found, without its sentences.
func codesOf(t dnstrace.Trace) string {
	var out strings.Builder
	fmt.Fprintf(&out, "trace of %s: %s\n", t.Query.Asked(), t.Conclusion().Code)
	for _, f := range t.Findings {
		fmt.Fprintf(&out, "  %s %s\n", f.Severity, f.Code)
	}
	for _, s := range t.Servers {
		for _, e := range s.Report.InOrder() {
			fmt.Fprintf(&out, "  %s %s over %s: %s %s\n", e.Server, e.Step, e.Transport, e.Outcome, e.Reply.Code)
		}
	}
	return out.String()
}

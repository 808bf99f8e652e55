package trace_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/trace"
)

// savedTrace is what the Debugger saves of a look-up.
func savedTrace(at time.Time) string {
	return fmt.Sprintf(`{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"kong.dns","startTimeUnixNano":"%d","attributes":[
		{"key":"proxy.kong.dns.record.domain","value":{"stringValue":"one.test"}},{"key":"proxy.kong.dns.record.ip","value":{"stringValue":"10.20.0.50"}}]}]}]}]}`, at.UnixNano())
}

// What the gateway saw takes the place of "not testable from here", over a trace of own
// questions and over one that was pasted.
func TestWhatTheGatewaySawIsInTheTrace(t *testing.T) {
	t.Parallel()
	o := options(scripted{says: silent})
	o.Way = func(string) (trace.Way, error) {
		return trace.Way{Prober: scripted{says: silent}, Look: unproven}, nil
	}
	o.Snapshot = peered
	d := tracer(t, o)
	now := o.Time.Now()
	for about, c := range map[string]struct {
		at          time.Time
		severity    finding.Severity
		notTestable bool
	}{
		"just now":     {now.Add(-3 * time.Minute), finding.OK, false},
		"two days ago": {now.Add(-48 * time.Hour), finding.Unknown, true},
	} {
		if err := d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: "one.test", Seen: savedTrace(c.at)}); err != nil {
			t.Fatal(err)
		}
		got := end(t, d.Traces())
		at := slices.IndexFunc(got.Findings, func(f finding.Finding) bool { return f.Code == dnsverdict.CodeGatewayResolved })
		if at < 0 || got.Findings[at].Severity != c.severity {
			t.Errorf("%s: %s", about, got.Text())
		}
		notTestable := slices.ContainsFunc(got.Findings, func(f finding.Finding) bool { return f.Code == "N01" })
		if notTestable != c.notTestable || got.Document().Gateway == nil || !strings.Contains(got.Text(), "  gateway   looked up 10.20.0.50") {
			t.Errorf("%s: %s", about, got.Text())
		}
	}
	if err := d.Judge(dnstrace.Request{Network: safe.New("n1"), Text: "one.test", Seen: savedTrace(now)}, digOutput); err != nil {
		t.Fatal(err)
	}
	if got := end(t, d.Traces()); !got.Pasted || got.Document().Gateway == nil {
		t.Errorf("%s", got.Text())
	}
}

func TestATraceOfAnotherNameIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	d := tracer(t, options(scripted{says: silent}))
	for text, says := range map[string]string{
		savedTrace(time.Now()): "is about one.test, and tells nothing of two.test",
		"no trace":             "not JSON",
	} {
		for _, err := range []error{
			d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: "two.test", Seen: text}),
			d.Judge(dnstrace.Request{Network: safe.New("n1"), Text: "one.test", Seen: strings.ReplaceAll(text, "one.test", "three.test")}, digOutput),
		} {
			f, failed := model.AsFailure(err)
			if !failed || f.Kind != model.FailureInvalid || !strings.Contains(f.Cure, "Debugger") {
				t.Errorf("%s: %+v", says, err)
			}
		}
		if err := d.Trace(dnstrace.Request{Network: safe.New("n1"), Text: "two.test", Seen: text}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
}

func TestASavedTraceIsReadFromAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "trace.json")
	if err := os.WriteFile(path, []byte(savedTrace(time.Now())), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := trace.ReadSaved(path, nil); err != nil || !strings.Contains(text, "kong.dns") {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := trace.ReadSaved("-", strings.NewReader("x")); err != nil || text != "x" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := trace.ReadSaved(path+".no", nil); err == nil {
		t.Error("a file that is not there was read")
	}
}

package linear_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/linear"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scribe keeps a transcript, and tells each time that a question is asked.
type scribe struct {
	mu    sync.Mutex
	text  strings.Builder
	asked chan struct{}
}

func (s *scribe) Write(p []byte) (int, error) {
	s.mu.Lock()
	s.text.Write(p)
	s.mu.Unlock()
	if strings.HasSuffix(string(p), " > ") {
		s.asked <- struct{}{}
	}
	return len(p), nil
}

// said is an answer, or something that happens while a question is asked.
type said struct {
	line string
	does func(*world)
	ends bool // of the input
}

func answers(lines ...string) []said {
	var out []said
	for _, l := range lines {
		out = append(out, said{line: l})
	}
	return out
}

// talk holds a conversation and returns its transcript.
func talk(t *testing.T, w *world, script []said, edits ...func(*linear.Options)) (string, error) {
	t.Helper()
	lines, out := make(chan string), &scribe{asked: make(chan struct{})}
	o := linear.Options{
		Lines: lines, Out: out, Echo: true, Env: screen.Env{Now: noon, Known: notes{w}}, Watcher: w, Setup: setups{w: w}, Runs: w.runs, Mappings: tables{w: w}, Applies: w.applies, Tracer: tracer{w}, Traces: w.traces, Probes: w.probes,
		SignIn: func(context.Context, safe.Text, func(model.DeviceCode)) error { return nil },
	}
	for _, e := range edits {
		e(&o)
	}
	ended := make(chan error, 1)
	go func() { ended <- linear.Run(t.Context(), o) }()
	for _, s := range script {
		select {
		case <-out.asked:
		case err := <-ended:
			return out.text.String(), err
		}
		switch {
		case s.does != nil:
			s.does(w)
		case s.ends:
			close(lines)
		default:
			lines <- s.line
		}
	}
	select {
	case err := <-ended:
		return out.text.String(), err
	case <-out.asked:
		t.Errorf("one more question is asked")
		close(lines)
		return out.text.String(), <-ended
	}
}

// golden compares a transcript with a file; with UPDATE_SCREENS set it writes the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	for i, r := range got {
		if r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			t.Errorf("%q is in it: %q", r, got[max(0, i-30):min(len(got), i+30)])
		}
	}
	path := filepath.Join("..", "..", "testdata", "transcripts", name+".txt")
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("the transcript is another one than %s (UPDATE_SCREENS=1 writes it):\n%s", path, got)
	}
}

// entry is something in the time line.
func entry(number uint64) changes.Entry {
	return changes.Entry{
		Number: number, At: noon(), Kind: changes.KindState, Network: text("id-us-prod"), NetworkName: text("us-prod"), Subject: text("billing"), Sense: changes.Broke,
		Severity: model.SeverityBroken, Text: "Azure Connected → Disconnected", Cause: "Kong's half was deleted.",
	}
}

// Each job of the conversation, from its beginning to its end.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	grow := func(w *world) { w.views <- changes.View{Entries: []changes.Entry{entry(2), entry(1)}} }
	for name, c := range map[string]struct {
		list   []*model.NetworkStatus
		before func(*world)
		script []said
	}{
		"watch": {few(), func(w *world) { w.views <- changes.View{Entries: []changes.Entry{entry(1)}} }, append(
			[]said{{does: grow}}, answers("changes", "0", "networks", "us-prod", "again", "0", "0", "quit")...,
		)},
		"mistakes":    {few(), nil, answers("", "9", "netwroks", "?", "dns nowhere", "0", "trace not a name", "0", "net us-prod", "?", "set-up", "q")},
		"acknowledge": {few(), nil, answers("net us-prod", "acknowledge", "1", "", "Kong knows; ticket 4711", "3 fortnights", "3d", "again", "acknowledge", "1", "no", "acknowledge", "1", "yes", "0", "q")},
		"pasted":      {few(), nil, answers("trace 10.20.1.9", "0", "trace https://cloud.konghq.com/x/"+"10.99.9.9", "0", "trace 10.99.9.9", "0", "q")},
		"probe":       {few(), nil, answers("dns eu-prod", "probe", "0", "q")},
		"mend":        {few(), nil, answers("net us-prod", "mend billing", "1", "other", "begin", "billing", "0", "q")},
		"pages":       {many(45), nil, answers("1", "m", "", "", "/net-4", "/nothing", "?", "46", "45", "0", "l", "b", "refresh", "q")},
		"dns":         {few(), nil, answers("dns eu-prod", "list", "2", "?", "change", "", "10.20.0.x", "10.20.0.4, 10.20.0.5", "add", "-> 10.1.1.1", "qa.acme.internal", "10.20.0.4", "undo", "undo", "redo", "redo", "list", "hr", "take back", "list", "1", "remove", "review", "request", "apply", "wrong", "0", "q", "yes")},
		"dns-conflict": {few(), func(w *world) {
			w.meanwhile = []model.DNSMapping{row("corp.acme.internal", "10.20.0.4", "10.20.0.5"), row("hr.acme.internal", "10.20.0.7"), row("qa.acme.internal", "10.20.0.4")}
		}, answers("dns eu-prod", "list", "hr", "change", "", "10.20.0.6", "review", "1", "0", "review", "2", "review", "0", "q")},
		"trace":           {few(), nil, answers("trace hr.acme.internal", "1", "script", "row", "0", "another", "www.elsewhere.example", "0", "0", "q")},
		"set-up-error":    {few(), nil, answers("set-up", "new", "", "uk-lab", "?", "1", "acme-prod", "vnet-lab", "", "1", "nonsense", "lab.acme.internal -> 10.61.0.4", "", "hand-off", "1", "run", "no", "run", "yes", "?", "try again now", "0", "q")},
		"set-up-read":     {few(), nil, answers("set-up", "new", "2", "new-net", "10.0.0.0/16", "10.70.0.0/16", "uksouth", "back", "", "1", "1", "1", "", "none", "change", "Role name", "My role", "save", "", "0", "0", "q")},
		"set-up-unsaved":  {few(), nil, append(answers("set-up", "new", "", "uk-lab", "q", "", "set-up", "answers"), said{ends: true})},
		"set-up-stopped":  {few(), nil, append(answers("set-up", "new", "", "uk-lab", "1", "1", "1", "", "none", "run", "yes", "end", "yes"), said{ends: true})},
		"nobody-answers":  {few(), nil, []said{{ends: true}}},
		"nothing-to-read": {nil, nil, answers("networks", "changes", "q")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(c.list)
			if c.before != nil {
				c.before(w)
			}
			got, err := talk(t, w, c.script)
			if err != nil {
				t.Error(err)
			}
			golden(t, name, got)
		})
	}
}

// What would change something is refused, and says why; a recording says when it was made.
func TestReadOnlyAndRecordings(t *testing.T) {
	t.Parallel()
	got, err := talk(t, newWorld(few()), answers("dns eu-prod", "add", "0", "set-up", "new", "", "uk-lab", "1", "1", "1", "", "none", "run", "quit", "yes"), func(o *linear.Options) {
		o.Env.ReadOnly, o.Replay, o.Because = true, noon(), "TERM is dumb"
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "read-only", got)
}

// Where Konnect cannot be read and nobody is there, the end is that failure; where somebody
// leaves, it is theirs.
func TestKonnectThatCannotBeRead(t *testing.T) {
	t.Parallel()
	shut := func() *world {
		w := newWorld(nil)
		<-w.snapshots
		w.snapshots <- model.Snapshot{At: noon(), Konnect: model.SourceStatus{State: model.SourceDown, Failure: &model.Failure{
			Kind: model.FailureUnreachable, Operation: "list networks", Cause: text("konnect.example refuses the connection"), Cure: "Check the address.",
		}}}
		return w
	}
	got, err := talk(t, shut(), []said{{ends: true}})
	if err == nil || !strings.Contains(err.Error(), "refuses the connection") {
		t.Errorf("it ends with %v", err)
	}
	golden(t, "konnect-shut", got)
	if _, err := talk(t, shut(), answers("quit")); err != nil {
		t.Errorf("a person left: %v", err)
	}
	w := shut()
	w.list = few()
	got, err = talk(t, w, append([]said{{does: func(w *world) { w.snapshots <- w.snapshot() }}}, answers("quit")...))
	if err != nil {
		t.Error(err)
	}
	golden(t, "konnect-answers", got)
}

// The orders that reach the services are those that were agreed to.
func TestOrders(t *testing.T) {
	t.Parallel()
	w := newWorld(few())
	if _, err := talk(t, w, answers("dns eu-prod", "add", "qa.acme.internal -> 10.20.0.4", "review", "1", "list", "corp.acme.internal", "remove", "list", "hr", "remove", "review", "1", "2", "review", "1", "3", "0", "q")); err != nil {
		t.Fatal(err)
	}
	if len(w.orders) != 2 || len(w.orders[0].Changes()) != 1 || w.orders[1].Confirmed != 3 {
		t.Errorf("the orders are %+v", w.orders)
	}
	w = newWorld(few())
	if _, err := talk(t, w, answers("set-up", "new", "", "uk-lab", "1", "1", "1", "", "none", "run", "yes", "go on without it", "no", "go on", "yes", "0", "0", "q")); err != nil {
		t.Fatal(err)
	}
	if len(w.commands) != 1 || w.commands[0].Kind != setup.CommandSkip {
		t.Errorf("the run was told %+v", w.commands)
	}
	w = newWorld(few())
	if _, err := talk(t, w, answers("net us-prod", "mend billing", "begin", "billing", "0", "q")); err != nil {
		t.Fatal(err)
	}
	if len(w.started) != 1 || w.started[0].Mend == nil || len(w.commands) != 1 || w.commands[0].Kind != setup.CommandConfirm || w.commands[0].Text != text("billing") {
		t.Errorf("begun %+v, told %+v", w.started, w.commands)
	}
}

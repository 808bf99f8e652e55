package mappings_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// killed is the exit code of a program that was killed.
const killed = -1

// The program is killed at each of its requests, before and after it: the next start
// tells what became of the order, and one more order at most brings it to its end. The
// table is as it was wanted, sent once.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a killed program looks like a failed one there")
	}
	for _, method := range []string{http.MethodPatch, http.MethodPost} {
		for n := 1; n <= 4; n++ { // the look, the write, and two looks after it
			for _, when := range []string{"before", "after"} {
				t.Run(fmt.Sprintf("%s, %s request %d", method, when, n), func(t *testing.T) {
					t.Parallel()
					longtest.OneIn(t, 3)
					killAt(t, method, n, when)
				})
			}
		}
	}
}

func killAt(t *testing.T, method string, n int, when string) {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	edit := usual
	if method == http.MethodPost {
		p.remove()
		edit = adding("corp.example.org", "10.24.0.4")
	}
	o := p.order(edit)
	if err := p.writer.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Base: o.Base, Rows: o.Rows, Version: o.Version}); err != nil {
		t.Fatal(err)
	}
	if code, out := p.child(n, when); code != killed {
		t.Fatalf("the first program ended with %d\n%s", code, out)
	}
	store := mappings.NewStore(p.dir) // the next start
	d := p.another(store)
	list, err := store.Unfinished(t.Context())
	if err != nil || len(list) > 1 || (len(list) == 1) != (n >= 2) {
		t.Fatalf("unfinished %+v, %v", list, err)
	}
	sent := n > 2 || (n == 2 && when == "after")
	end := dnstable.ApplyFailed
	for _, u := range list {
		if err := d.Recheck(u); err != nil {
			t.Fatal(err)
		}
		a := p.follow(d)
		if end = a.State; a.Sent != sent || (end == dnstable.ApplyDone) != sent {
			t.Errorf("it ended as %s, sent %v; want %v", end, a.Sent, sent)
		}
	}
	drafts, notes, err := store.Draft(t.Context(), o.Target.Network)
	if err != nil || len(notes) > 0 || (len(drafts) == 0) != (end == dnstable.ApplyDone) {
		t.Fatalf("drafts %+v, %v, %v", drafts, notes, err)
	}
	if len(drafts) == 1 { // it is offered again, and applied
		o.Base, o.Rows = drafts[0].Base, drafts[0].Rows
		p.must(p.apply(d, o), dnstable.ApplyDone)
	}
	if p.writes() != 1 {
		t.Errorf("%d writes", p.writes())
	}
	if method == http.MethodPost {
		p.wants("corp.example.org 10.24.0.4")
	} else {
		p.wants("db.stage.example.org 10.24.0.5", "new.example.org 10.24.0.9 10.24.0.4", "stage.example.org 10.24.0.4")
	}
	if list, err = store.Unfinished(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("still unfinished %+v, %v", list, err)
	}
}

// child applies the draft in a program of its own, which ends itself at a request.
func (p *place) child(n int, when string) (code int, out string) {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(
		os.Environ(), "MAPPINGS_CHILD="+p.dir, "MAPPINGS_KONNECT="+p.server.Konnect, "MAPPINGS_NETWORK="+p.world.NetworkID(network),
		fmt.Sprintf("MAPPINGS_KILL=%d", n), "MAPPINGS_WHEN="+when,
	)
	text, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(text)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return 0, string(text)
}

// suicide sends requests, and ends the program before or after its nth one.
type suicide struct {
	to    *transport.Client
	left  int
	after bool
}

func (s *suicide) Do(r *http.Request) (*http.Response, error) {
	s.left--
	if s.left == 0 && !s.after {
		return nil, s.die(r)
	}
	resp, err := s.to.Do(r)
	if s.left == 0 {
		err = s.die(r)
	}
	return resp, err
}

// die kills the program, which has no say in it: nothing is closed or written.
func (s *suicide) die(r *http.Request) error {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	<-r.Context().Done() // the kill comes first
	return err
}

// quick is the clock of a program that does not wait for a world that stands still.
type quick struct{}

func (quick) Now() time.Time { return sandboxtest.Epoch() }

func (quick) After(time.Duration) <-chan time.Time {
	done := make(chan time.Time, 1)
	done <- sandboxtest.Epoch()
	return done
}

// TestChild is the program that is ended; by itself it does nothing.
func TestChild(t *testing.T) {
	dir := os.Getenv("MAPPINGS_CHILD")
	if dir == "" {
		t.Skip("it is run by TestKilledAnywhere")
	}
	if os.Getenv("MAPPINGS_SAVE") != "" {
		saveForEver(t, dir)
	}
	sender := &suicide{to: transport.New(), after: os.Getenv("MAPPINGS_WHEN") == "after"}
	_, _ = fmt.Sscan(os.Getenv("MAPPINGS_KILL"), &sender.left)
	store := mappings.NewStore(dir)
	drafts, _, err := store.Draft(t.Context(), safe.New(os.Getenv("MAPPINGS_NETWORK")))
	if err != nil || len(drafts) != 1 {
		t.Fatalf("%v, %v", drafts, err)
	}
	d := mappings.NewWriter(t.Context(), mappings.Options{
		Konnect: konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(t, os.Getenv("MAPPINGS_KONNECT")), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: sender, Retry: transport.Once(),
		}),
		Store: store, Clock: quick{},
	})
	defer d.Close()
	o := dnstable.Order{Target: drafts[0].Target, Base: drafts[0].Base, Rows: drafts[0].Rows, Version: drafts[0].Version}
	o.Accepted, o.Confirmed = rules(), o.Guard().Number()
	if err := d.Apply(o); err != nil {
		t.Fatal(err)
	}
	for a := range d.Applies() {
		if a.State.Over() {
			t.Fatalf("it came to an end: %+v", a)
		}
	}
}

// saveForEver replaces one draft by another until the program is killed.
func saveForEver(t *testing.T, dir string) {
	t.Helper()
	s := mappings.NewStore(dir)
	for i := 0; ; i++ {
		if err := s.SaveDraft(context.Background(), long(i)); err != nil {
			t.Fatal(err)
		}
		if i == 3 {
			_, _ = fmt.Println("saving") //nolint:forbidigo // the parent waits for the word
		}
	}
}

// long is a draft of many rows that all say which one it is.
func long(i int) dnstable.Saved {
	d := dnstable.Saved{Target: target("res-1"), Version: i}
	for n := range 500 {
		d.Rows = append(d.Rows, row(fmt.Sprintf("n%d.example.org", n), fmt.Sprintf("10.0.%d.%d", i>>8&255, i&255)))
	}
	return d
}

// A program that is killed while it saves leaves the old draft or the new one, never a
// mix, and nothing that keeps the next one from saving.
func TestFault59KilledWhileSaving(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts programs")
	}
	for n := range 5 {
		dir := t.TempDir()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.v")
		cmd.Env = append(os.Environ(), "MAPPINGS_CHILD="+dir, "MAPPINGS_SAVE=1")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var seen []byte
		for b := make([]byte, 1); !slices.Contains(seen, 'g') || len(seen) < 6 || string(seen[len(seen)-6:]) != "saving"; {
			if _, err := out.Read(b); err != nil {
				t.Fatalf("%q, %v", seen, err)
			}
			seen = append(seen, b...)
		}
		<-time.After(time.Duration(n) * 1700 * time.Microsecond) // anywhere in a save
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		s := mappings.NewStore(dir)
		got, notes, err := s.Draft(t.Context(), safe.New("net-1"))
		if err != nil || len(notes) > 0 || len(got) != 1 || !dnstable.Same(got[0].Rows, long(got[0].Version).Rows) || got[0].Version < 3 {
			t.Fatalf("%v, %v", notes, err)
		}
		if err := s.SaveDraft(t.Context(), long(0)); err != nil {
			t.Fatal(err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "drafts", "[^.]*.json*")); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
	}
}

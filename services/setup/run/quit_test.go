package run_test

import (
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// gate holds a write back until it is opened.
type gate struct {
	to      *transport.Client
	arrived chan struct{}
	open    chan struct{}
}

func (g *gate) Do(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPut {
		select {
		case g.arrived <- struct{}{}:
		default:
		}
		<-g.open
	}
	return g.to.Do(r)
}

// Who quits in the middle of a request waits for its answer, and the journal has it:
// nothing half-done goes unmentioned.
func TestQuitInTheMiddleOfARequest(t *testing.T) {
	t.Parallel()
	p := consented(t)
	g := &gate{to: p.sender, arrived: make(chan struct{}, 1), open: make(chan struct{})}
	o := p.options(p.store)
	o.Clouds.Roles = authorization.New(azure.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(p.world.GuestToken(sandbox.LabsDomain)), Sender: p.sender}),
		Endpoint: sandboxtest.Endpoint(t, p.server.ARM), Sender: g, Retry: transport.Once(),
	})
	r := setuprun.New(t.Context(), o)
	if err := r.Start(p.request(setup.DNSNone), setup.Options{}); err != nil {
		t.Fatal(err)
	}
	<-g.arrived
	closed := make(chan struct{})
	go func() { r.Close(); close(closed) }()
	close(g.open)
	<-closed
	var last setup.Run
	for run := range r.Runs() {
		last = run
	}
	if last.State != setup.RunInterrupted || last.Current != setup.StepRole || len(last.Made) != 1 {
		t.Errorf("the last word is %s at %s, made %+v", last.State, last.Current, last.Made)
	}
	list, err := p.store.List()
	if err != nil || len(list) != 1 || len(list[0].Made) != 1 || !list[0].Unfinished() {
		t.Errorf("the journal tells %+v, %v", list, err)
	}
	record, _ := p.store.Read(list[0].ID)
	if _, open := record.Open(setup.StepRole, model.ObjectRole); open {
		t.Error("the outcome is not in the journal")
	}
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.onceEach(setup.DNSNone)
}

// Without a journal nothing is written: a run that cannot keep one does not begin.
func TestFault58NoJournalNoRun(t *testing.T) {
	t.Parallel()
	p := consented(t)
	file := filepath.Join(t.TempDir(), "in-the-way")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := p.another(journal.NewStore(filepath.Join(file, "setup")))
	before := p.writes()
	err := r.Start(p.request(setup.DNSNone), setup.Options{})
	if err == nil || !strings.Contains(err.Error(), "journal") && !strings.Contains(err.Error(), "locked") || p.writes() != before {
		t.Errorf("got %v", err)
	}
}

// A run whose first word cannot be written does not begin, and leaves nothing behind: no
// file is open, the VNET is free, and the next start works.
func TestFault58TheFirstEntryFails(t *testing.T) {
	t.Parallel()
	p := consented(t)
	dir := filepath.Join(t.TempDir(), "setup")
	full := true
	r := p.another(journal.NewStoreOn(keep.Disk{Before: func(s keep.Step, path string) error {
		if full && s == keep.StepWrite && strings.HasSuffix(path, ".jsonl") {
			return keep.Short{Bytes: 7, Err: syscall.ENOSPC}
		}
		return nil
	}}, dir))
	for range 2 {
		err := r.Start(p.request(setup.DNSNone), setup.Options{})
		if err == nil || !strings.Contains(err.Error(), "the journal ") || !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
			t.Fatalf("got %v", err)
		}
	}
	open, err := os.ReadDir("/proc/self/fd")
	for _, fd := range open {
		if path, _ := os.Readlink(filepath.Join("/proc/self/fd", fd.Name())); strings.HasPrefix(path, dir) {
			t.Errorf("%s is open", path)
		}
	}
	if err != nil && runtime.GOOS == "linux" {
		t.Error(err)
	}
	full = false
	p.must(p.start(r, p.request(setup.DNSNone), p.willing), setup.RunDone)
}

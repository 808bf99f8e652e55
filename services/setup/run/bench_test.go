package run_test

import (
	"net/http"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// timed notes when each request is sent.
type timed struct {
	to *transport.Client

	mu sync.Mutex
	at []time.Time
}

func (t *timed) Do(r *http.Request) (*http.Response, error) {
	t.mu.Lock()
	t.at = append(t.at, time.Now())
	t.mu.Unlock()
	return t.to.Do(r)
}

// within counts the requests of a time.
func (t *timed) within(from, to time.Time) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, at := range t.at {
		if !at.Before(from) && !at.After(to) {
			n++
		}
	}
	return n
}

// BenchmarkAzurePart is what a set-up does in Azure, from the look for the consent to
// the assignment that is read back, on a server that takes no time: the median wall
// time, with the journal on a real disk, and the requests. Kong's application is in
// the tenant, the role and its assignment are not.
//
// Beside it, with an az on the PATH: how long az takes only to start for the three
// commands that do the same by hand. The commands are asked for their help, because
// they cannot be sent to a server of this machine without a sign-in of Microsoft's;
// what they ask of Azure would come on top, so the factor is the least that it can be.
func BenchmarkAzurePart(b *testing.B) {
	p := bare(b, sandbox.Options{})
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	clock := &timed{to: p.sender}
	p.via = clock
	o := p.options(p.store)
	o.Clock = nil // the real one
	runner := setuprun.New(b.Context(), o)
	b.Cleanup(runner.Close)
	var took []time.Duration
	requests, writes := 0, 0
	for b.Loop() {
		if err := runner.Start(p.request(setup.DNSNone), setup.Options{StopAt: []setup.StepID{setup.StepPeering}}); err != nil {
			b.Fatal(err)
		}
		run := p.follow(runner, func(run setup.Run, s *setup.Step) *setup.RunCommand {
			if run.State == setup.RunPaused || run.State == setup.RunFailed {
				return nil
			}
			return p.willing(run, s)
		})
		if run.State != setup.RunPaused || run.Writes != 2 {
			b.Fatalf("%s with %d writes\n%s", run.State, run.Writes, p.story(runner))
		}
		began, ended := run.Step(setup.StepConsent).StartedAt, run.Step(setup.StepAssignment).EndedAt
		took = append(took, ended.Sub(began))
		requests, writes = clock.within(began, ended), run.Writes
		if err := runner.Do(setup.RunCommand{Kind: setup.CommandCancel}); err != nil {
			b.Fatal(err)
		}
		p.follow(runner, patient) // to its end
		p.event(sandbox.Event{Tenant: sandbox.LabsDomain, DeleteRole: model.DefaultRoleName})
	}
	slices.Sort(took)
	engine := took[len(took)/2]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(engine.Microseconds())/1000, "ms-engine-median")
	b.ReportMetric(float64(requests), "requests")
	b.ReportMetric(float64(writes), "writes")
	if az := azStarts(b); az > 0 {
		b.ReportMetric(float64(az.Microseconds())/1000, "ms-three-starts-of-az-median")
		b.ReportMetric(float64(az)/float64(engine), "x-three-starts-of-az")
	}
}

// azStarts is the median time that az takes to start for the three commands of the
// hand-set way; 0 without az.
func azStarts(b *testing.B) time.Duration {
	b.Helper()
	program, err := exec.LookPath("az")
	if err != nil {
		b.Log("there is no az on the PATH: the engine's figures stand alone")
		return 0
	}
	env := append(os.Environ(), "AZURE_CONFIG_DIR="+b.TempDir(), "AZURE_CORE_COLLECT_TELEMETRY=0")
	var took []time.Duration
	const rounds = 5
	for range rounds + 1 {
		began := time.Now()
		for _, command := range [][]string{{"role", "definition", "create"}, {"ad", "sp", "list"}, {"role", "assignment", "create"}} {
			cmd := exec.CommandContext(b.Context(), program, append(command, "--help")...)
			cmd.Env = env
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Logf("az %v --help: %v\n%s", command, err, out)
				return 0
			}
		}
		took = append(took, time.Since(began))
	}
	took = took[1:] // the first round fills az's own cache
	slices.Sort(took)
	return took[rounds/2]
}

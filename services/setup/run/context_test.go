package run_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// listening keeps the context of every question to the directory.
type listening struct {
	setuprun.Directory

	mu   sync.Mutex
	seen []context.Context
}

func (l *listening) Principal(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error) {
	l.mu.Lock()
	l.seen = append(l.seen, ctx)
	l.mu.Unlock()
	return l.Directory.Principal(ctx, tenant, app)
}

// However a run ends, what was begun for it ends with it, and not only with the program.
func TestTheContextOfARunEndsWithIt(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]setup.RunState{"done": setup.RunDone, "cancelled": setup.RunCancelled} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			o := p.options(p.store)
			l := &listening{Directory: o.Clouds.Directory}
			o.Clouds.Directory = l
			r := setuprun.New(t.Context(), o)
			t.Cleanup(r.Close)
			if err := r.Start(p.request(setup.DNSNone), setup.Options{StopAt: []setup.StepID{setup.StepPeering}}); err != nil {
				t.Fatal(err)
			}
			run := p.follow(r, func(run setup.Run, s *setup.Step) *setup.RunCommand {
				if end == setup.RunCancelled && run.State == setup.RunPaused {
					return &setup.RunCommand{Kind: setup.CommandCancel}
				}
				return p.willing(run, s)
			})
			p.must(run, end)
			if len(l.seen) == 0 {
				t.Fatal("nothing was asked")
			}
			for _, ctx := range l.seen {
				select {
				case <-ctx.Done():
				case <-time.After(10 * time.Second):
					t.Fatal("the run is over, and its context is not")
				}
			}
		})
	}
}

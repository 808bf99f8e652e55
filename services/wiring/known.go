package wiring

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Acknowledger keeps what somebody knows of until ctx ends, and has everything judged by it
// at once.
type Acknowledger struct {
	bundle *Bundle
	ctx    context.Context //nolint:containedctx // of the program that it belongs to
}

// Acknowledger returns what keeps the problems that somebody knows of.
func (b *Bundle) Acknowledger(ctx context.Context) Acknowledger { return Acknowledger{b, ctx} }

// Add writes a problem down; the names are for whoever reads the file.
func (a Acknowledger) Add(p known.Problem, names map[string]safe.Text) error {
	if err := a.bundle.Known.Add(a.ctx, p, names); err != nil {
		return err
	}
	a.bundle.Watcher.Rejudge()
	return nil
}

// Remove takes back whatever is said of a finding of a network.
func (a Acknowledger) Remove(n *model.NetworkStatus, f model.Found) error {
	if err := a.bundle.Known.Remove(a.ctx, func(p known.Problem) bool { return p.Covers(n, f) }); err != nil {
		return err
	}
	a.bundle.Watcher.Rejudge()
	return nil
}

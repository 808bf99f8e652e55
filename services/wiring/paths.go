package wiring

import (
	"context"

	pathreader "peerdeck/services/paths"
	"peerdeck/services/run/work"
)

// Paths returns what reads the paths of a network, until ctx ends. It sends nothing before
// it is asked.
func (b *Bundle) Paths(ctx context.Context, report func(work.Panic)) *pathreader.Reader {
	s := b.settings
	return pathreader.New(ctx, pathreader.Options{
		Snapshot: b.Watcher.Latest, Cloud: s.Cloud, Time: s.Time, Report: report,
	})
}

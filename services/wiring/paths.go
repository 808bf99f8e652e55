package wiring

import (
	"context"
	"path/filepath"

	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	pathreader "github.com/peerdeck/peerdeck/services/paths"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Paths returns what reads the paths of a network, until ctx ends. It sends nothing before
// it is asked. Names asks DNS servers; nil for nobody.
func (b *Bundle) Paths(ctx context.Context, names pathreader.Names, report func(work.Panic)) *pathreader.Reader {
	s := b.settings
	o := rest.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now}
	networks := azure.New(o)
	facts := netfacts.New(o, networks)
	b.forget = append(b.forget, networks.Forget, facts.Forget)
	return pathreader.New(ctx, pathreader.Options{
		Azure: facts, InEffect: facts,
		Konnect: konnect.New(konnect.Options{
			Endpoint: s.Konnect, Region: s.Region, Token: s.Token, Sender: b.sendTo(bundle.Konnect), Log: b.requests(), Version: b.version, Now: s.Time.Clock().Now,
		}),
		Results: b.ways, Kept: b.Watcher.Rejudge, Names: names, Snapshot: b.Watcher.Latest, Cloud: s.Cloud, Time: s.Time, Report: report,
	})
}

// wayResults are where this machine keeps what readings of paths found.
func (b *Bundle) wayResults() *pathreader.Results {
	s, dir := b.settings, ""
	if s.StateDir != "" && s.Replay == nil {
		dir = filepath.Join(s.StateDir, "paths", "read")
	}
	return pathreader.NewResults(dir, b.Log.Remark)
}

// Making returns what makes services and routes, until ctx ends. Its client does not try
// again by itself: an order does that, in sight of everybody.
func (b *Bundle) Making(ctx context.Context, report func(work.Panic)) *making.Maker {
	s := b.settings
	dir := ""
	if s.StateDir != "" {
		dir = filepath.Join(s.StateDir, "paths")
	}
	return making.NewMaker(ctx, making.Options{
		Konnect: b.writing(), Store: making.NewStore(dir), ReadOnly: s.ReadOnly, Changed: b.Watcher.Refresh, Note: b.Log.Remark, Problem: b.Log.Problem,
		Clock: s.Time.Clock(), Report: report,
	})
}

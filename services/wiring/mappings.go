package wiring

import (
	"context"
	"path/filepath"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// Mappings returns what carries out changes of mapping tables, until ctx ends. Its
// client does not try again by itself: an order does that, in sight of everybody.
func (b *Bundle) Mappings(ctx context.Context, report func(work.Panic)) *mappings.Writer {
	s := b.settings
	return mappings.NewWriter(ctx, mappings.Options{
		Konnect: b.writing(),
		Store:   b.tables, Around: b.around, ReadOnly: s.ReadOnly, Changed: b.Watcher.Refresh, Note: b.Log.Remark, Report: report,
		Problem: b.Log.Problem, Clock: s.Time.Clock(),
	})
}

// writing returns a client of Konnect for orders that change something: it does not try
// again by itself.
func (b *Bundle) writing() *konnect.Client {
	s := b.settings
	return konnect.New(konnect.Options{
		Endpoint: s.Konnect, Token: s.Token, Sender: b.sendTo(bundle.Konnect), Log: b.requests(), Version: b.version, Retry: transport.Once(), Now: s.Time.Clock().Now,
	})
}

// around is what the watcher has learned last beside the rows of a table.
func (b *Bundle) around(t dnstable.Target) dnstable.Surroundings {
	for _, n := range b.Watcher.Latest().Networks {
		if n.ID == t.Network {
			return dnstable.SurroundingsOf(n, t.Resolver)
		}
	}
	return dnstable.Surroundings{}
}

// tableStore returns where drafts, restore points and orders are kept.
func tableStore(s settings.Settings) *mappings.Store {
	if s.StateDir == "" {
		return mappings.NewStore("")
	}
	return mappings.NewStore(filepath.Join(s.StateDir, "dns"))
}

package wiring

import (
	"context"
	"path/filepath"

	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/dnsfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Tracer returns what finds out why names do not resolve, until ctx ends. It sends
// nothing before it is asked.
func (b *Bundle) Tracer(ctx context.Context, report func(work.Panic)) *trace.Tracer {
	s := b.settings
	networks := azure.New(azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now})
	facts := dnsfacts.New(rest.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sendTo(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now}, networks)
	b.forget = append(b.forget, networks.Forget, facts.Forget)
	// One prober for all that goes on at the same time: its bounds are for the servers.
	own := b.way(nil)
	return trace.New(ctx, trace.Options{
		Snapshot: b.Watcher.Latest, Azure: facts, Cloud: s.Cloud, Results: b.results, Time: s.Time, Note: b.Log.Remark, Report: report,
		Way: func(via string) (trace.Way, error) {
			if via == "" && s.DNSVia != nil {
				return b.way(s.DNSVia), nil
			}
			return b.wayOf(via, own)
		},
	})
}

// probeResults are where this machine keeps what probes and traces found.
func (b *Bundle) probeResults() *trace.Results {
	s, dir := b.settings, ""
	if s.Replay != nil {
		return trace.ResultsOf(s.Replay.Bundle().Probes)
	}
	if s.StateDir != "" {
		dir = filepath.Join(s.StateDir, "dns", "probes")
	}
	return trace.NewResults(dir, b.Log.Remark)
}

// wayOf is the way that a request names. A hop gets a prober for each run: one that does
// not let in is not tried again and again.
func (b *Bundle) wayOf(via string, own trace.Way) (trace.Way, error) {
	if via == "" {
		return own, nil
	}
	v, err := hop.Parse(via)
	if err != nil {
		return trace.Way{}, err
	}
	return b.way(&v), nil
}

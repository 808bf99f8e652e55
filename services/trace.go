package services

import (
	"context"
	"net/netip"
	"path/filepath"

	"peerdeck/model/dnstable"
	"peerdeck/model/safe"
	"peerdeck/model/vantage"
	"peerdeck/services/azure"
	"peerdeck/services/azure/dnsfacts"
	"peerdeck/services/azure/rest"
	"peerdeck/services/dnsprobe"
	"peerdeck/services/hop"
	"peerdeck/services/trace"
	machine "peerdeck/services/vantage"
	"peerdeck/services/work"
)

// Tracer returns what finds out why names do not resolve, until ctx ends. It sends
// nothing before it is asked.
func (b *Bundle) Tracer(ctx context.Context, report func(work.Panic)) *trace.Desk {
	s := b.settings
	networks := azure.New(azure.Options{Tokens: b.Tokens, Endpoint: s.ARM, Sender: b.sender, Log: b.Log})
	facts := dnsfacts.New(rest.Options{Tokens: b.Tokens, Endpoint: s.ARM, Sender: b.sender, Log: b.Log}, networks)
	b.forget = append(b.forget, networks.Forget, facts.Forget)
	dir := ""
	if s.StateDir != "" {
		dir = filepath.Join(s.StateDir, "dns", "probes")
	}
	// One prober for all that goes on at the same time: its bounds are for the servers.
	own := trace.Way{Prober: dnsprobe.New(dnsprobe.Options{Dial: s.DialDNS}), Look: machine.New().Look}
	if s.DialDNS != nil {
		own.Look = func(context.Context, []netip.Addr) vantage.Facts { return vantage.Facts{Kind: vantage.Demo} }
	}
	desk := trace.New(ctx, trace.Options{
		Snapshot: b.Watcher.Latest, Azure: facts, Dir: dir, Note: b.Log.Remark, Report: report,
		Way: func(via string) (trace.Way, error) { return wayOf(via, own) },
	})
	b.tracer.Store(desk)
	return desk
}

// wayOf is the way that a request names. A hop gets a prober for each run: one that does
// not let in is not tried again and again.
func wayOf(via string, own trace.Way) (trace.Way, error) {
	if via == "" {
		return own, nil
	}
	v, err := hop.Parse(via)
	if err != nil {
		return trace.Way{}, err
	}
	return trace.Way{
		Name: v.String(), Prober: dnsprobe.New(v.Options()),
		Look: func(context.Context, []netip.Addr) vantage.Facts { return v.Facts() },
	}, nil
}

// probes is what the last probe of a network told, for the rules of its table; nil
// while nothing was ever probed.
func (b *Bundle) probes(network safe.Text) map[dnstable.ProbeKey]dnstable.ProbeResult {
	if desk := b.tracer.Load(); desk != nil {
		return desk.Probes(network)
	}
	return nil
}

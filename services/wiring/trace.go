package wiring

import (
	"context"
	"net/netip"
	"path/filepath"

	"peerdeck/model/dns/vantage"
	"peerdeck/services/cloud/azure"
	"peerdeck/services/cloud/azure/dnsfacts"
	"peerdeck/services/cloud/rest"
	"peerdeck/services/cloud/transport"
	"peerdeck/services/dns/hop"
	dnsprobe "peerdeck/services/dns/probe"
	"peerdeck/services/dns/trace"
	machine "peerdeck/services/dns/vantage"
	"peerdeck/services/run/work"
	"peerdeck/services/wiring/settings"
)

// Tracer returns what finds out why names do not resolve, until ctx ends. It sends
// nothing before it is asked.
func (b *Bundle) Tracer(ctx context.Context, report func(work.Panic)) *trace.Tracer {
	s := b.settings
	networks := azure.New(azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sender, Log: b.Log, Retry: transport.Once(), Now: s.Time.Now})
	facts := dnsfacts.New(rest.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.sender, Log: b.Log, Retry: transport.Once(), Now: s.Time.Now}, networks)
	b.forget = append(b.forget, networks.Forget, facts.Forget)
	// One prober for all that goes on at the same time: its bounds are for the servers.
	own := trace.Way{Prober: prober(s), Look: machine.New().Look}
	if s.DialDNS != nil {
		own.Look = func(context.Context, []netip.Addr) vantage.Facts { return vantage.Facts{Kind: vantage.Demo} }
	}
	return trace.New(ctx, trace.Options{
		Snapshot: b.Watcher.Latest, Azure: facts, Cloud: s.Cloud, Results: b.results, Time: s.Time, Note: b.Log.Remark, Report: report,
		Way: func(via string) (trace.Way, error) {
			if via == "" && s.DNSVia != nil {
				return through(*s.DNSVia), nil
			}
			return wayOf(via, own)
		},
	})
}

// probeResults are where this machine keeps what probes and traces found.
func probeResults(s settings.Settings, note func(string)) *trace.Results {
	dir := ""
	if s.StateDir != "" {
		dir = filepath.Join(s.StateDir, "dns", "probes")
	}
	return trace.NewResults(dir, note)
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
	return through(v), nil
}

func through(v hop.Via) trace.Way {
	return trace.Way{
		Name: v.String(), Prober: dnsprobe.New(v.Options()),
		Look: func(context.Context, []netip.Addr) vantage.Facts { return v.Facts() },
	}
}

package wiring

import (
	"context"
	"net/netip"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	machine "github.com/peerdeck/peerdeck/services/dns/vantage"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// sendTo is what a client of a service sends with: the wire, with a recorder before it
// where one is there, or a recording in its place.
func (b *Bundle) sendTo(s bundle.Service) policy.Transporter { return b.sendBy(b.sender, s) }

// watchBy is the same for the watcher: what a person waits for goes first.
func (b *Bundle) watchBy(s bundle.Service) policy.Transporter {
	return b.sendBy(b.sender.Behind(), s)
}

func (b *Bundle) sendBy(wire policy.Transporter, s bundle.Service) policy.Transporter {
	switch at := b.settings; {
	case at.Replay != nil:
		return at.Replay.Sender(s)
	case at.Record != nil:
		return at.Record.Sender(s, placeOf(at, s), wire)
	default:
		return wire
	}
}

// placeOf is where a service is, as its client calls it.
func placeOf(s settings.Settings, service bundle.Service) record.Place {
	azure := func(e endpoint.Endpoint, usual string, name model.WriteService) record.Place {
		if e.IsZero() || e.String() == usual {
			return record.Place{Base: usual, Service: string(name), Host: string(name)}
		}
		return record.Place{Base: e.String(), Service: string(name), Host: e.Host()}
	}
	switch service {
	case bundle.ARM:
		return azure(s.ARM, s.Cloud.ARM(), model.WriteARM)
	case bundle.Graph:
		return azure(s.Graph, s.Cloud.Graph(), model.WriteGraph)
	default:
		return record.Place{Base: s.Konnect.String(), Service: "Konnect", Host: s.Konnect.Host()}
	}
}

// tokens are the sign-ins to Azure. Those of a recording come to what they came to.
func (b *Bundle) tokens() *signin.Tokens {
	s := b.settings
	if s.Replay != nil {
		return s.Replay.Tokens()
	}
	return signin.New(signin.Options{
		Choice: s.SignIn, Cloud: s.Cloud, Given: s.AzureToken, GivenFor: s.AzureTokens, GivenScopes: local(s), Login: s.Login, Sender: b.sender, Direct: b.direct,
		CLILimit: s.HelperLimit, CLICloud: s.AzureCLICloud(),
	})
}

// requests is where requests are logged. Those of a replay are none that anybody sent.
func (b *Bundle) requests() *activity.Log {
	if b.settings.Replay != nil {
		return nil
	}
	return b.Log
}

// prober asks DNS servers from this machine, or through a hop.
func (b *Bundle) prober(via *hop.Via) *dnsprobe.Prober {
	s := b.settings
	o, name := dnsprobe.Options{Dial: s.DialDNS}, ""
	if via != nil {
		o, name = via.Options(), via.String()
	}
	switch {
	case s.Replay != nil:
		o.Wire, o.Label, o.PerSecond = s.Replay.Wire(name), s.Replay.Label, -1
	case s.Record != nil:
		o.Wire, o.Label = s.Record.Wire(name), s.Record.Label
	}
	return dnsprobe.New(o)
}

// way is the way of this machine to DNS servers, or through a hop.
func (b *Bundle) way(via *hop.Via) trace.Way {
	w := trace.Way{Prober: b.prober(via)}
	switch {
	case via != nil:
		w.Name, w.Look = via.String(), func(context.Context, []netip.Addr) vantage.Facts { return via.Facts() }
	case b.settings.DialDNS != nil:
		w.Look = func(context.Context, []netip.Addr) vantage.Facts { return vantage.Facts{Kind: vantage.Demo} }
	default:
		w.Look = machine.New().Look
	}
	switch s := b.settings; {
	case s.Replay != nil:
		w.Look = s.Replay.Look(w.Name)
	case s.Record != nil:
		w.Look = s.Record.Looks(w.Name, w.Look)
	}
	return w
}

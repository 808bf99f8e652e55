// Package wiring puts the services together, once, for the screen and the commands alike:
// clients, stores, watcher, runner, writer, tracer.
package wiring

import (
	"context"
	"path/filepath"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	"github.com/peerdeck/peerdeck/services/known"
	pathreader "github.com/peerdeck/peerdeck/services/paths"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/watch"
	"github.com/peerdeck/peerdeck/services/watch/history"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// Bundle is every service that the two faces of the program need, put together
// once.
type Bundle struct {
	Watcher *watch.Watcher
	Log     *activity.Log
	Known   *known.Store // of the problems that somebody knows of
	Tokens  *signin.Tokens

	sender   *transport.Client
	direct   *transport.Client // to the network of this machine, through no proxy
	settings settings.Settings
	version  string
	tables   *mappings.Store     // of whoever writes mapping tables
	results  *trace.Results      // of probes and traces
	ways     *pathreader.Results // of readings of paths
	forget   []func()            // what clients beside the watcher's know of a sign-in
	recorded *history.Store      // for a recorder, once the watcher has ended
	token    *source             // of Konnect
}

// livelyRest is how long things rest in the demo, where the clouds are on this
// machine and somebody watches.
const livelyRest = 12 * time.Second

// Open puts the services together. It sends nothing yet. KeepHistory is false
// for a program that only looks once: it reads since when things are as they are, and
// adds nothing.
func Open(s settings.Settings, version string, keepHistory bool, report func(work.Panic)) *Bundle {
	b := &Bundle{Log: activity.By(s.Time.Clock().Now), sender: transport.Open(s.Way.By(s.Time.Clock())), direct: transport.New(), settings: s, version: version, tables: tableStore(s)}
	b.results, b.ways, b.Known = b.probeResults(), b.wayResults(), knownProblems(s)
	b.token = &source{Source: s.Token}
	b.settings.Token = b.token
	b.Tokens = b.tokens()
	networks := azure.New(azure.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.watchBy(bundle.ARM), Log: b.requests(), Now: s.Time.Clock().Now})
	rules := netfacts.New(rest.Options{Tokens: b.Tokens, Cloud: s.Cloud, Endpoint: s.ARM, Sender: b.watchBy(bundle.ARM), Log: b.requests(), Retry: transport.Once(), Now: s.Time.Clock().Now}, networks)
	b.forget = append(b.forget, rules.Forget)
	gateways := konnect.New(konnect.Options{Endpoint: s.Konnect, Region: s.Region, Token: b.token, Sender: b.watchBy(bundle.Konnect), Log: b.requests(), Version: version, Now: s.Time.Clock().Now})
	o := watch.Options{
		Konnect: gateways,
		Azure:   networks, Rules: rules, Hubs: hubs{Client: networks, facts: rules},
		Cloud: s.Cloud, Context: s.Context.Name,
		Log: b.Log, Pace: watch.DefaultPace(), Time: s.Time, Report: report,
		Probed: func(network safe.Text) *model.Probed {
			m, _ := b.results.Last(network)
			return m.Probed()
		},
		Records: records{konnect: gateways, azure: networks}, PathsRead: b.ways.Last, Wrote: b.tables.Wrote, Known: b.Known,
	}
	if s.Lively {
		o.Pace.Resting = livelyRest
	}
	if s.Replay == nil {
		o.Widths = watch.Widths{
			Konnect: func() int { return b.sender.Width(placeOf(s, bundle.Konnect).Base) },
			Azure:   func() int { return b.sender.Width(placeOf(s, bundle.ARM).Base) },
		}
	}
	o.History = b.histories(keepHistory)
	b.Watcher = watch.New(o)
	return b
}

// knownProblems is where the problems are kept that somebody knows of.
func knownProblems(s settings.Settings) *known.Store {
	o := known.Options{Path: s.Known}
	if s.StateDir != "" {
		o.Dir = filepath.Join(s.StateDir, "known")
	}
	return known.New(o)
}

// local lists what a ready-made token may be used for: the services that are on this
// machine.
func local(s settings.Settings) []string {
	scopes := []string{}
	if !s.ARM.IsZero() && s.ARM.Loopback() {
		scopes = append(scopes, rest.ARM(s.Cloud).Scope())
	}
	if !s.Graph.IsZero() && s.Graph.Loopback() {
		scopes = append(scopes, rest.Graph(s.Cloud).Scope())
	}
	return scopes
}

// histories is what opens the history of an organization: on disk, in a recording, or in
// memory. A recorder gets what is in it at the end.
func (b *Bundle) histories(keep bool) func(organization safe.Text) *history.Store {
	s := b.settings
	open := func(safe.Text) *history.Store { return history.New() }
	switch {
	case s.Replay != nil:
		open = func(safe.Text) *history.Store { return history.Of(s.Replay.Bundle().History) }
	case s.StateDir != "" && keep:
		open = func(organization safe.Text) *history.Store { return b.history(history.Open, organization) }
	case s.StateDir != "":
		open = func(organization safe.Text) *history.Store { return b.history(history.Read, organization) }
	}
	if s.Record == nil {
		return open
	}
	return func(organization safe.Text) *history.Store {
		b.recorded = open(organization)
		return b.recorded
	}
}

// history opens the history of an organization. What is wrong with it is a note
// in the activity log; the program runs without.
func (b *Bundle) history(open func(dir, organization string) (*history.Store, []string, error), organization safe.Text) *history.Store {
	store, notes, err := open(b.settings.StateDir, organization.Raw())
	if err != nil {
		notes = append(notes, err.Error())
	}
	for _, n := range notes {
		b.Log.Remark(safe.Clean(n))
	}
	return store
}

// SignIn signs a person in to an Azure tenant with a device code and, when that
// worked, lets the watcher read what it could not read before.
func (b *Bundle) SignIn(ctx context.Context, tenant safe.Text, show func(model.DeviceCode)) error {
	if b.settings.Replay != nil {
		return model.NoSignInToRecording(tenant)
	}
	if err := b.Tokens.SignIn(ctx, tenant, show); err != nil {
		return err
	}
	for _, forget := range b.forget {
		forget()
	}
	b.Watcher.Refresh()
	return nil
}

// Close drops the connections.
func (b *Bundle) Close() {
	b.sender.Close()
	b.direct.Close()
}

// Package program lists the screens of peerdeck: the one place that names them. A screen
// is a folder under ui/screens and a line here.
package program

import (
	"context"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/screens/activity"
	"github.com/peerdeck/peerdeck/ui/screens/dns"
	tracepages "github.com/peerdeck/peerdeck/ui/screens/dns/trace"
	doctorpage "github.com/peerdeck/peerdeck/ui/screens/doctor"
	"github.com/peerdeck/peerdeck/ui/screens/networks"
	pathscreen "github.com/peerdeck/peerdeck/ui/screens/paths"
	"github.com/peerdeck/peerdeck/ui/screens/paths/making"
	picturepage "github.com/peerdeck/peerdeck/ui/screens/paths/picture"
	rangepage "github.com/peerdeck/peerdeck/ui/screens/paths/ranges"
	wayinpage "github.com/peerdeck/peerdeck/ui/screens/paths/wayin"
	whatifpage "github.com/peerdeck/peerdeck/ui/screens/paths/whatif"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// Services are what the screens ask. All must be there; a nil channel is one on which
// nothing comes.
type Services struct {
	Setup    setupscreen.Service
	Runs     <-chan setup.Run // how the set-up run stands
	Mappings dns.Service
	Applies  <-chan dnstable.Apply // how the writing of a mapping table stands
	Tracer   tracepages.Service
	Traces   <-chan dnstrace.Trace  // how the trace of a name stands
	Probes   <-chan dnstrace.Matrix // how the probe of all domains stands
	Paths    pathscreen.Service
	Ways     <-chan paths.View // how a reading of the paths of a network stands
	Ranges   rangepage.Service
	Free     <-chan ranges.View // how a reading of who has which range stands
	Making   making.Service
	Makings  <-chan gateway.Making // how the making of a service stands
	Map      picturepage.Service
	WhatIf   whatifpage.Service
	Doctor   doctorpage.Service
	Looks    <-chan doctor.Report // how the look at every way in stands
}

// Pages lists what opens from everywhere.
func Pages(s Services) []screen.Page {
	return []screen.Page{{
		Name: "doctor", Keys: []string{"f2"}, Help: "Check every way in: settings, network, tokens, sign-ins, rights.",
		Open: func(_ context.Context, env screen.Env, th *theme.Theme) screen.Screen {
			return doctorpage.New(env, th, s.Doctor)
		},
		Feeds: []screen.Feed{screen.FeedOf(s.Looks, func(r doctor.Report) tea.Msg { return screen.Looked{Report: r} })},
	}}
}

// Parts lists the tabs in their order.
func Parts(s Services) []screen.Part {
	return []screen.Part{
		{Open: func(ctx context.Context, env screen.Env, th *theme.Theme) screen.Screen {
			return networks.New(ctx, env, th)
		}},
		{
			Open: func(ctx context.Context, env screen.Env, th *theme.Theme) screen.Screen {
				return dns.New(ctx, env, th, s.Mappings, tracepages.NewResults(ctx, s.Tracer))
			},
			Feeds: []screen.Feed{
				screen.FeedOf(s.Applies, func(a dnstable.Apply) tea.Msg { return screen.Applied{Apply: a} }),
				screen.FeedOf(s.Traces, func(t dnstrace.Trace) tea.Msg { return screen.Traced{Trace: t} }),
				screen.FeedOf(s.Probes, func(m dnstrace.Matrix) tea.Msg { return screen.Probed{Matrix: m} }),
			},
		},
		{
			Open: func(ctx context.Context, env screen.Env, th *theme.Theme) screen.Screen {
				return setupscreen.New(ctx, env, th, s.Setup)
			},
			Feeds: []screen.Feed{screen.FeedOf(s.Runs, func(r setup.Run) tea.Msg { return screen.Run{Run: r} })},
		},
		{
			Open: func(ctx context.Context, env screen.Env, th *theme.Theme) screen.Screen {
				return pathscreen.New(ctx, env, th, s.Paths, pathPages(s))
			},
			Feeds: []screen.Feed{
				screen.FeedOf(s.Ways, func(v paths.View) tea.Msg { return screen.Paths{View: v} }),
				screen.FeedOf(s.Free, func(v ranges.View) tea.Msg { return screen.Ranges{View: v} }),
				screen.FeedOf(s.Makings, func(m gateway.Making) tea.Msg { return screen.Made{Making: m} }),
			},
		},
		{Open: func(_ context.Context, env screen.Env, th *theme.Theme) screen.Screen { return activity.New(env, th) }},
	}
}

// pathPages lists the pages behind the paths: a page is a folder under ui/screens/paths and
// an entry here. It is told what it is opened on, and takes what is read later from the
// message screen.Paths.
func pathPages(s Services) []pathscreen.Page {
	made := making.NewPages(s.Making)
	return []pathscreen.Page{{
		ID: "paths.make", Name: "new service", Key: "M", Footer: 4, Help: "Make a service and a route, with the host checked while it is typed.",
		Open: func(ctx context.Context, env screen.Env, th *theme.Theme, at pathscreen.At) screen.Screen {
			return made.Open(ctx, env, th, at.Network, at.View)
		},
	}, {
		ID: "paths.map", Name: "map", Key: "m", Footer: 5, Help: "Show the map of the network: what leads in, the peerings, the VNETs, the services.",
		Open: func(ctx context.Context, env screen.Env, th *theme.Theme, at pathscreen.At) screen.Screen {
			return picturepage.New(ctx, env, th, s.Map, at.Network, at.View)
		},
	}, {
		ID: "paths.wayin", Name: "way in", Key: "i", Footer: 6, Help: "Show the private addresses of the data planes, and what points at them.",
		Open: func(_ context.Context, env screen.Env, th *theme.Theme, at pathscreen.At) screen.Screen {
			return wayinpage.New(env, th, at.Network, at.View)
		},
	}, {
		ID: "paths.whatif", Name: "what if", Key: "w", Footer: 5, Help: "Judge a change before anybody makes it: a mapping, a route, a rule, a range, a peering.",
		Open: func(ctx context.Context, env screen.Env, th *theme.Theme, at pathscreen.At) screen.Screen {
			return whatifpage.New(ctx, env, th, s.WhatIf, at.Network, at.View, at.Host)
		},
	}, {
		ID: "paths.ranges", Name: "free ranges", Key: "R", Help: "Show address ranges that are free for a new network, and begin a set-up with one.",
		Open: func(ctx context.Context, env screen.Env, th *theme.Theme, at pathscreen.At) screen.Screen {
			return rangepage.New(ctx, env, th, s.Ranges, at.View.Network)
		},
	}}
}

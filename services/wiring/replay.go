package wiring

import (
	"context"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/replay"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// Replay opens a bundle and returns the settings to look at it with, and what ends it. End
// says that the program goes on, and so begins where the recording ends. The manner of the
// screen comes from the given settings; nothing is written, and no account of the user is
// touched.
func Replay(ctx context.Context, manner settings.Settings, file string, end bool, report func(work.Panic)) (settings.Settings, func(), error) {
	b, err := bundle.Open(file)
	if err != nil {
		return settings.Settings{}, nil, err
	}
	return ReplayOf(ctx, manner, file, b, end, report)
}

// ReplayOf does the same with a bundle that was read; the file's name is for messages.
func ReplayOf(ctx context.Context, manner settings.Settings, file string, b bundle.Bundle, end bool, report func(work.Panic)) (settings.Settings, func(), error) {
	r, err := replay.Open(ctx, file, b, replay.Options{End: end, Report: report})
	if err != nil {
		return settings.Settings{}, nil, err
	}
	s := settings.Settings{
		SignIn: signin.DeviceCode, Mouse: manner.Mouse, ASCII: manner.ASCII, Theme: manner.Theme, LogFile: manner.LogFile, Known: manner.Known,
		ReadOnly: true, Token: r.Source(), Replay: r, Time: r.Time(),
	}
	if end {
		s.Time = r.Standing()
	}
	s.Cloud, _ = azurecloud.Parse(b.Session.Cloud)
	s.Context.Name = safe.New(b.Manifest.Context)
	for _, a := range []struct {
		to      *endpoint.Endpoint
		address string
	}{
		{&s.Konnect, b.Session.Hosts[bundle.Konnect]},
		{&s.ARM, b.Session.Hosts[bundle.ARM]},
		{&s.Graph, b.Session.Hosts[bundle.Graph]},
		{&s.Login, b.Session.Login},
	} {
		if a.address == "" {
			continue
		}
		if *a.to, err = endpoint.Parse("the recording", a.address); err != nil {
			r.Close()
			return settings.Settings{}, nil, err
		}
	}
	s.DNSVia = usualHop(b.Session.Places)
	return s, r.Close, nil
}

// usualHop is the hop through which was asked where nobody named one: nil where the
// machine itself asked too, or nobody did.
func usualHop(places []bundle.Place) *hop.Via {
	for _, p := range places {
		if p.Via == "" {
			return nil
		}
	}
	if len(places) == 0 {
		return nil
	}
	v, err := hop.Parse(places[0].Via)
	if err != nil {
		return nil
	}
	return &v
}

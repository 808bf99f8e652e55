package app_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
)

// euMap is the view of the fixture with halves and servers of its peerings, as the snapshot
// has them.
func euMap(edits ...func(*paths.View)) func() paths.View {
	return euPaths(append([]func(*paths.View){func(v *paths.View) {
		v.Answers = []paths.Answer{{Server: text("10.20.0.4"), Severity: model.SeverityOK, Says: "10.20.4.10"}, {Server: text("10.20.0.5"), Severity: model.SeverityBroken, Says: "silent"}}
	}}, edits...)...)
}

func pathMapScenes() []scene {
	long := func(v *paths.View) {
		for i := range v.Hosts {
			v.Hosts[i].Service.Name = text("a-service-whose-name-is-much-longer-than-the-place-that-it-has-on-the-map-of-a-network")
		}
	}
	return []scene{
		{name: "paths/map", know: world, act: onPaths(euMap(), "m")},
		{name: "paths/map_below", know: world, act: onPaths(euMap(), "m", "G")},
		{name: "paths/map_unread", know: world, act: onPaths(nil, "m")},
		{name: "paths/map_reading", know: world, act: onPaths(euMap(stillReading("reading 1 control plane")), "m")},
		{name: "paths/map_long_names", know: world, act: onPaths(euMap(long), "m")},
		{name: "paths/map_export", know: world, act: onPaths(euMap(), "m", "ctrl+s", "l")},
	}
}

// What is read later is drawn on the map that is open, and no other network's.
func TestMapFollowsTheReading(t *testing.T) {
	play(t, 120, 60, func(s *stage) {
		s.know(world())
		onPaths(euMap(), "m")(s)
		s.shows("orders", "Map")
		s.reads(euMap(func(v *paths.View) { v.Hosts[0].Service.Name = text("renamed-since") })())
		s.shows("renamed-since")
		s.reads(euMap(func(v *paths.View) {
			other := *v.Network
			other.ID = text("another")
			v.Network = &other
			v.Hosts[0].Service.Name = text("of-another-network")
		})())
		s.hides("of-another-network")
	})
}

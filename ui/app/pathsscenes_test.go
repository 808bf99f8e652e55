package app_test

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
)

// onPaths shows the paths of eu-prod, and then presses keys.
func onPaths(view func() paths.View, k ...string) func(*stage) {
	return func(s *stage) {
		s.keys("/", `"eu-prod"`, "enter", "P")
		if view != nil {
			s.reads(view())
		}
		s.keys(k...)
	}
}

func pathsScenes() []scene {
	down := model.Failure{Kind: model.FailureUnreachable, Operation: "list services", Cause: text("eu.api.konghq.com refuses the connection"), Cure: "Check the address and the port.", TraceID: text("kong:trace:12")}
	failed := func(v *paths.View) { nothingRead(v); v.State, v.Failure = paths.Failed, &down }
	return []scene{
		{name: "paths/start", know: nil, act: keys("4")},
		{name: "paths/no_network", know: blank(func(s *model.Snapshot) { s.Progress.ListedAll = true }), act: keys("4")},
		{name: "paths/not_azure", know: world, act: keys("4")},
		{name: "paths/asked", know: world, act: onPaths(nil)},
		{name: "paths/loading", know: world, act: onPaths(euPaths(nothingRead, stillReading("reading 3 control planes")))},
		{name: "paths/waiting", know: world, act: onPaths(euPaths(stillReading("reading 2 control planes"), func(v *paths.View) {
			v.Wait = &model.Wait{Why: "Konnect asks for patience", Until: noon.Add(8 * time.Second)}
		}))},
		{name: "paths/no_plane", know: world, act: onPaths(euPaths(nothingRead))},
		{name: "paths/no_service", know: world, act: onPaths(euPaths(func(v *paths.View) { v.Hosts, v.Ways, v.ControlPlanes = nil, nil, v.ControlPlanes[:1] }))},
		{name: "paths/planes_unread", know: world, act: onPaths(euPaths(nothingRead, func(v *paths.View) { v.PlanesRead = model.Part{Failure: &down} }))},
		{name: "paths/failed", know: world, act: onPaths(euPaths(failed))},
		{name: "paths/refused", know: world, act: onPaths(nil), edit: pathReader(func(f *fakePaths) { f.err = down })},
		{name: "paths/failed_again", know: world, act: func(s *stage) {
			onPaths(euPaths())(s)
			s.paths.err = down
			s.keys("r")
		}},
		{name: "paths/normal", know: world, act: onPaths(euPaths())},
		{name: "paths/appliance", know: world, act: onPaths(euPaths(), "j", "j")},
		{name: "paths/plane", know: world, act: onPaths(euPaths(), "j", "j", "j")},
		{name: "paths/well", know: world, act: onPaths(euPaths(), "G", "k", "k")},
		{name: "paths/upstream", know: world, act: onPaths(euPaths(), "G", "k")},
		{name: "paths/reading", know: world, act: onPaths(euPaths(stillReading("reading 1 control plane")))},
		{name: "paths/stopped", know: world, act: func(s *stage) {
			onPaths(euPaths(stillReading("reading")), "x")(s)
			s.reads(euPaths(func(v *paths.View) { v.State = paths.Cancelled })())
		}},
		{name: "paths/cut", know: world, act: onPaths(euPaths(func(v *paths.View) { v.State = paths.Cut }))},
		{name: "paths/stale", know: world, act: func(s *stage) {
			onPaths(euPaths())(s)
			s.know(changed(func(m *model.Snapshot) { m.Networks[2].PrivateDNS[0].EntityVersion++ })())
		}},
		{name: "paths/problems", know: world, act: onPaths(euPaths(), "f")},
		{name: "paths/not_by_peering", know: world, act: onPaths(euPaths(), "b")},
		{name: "paths/filter", know: world, act: onPaths(euPaths(), "/", `"by:peering !back:direct"`)},
		{name: "paths/filter_none", know: world, act: onPaths(euPaths(), "/", `"zzz"`, "enter")},
		{name: "paths/by_service", know: world, act: onPaths(euPaths(), "s")},
		{name: "paths/subnets", know: world, act: onPaths(euPaths(), "v")},
		{name: "paths/subnets_none", know: world, act: onPaths(euPaths(func(v *paths.View) { v.Ways = nil }), "v")},
		{name: "paths/describe", know: world, act: onPaths(euPaths(), "j", "j", "d")},
		{name: "paths/describe_subnet", know: world, act: onPaths(euPaths(), "v", "d")},
		{name: "paths/findings", know: world, act: onPaths(euPaths(), "L")},
		{name: "paths/network", know: world, act: onPaths(euPaths(), "o")},
		{name: "paths/copied", know: world, act: onPaths(euPaths(), "j", "j", "c")},
		{name: "paths/help", know: world, act: onPaths(euPaths(), "?")},
		{name: "paths/palette", know: world, act: keys(":", `"paths eu"`)},
		{name: "paths/long_names", know: world, act: onPaths(longPaths)},
		{name: "paths/many", know: world, act: onPaths(func() paths.View { return manyPaths(5000) }, "G", "k")},
		{name: "paths/ascii", know: world, act: onPaths(euPaths()), edit: ascii},
		{name: "hops/closed", know: world, act: onPaths(euPaths(), "j", "j", "enter")},
		{name: "hops/bypass", know: world, act: onPaths(euPaths(), "enter")},
		{name: "hops/open", know: world, act: onPaths(euPaths(), "G", "k", "k", "enter", "j")},
		{name: "hops/upstream", know: world, act: onPaths(euPaths(), "G", "k", "enter", "]")},
		{name: "hops/none", know: world, act: onPaths(euPaths(), "j", "enter")},
		{name: "hops/gone", know: world, act: func(s *stage) {
			onPaths(euPaths(), "enter")(s)
			s.reads(euPaths(func(v *paths.View) { v.Number, v.Hosts = 2, v.Hosts[1:] })())
		}},
		{name: "hops/long_names", know: world, act: onPaths(longPaths, "j", "j", "enter")},
		{name: "hops/ascii", know: world, act: onPaths(euPaths(), "j", "j", "enter"), edit: ascii},
		{name: "dns/add_from_paths", know: world, act: onPaths(euPaths(), "a")},
	}
}

// pathReader changes the fake that the screen works with.
func pathReader(edit func(*fakePaths)) func(*setting) {
	return func(o *setting) { edit(o.services.paths) }
}

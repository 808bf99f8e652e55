package app_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
)

// onRanges shows the free ranges with what was read, and then presses keys.
func onRanges(edit func(*ranges.View), k ...string) func(*stage) {
	return func(s *stage) {
		onPaths(euPaths(), "R")(s)
		if edit != nil {
			s.finds(edit)
		}
		s.keys(k...)
	}
}

func rangesScenes() []scene {
	asIs := func(*ranges.View) {}
	none := func(v *ranges.View) {
		v.Read.Taken = append(v.Read.Taken, has(ranges.KindPeering, "to-all", "vnet-edge", "acme-edge", "", "0.0.0.0/0"))
	}
	failure := model.Failure{Kind: model.FailureUnreachable, Operation: "list networks", Cause: text("global.api.konghq.com refuses the connection"), Cure: "Check the address and the port."}
	return []scene{
		{name: "ranges/asked", know: world, act: onRanges(nil)},
		{name: "ranges/reading", know: world, act: onRanges(func(v *ranges.View) {
			v.State, v.Doing, v.Read = ranges.Reading, "reading the VNETs and the virtual hubs", ranges.Read{}
		})},
		{name: "ranges/normal", know: world, act: onRanges(asIs)},
		{name: "ranges/default_of_many", know: world, act: onRanges(func(v *ranges.View) {
			v.Read.Taken = append(v.Read.Taken, has(ranges.KindVNet, "vnet-all", "", "acme-prod", "", "10.0.0.0/8"))
		}, "-", "-", "j")},
		{name: "ranges/unread", know: world, act: onRanges(refusedRanges)},
		{name: "ranges/none", know: world, act: onRanges(none)},
		{name: "ranges/failed", know: world, act: onRanges(func(v *ranges.View) { v.State, v.Failure, v.Read = ranges.Failed, &failure, ranges.Read{} })},
		{name: "ranges/stopped", know: world, act: onRanges(func(v *ranges.View) { v.State, v.Read = ranges.Cancelled, ranges.Read{} })},
		{name: "ranges/built_in", know: world, act: onRanges(func(v *ranges.View) { v.Read.Unavailable = &failure })},
		{name: "ranges/regions", know: world, act: onRanges(asIs, "o")},
		{name: "ranges/check", know: world, act: onRanges(asIs, "/", `"10.20.0.0/2"`)},
		{name: "ranges/taken", know: world, act: onRanges(asIs, "/", `"10.20.0.0/20"`, "enter")},
		{name: "ranges/who", know: world, act: onRanges(refusedRanges, "d")},
		{name: "ranges/set_up", know: world, act: onRanges(asIs, "j", "enter")},
	}
}

// The size and the region change what is offered at once, without another reading; y copies
// the range, r reads again, x stops.
func TestRangesPage(t *testing.T) {
	t.Parallel()
	play(t, 120, 40, func(s *stage) {
		s.know(world())
		onRanges(func(*ranges.View) {})(s)
		s.shows("size /16", "region northeurope")
		s.keys("-", "-")
		s.shows("size /18")
		s.keys("o", `"any"`, "enter")
		s.shows("region any on Azure")
		if s.ranges.number != 1 {
			t.Errorf("it was read %d times", s.ranges.number)
		}
		s.shows("10.160.0.0/18")
		s.keys("r")
		if s.ranges.number != 2 {
			t.Errorf("it was read %d times", s.ranges.number)
		}
		s.shows("◐ reading", "10.160.0.0/18") // what was known stays
		s.keys("x", "esc")
		if s.ranges.cancels != 2 {
			t.Errorf("it was stopped %d times", s.ranges.cancels)
		}
	})
}

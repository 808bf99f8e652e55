package app_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// keyList is a list with many rows on a screen of 200x60, as a person walks through it.
type keyList struct {
	name  string
	most  float64 // allocations for a key and its frame; the present figure and a little more
	shows string  // on the screen, with any number of rows
	open  func(tb testing.TB, count int) *app.App
}

// keyLists are the long lists of all screens.
func keyLists() []keyList {
	return []keyList{
		{"networks", 130, "fleet-000", func(tb testing.TB, count int) *app.App {
			tb.Helper()
			return fleetApp(tb, count)
		}},
		{"dns", 880, "host-000", func(tb testing.TB, count int) *app.App {
			tb.Helper()
			s := fleet(1)
			b := network("fleet-00000", "northeurope", "10.0.0.0/24")
			domains := make([]string, count)
			for i := range domains {
				domains[i] = fmt.Sprintf("host-%05d.corp.example.org", i)
			}
			s.Networks[0] = b.dns("dns", model.PrivateDNSReady, domains...).done()
			a := appWith(tb, s, &fakeLog{}, 200, 60)
			a.Update(press("2"))
			return a
		}},
		{"paths", 700, "service-000", func(tb testing.TB, count int) *app.App {
			tb.Helper()
			a := fleetApp(tb, 20)
			a.Update(press("4"))
			v := manyPaths(count)
			n := fleet(20).Networks[0]
			a.Update(screen.Ways{Network: n.ID})
			v.Network, v.Of = n, n.ID
			a.Update(screen.Paths{View: v})
			return a
		}},
		{"changes", 480, "fleet-0", func(tb testing.TB, count int) *app.App {
			tb.Helper()
			a := fleetApp(tb, 20)
			a.Update(press("5"))
			a.Update(screen.Changes{View: longTimeline(count)})
			return a
		}},
		{"requests", 700, "GET", func(tb testing.TB, count int) *app.App {
			tb.Helper()
			log := &fakeLog{}
			for i := range count {
				log.add(model.Activity{At: noon.Add(time.Duration(i-count) * time.Second), Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Target: text("/v2/cloud-gateways/networks/" + strconv.Itoa(i)), Status: 200, Trace: text("0af7651916cd43dd8448eb211c80319c")})
			}
			a := appWith(tb, fleet(20), log, 200, 60)
			a.Update(press("5"))
			a.Update(press("v"))
			return a
		}},
	}
}

// longTimeline is a long time line.
func longTimeline(count int) changes.View {
	l := timeline{world: fleet(20)}
	for i := range count {
		n := l.world.Networks[i%len(l.world.Networks)]
		l.add(time.Minute, model.Change{Network: n.ID, NetworkName: n.Name, Object: n.ID, ObjectName: n.Name, Aspect: model.AspectKonnect, From: text("ready"), To: text("error")})
	}
	return changes.Make(l.kept, changes.Mark{})
}

// TestKeyAllocations holds what a key and the frame that follows from it cost, with few rows
// and with many. Times are for people: see docs/performance.md.
func TestKeyAllocations(t *testing.T) {
	for _, list := range keyLists() {
		t.Run(list.name, func(t *testing.T) {
			var few float64
			for _, count := range []int{100, 2000} {
				a := list.open(t, count)
				if frame := a.View().Content; !strings.Contains(frame, list.shows) {
					t.Fatalf("the list is not on the screen:\n%s", frame)
				}
				for range 70 { // to the lower edge of the list, so that each step scrolls
					a.Update(press("j"))
				}
				step := press("j")
				got := testing.AllocsPerRun(20, func() { a.Update(step); keep(t, a.View().Content) })
				t.Logf("%d rows: %.0f allocations", count, got)
				if got > list.most {
					t.Errorf("%d rows: %.0f allocations for a key, more than %.0f", count, got, list.most)
				}
				if count > 100 && got > few+40 { // the rows on the screen are others, and say more or less
					t.Errorf("%.0f allocations with many rows, %.0f with few", got, few)
				}
				few = got
			}
		})
	}
}

// BenchmarkKeyOn is a key press and the frame that follows from it on every long list.
func BenchmarkKeyOn(b *testing.B) {
	for _, list := range keyLists() {
		for _, count := range []int{100, 2000} {
			b.Run(fmt.Sprintf("%s/%d", list.name, count), func(b *testing.B) {
				a := list.open(b, count)
				walk(b, count, func(key tea.KeyPressMsg) { a.Update(key); keep(b, a.View().Content) })
			})
		}
	}
}

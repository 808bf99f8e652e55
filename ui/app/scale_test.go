package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/ui/app"
)

// act is what a person or the clouds do to a long list, and how often it is one thing: the
// keys of a filter are many.
type act struct {
	name string
	flat bool    // it costs the same with any number of rows
	most float64 // allocations: in all where it is flat, else for each row
	do   func(a *app.App)
}

// acts are what is done to the list of networks.
func acts(tb testing.TB, count int) []act {
	tb.Helper()
	news := [2][]tea.Msg{newsOf(tb, fleet(count)), newsOf(tb, later(fleet(count)))}
	turn, wide := 0, false
	return []act{
		{"resize", true, 800, func(a *app.App) {
			wide = !wide
			size := tea.WindowSizeMsg{Width: 160, Height: 48}
			if wide {
				size = tea.WindowSizeMsg{Width: 200, Height: 60}
			}
			a.Update(size)
		}},
		{"another screen and back", true, 450, func(a *app.App) { a.Update(press("5")); _ = a.View(); a.Update(press("1")) }},
		{"filter", false, 10, func(a *app.App) {
			for _, key := range []string{"/", "9", "9", "esc"} {
				a.Update(press(key))
				_ = a.View()
			}
		}},
		{"sort", false, 8, func(a *app.App) { a.Update(press("s")) }},
		{"refresh", true, 2300, func(a *app.App) {
			turn = 1 - turn
			for _, m := range news[turn] {
				a.Update(m)
			}
			if strings.Contains(a.View().Content, "laterfleet") != (turn == 1) {
				tb.Errorf("the names are not those of the last snapshot:\n%s", a.View().Content)
			}
		}},
	}
}

// newsOf are the messages by which a snapshot comes to the frame.
func newsOf(tb testing.TB, s model.Snapshot) []tea.Msg {
	tb.Helper()
	watcher := &fakeWatcher{snapshots: make(chan model.Snapshot, 1)}
	a := app.New(context.Background(), app.Options{
		Watcher: watcher, Parts: idle().parts(), Log: &fakeLog{}, Saver: &fakeLog{}, Theme: "dark", Now: func() time.Time { return noon },
	})
	watcher.snapshots <- s
	batch, ok := a.Init()().(tea.BatchMsg)
	if !ok {
		tb.Fatal("the start is not a batch")
	}
	var out []tea.Msg
	for _, cmd := range batch {
		out = append(out, cmd())
	}
	return out
}

// later is a snapshot in which each network has another name, and one in ten another state.
func later(s model.Snapshot) model.Snapshot {
	for i, n := range s.Networks {
		n.Name = text("later" + n.Name.Raw())
		if i%10 == 0 {
			n.State = model.NetworkOffline
		}
	}
	return s
}

// TestScale holds what is done to a list of networks to a cost that is flat, or grows with
// the rows and not faster. Counts of allocations are the same on every machine.
func TestScale(t *testing.T) {
	few, many := 200, 1000
	if longtest.All() {
		few, many = 1000, 10_000
	}
	cost := map[string]float64{}
	for _, count := range []int{few, many} {
		a := fleetApp(t, count)
		for _, c := range acts(t, count) {
			got := testing.AllocsPerRun(4, func() { c.do(a); keep(t, a.View().Content) })
			t.Logf("%s with %d rows: %.0f allocations, %.2f for a row", c.name, count, got, got/float64(count))
			switch before := cost[c.name]; {
			case c.flat && (got > c.most || count == many && got > 1.1*before+40):
				t.Errorf("%s: %.0f allocations with %d rows, and %.0f with few", c.name, got, count, before)
			case !c.flat && (got > c.most*float64(count)+5000 || count == many && got > 1.2*float64(many/few)*before):
				t.Errorf("%s: %.0f allocations with %d rows, and %.0f with few", c.name, got, count, before)
			}
			cost[c.name] = got
		}
	}
}

// BenchmarkScale is what is done to 10,000 networks, beside 1,000; and the opening of the
// other long lists: 5,000 mappings, 5,000 services, 100,000 changes.
func BenchmarkScale(b *testing.B) {
	for _, count := range []int{1000, 10_000} {
		a := fleetApp(b, count)
		for _, c := range acts(b, count) {
			b.Run(fmt.Sprintf("%s/%d", c.name, count), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c.do(a)
					keep(b, a.View().Content)
				}
			})
		}
	}
	for _, list := range keyLists() {
		count := map[string]int{"dns": 5000, "paths": 5000, "changes": 100_000}[list.name]
		if count == 0 {
			continue
		}
		b.Run(fmt.Sprintf("key on %s/%d", list.name, count), func(b *testing.B) {
			a := list.open(b, count)
			walk(b, count, func(key tea.KeyPressMsg) { a.Update(key); keep(b, a.View().Content) })
		})
	}
}

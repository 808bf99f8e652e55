package app_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/app"
)

// fleet is a world of many networks with two peerings each, of every condition.
func fleet(count int) model.Snapshot {
	s := world()
	s.Networks = make([]*model.NetworkStatus, count)
	conditions := []func(*model.PeeringStatus){nil, nil, nil, nil, waiting, disconnected, signedOut, overlapping}
	for i := range s.Networks {
		b := network(fmt.Sprintf("fleet-%05d", i), "northeurope", fmt.Sprintf("10.%d.%d.0/24", i/256%256, i%256)).plane("acme-eu")
		for k, what := range []string{"hub", "spoke"} {
			var edits []func(*model.PeeringStatus)
			if e := conditions[(i*3+k)%len(conditions)]; e != nil {
				edits = append(edits, e)
			}
			b.peer(fmt.Sprintf("%s-%05d", what, i), fmt.Sprintf("vnet-%s-%d", what, i), []string{"10.20.0.0/22"}, edits...)
		}
		s.Networks[i] = b.dns("dns", model.PrivateDNSReady, "corp.example.org").done()
	}
	s.Progress = model.Progress{Listed: count, Total: count, ListedAll: true, Details: count, DetailTotal: count, Halves: 2 * count, HalfTotal: 2 * count}
	return s
}

// idle are services on which nothing comes.
func idle() services {
	return services{&fakeSetup{}, &fakeMappings{}, &fakeTracer{}, &fakeDoctor{}, &fakePaths{}, &fakeMaking{}, &fakeRanges{}}
}

// fleetApp is the frame of a large window with a fleet on the screen and a fixed clock.
func fleetApp(tb testing.TB, count int) *app.App {
	tb.Helper()
	return appWith(tb, fleet(count), &fakeLog{}, 200, 60)
}

// appWith is the frame with what is known on the screen and a fixed clock.
func appWith(tb testing.TB, s model.Snapshot, log *fakeLog, width, height int) *app.App {
	tb.Helper()
	watcher := &fakeWatcher{snapshots: make(chan model.Snapshot, 1)}
	a := app.New(context.Background(), app.Options{
		Watcher: watcher, Parts: idle().parts(), Log: log, Saver: log, Theme: "dark", Mouse: true, Now: func() time.Time { return noon },
		Crashed: func(doing string, v any, stack []byte) { tb.Errorf("a fault while %s: %v\n%s", doing, v, stack) },
	})
	watcher.snapshots <- s
	batch, ok := a.Init()().(tea.BatchMsg)
	if !ok {
		tb.Fatal("the start is not a batch")
	}
	a.Update(tea.WindowSizeMsg{Width: width, Height: height})
	for _, cmd := range batch {
		a.Update(cmd())
	}
	return a
}

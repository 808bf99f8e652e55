package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/app"
)

// wire counts what Bubble Tea sends to the terminal.
type wire struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent.Write(p)
}

// drain returns what was sent since the last time.
func (w *wire) drain() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.sent.Reset()
	return w.sent.String()
}

// awaitSignals lets the runtime's goroutine for signals be born outside of any bubble.
func awaitSignals(t *testing.T) {
	t.Helper()
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt)
	t.Cleanup(func() { signal.Stop(ch) })
}

// TestBytesOnTheWire holds the program to few bytes for each action: it is used
// over slow SSH links. The figures are those of a terminal with true colour.
func TestBytesOnTheWire(t *testing.T) {
	awaitSignals(t)
	const nothing = 0
	for _, tt := range []struct {
		width, height, move, scroll, page int
	}{
		{80, 24, 150, 250, 1100},
		// The first row that scrolls takes the details away, which do not scroll with it.
		// A terminal whose line feed keeps the column takes a quarter less than this one.
		{200, 60, 150, 720, 7500},
	} {
		t.Run(fmt.Sprintf("%dx%d", tt.width, tt.height), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				watcher := &fakeWatcher{snapshots: make(chan model.Snapshot)}
				began := time.Now()
				ctx, cancel := context.WithCancel(context.Background())
				a := app.New(ctx, app.Options{
					Watcher: watcher, Parts: idle().parts(), Log: &fakeLog{}, Saver: &fakeLog{}, Theme: "dark", Mouse: true,
					Now: func() time.Time { return noon.Add(time.Since(began)) },
				})
				var out wire
				p := tea.NewProgram(a, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignals(), tea.WithFPS(30),
					tea.WithWindowSize(tt.width, tt.height), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
				ended := make(chan error, 1)
				go func() { _, err := p.Run(); ended <- err }()
				act := func(what string, limit int, do func()) int {
					t.Helper()
					out.drain()
					do()
					time.Sleep(60 * time.Millisecond) // two frames, and not yet the details
					sent := out.drain()
					t.Logf("%-28s %5d bytes", what, len(sent))
					if len(sent) > limit {
						t.Errorf("%s: %d bytes, more than %d: %q", what, len(sent), limit, sent)
					}
					return len(sent)
				}
				rest := func() { time.Sleep(500 * time.Millisecond) }
				key := func(k string) func() { return func() { p.Send(press(k)) } }
				snapshot := fleet(1000)
				act("first screen", 1<<20, func() { watcher.snapshots <- snapshot })
				rest()
				act("refresh without news", nothing, func() { watcher.snapshots <- fleet(1000) })
				act("cursor move", tt.move, key("j"))
				rest()
				act("cursor move back", tt.move, key("k"))
				rest()
				for range tt.height {
					p.Send(press("j"))
				}
				rest()
				// A row costs what its states cost in colour: the fleet has every one.
				const rows = 8
				sum := 0
				for range rows {
					sum += act("one-row scroll", 2*tt.scroll, key("j"))
					rest()
				}
				t.Logf("%-28s %5d bytes", "one-row scroll, the mean", sum/rows)
				if sum > rows*tt.scroll {
					t.Errorf("one-row scroll: %d bytes, more than %d", sum/rows, tt.scroll)
				}
				held := 0
				for range rows { // as a key that is held: the details have no time to come
					held += act("one-row scroll, key held", 2*tt.scroll, key("j"))
				}
				t.Logf("%-28s %5d bytes", "key held, the mean", held/rows)
				if held > rows*400 {
					t.Errorf("one-row scroll with the key held: %d bytes, more than 400", held/rows)
				}
				rest()
				act("page", tt.page, key("pgdown"))
				rest()
				act("a second at rest", nothing, func() { time.Sleep(time.Second) })
				p.Quit()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				cancel()
				close(watcher.snapshots)
				time.Sleep(time.Minute) // ticks end by themselves
			})
		})
	}
}

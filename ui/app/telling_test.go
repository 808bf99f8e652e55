package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// broke is a time line in which so many networks broke, the newest first.
func broke(n int) screen.Changes {
	v := changes.View{Looked: noon, Broke: n}
	for i := n; i > 0; i-- {
		v.Entries = append(v.Entries, changes.Entry{
			Number: uint64(i), At: noon, Kind: changes.KindFinding, Sense: changes.Broke, Severity: model.SeverityBroken,
			NetworkName: text("net-" + string(rune('a'+i-1))), Network: text("n"), Text: "half deleted",
		})
	}
	return screen.Changes{View: v}
}

func TestNothingIsToldUnlessSomebodyWantsIt(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.tell(broke(0).View)
		s.tell(broke(2).View)
		if s.raw != "" || strings.HasPrefix(s.app.View().WindowTitle, "(") {
			t.Errorf("sent %q, the title is %q", s.raw, s.app.View().WindowTitle)
		}
	})
}

func TestWhatBreaksIsTold(t *testing.T) {
	var told []string
	var gate chan error
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.tell(broke(1).View)
		if s.raw != "" {
			t.Errorf("what stood there at the start is told: %q", s.raw)
		}
		s.tell(broke(3).View)
		if !strings.HasPrefix(s.raw, "\a\x1b]9;peerdeck: 2 changes: net-b broke") || !strings.HasSuffix(s.raw, "\x1b\\") {
			t.Errorf("sent %q", s.raw)
		}
		if got := s.app.View().WindowTitle; !strings.HasPrefix(got, "(3) peerdeck") {
			t.Errorf("the title is %q", got)
		}
		if len(told) != 1 {
			t.Fatalf("told at once: %q", told) // one at a time
		}
		gate <- errors.New("notify.command: there is no program x")
		s.drain()
		s.shows("there is no program x. Changes are not told by it.")
		gate <- errors.New("notify.command: there is no program x")
		s.drain()
		if strings.Join(told, ", ") != "net-b broke, net-c broke" {
			t.Errorf("told %q", told)
		}
		s.keys("esc")
		s.hides("there is no program x")
	}, func(o *setting) {
		gate = make(chan error) // in the bubble of virtual time
		o.Notify = telling.Rules{Bell: true, Title: true, Terminal: telling.OSC9, Command: []string{"x"}, Every: time.Hour}
		o.Tell = func(ctx context.Context, n telling.Notice) error {
			told = append(told, n.Title)
			select {
			case err := <-gate:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
}

// A flood is one notification, and the program is run a bounded number of times.
func TestAFloodIsTold(t *testing.T) {
	runs := 0
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.tell(broke(0).View)
		s.tell(broke(26).View)
		if strings.Count(s.raw, "\x1b]9;") != 1 || runs != 11 {
			t.Errorf("%d runs; sent %q", runs, s.raw)
		}
	}, func(o *setting) {
		o.Notify = telling.Rules{Terminal: telling.OSC9, Command: []string{"x"}}
		o.Tell = func(context.Context, telling.Notice) error { runs++; return nil }
	})
}

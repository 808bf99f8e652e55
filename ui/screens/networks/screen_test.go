package networks_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/screens/networks"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// fleet are networks net-00 and so on, of which each third is broken.
func fleet(count int) *model.Snapshot {
	s := &model.Snapshot{At: noon(), Progress: model.Progress{ListedAll: true, Total: count}}
	for i := range count {
		n := &model.NetworkStatus{Network: model.Network{ID: safe.New(fmt.Sprint("id-", i)), Name: safe.New(fmt.Sprintf("net-%02d", i)), State: model.NetworkReady}, PeeringsRead: model.Part{At: noon()}}
		if i%3 == 2 {
			n.Finding = finding.Finding{Severity: model.SeverityBroken, Word: "broken", Cause: "It is broken."}
		}
		s.Networks = append(s.Networks, n)
	}
	return s
}

func open(count, width, height int) *networks.Screen {
	s := networks.New(screen.Env{Now: noon}, theme.New(theme.Mono, true))
	s.Resize(width, height)
	s.Receive(fleet(count))
	return s
}

// do carries out the action of a key.
func do(t *testing.T, s *networks.Screen, keys ...string) tea.Cmd {
	t.Helper()
	var cmd tea.Cmd
	for _, key := range keys {
		a, known := action.ForKey(s.Actions(), key)
		if !known || a.Disabled() != "" {
			t.Fatalf("%q does nothing: %s", key, a.Disabled())
		}
		cmd = a.Run()
	}
	return cmd
}

func lines(s *networks.Screen) []string { return strings.Split(ansi.Strip(s.View(noon())), "\n") }

// chosen is the row of the cursor.
func chosen(s *networks.Screen) string {
	for _, l := range lines(s) {
		if row, is := strings.CutPrefix(l, "▌"); is {
			return row
		}
	}
	return ""
}

func TestSortWalksThroughWhatIsShown(t *testing.T) {
	for _, width := range []int{60, 80, 160} {
		s := open(30, width, 20)
		for range 6 {
			do(t, s, "s")
			arrow := strings.ContainsAny(lines(s)[0], "↑↓")
			if urgent := strings.Contains(s.Head().Path[0], "urgent"); arrow == urgent {
				t.Errorf("%d columns: an order that nothing shows, or that is shown twice: %q, %q", width, s.Head().Path[0], lines(s)[0])
			}
		}
	}
}

func TestAnotherOrderBeginsAtItsFirstRow(t *testing.T) {
	s := open(60, 80, 20)
	do(t, s, "G")
	if got := chosen(s); !strings.Contains(got, "net-59") {
		t.Fatalf("on %q", got)
	}
	do(t, s, "s") // the most urgent first
	if got := lines(s)[1]; !strings.HasPrefix(got, "▌✖ net-02") {
		t.Errorf("the first row is %q", got)
	}
	do(t, s, "S")
	if got := lines(s)[1]; !strings.HasPrefix(got, "▌● net-") {
		t.Errorf("the order turned round begins with %q", got)
	}
}

// The details lag behind a cursor that moves, and follow one that rests; an action never
// lags.
func TestTheDetailsFollowARestingCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(30, 160, 40)
		about := func() bool { return strings.Count(ansi.Strip(s.View(noon())), "net-05") > 1 }
		var cmds []tea.Cmd
		for range 5 {
			cmds = append(cmds, do(t, s, "j"))
		}
		if about() {
			t.Error("the details follow each step of a held key")
		}
		s.Update(cmds[0]()) // of a step that others came after
		if about() {
			t.Error("the details follow a cursor that has moved on")
		}
		s.Update(cmds[4]())
		if !about() {
			t.Errorf("the details do not follow:\n%s", strings.Join(lines(s), "\n"))
		}
	})
}

func TestAHiddenSelectionGivesWayToTheFirstRow(t *testing.T) {
	s := open(30, 80, 20)
	do(t, s, "j", "j", "j", "f")
	if got := chosen(s); !strings.Contains(got, "net-02") {
		t.Errorf("on %q", got)
	}
	if h := s.Head(); h.Chip != "only problems" || h.Counts[0] != "10 of 30" {
		t.Errorf("%+v", h)
	}
	do(t, s, "f")
	if got := chosen(s); !strings.Contains(got, "net-02") {
		t.Errorf("when all are shown again the cursor is on %q", got)
	}
}

package networks_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
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
	s := networks.New(context.Background(), screen.Env{Now: noon}, theme.New(theme.Mono, true))
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
			if urgent := strings.Contains(s.Head().Path[0], "worst"); arrow == urgent {
				t.Errorf("%d columns: an order that nothing shows, or that is shown twice: %q, %q", width, s.Head().Path[0], lines(s)[0])
			}
		}
	}
}

// At the start the worst stands first, and the cursor on it: no key is needed to see which
// it is and why.
func TestTheWorstStandsFirst(t *testing.T) {
	s := networks.New(context.Background(), screen.Env{Now: noon}, theme.New(theme.Mono, true))
	s.Resize(80, 19)
	early := fleet(30)
	early.Progress.ListedAll = false // what is known first is not the worst
	for _, n := range early.Networks {
		n.Finding = finding.Finding{}
	}
	s.Receive(early)
	if got := chosen(s); !strings.HasPrefix(got, "● net-00") {
		t.Fatalf("on %q", got)
	}
	s.Receive(fleet(30))
	if got := chosen(s); !strings.HasPrefix(got, "✖ net-02") || !strings.Contains(got, "It is broken.") {
		t.Errorf("when all is read the cursor is on %q", got)
	}
	if text := strings.Join(lines(s), "\n"); strings.Count(text, "It is broken.") < 2 {
		t.Errorf("the details do not say why:\n%s", text)
	}
}

// Whatever changes the order, the row under the cursor stays under it, and where it is on
// the screen as far as there are rows around it.
func TestTheRowStaysUnderTheCursor(t *testing.T) {
	s := open(60, 80, 19)
	do(t, s, "j", "j", "j") // a row in the middle of the screen
	want := chosen(s)
	line := slices.IndexFunc(lines(s), func(l string) bool { return strings.HasPrefix(l, "▌") })
	worse := fleet(60)
	worse.Networks[0].Finding = finding.Finding{Severity: model.SeverityBroken, Cause: "It broke."}
	s.Receive(worse)
	if got := chosen(s); got != want {
		t.Errorf("another network broke: from %q to %q", want, got)
	}
	for range 8 {
		do(t, s, "s")
		if got := chosen(s); got != want {
			t.Errorf("another order: from %q to %q", want, got)
		}
	}
	do(t, s, "S")
	if got := chosen(s); got != want {
		t.Errorf("the order turned round: from %q to %q", want, got)
	}
	if got := slices.IndexFunc(lines(s), func(l string) bool { return strings.HasPrefix(l, "▌") }); got < line-1 || got > line+9 {
		t.Errorf("from line %d to line %d", line, got)
	}
}

// bar is the column of the line between the list and the details, 0 for none.
func bar(s *networks.Screen) int {
	if list, _, found := strings.Cut(lines(s)[1], "│"); found {
		return cell.Width(list)
	}
	return 0
}

func heading(s *networks.Screen) string {
	list, _, _ := strings.Cut(lines(s)[0], "│")
	return list
}

// looks keep in memory what a person has arranged.
type looks struct{ kept map[string]look.Look }

func (l looks) Of(name string) look.Look       { return l.kept[name] }
func (l looks) Set(name string, one look.Look) { l.kept[name] = one }
func (l looks) Save(ctx context.Context) error { return ctx.Err() }

// Order and room are as the person has arranged them, the next time too.
func TestTheArrangementIsKept(t *testing.T) {
	env := screen.Env{Now: noon, Looks: looks{map[string]look.Look{}}}
	fresh := func(width, height int) *networks.Screen {
		s := networks.New(context.Background(), env, theme.New(theme.Mono, true))
		s.Resize(width, height)
		s.Receive(fleet(60))
		return s
	}
	s := fresh(160, 43)
	before := bar(s)
	if cmd := do(t, s, "+"); cmd == nil || cmd() != nil {
		t.Error("nothing is kept")
	}
	do(t, s, "+", "s", "S")
	wide, head := bar(s), heading(s)
	if wide <= before+10 || !strings.Contains(head, "NETWORK ↓") {
		t.Fatalf("from column %d to %d: %q", before, wide, head)
	}
	if again := fresh(160, 43); bar(again) != wide || heading(again) != head {
		t.Errorf("the next time: column %d, %q", bar(again), heading(again))
	}
	for range 30 {
		do(t, s, "-")
	}
	if got := bar(s); got < 40 {
		t.Errorf("the list has all but gone: column %d", got)
	}
	low := fresh(80, 19)
	rule := func(s *networks.Screen) int {
		return slices.IndexFunc(lines(s), func(l string) bool { return strings.HasPrefix(l, "──") })
	}
	at := rule(low)
	do(t, low, "-")
	if got := rule(low); got >= at {
		t.Errorf("less room: from line %d to %d", at, got)
	}
	if got := rule(fresh(80, 19)); got != rule(low) {
		t.Errorf("the next time: line %d, not %d", got, rule(low))
	}
}

// At 80x24 the list has ten rows, however many networks there are, and says how many lie
// below.
func TestRowsComeBeforeTheDrawing(t *testing.T) {
	s := open(30, 80, 19)
	text := strings.Join(lines(s), "\n")
	if got := strings.Count(text, "net-"); got < 10 || !strings.Contains(text, "▾ 20 more below") {
		t.Errorf("%d rows:\n%s", got, text)
	}
	do(t, s, "G")
	if text := strings.Join(lines(s), "\n"); strings.Contains(text, "below") || !strings.Contains(text, "▴ more above") {
		t.Errorf("below the last row nothing lies:\n%s", text)
	}
}

// Parts keep their place, whatever is filtered or selected.
func TestPartsKeepTheirPlace(t *testing.T) {
	for _, size := range [][2]int{{80, 19}, {100, 45}, {120, 35}, {160, 43}, {220, 55}} {
		s := open(30, size[0], size[1])
		places := func() string {
			var b strings.Builder
			for i, l := range lines(s) {
				if strings.HasPrefix(l, "──") || strings.HasPrefix(l, " CHANGES") {
					fmt.Fprint(&b, i, " ")
				}
			}
			return b.String() + strconv.Itoa(bar(s))
		}
		want := places()
		for _, key := range []string{"G", "k", "f", "g", "s", "f"} {
			do(t, s, key)
			if got := places(); got != want {
				t.Errorf("%v after %s: %s, before: %s", size, key, got, want)
			}
		}
		if changes := strings.Contains(strings.Join(lines(s), "\n"), "CHANGES"); changes != (size[0] >= 120 || size[1] >= 35) {
			t.Errorf("%v: changes are shown: %v", size, changes)
		}
	}
}

// The details lag behind a cursor that moves, and follow one that rests; an action never
// lags.
func TestTheDetailsFollowARestingCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(30, 160, 40)
		about := func() bool { return strings.Count(ansi.Strip(s.View(noon())), "net-17") > 1 }
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
	do(t, s, "G", "f")
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

// What a column says stands under its title, at any width.
func TestCellsStandUnderTheirTitles(t *testing.T) {
	for width := 60; width <= 240; width++ {
		s := open(30, width, 43)
		text := lines(s)
		head, row := []rune(text[0]), []rune(text[2]) // the second row has no mark of the cursor
		for title, starts := range map[string]string{"NETWORK": "✖ net-05", "SINCE": "–", "WHY": "It is"} {
			at := strings.Index(string(head), title)
			if at < 0 || at+len([]rune(starts)) > len(row) || string(row[at:at+len([]rune(starts))]) != starts {
				t.Fatalf("%d columns: %s stands over %q:\n%s\n%s", width, title, row[max(0, at):], text[0], text[2])
			}
		}
	}
}

package changepane_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// many is a time line of so many changes, of some networks in turn.
func many(from, to int) changes.View {
	var kept []model.Change
	for i := from; i <= to; i++ {
		kept = append(kept, model.Change{
			Number: uint64(i), At: noon().Add(time.Duration(i-to) * time.Hour), Network: safe.New(fmt.Sprint("n", i%7)), NetworkName: safe.New(fmt.Sprint("net-", i%7)),
			Aspect: model.AspectNetwork, From: safe.New("created"), To: safe.New(fmt.Sprintf("state-%d.", i)),
		})
	}
	return changes.Make(kept, changes.Mark{})
}

func pane(v changes.View) *changepane.Pane {
	p := changepane.New(theme.New(theme.Mono, true))
	p.Resize(80, 10)
	p.Focus(true)
	p.Receive(v)
	return p
}

func chosen(p *changepane.Pane) string {
	for _, l := range p.Lines(noon()) {
		if row, is := strings.CutPrefix(ansi.Strip(l), "▌"); is {
			return row
		}
	}
	return ""
}

// A hundred thousand changes are drawn as ten are: those on the screen, and one can go to
// the last.
func TestAHundredThousand(t *testing.T) {
	const all = 100_000
	p := pane(many(1, all))
	if p.Len() != all || !strings.Contains(chosen(p), "state-100000.") || len(p.Lines(noon())) != 10 {
		t.Errorf("%d, on %q", p.Len(), chosen(p))
	}
	p.MoveTo(all)
	if !strings.Contains(chosen(p), "state-1.") {
		t.Errorf("at the end: %q", chosen(p))
	}
	count := func(p *changepane.Pane) float64 { return testing.AllocsPerRun(5, func() { p.Lines(noon()) }) }
	if a, b := count(pane(many(all-10, all))), count(pane(many(1, all))); b > 2*a {
		t.Errorf("a frame takes %v allocations, and of ten changes %v", b, a)
	}
}

// The chosen change stays chosen when others come; at the newest, the newest is.
func TestTheChosenStays(t *testing.T) {
	p := pane(many(1, 40))
	p.Receive(many(1, 45))
	if !strings.Contains(chosen(p), "state-45.") {
		t.Errorf("at the newest: %q", chosen(p))
	}
	p.Move(2)
	p.Receive(many(1, 50))
	if !strings.Contains(chosen(p), "state-43.") {
		t.Errorf("moved away: %q", chosen(p))
	}
	p.Only(safe.New("n1"))
	for _, e := range p.Entries() {
		if e.Network.Raw() != "n1" {
			t.Fatalf("%s is among the changes of n1", e.Network)
		}
	}
}

// No line is wider than the pane, whatever its width.
func TestLinesFit(t *testing.T) {
	v := many(1, 30)
	for width := range 120 {
		p := changepane.New(theme.New(theme.Dark, true))
		p.Resize(width, 8)
		p.Receive(v)
		for _, l := range p.Lines(noon()) {
			if w := cell.Width(l); w > width {
				t.Fatalf("%d cells in %d: %q", w, width, l)
			}
		}
		for _, l := range changepane.Details(theme.New(theme.Dark, true), v.Entries[0], nil, widget.NextKeys{}, noon(), width, 6) {
			if w := cell.Width(l); w > width {
				t.Fatalf("details: %d cells in %d: %q", w, width, l)
			}
		}
	}
}

package widget_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func TestTheViewFollowsTheCursor(t *testing.T) {
	var c widget.Cursor
	c.Room(3)
	c.Count(10)
	for _, step := range []struct {
		name         string
		do           func()
		at, from, to int
	}{
		{"at first", func() {}, 0, 0, 3},
		{"down in the page", func() { c.Move(2) }, 2, 0, 3},
		{"past its end", func() { c.Move(1) }, 3, 1, 4},
		{"up in the page", func() { c.Move(-1) }, 2, 1, 4},
		{"beyond the end", func() { c.Move(100) }, 9, 7, 10},
		{"beyond the beginning", func() { c.Move(-100) }, 0, 0, 3},
		{"rows came above it", func() { c.MoveTo(5); c.Carry(6) }, 6, 4, 7},
		{"fewer rows", func() { c.Count(4) }, 3, 1, 4},
		{"more room", func() { c.Room(8) }, 3, 0, 4},
		{"no row", func() { c.Count(0) }, 0, 0, 0},
		{"no room", func() { c.Room(0); c.Count(2); c.Move(1) }, 1, 1, 2},
	} {
		step.do()
		if from, to := c.Visible(); c.At() != step.at || from != step.from || to != step.to {
			t.Errorf("%s: row %d of %d to %d; want row %d of %d to %d", step.name, c.At(), from, to, step.at, step.from, step.to)
		}
	}
}

func TestTheRowOnALine(t *testing.T) {
	var c widget.Cursor
	c.Room(3)
	c.Count(5)
	c.MoveTo(4)
	for line, want := range map[int]int{-1: -1, 0: 2, 2: 4, 3: -1} {
		if got := c.Row(line); got != want {
			t.Errorf("line %d is row %d, want %d", line, got, want)
		}
	}
	if c.Line() != 2 {
		t.Errorf("the chosen row is on line %d", c.Line())
	}
}

// Whatever is done, the chosen row is on the screen and the screen is full.
func TestCursorLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c widget.Cursor
		rows := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			n := rapid.IntRange(-20, 20).Draw(t, "n")
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				rows = max(0, n)
				c.Count(rows)
			case 1:
				c.Room(n)
			case 2:
				c.Move(n)
			case 3:
				c.MoveTo(n)
			default:
				c.Carry(n)
			}
			from, to := c.Visible()
			if rows > 0 && (c.At() < from || c.At() >= to || to-from != min(rows, c.Page())) {
				t.Fatalf("row %d of %d; on the screen %d to %d, room for %d", c.At(), rows, from, to, c.Page())
			}
			if rows == 0 && (c.At() != 0 || from != to) {
				t.Fatalf("no row, and %d of %d to %d", c.At(), from, to)
			}
		}
	})
}

package review

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// row is a block that can be chosen, of some lines with its key.
func row(key string, height int) block {
	return block{key: key, height: height, draw: func(bool) []string {
		out := make([]string, height)
		for i := range out {
			out[i] = fmt.Sprint(key, i)
		}
		return out
	}}
}

func drawn(l *list, height int) string {
	return strings.Join(l.view(theme.New(theme.Mono, true), 20, height), "|")
}

func TestAListKeepsWhatIsChosen(t *testing.T) {
	var l list
	l.set([]block{textBlock("HEAD"), row("a", 1), row("b", 1), row("c", 1)})
	if l.selected != "a" {
		t.Fatalf("at first %q", l.selected)
	}
	drawn(&l, 10)
	l.move(1)
	l.set([]block{row("x", 1), row("b", 2), row("a", 1)})
	if l.selected != "b" {
		t.Errorf("after other blocks came: %q", l.selected)
	}
	l.set([]block{row("x", 1)})
	if l.selected != "x" {
		t.Errorf("after it went: %q", l.selected)
	}
}

// The heading of the first block comes with it, and a last line tells what is below.
func TestAListThatIsHigherThanItsRoom(t *testing.T) {
	var l list
	l.set([]block{textBlock("HEAD"), row("a", 2), row("b", 2), row("c", 2)})
	if got := drawn(&l, 4); !strings.HasPrefix(got, "HEAD|a0|a1|") || !strings.Contains(got, "↓ 4 lines below") {
		t.Errorf("%s", got)
	}
	l.last()
	if got := drawn(&l, 4); l.selected != "c" || !strings.Contains(got, "c1") || !strings.Contains(got, "the end") {
		t.Errorf("%s: %s", l.selected, got)
	}
	l.first()
	if got := drawn(&l, 4); l.selected != "a" || !strings.HasPrefix(got, "HEAD") {
		t.Errorf("%s: %s", l.selected, got)
	}
}

// A block that is higher than the room is read line by line before the next one is chosen.
func TestAHighBlockIsReadWhole(t *testing.T) {
	var l list
	l.set([]block{row("a", 9), row("b", 1)})
	drawn(&l, 5)
	seen := map[string]bool{}
	for range 20 {
		for line := range strings.SplitSeq(drawn(&l, 5), "|") {
			seen[line] = true
		}
		if l.selected == "b" {
			break
		}
		l.move(1)
	}
	for i := range 9 {
		if !seen[fmt.Sprint("a", i)] {
			t.Errorf("line %d was never on the screen", i)
		}
	}
	if l.selected != "b" {
		t.Error("the next block is never chosen")
	}
}

// Whatever is pressed, the chosen block is there, some of it is on the screen after a move
// to it, and no more is drawn than there is room.
func TestListLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l list
		var blocks []block
		for i := range rapid.IntRange(0, 12).Draw(t, "blocks") {
			key := ""
			if rapid.Bool().Draw(t, "chosen") {
				key = fmt.Sprintf("k%d-", i)
			}
			blocks = append(blocks, row(key, rapid.IntRange(1, 7).Draw(t, "height")))
		}
		l.set(blocks)
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			height := rapid.IntRange(2, 12).Draw(t, "room")
			if out := l.view(theme.New(theme.Mono, true), 20, height); len(out) > height {
				t.Fatalf("%d lines in a room of %d", len(out), height)
			}
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				l.move(1)
			case 1:
				l.move(-1)
			case 2:
				l.page(1)
			case 3:
				l.page(-1)
			case 4:
				l.first()
			default:
				l.last()
			}
			if _, there := l.place(l.selected); l.selected != "" && !there {
				t.Fatalf("%q is chosen and not there", l.selected)
			}
			if l.top < 0 || l.top > max(0, l.total()-l.room()) {
				t.Fatalf("the first line is %d of %d, room for %d", l.top, l.total(), l.room())
			}
		}
	})
}

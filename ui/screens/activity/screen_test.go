package activity_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/screens/activity"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// notes are entries with numbers, the oldest first.
func notes(from, to int) screen.Entries {
	var list []model.Activity
	for i := from; i <= to; i++ {
		list = append(list, model.Activity{Number: uint64(i), At: noon(), Kind: model.ActivityNote, Service: "you", Text: fmt.Sprintf("note-%d.", i)})
	}
	return screen.Entries{List: list}
}

func open() *activity.Screen {
	s := activity.New(screen.Env{Now: noon}, theme.New(theme.Mono, true))
	s.Resize(80, 20)
	s.Update(notes(1, 40))
	action, _ := action.ForKey(s.Actions(), "v") // the requests
	action.Run()
	return s
}

func do(t *testing.T, s *activity.Screen, keys ...string) {
	t.Helper()
	for _, key := range keys {
		a, known := action.ForKey(s.Actions(), key)
		if !known || a.Disabled() != "" {
			t.Fatalf("%q does nothing: %s", key, a.Disabled())
		}
		a.Run()
	}
}

// chosen is the row of the cursor.
func chosen(s *activity.Screen) string {
	for l := range strings.Lines(ansi.Strip(s.View(noon()))) {
		if row, is := strings.CutPrefix(l, "▌"); is {
			return row
		}
	}
	return ""
}

// Who looks at the newest goes on looking at the newest; who has moved away stays.
func TestTheCursorAtTheNewest(t *testing.T) {
	s := open()
	s.Update(notes(41, 45))
	if got := chosen(s); !strings.Contains(got, "note-45.") {
		t.Errorf("at the newest, on %q", got)
	}
	do(t, s, "j", "j")
	s.Update(notes(46, 50))
	if got := chosen(s); !strings.Contains(got, "note-43.") {
		t.Errorf("moved away, on %q", got)
	}
}

func TestTheOldestGo(t *testing.T) {
	s := open()
	s.Update(notes(41, 6000))
	if got := s.Head().Counts[0]; got != "5000 entries" {
		t.Errorf("%s are kept", got)
	}
	do(t, s, "G")
	if got := chosen(s); !strings.Contains(got, "note-1001.") {
		t.Errorf("the oldest is %q", got)
	}
}

func TestTheFilterIsTyped(t *testing.T) {
	s := open()
	do(t, s, "/")
	for _, r := range "note-7" {
		s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	if typing, at := s.Typing(); !typing || at == nil || s.Head().Counts[0] != "1 entry" {
		t.Errorf("typing %v, %s", typing, s.Head().Counts[0])
	}
	s.Update(tea.KeyPressMsg{Code: tea.KeyEscape})
	if typing, _ := s.Typing(); typing || s.Head().Counts[0] != "40 entries" || s.Head().Chip != "" {
		t.Errorf("after esc: typing %v, %s, %q", typing, s.Head().Counts[0], s.Head().Chip)
	}
}

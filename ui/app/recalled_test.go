package app_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// lastTime is what a program that ended some hours ago has left.
func lastTime() *model.Remembered {
	const ago = 3 * time.Hour
	s := world()
	s.Konnect.LastOK = noon.Add(-ago)
	r := s.Remember()
	for i := range r.Networks {
		r.Networks[i].ReadAt = r.At.Add(-time.Duration(i) * time.Second)
	}
	return &r
}

func recalled(edit func(*model.Snapshot)) func() model.Snapshot {
	return func() model.Snapshot {
		s := model.Snapshot{At: noon, Konnect: model.SourceStatus{State: model.SourceConnecting}, Remembered: lastTime()}
		edit(&s)
		return s
	}
}

func recalledScenes() []scene {
	refused := model.Failure{Kind: model.FailureUnreachable, Operation: "list networks", Cause: text("global.api.konghq.com refuses the connection"), Cure: "Check the address and the port."}
	return []scene{
		{name: "networks/remembered", know: recalled(func(*model.Snapshot) {}), edit: untouched},
		{name: "networks/remembered_failure", know: recalled(func(s *model.Snapshot) {
			s.Organization = s.Remembered.Organization
			s.Konnect = model.SourceStatus{State: model.SourceDown, Failure: &refused, NextTry: noon.Add(8 * time.Second)}
		}), edit: untouched, act: keys("j")},
	}
}

// What is remembered is said to be, is never counted, and nothing can be started from it; the
// row that a person went to stays theirs when the answer comes.
func TestRememberedNetworksAreNoNetworks(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(recalled(func(*model.Snapshot) {})())
		screen := s.frame()
		for _, want := range []string{"as of 09:00 (3 h ago)", "reading …", "eu-prod", "was ", "not known yet"} {
			if !strings.Contains(screen, want) {
				t.Errorf("%q is not on the screen:\n%s", want, screen)
			}
		}
		for _, never := range []string{"●", "✖", "▲", "to look at", " fine", "2 broken"} {
			if strings.Contains(screen, never) {
				t.Errorf("%q is on the screen:\n%s", never, screen)
			}
		}
		if strings.Contains(s.app.View().WindowTitle, "look at") {
			t.Errorf("they are counted: %s", s.app.View().WindowTitle)
		}
		for _, key := range []string{"enter", "d", "D", "P", "p", "F", "a", "A", "y", "Y", "c", "/", "f", "w"} {
			s.keys(key)
			if now := s.frame(); !strings.Contains(now, "Networks, remembered") || s.copied != "" {
				t.Fatalf("%s does something (%q):\n%s", key, s.copied, now)
			}
			s.rest(time.Minute) // what was said of it goes
		}
		s.keys("G", "k")
		if len(s.watcher.attended) > 0 && len(s.watcher.attended[len(s.watcher.attended)-1]) > 0 {
			t.Errorf("they are asked for: %v", s.watcher.attended)
		}
		name := s.selectedRow()
		s.know(world())
		s.hides("remembered", "as of 09:00")
		if name == "" || s.selectedRow() != name {
			t.Errorf("the cursor was on %q, and is on %q:\n%s", name, s.selectedRow(), s.frame())
		}
	})
}

// selectedRow is the name in the row under the cursor.
func (s *stage) selectedRow() string {
	for line := range strings.Lines(s.frame()) {
		if _, row, found := strings.Cut(line, "▌"); found {
			return strings.Fields(row)[1]
		}
	}
	return ""
}

// What is remembered is in the very first frame, before anything came.
func TestTheFirstFrameRemembers(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.shows("Networks, remembered", "○ eu-prod", "as of 09:00")
	}, func(o *setting) { o.First = recalled(func(*model.Snapshot) {})() })
}

func TestHostileTextThatIsRemembered(t *testing.T) {
	list := lastTime()
	if n := poison(reflect.ValueOf(list).Elem()); n < 60 {
		t.Fatalf("only %d texts were poisoned", n)
	}
	failed := model.Failure{Kind: model.FailureAuth, Operation: "list", Cause: safe.New(hostile), Cure: "Mend it.", TraceID: safe.New(hostile)}
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			for _, k := range []model.SourceStatus{{State: model.SourceConnecting}, {State: model.SourceSignedOut, Failure: &failed}} {
				s.know(model.Snapshot{At: noon, Konnect: k, Remembered: list})
				for _, key := range []string{"j", "s", "S", "G", "?", "esc", ":", "esc", "enter"} {
					s.keys(key)
					harmless(t, "remembered, after "+key, s.app.View().Content)
					harmless(t, "remembered, title", s.app.View().WindowTitle)
				}
			}
		})
	}
}

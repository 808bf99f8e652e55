package setup

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

func runAs(state setup.RunState) setup.Run {
	return setup.Run{
		ID: "a", State: state, Current: setup.StepRole, Request: setup.Request{Peering: safe.New("hub-vnet")},
		Steps: []setup.Step{{ID: setup.StepPreflight, State: setup.StepDone}, {ID: setup.StepRole}},
	}
}

// A run is work for the frame until it is over, and the frame is told what it waits for.
func TestWork(t *testing.T) {
	for state, want := range map[setup.RunState]screen.WorkState{
		setup.RunRunning: screen.WorkGoing, setup.RunNeedsPerson: screen.WorkNeedsPerson,
		setup.RunPaused: screen.WorkPaused, setup.RunFailed: screen.WorkFailed,
	} {
		run := runAs(state)
		w, has := (&Screen{run: &run}).Work()
		if !has || w.State != want || w.Name != "set-up" || w.Done != 1 || w.All != 2 || w.Topic != screen.TopicRun {
			t.Errorf("%s: %+v, %v", state, w, has)
		}
	}
	over := runAs(setup.RunDone)
	for _, s := range []*Screen{{}, {run: &over}} {
		if w, has := s.Work(); has {
			t.Errorf("work where there is none: %+v", w)
		}
	}
}

// A notice says what a run needs or how it ended, and where it is only when it needs
// somebody. While it goes on there is none.
func TestAnnounce(t *testing.T) {
	for state, want := range map[setup.RunState]struct {
		says    string
		trouble bool
	}{
		setup.RunNeedsPerson: {"The set-up of hub-vnet needs you: ", true},
		setup.RunFailed:      {"The set-up of hub-vnet failed at ", true},
		setup.RunPaused:      {"The set-up of hub-vnet pauses before ", false},
		setup.RunDone:        {"The set-up of hub-vnet is done.", false},
		setup.RunCancelled:   {"The set-up of hub-vnet was ended at ", false},
	} {
		a, ok := announce(runAs(state))().(screen.Announce)
		if !ok || !strings.HasPrefix(a.Toast.Text, want.says) || a.Toast.Trouble != want.trouble || (a.Tab == tab) != want.trouble {
			t.Errorf("%s: %+v", state, a)
		}
	}
	for _, state := range []setup.RunState{setup.RunRunning, setup.RunInterrupted} {
		if announce(runAs(state)) != nil {
			t.Errorf("%s is announced", state)
		}
	}
}

func TestShows(t *testing.T) {
	for part, want := range map[part]bool{partForm: false, partRun: true, partEarlier: false} {
		s := &Screen{part: part}
		if s.Shows(screen.TopicRun) != want || s.Shows(screen.TopicApply) {
			t.Errorf("part %d: %v", part, s.Shows(screen.TopicRun))
		}
	}
}

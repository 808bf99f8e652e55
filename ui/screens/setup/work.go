package setup

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Shows reports whether the run in hand is on the screen.
func (s *Screen) Shows(topic screen.Topic) bool {
	return topic == screen.TopicRun && s.part == partRun
}

// Work is the run in hand, for the frame.
func (s *Screen) Work() (screen.Work, bool) {
	if !s.active() {
		return screen.Work{}, false
	}
	w := screen.Work{Topic: screen.TopicRun, Name: runNoun(*s.run)}
	w.Done, w.All = s.run.Progress()
	switch s.run.State {
	case setup.RunNeedsPerson:
		w.State = screen.WorkNeedsPerson
	case setup.RunPaused:
		w.State = screen.WorkPaused
	case setup.RunFailed:
		w.State = screen.WorkFailed
	case setup.RunRunning, setup.RunDone, setup.RunCancelled, setup.RunInterrupted:
		w.State = screen.WorkGoing
	}
	return w, true
}

// announce says how a run stands that nobody looks at: when it needs somebody, or is
// over.
func announce(r setup.Run) tea.Cmd {
	what := "The " + runNoun(r) + " of " + r.Request.Peering.Or(r.Request.Network.String()).String()
	at := r.Current.Title()
	a := screen.Announce{Topic: screen.TopicRun}
	switch r.State {
	case setup.RunNeedsPerson:
		a.Toast, a.Tab = screen.Toast{Text: what + " needs you: " + at + ".", Trouble: true}, tab
	case setup.RunFailed:
		a.Toast, a.Tab = screen.Toast{Text: what + " failed at " + at + ".", Trouble: true}, tab
	case setup.RunPaused:
		a.Toast.Text = what + " pauses before " + at + "."
	case setup.RunDone:
		a.Toast.Text = what + " is done."
	case setup.RunCancelled:
		a.Toast.Text = what + " was ended at " + at + "."
	case setup.RunRunning, setup.RunInterrupted:
		return nil
	default:
		return nil
	}
	return screen.Say(a)
}

// runNoun is what a run is called.
func runNoun(r setup.Run) string {
	switch {
	case r.Kind == setup.RunTeardown:
		return "teardown"
	case r.DryRun:
		return "dry run"
	case r.Kind == setup.RunMend:
		return "mending"
	default:
		return "set-up"
	}
}

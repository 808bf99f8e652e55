package linear

import (
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// lost says what would be lost or left when the program ends now, a sentence each.
func (s *session) lost() []string {
	out := s.tables.Leaving()
	if s.active() {
		over, all := s.run.Progress()
		out = append(out, "The "+setupscreen.Noun(*s.run)+" for "+setupscreen.Target(s.run.Request)+" is in hand, with "+phrase.Count(over, "step")+" of "+phrase.Count(all, "step")+" done.")
		out = append(out, setupscreen.CancelText(s.run)...)
		if !s.run.DryRun {
			out = append(out, "The journal keeps where it stands: set-up, earlier runs, leads back to it.")
		}
	}
	if s.form.Unkept() {
		out = append(out, "The answers for a set-up are in no file and in no run; they would be lost.")
	}
	return out
}

// leave asks whether to leave where something would be lost by it.
func (s *session) leave() (bool, error) {
	text := s.lost()
	if len(text) == 0 {
		s.sayf("Good-bye.")
		return true, nil
	}
	for _, line := range text {
		s.sayf("%s", line)
	}
	yes, err := s.agree("Leave peerdeck?", "leave", "stay")
	if err != nil && !isQuit(err) {
		return false, err
	}
	return yes || isQuit(err), nil // whoever asks for it twice has heard it
}

// farewell says what is left behind where nobody could be asked: the input has ended, or a
// signal ends the program.
func (s *session) farewell() {
	for _, line := range s.lost() {
		s.sayf("%s", line)
	}
}

// finish waits for a run that is in hand when the input ends, as far as it goes by itself.
func (s *session) finish() error {
	if !s.active() {
		return nil
	}
	s.sayf("The run in hand goes on as long as it needs nobody.")
	s.told.aloud = true
	return s.until(func() bool { return !s.active() || s.run.State != setup.RunRunning }, nil)
}

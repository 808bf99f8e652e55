package linear

import (
	"errors"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// hold is the conversation from its beginning to its end.
func (s *session) hold() error {
	s.greet()
	s.do(s.tables.Start())
	err := s.firstLook()
	if err == nil {
		s.summary()
		s.headline()
		err = s.menu()
	}
	if errors.Is(err, errEnd) {
		s.sayf("The input has ended.")
		err = s.finish()
	}
	switch {
	case s.voice.failed != nil:
		return s.voice.failed
	case errors.Is(err, errQuit):
		return nil
	}
	s.farewell()
	if f := s.snapshot.Konnect.Failure; f != nil && !s.known && s.ctx.Err() == nil {
		return *f // nothing was ever read, and nobody was there to be asked
	}
	return nil
}

// greet says what this is, once.
func (s *session) greet() {
	text := "peerdeck, linear: a line at a time, and questions with numbered answers. ? explains any question."
	if s.Because != "" {
		text += " It is so because " + s.Because + "; scripts are better off with peerdeck status."
	}
	s.sayf("%s", text)
	switch {
	case !s.Replay.IsZero():
		s.sayf("This is a recording of %s: nothing in it can change.", s.Replay.Format("2006-01-02 15:04"))
	case s.Demo:
		s.sayf("This is the demo: a sandbox on this machine, no account of yours.")
	}
	if s.Env.ReadOnly {
		s.sayf("Read-only: everything that would change something is refused.")
	}
	for _, w := range s.Warnings {
		s.sayf("%s", w)
	}
	s.sayf("Reading the networks.")
}

// firstLook waits until everything was asked for once, or cannot be. A fleet is read for a
// while: each further quarter of it is said.
func (s *session) firstLook() error {
	const parts = 4
	said := 0
	err := s.until(func() bool {
		p := s.snapshot.Progress
		if n := p.Details * parts / max(1, p.DetailTotal); p.ListedAll && p.DetailTotal > 2*page && n > said && n < parts {
			said = n
			s.sayf("%d of %d networks are read.", p.Details, p.DetailTotal)
		}
		return p.Complete() || s.Watcher == nil || (!p.ListedAll && s.snapshot.Konnect.Failure != nil)
	}, nil)
	s.heard.mute = !s.snapshot.Progress.ListedAll
	return err
}

// failure says what went wrong, the way out, and the ids that support asks for.
func (s *session) failure(f model.Failure) {
	s.sayf("%s.", strings.TrimSuffix(capital(f.Error()), "."))
	if f.Cure != "" {
		s.sayf("  What to do: %s", f.Cure)
	}
	s.command(f.Command)
	if ids := widget.FailureIDs(f); len(ids) > 0 {
		s.sayf("  For support: %s.", strings.Join(ids, ", "))
	}
}

// trouble says an error, if it is one. It reports whether it was.
func (s *session) trouble(err error) bool {
	f, failed := model.AsFailure(err)
	if failed {
		s.failure(f)
	}
	return failed
}

// command reads a command out as it is to be pasted.
func (s *session) command(text string) {
	for line := range strings.Lines(text) {
		s.verbatim("  Command: " + strings.TrimRight(line, "\n"))
	}
}

func (s *session) now() time.Time { return s.Env.Now() }

package linear

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// How a question can end without an answer.
var (
	errBack = errors.New("back to the question before")
	errQuit = errors.New("the person leaves")
	errEnd  = errors.New("the input has ended")
)

// session is one conversation. It belongs to one goroutine.
type session struct {
	Options
	voice

	ctx      context.Context //nolint:containedctx // of the conversation, which is all that the session is
	queue    []string        // lines that were typed before they were asked for
	ended    bool            // no more lines come
	snapshot *model.Snapshot
	known    bool // something was read
	tables   *workspace.Workspace
	form     *setupscreen.Form
	picked   bool       // the last field was picked from a list, which fills others in too
	run      *setup.Run // the run in hand, or the last one
	told     progress   // what was said of it
	trace    *dnstrace.Trace
	matrix   *dnstrace.Matrix
	apply    *dnstable.Apply
	timeline <-chan changes.View
	view     changes.View // the time line as it stands
	heard    heard        // how much of it was read out
	live     bool         // changes are said as they come
}

// next takes one thing that comes: a line, when lines are wanted, or news of a service. It
// reports the line.
func (s *session) next(lines bool) (line string, typed bool, err error) {
	if lines && len(s.queue) > 0 {
		line, s.queue = s.queue[0], s.queue[1:]
		return line, true, nil
	}
	if lines && s.ended {
		return "", false, errEnd
	}
	var from <-chan string
	if lines && !s.ended {
		from = s.Lines
	}
	select {
	case <-s.ctx.Done():
		return "", false, s.ctx.Err()
	case text, open := <-from:
		if !open {
			s.ended = true
			return "", false, errEnd
		}
		return text, true, nil
	case snapshot, open := <-s.snapshots():
		s.receive(snapshot, open)
	case v, open := <-s.timeline:
		if s.timeline = still(s.timeline, open); open {
			s.receiveChanges(v)
		}
	case a, open := <-s.Applies:
		if s.Applies = still(s.Applies, open); open {
			s.apply = &a
			s.do(func() tea.Msg { return screen.Applied{Apply: a} })
		}
	case r, open := <-s.Runs:
		if s.Runs = still(s.Runs, open); open {
			s.receiveRun(r)
		}
	case m, open := <-s.Probes:
		if s.Probes = still(s.Probes, open); open {
			s.matrix = &m
		}
	case t, open := <-s.Traces:
		if s.Traces = still(s.Traces, open); open {
			s.trace = &t
			s.do(func() tea.Msg { return screen.Traced{Trace: t} })
		}
	}
	return "", false, nil
}

// still is a channel that is open, and none when it is closed.
func still[T any](c <-chan T, open bool) <-chan T {
	if open {
		return c
	}
	return nil
}

func (s *session) snapshots() <-chan model.Snapshot {
	if s.Watcher == nil {
		return nil
	}
	return s.Watcher.Snapshots()
}

func (s *session) receive(snapshot model.Snapshot, open bool) {
	if !open {
		s.Watcher = nil // it has ended; what was read stays
		return
	}
	s.snapshot = &snapshot
	s.known = s.known || snapshot.Progress.ListedAll
	s.tables.Receive(s.snapshot)
	s.form.Receive(s.snapshot)
	if s.live && s.heard.mute {
		s.tellChanges()
	}
}

// do carries out what a workspace asks for, and hands it what comes of that.
func (s *session) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.do(c)
		}
	case screen.Toast:
		s.sayf("%s", msg.Text)
	default:
		next, _ := s.tables.Update(msg)
		s.do(next)
	}
}

// until waits for something to become so. What is typed meanwhile waits for the next
// question, but for a line that the given function takes.
func (s *session) until(met func() bool, takes func(line string) bool) error {
	for !met() {
		lines := takes != nil && !s.ended && len(s.queue) == 0
		line, typed, err := s.next(lines)
		switch {
		case errors.Is(err, errEnd): // it is still waited for: nothing is asked
		case err != nil:
			return err
		case typed && !takes(line):
			s.queue = append(s.queue, line)
		}
	}
	return nil
}

// network is a network as it was read last, nil when it is not there.
func (s *session) network(id safe.Text) *model.NetworkStatus {
	i := slices.IndexFunc(s.snapshot.Networks, func(n *model.NetworkStatus) bool { return n.ID == id })
	if i < 0 {
		return nil
	}
	return s.snapshot.Networks[i]
}

func isBack(err error) bool { return errors.Is(err, errBack) }

func isQuit(err error) bool { return errors.Is(err, errQuit) }

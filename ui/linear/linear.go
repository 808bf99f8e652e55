// Package linear is the face of peerdeck without a screen that moves: plain lines, one
// thing a line, and questions with numbered answers. It is for screen readers, braille
// lines, terminals that log what they get, and pipes. It writes no escape sequence, moves
// no cursor and writes over nothing.
//
// It is a conversation: a question is asked, and what comes meanwhile (snapshots, a run, a
// trace) is taken while the answer is waited for. So all of it runs in one goroutine, and
// nothing in it needs a lock.
package linear

import (
	"context"
	"io"
	"time"

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

// Watcher is where snapshots come from. Its methods return at once.
type Watcher interface {
	Snapshots() <-chan model.Snapshot
	Attend(networks []safe.Text)
	Refresh()
	// Changes gives the time line, and Look tells that the person looks at it, or away.
	Changes() <-chan changes.View
	Look(here bool)
}

// Tracer finds out why a name does not resolve. Its methods return at once; how the trace
// stands comes by a channel.
type Tracer interface {
	Trace(r dnstrace.Request) error
	ProbeAll(r dnstrace.ProbeRequest) error
	Judge(r dnstrace.Request, text string) error
	Script(r dnstrace.Request) (string, error)
	Cancel()
}

// SignIn signs a person in to an Azure tenant; show is called with the code.
type SignIn func(ctx context.Context, tenant safe.Text, show func(model.DeviceCode)) error

// Options are what a session works with. All but the channels, the reasons and the
// warnings must be there.
type Options struct {
	// Lines are what is typed, a line each, without its end. It is closed at the end of the
	// input.
	Lines <-chan string
	Out   io.Writer
	// Echo writes each answer behind its question: the input is no terminal, which would
	// show it.
	Echo bool
	// Because says why there are lines and no screen, where nobody asked for them.
	Because string

	Demo     bool
	Replay   time.Time // when what is looked at was recorded; zero: it is looked at now
	Warnings []string
	Env      screen.Env

	Watcher  Watcher
	SignIn   SignIn
	Setup    setupscreen.Service
	Runs     <-chan setup.Run
	Mappings workspace.Service
	Applies  <-chan dnstable.Apply
	Tracer   Tracer
	Traces   <-chan dnstrace.Trace
	Probes   <-chan dnstrace.Matrix
}

// Run holds the conversation until the person leaves it, the input ends or ctx does. The
// error says that there was nothing to talk about: Konnect could not be read at all.
func Run(ctx context.Context, o Options) error {
	s := &session{Options: o, voice: voice{out: o.Out, ascii: o.Env.ASCII}, ctx: ctx, snapshot: &model.Snapshot{}}
	s.timeline = o.Watcher.Changes()
	s.tables = workspace.New(ctx, o.Env, o.Mappings)
	s.form = setupscreen.NewForm(ctx, o.Env, o.Setup)
	return s.hold()
}

package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/linear"
)

// isLinear reports whether there are lines in the place of a screen: where somebody asks
// for them, and where there is no screen to draw on. Because says why where nobody asked.
func (c *cli) isLinear() (lines bool, because string, err error) {
	on, given, err := settings.Linear(c.flags, c.world.Getenv)
	term := c.world.Getenv("TERM")
	switch {
	case err != nil || given:
		return on, "", err
	case !c.world.OutTTY:
		return true, "the output is no terminal", nil
	case !c.world.InTTY:
		return true, "the input is no terminal", nil
	case term == "dumb":
		return true, "TERM is dumb", nil
	case term == "" && runtime.GOOS != "windows": // whose console has none
		return true, "TERM is not set", nil
	default:
		return false, "", nil
	}
}

// linearly holds the conversation of package linear.
func (c *cli) linearly(ctx context.Context, because string) (code int, err error) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if c.world.Crashed != nil {
			c.world.Crashed("holding the conversation", v, debug.Stack())
		}
		code, err = ExitFailed, fmt.Errorf("a fault of its own (%T)", v)
	}()
	s, err := c.open(ctx, true)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	group := work.NewGroup(ctx, c.world.Panicked)
	defer group.Stop()
	group.Go("watching", s.Watcher.Run)
	service := s.Setup(ctx, c.world.Panicked)
	// A request that is on its way is waited for, and its outcome goes into the journal.
	defer service.Close()
	tables := s.Mappings(ctx, c.world.Panicked)
	defer tables.Close()
	tracer := s.Tracer(ctx, c.world.Panicked)
	defer tracer.Close()
	lines := make(chan string)
	group.Go("reading what is typed", func(ctx context.Context) { read(ctx, c.world.In, lines) })
	err = linear.Run(ctx, linear.Options{
		Lines: lines, Out: c.world.Out, Echo: !c.world.InTTY, Because: because,
		Demo: c.demo, Replay: recordedAt(s.settings), Warnings: s.settings.Warnings,
		Env:     screen.Env{Log: s.Log, Known: s.Acknowledger(ctx), ReadOnly: s.settings.ReadOnly, ASCII: s.settings.ASCII, Now: s.settings.Time.Clock().Now},
		Watcher: s.Watcher, SignIn: s.SignIn,
		Setup: service, Runs: service.Runs(), Mappings: tables, Applies: tables.Applies(), Tracer: tracer, Traces: tracer.Traces(), Probes: tracer.Matrices(),
	})
	if err != nil {
		return ExitFailed, withCure(err)
	}
	return ExitOK, nil
}

// longestLine is the most that is kept of one line: nobody types as much, and a pipe may
// hold anything.
const longestLine = 64 << 10

// read hands on lines until the input or ctx ends, and closes the channel then.
func read(ctx context.Context, in io.Reader, lines chan<- string) {
	defer close(lines)
	r := bufio.NewReader(in)
	for {
		line, err := work.Await(ctx, "reading a line", func() (string, error) { return readLine(r) })
		if err != nil && line == "" {
			return
		}
		select {
		case lines <- line:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// readLine reads a line without its end. What is too long of it is dropped. A line that the
// input ends in counts.
func readLine(r *bufio.Reader) (string, error) {
	var kept []byte
	for {
		part, more, err := r.ReadLine()
		if room := longestLine - len(kept); room > 0 {
			kept = append(kept, part[:min(len(part), room)]...)
		}
		if err != nil || !more {
			return safe.Decode(kept), asEnd(err)
		}
	}
}

// asEnd is the end of the input for whatever ends it: a terminal that has gone gives an
// error of its own.
func asEnd(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return io.EOF
}

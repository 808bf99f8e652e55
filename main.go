// Peerdeck watches Konnect Dedicated Cloud Gateway networks and both halves of
// their peerings with Azure.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/charmbracelet/x/term"

	"github.com/peerdeck/peerdeck/services/local/build"
	"github.com/peerdeck/peerdeck/services/local/crash"
	"github.com/peerdeck/peerdeck/services/local/logfile"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/command"
)

func main() { os.Exit(run()) } //nolint:forbidigo // here is where it ends

// run puts the program together and returns its exit code. Deferred work is done
// before the process ends.
func run() int {
	if err := logfile.Open(""); err != nil {
		return command.ExitFailed
	}
	ctx, end := context.WithCancelCause(context.Background())
	defer end(nil)
	signals := make(chan os.Signal, 2) // one ends it in order, the next at once
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	group := work.NewGroup(ctx, nil)
	over := make(chan struct{})
	before, _ := term.GetState(os.Stdin.Fd()) // nil where it is no terminal
	group.Go("waiting for signals", func(ctx context.Context) {
		select {
		case s := <-signals:
			end(signalled{s})
		case <-ctx.Done():
			return
		}
		select {
		case s := <-signals:
			atOnce(s, before)
		case <-over:
		}
	})
	defer group.Stop()
	defer close(over)
	built := build.Read()
	faults := crash.NewFaults(settings.StateDir(os.Getenv), built.Version, end)
	code := command.Execute(ctx, world(built, faults), os.Args[1:])
	if path, met := faults.First(); met {
		_, _ = fmt.Fprintf(os.Stderr, "peerdeck met a fault of its own and stopped; the terminal is as it was. Details, without any token: %s\n", path)
		return command.ExitFailed
	}
	if s, ok := errors.AsType[signalled](context.Cause(ctx)); ok {
		return s.code()
	}
	if code == command.ExitFailed && before != nil {
		if _, err := term.GetState(os.Stdin.Fd()); err != nil { // it has gone, before a signal told so or without one
			return signalled{syscall.SIGHUP}.code()
		}
	}
	return code
}

func world(built build.Info, f *crash.Faults) command.World {
	width, height, _ := term.GetSize(os.Stdout.Fd()) // none where it is no terminal
	return command.World{
		Width: width, Height: height,
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTTY: term.IsTerminal(os.Stdin.Fd()), OutTTY: term.IsTerminal(os.Stdout.Fd()), ErrTTY: term.IsTerminal(os.Stderr.Fd()),
		Environment: os.Environ(), Getenv: os.Getenv, Build: built, Logging: logfile.Open,
		Panicked: func(p work.Panic) { f.Record(p.Name, p.Value, p.Stack) },
		Crashed:  f.Record,
	}
}

// atOnce ends the process by a second signal: the end in order waits for a request that is on
// its way, or for a terminal that takes nothing. What can be given back without writing is:
// the line discipline.
func atOnce(s os.Signal, before *term.State) {
	if before != nil {
		_ = term.Restore(os.Stdin.Fd(), before)
	}
	signal.Reset()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return
	}
	if self.Signal(s) != nil {
		_ = self.Kill() // where processes take no other signal
	}
}

// signalled is the end by a signal.
type signalled struct{ signal os.Signal }

func (s signalled) Error() string { return "ended by the signal " + s.signal.String() }

// code is 128 and the number of the signal, as shells count.
func (s signalled) code() int {
	const bySignal = 128
	number, ok := s.signal.(syscall.Signal)
	if !ok {
		return command.ExitFailed
	}
	return bySignal + int(number)
}

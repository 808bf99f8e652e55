// Package helper runs programs that are asked for something, such as a token, and ends
// them whole: within a time, within a number of bytes, with everything that they have
// started, without a terminal, and without input where none is given. Its errors say which door is shut.
//
// The Azure CLI is a script that starts Python, and a person's own command may be
// anything: ending the first process alone leaves the others behind, with the pipe.
package helper

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

const (
	// usualMost bounds each output of a program in bytes: an answer has some thousand.
	usualMost = 1 << 20
	// grace is what a program gets to end in order, and what a process that has put
	// itself apart gets to let go of the pipe.
	grace = time.Second
)

// Program is a program, and how it is run.
type Program struct {
	// Argv is its name or path, and its arguments. No shell reads them.
	Argv []string
	// Env is added to peerdeck's own environment, as NAME=value.
	Env []string
	// Dir is where it runs; empty for where peerdeck stands.
	Dir string
	// Input is what it reads from its standard input; nil for none.
	Input []byte
	// Limit is the most that it may take; 0 for no more than the context says.
	Limit time.Duration
	// Most bounds each of its outputs in bytes; 0 for 1 MiB. A program that prints more is
	// ended.
	Most int
	// Clock measures the limit; nil for that of the machine.
	Clock attempt.Clock
}

// Name is how a person knows the program: its name without the folder.
func (p Program) Name() string {
	if len(p.Argv) == 0 {
		return ""
	}
	return filepath.Base(p.Argv[0])
}

func (p Program) clock() attempt.Clock {
	if p.Clock != nil {
		return p.Clock
	}
	return attempt.Machine{}
}

// Run runs the program and returns what it printed. When Run returns, nothing of the
// program's group runs any more, however it ended. Errors are [Error]; when the context
// was cancelled, it is [context.Canceled].
func (p Program) Run(ctx context.Context) (Output, error) {
	if err := ctx.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return Output{}, err
	}
	path, err := p.find()
	if err != nil {
		return Output{}, err
	}
	r, err := p.start(ctx, append([]string{path}, p.Argv[1:]...))
	if readByShell(err, path) { // as every shell does with a script that does not say what it is for
		r, err = p.start(ctx, append([]string{"/bin/sh", path}, p.Argv[1:]...))
	}
	if err != nil {
		return Output{}, p.notStarted(path, err)
	}
	return r.wait(ctx)
}

// running is a program that was started.
type running struct {
	Program
	cmd      *exec.Cmd
	group    *group
	began    time.Time
	out, err *pipe
	full     chan struct{} // closed when it has printed too much
	ended    chan struct{} // closed when the first process has ended
	failed   error         // of the first process; read it when ended is closed
	work     *work.Group
}

func (p Program) start(ctx context.Context, argv []string) (*running, error) {
	most := p.Most
	if most == 0 {
		most = usualMost
	}
	r := &running{Program: p, began: p.clock().Now(), full: make(chan struct{}), ended: make(chan struct{})}
	var err error
	if r.out, err = newPipe(most); err != nil {
		return nil, err
	}
	if r.err, err = newPipe(most); err != nil {
		r.out.close()
		return nil, err
	}
	// It is ended by its group, and by nothing else: a context would end the first process alone.
	r.cmd = exec.CommandContext(context.WithoutCancel(ctx), argv[0], argv[1:]...) //nolint:gosec // the person's own program
	r.cmd.Dir, r.cmd.Stdout, r.cmd.Stderr = p.Dir, r.out.theirs, r.err.theirs
	if p.Input != nil {
		r.cmd.Stdin = bytes.NewReader(p.Input)
	}
	if len(p.Env) > 0 {
		r.cmd.Env = append(r.cmd.Environ(), p.Env...)
	}
	r.group, err = begin(r.cmd)
	r.out.handedOver()
	r.err.handedOver()
	if err != nil {
		r.out.close()
		r.err.close()
		return nil, err
	}
	r.watch(context.WithoutCancel(ctx))
	return r, nil
}

// watch reads what the program prints, and sees when it ends. It ends with the program,
// which wait sees to.
func (r *running) watch(ctx context.Context) {
	r.work = work.NewGroup(ctx, nil)
	over := make(chan struct{}, 2)
	for _, p := range []*pipe{r.out, r.err} {
		r.work.Go("reading what a program prints", func(context.Context) {
			if p.read() {
				over <- struct{}{}
			}
		})
	}
	r.work.Go("waiting for a program", func(context.Context) {
		r.failed = r.cmd.Wait()
		close(r.ended)
	})
	r.work.Go("looking how much a program prints", func(context.Context) {
		select {
		case <-over:
			close(r.full)
		case <-r.ended:
		}
	})
}

// wait waits for the end, brings it about where it does not come, and says what it was.
func (r *running) wait(ctx context.Context) (Output, error) {
	var late <-chan time.Time
	if r.Limit > 0 {
		late = r.clock().After(r.Limit)
	}
	var kind Kind
	select {
	case <-r.ended:
	case <-r.full:
		kind = TooMuch
	case <-late:
		kind = TimedOut
	case <-ctx.Done():
		kind = Cancelled
	}
	if kind != "" {
		r.end(ctx)
	}
	r.group.kill(context.WithoutCancel(ctx)) // what it has left behind
	r.out.finish(grace)
	r.err.finish(grace)
	r.work.Wait()
	r.group.close()
	return r.outcome(ctx, kind)
}

// end ends the program: it is asked to, and when it does not, it is killed.
func (r *running) end(ctx context.Context) {
	r.group.ask()
	select {
	case <-r.ended:
	case <-r.clock().After(grace):
		r.group.kill(context.WithoutCancel(ctx))
		<-r.ended
	}
}

func (r *running) outcome(ctx context.Context, kind Kind) (Output, error) {
	o := Output{Program: r.Name(), Path: r.cmd.Path, Out: r.out.text(), Err: r.err.text()}
	fault := Error{Kind: kind, Program: o.Program, Path: o.Path, Said: o.Said()}
	if kind == Cancelled && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return Output{}, ctx.Err()
	}
	if kind == Cancelled {
		fault.Kind, fault.Limit, fault.Err = TimedOut, r.given(ctx), ctx.Err()
		return Output{}, fault
	}
	if kind == TimedOut {
		fault.Limit, fault.Err = r.Limit, context.DeadlineExceeded
		return Output{}, fault
	}
	if r.out.over || r.err.over { // also when it ended right after
		fault.Kind, fault.Most = TooMuch, r.out.most
		return Output{}, fault
	}
	if r.failed == nil {
		return o, nil
	}
	return o, fault.exited(r.failed)
}

// given is how long the context has given the program.
func (r *running) given(ctx context.Context) time.Duration {
	deadline, _ := ctx.Deadline()
	return max(0, deadline.Sub(r.began)).Round(100 * time.Millisecond)
}

package app

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/services/local/job"
)

// framesPerSecond is enough for a screen that is read: each frame is one tick of
// work, at rest too.
const framesPerSecond = 30

// Run shows the frame on a terminal until the person quits or the context ends;
// in both cases the terminal is as it was before. Next is the context to change to, when
// it ended for that; empty otherwise.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer, environment []string) (next string, err error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	if f, is := in.(file); is {
		in = keyboard{f, end}
	}
	o.NoSuspend = job.Fixed
	p := tea.NewProgram(New(ctx, o),
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond),
		tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(environment))
	last, err := p.Run()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if a, is := last.(*App); is && err == nil {
		next = a.Next()
	}
	return next, err
}

// errGone: nobody is there any more who could press a key or look.
var errGone = errors.New("the terminal is gone")

// file is what Bubble Tea asks of an input that is a terminal.
type file interface {
	io.ReadWriteCloser
	Fd() uintptr
	Name() string
}

// keyboard is the terminal that keys come from. Its end, of which no signal may have told,
// ends the program: Bubble Tea would go on without.
type keyboard struct {
	file

	end context.CancelCauseFunc
}

// Read reads on, and notes the end.
func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.file.Read(p)
	if err != nil {
		k.end(errGone)
	}
	return n, err
}

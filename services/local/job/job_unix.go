//go:build unix

package job

import (
	"context"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sys/unix"

	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Fixed says why the program cannot be stopped and continued; empty: it can.
// A process group that holds the leader of its session has no shell above it, as
// in "docker run -it" or a terminal opened for this program alone. The kernel
// drops SIGTSTP there (POSIX: orphaned process group), and the program would wait
// for ever for the SIGCONT of a stop that never was.
func Fixed() string {
	session, err := unix.Getsid(0)
	if err == nil && session == unix.Getpgrp() {
		return "there is no shell to go back to: this terminal was opened for peerdeck alone"
	}
	return ""
}

// settles is how long what else the program does at that moment gets to come to its end before
// the program stops. Bubble Tea does not wait for the drawing that it has ended (2.1.1, its
// issue 1778): where the process stops first, the old drawing ends the clock of the new one when
// it is continued, and nothing is drawn any more. With tea.Suspend that met one stop in some
// dozens, on two processors.
const settles = 50 * time.Millisecond

// Stop stops the process group, as a terminal does at ctrl+z, and returns when the shell has
// continued it. Errors are the context's, or the system's where it sends no signal.
func Stop(ctx context.Context) error {
	if err := attempt.Pause(ctx, attempt.Machine{}, settles); err != nil {
		return err
	}
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, unix.SIGCONT)
	defer signal.Stop(continued)
	if err := unix.Kill(0, unix.SIGTSTP); err != nil {
		return err
	}
	select {
	case <-continued:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

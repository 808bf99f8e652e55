//go:build unix

package job

import (
	"context"
	"os"
	"os/signal"

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

// Stop stops the process group, as a terminal does at ctrl+z, and returns when the shell has
// continued it. Errors are the context's, or the system's where it sends no signal.
func Stop(ctx context.Context) error {
	if err := attempt.Pause(ctx, attempt.Machine{}, Settles); err != nil {
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

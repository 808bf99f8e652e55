//go:build unix

package app

import "golang.org/x/sys/unix"

// noSuspend says why the program cannot be stopped and continued; empty: it can.
// A process group that holds the leader of its session has no shell above it, as
// in "docker run -it" or a terminal opened for this program alone. The kernel
// drops SIGTSTP there (POSIX: orphaned process group), and the program would wait
// for ever for the SIGCONT of a stop that never was.
func noSuspend() string {
	session, err := unix.Getsid(0)
	if err == nil && session == unix.Getpgrp() {
		return "there is no shell to go back to: this terminal was opened for peerdeck alone"
	}
	return ""
}

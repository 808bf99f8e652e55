//go:build unix

package helper

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// group is a program with all that it has started: a session of its own, which has no
// terminal to ask on, and one group of processes in it.
type group struct{ leader int }

// begin starts a program as a group of its own.
func begin(cmd *exec.Cmd) (*group, error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &group{leader: cmd.Process.Pid}, nil
}

// ask asks all of the group to end.
func (g *group) ask() { _ = syscall.Kill(-g.leader, syscall.SIGTERM) }

// kill ends all of the group, and of its session where that can be seen. New ones may be
// started while that is done, and a process takes a moment to go, so it looks again; one
// that the kernel holds, such as at a share that is gone, is not waited for.
func (g *group) kill(ctx context.Context) {
	const (
		most  = 500
		pause = 2 * time.Millisecond
	)
	for range most {
		err := syscall.Kill(-g.leader, syscall.SIGKILL)
		left := slices.DeleteFunc(inSession(g.leader, err), func(pid int) bool { return errors.Is(syscall.Kill(pid, syscall.SIGKILL), syscall.ESRCH) })
		if len(left) == 0 || attempt.Pause(ctx, attempt.Machine{}, pause) != nil {
			return
		}
	}
}

func (g *group) close() {}

// readByShell reports whether a program could not be started because it is a text that
// does not say which program reads it. Every shell reads such a script itself.
func readByShell(err error, path string) bool {
	if !errors.Is(err, syscall.ENOEXEC) {
		return false
	}
	text := head(path)
	return text != "" && !strings.ContainsRune(text, 0) && !strings.HasPrefix(text, "#!")
}

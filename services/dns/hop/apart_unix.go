//go:build unix

package hop

import (
	"os"
	"syscall"
)

// apart starts a program in a session and a group of its own: it cannot ask on the
// terminal, and is ended together with what it started.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// kill ends a program and what it started.
func kill(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGKILL) }

package hop

import (
	"os"
	"syscall"
)

// apart starts a program without a console window of its own.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{HideWindow: true} }

// kill ends a program.
func kill(p *os.Process) error { return p.Kill() }

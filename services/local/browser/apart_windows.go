package browser

import "syscall"

// apart starts a program without a console window of its own.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{HideWindow: true} }

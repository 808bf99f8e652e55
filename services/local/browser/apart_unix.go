//go:build unix

package browser

import "syscall"

// apart starts a program in a session of its own: without a controlling terminal
// even a text browser finds none to write to.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

//go:build !windows

package probe

import "syscall"

// refusals are the errors of a host at whose port nothing listens.
func refusals() []error { return []error{syscall.ECONNREFUSED} }

// noRoutes are the errors of a way that does not exist.
func noRoutes() []error {
	return []error{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN, syscall.EHOSTDOWN}
}

// resets are the errors of a connection that the other side broke.
func resets() []error { return []error{syscall.ECONNRESET, syscall.ECONNABORTED} }

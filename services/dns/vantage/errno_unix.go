//go:build !windows

package vantage

import "syscall"

// noWays are the errors of a way that does not exist.
func noWays() []error {
	return []error{syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN, syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT}
}

package vantage

import "golang.org/x/sys/windows"

// noWays are the errors of a way that does not exist.
func noWays() []error {
	return []error{windows.WSAENETUNREACH, windows.WSAEHOSTUNREACH, windows.WSAENETDOWN, windows.WSAEADDRNOTAVAIL, windows.WSAEAFNOSUPPORT}
}

package probe

import "golang.org/x/sys/windows"

// refusals are the errors of a host at whose port nothing listens. Over UDP, Windows
// calls that a reset.
func refusals() []error {
	return []error{windows.WSAECONNREFUSED, windows.WSAECONNRESET}
}

// noRoutes are the errors of a way that does not exist.
func noRoutes() []error {
	return []error{windows.WSAENETUNREACH, windows.WSAEHOSTUNREACH, windows.WSAENETDOWN, windows.WSAEHOSTDOWN}
}

// resets are the errors of a connection that the other side broke.
func resets() []error { return []error{windows.WSAECONNABORTED} }

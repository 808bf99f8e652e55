//go:build !unix

package app

// noSuspend says why the program cannot be stopped and continued.
func noSuspend() string { return "this system has no job control" }

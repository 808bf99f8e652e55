//go:build !unix

package app

// noSuspend says why the program cannot be stopped and continued.
func noSuspend() string { return "This system has no job control: a program cannot be suspended here." }

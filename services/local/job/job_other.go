//go:build !unix

package job

import "context"

// Fixed says why the program cannot be stopped and continued.
func Fixed() string { return "this system has no job control" }

// Stop does nothing, as [Fixed] says why.
func Stop(context.Context) error { return nil }

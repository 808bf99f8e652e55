package run_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage lie longer than a program would: these tests make much of it, and a
// quarter of their time went into collecting it.
func TestMain(m *testing.M) {
	debug.SetGCPercent(200)
	os.Exit(m.Run()) //nolint:forbidigo // as TestMain must
}

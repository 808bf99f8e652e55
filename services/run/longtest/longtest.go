// Package longtest lets sweeps of many cases keep a share of them in go test, so that who
// waits for it does not wait long, and run whole in CI. Nothing but tests imports it.
package longtest

import (
	"hash/fnv"
	"os"
	"testing"
)

// Switch is the variable of the environment that asks for all cases of all tests.
const Switch = "PEERDECK_LONG"

// All reports whether all cases are asked for.
func All() bool { return os.Getenv(Switch) != "" }

// OneIn skips the case of a sweep, unless it is in the share, one in n, that is always run,
// or all are asked for. Which cases are in the share is up to their names, so it is the same
// on every machine.
func OneIn(tb testing.TB, n int) {
	tb.Helper()
	if !Chosen(tb.Name(), n) {
		tb.Skipf("one of many: %s=1 runs it, as .ci/run does", Switch)
	}
}

// Chosen reports whether a case of that name is in the share of one in n, or all are asked for.
func Chosen(name string, n int) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	return All() || int64(h.Sum32())%int64(n) == 0
}

// Only skips a test that has no share to run by itself, unless all cases are asked for.
func Only(tb testing.TB) {
	tb.Helper()
	if !All() {
		tb.Skipf("long: %s=1 runs it, as .ci/run does", Switch)
	}
}

// Step is how far apart the cases of a sweep are that are run: n, or 1 where all are asked for.
func Step(n int) int {
	if All() {
		return 1
	}
	return n
}

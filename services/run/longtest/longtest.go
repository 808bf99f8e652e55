// Package longtest lets sweeps of many cases keep a share of them in go test, so that who
// waits for it does not wait long, and run whole in CI. Nothing but tests imports it.
package longtest

import (
	"flag"
	"hash/fnv"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Switch is the variable of the environment that asks for all cases of all tests.
const Switch = "PEERDECK_LONG"

// All reports whether all cases are asked for.
func All() bool { return os.Getenv(Switch) != "" }

// OneIn skips the case of a sweep, unless it is in the share, one in n, that is always run,
// or -run names it, or all are asked for. Which cases are in the share is up to their names,
// so it is the same on every machine.
func OneIn(tb testing.TB, n int) {
	tb.Helper()
	if !Chosen(tb.Name(), n) {
		tb.Skipf("one of many: %s=1 runs it, as .ci/run does", Switch)
	}
}

// Chosen reports whether a case of that name, test/case, is in the share of one in n, or -run
// names it, or all are asked for.
func Chosen(name string, n int) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	return All() || int64(h.Sum32())%int64(n) == 0 || Named(asked(), name)
}

// asked is what -run was given.
func asked() string {
	if f := flag.Lookup("test.run"); f != nil {
		return f.Value.String()
	}
	return ""
}

// Named reports whether a pattern of -run names a test or a case: it has a part for its depth,
// and one that does not let everything through. Who asks for one case is not told that it is
// one of many.
func Named(pattern, name string) bool {
	parts, names := strings.Split(strings.ReplaceAll(pattern, " ", "_"), "/"), strings.Split(name, "/")
	if len(parts) < len(names) {
		return false
	}
	for i, of := range names {
		part, err := regexp.Compile(parts[i])
		if err != nil || !part.MatchString(of) || i == len(names)-1 && part.MatchString("") {
			return false
		}
	}
	return true
}

// Only skips a test that has no share to run by itself, unless -run names it, or all cases are
// asked for.
func Only(tb testing.TB) {
	tb.Helper()
	if !All() && !Named(asked(), tb.Name()) {
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

// ManyAtOnce lets n tests of a process run beside each other, more than there are processors,
// unless -parallel says how many: for tests that nearly all of their time wait, for another
// process or for an answer that does not come. TestMain calls it.
func ManyAtOnce(n int) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", strconv.Itoa(n)) // it is a number
	}
}

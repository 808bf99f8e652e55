package longtest_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/services/run/longtest"
)

// Who names a case gets it; who names a test gets its share.
func TestNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"", "TestDay", false},
		{"TestDay", "TestDay", true},
		{"^TestDay$", "TestDay", true},
		{"^TestD", "TestDay", true},
		{"TestNight", "TestDay", false},
		{".", "TestDay", true}, // it lets no empty name through
		{".*", "TestDay", false},
		{"TestDay", "TestDay/one", false},
		{"TestDay/", "TestDay/one", false},
		{"TestDay/one", "TestDay/one", true},
		{"TestDay/one", "TestDay/two", false},
		{"TestNight/one", "TestDay/one", false},
		{"TestDay/one", "TestDay", true},
		{"/one", "TestDay/one", true},
		{"TestDay/(", "TestDay/one", false},
	} {
		if got := longtest.Named(c.pattern, c.name); got != c.want {
			t.Errorf("-run %q, %s: %v", c.pattern, c.name, got)
		}
	}
}

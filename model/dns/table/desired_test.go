package table_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

func TestDesired(t *testing.T) {
	t.Parallel()
	there := table("a.example.org 10.0.0.4", "B.example.org 10.0.0.4", "c.example.org 10.0.0.5")
	wanted := table("b.example.org 10.0.0.9", "d.example.org 10.0.0.6", "a.example.org 10.0.0.4")
	for _, c := range []struct {
		prune bool
		want  []string
	}{
		{false, []string{"B.example.org 10.0.0.9", "a.example.org 10.0.0.4", "c.example.org 10.0.0.5", "d.example.org 10.0.0.6"}},
		{true, []string{"B.example.org 10.0.0.9", "a.example.org 10.0.0.4", "d.example.org 10.0.0.6"}},
	} {
		if got := lines(dnstable.Desired(there, wanted, c.prune)); !slices.Equal(got, c.want) {
			t.Errorf("prune %v: %v", c.prune, got)
		}
	}
}

// Without prune nothing goes, with it nothing but what is wanted stays, and doing it
// twice is doing it once.
func TestDesiredLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		there, wanted := tables().Draw(t, "there"), tables().Draw(t, "wanted")
		for _, prune := range []bool{false, true} {
			got := dnstable.Desired(there, wanted, prune)
			if !dnstable.Same(got, dnstable.Desired(got, wanted, prune)) {
				t.Fatal("a second time changes something")
			}
			for _, c := range dnstable.Diff(there, got) {
				if c.Kind == dnstable.Removed && !prune {
					t.Fatalf("%s goes", c.Domain)
				}
			}
			for _, c := range dnstable.Diff(wanted, got) {
				if c.Kind == dnstable.Removed || (c.Kind == dnstable.Added && prune) || (c.Kind == dnstable.Changed && len(c.Servers) > 0) {
					t.Fatalf("%s is not as wanted: %s", c.Domain, c.Summary())
				}
			}
		}
	})
}

package mappings

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A table that came to what an order was to bring it to was changed from here, and so was
// one whose content before is a restore point of that time. Another network, another time
// and another content were not.
func TestWhatWasWrittenFromHere(t *testing.T) {
	t.Parallel()
	k := newKonnect()
	s := NewStore(t.TempDir())
	d := NewWriter(t.Context(), Options{Konnect: k, Store: s, Clock: instant{}})
	t.Cleanup(d.Close)
	before := k.now.DNS
	if err := d.Apply(k.order()); err != nil {
		t.Fatal(err)
	}
	if a := end(t, d); a.State != dnstable.ApplyDone {
		t.Fatalf("%+v", a)
	}
	after, at := k.now.DNS, instant{}.Now()
	other, _ := dnstable.ParseMappings("z.example.org -> 10.0.0.9")
	for name, c := range map[string]struct {
		network, resolver string
		before, after     []model.DNSMapping
		since             time.Time
		want              bool
	}{
		"it is what the order was for":       {"net-1", "res-1", other, after, at.Add(-time.Minute), true},
		"it began from what was kept":        {"net-1", "res-1", before, other, at.Add(-time.Minute), true},
		"neither":                            {"net-1", "res-1", other, other, at.Add(-time.Minute), false},
		"another resolver":                   {"net-1", "res-2", before, after, at.Add(-time.Minute), false},
		"another network":                    {"net-2", "res-1", before, after, at.Add(-time.Minute), false},
		"the order is older than the change": {"net-1", "res-1", before, after, at.Add(time.Hour), false},
	} {
		if got := s.Wrote(safe.New(c.network), safe.New(c.resolver), c.before, c.after, c.since); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

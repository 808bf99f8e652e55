package table_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

func TestReachNamesWhatAFilterHides(t *testing.T) {
	d := dnstable.NewDraft(table("a.example.org 10.0.0.1", "b.example.org 10.0.0.1", "c.example.org 10.0.0.2", "d.example.org 10.0.0.1"))
	id := func(i int) dnstable.RowID { return d.Rows()[i].ID }
	only := func(shown ...dnstable.RowID) func(dnstable.RowID) bool {
		return func(id dnstable.RowID) bool { return slices.Contains(shown, id) }
	}
	for _, c := range []struct {
		ids, shown []dnstable.RowID
		visible    int
		text       string
	}{
		{[]dnstable.RowID{id(0), id(1)}, []dnstable.RowID{id(0), id(1), id(2)}, 2, ""},
		{[]dnstable.RowID{id(0), id(1)}, []dnstable.RowID{id(0)}, 1, "also changes 1 row that the filter hides: b.example.org"},
		{[]dnstable.RowID{id(3), id(1), id(0)}, []dnstable.RowID{id(1)}, 1, "also changes 2 rows that the filter hides: a.example.org and d.example.org"},
		{nil, nil, 0, ""},
	} {
		r := d.ReachOf(c.ids, only(c.shown...))
		if r.Text() != c.text || len(r.Shown) != c.visible {
			t.Errorf("%v of which %v are shown: %q, %d visible; want %q, %d", c.ids, c.shown, r.Text(), len(r.Shown), c.text, c.visible)
		}
	}
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprintf("d%02d.example.org 10.0.0.1", i))
	}
	big := dnstable.NewDraft(table(many...))
	all, servers := big.GroupsOf([]dnstable.RowID{big.Rows()[0].ID})
	if len(all) != 40 || len(servers) != 1 {
		t.Fatalf("the group has %d rows and %d servers", len(all), len(servers))
	}
	if text := big.ReachOf(all, only()).Text(); !strings.Contains(text, "40 rows") || !strings.Contains(text, "28 more") {
		t.Errorf("many rows are named so: %q", text)
	}
}

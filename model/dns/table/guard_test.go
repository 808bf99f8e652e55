package table_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// numbered makes rows of domains that differ.
func numbered(n int) []dnstable.Row {
	rows := make([]dnstable.Row, n)
	for i := range rows {
		rows[i] = dnstable.Row{Key: safe.New(fmt.Sprintf("d%02d.example.org", i)), Servers: []safe.Text{safe.New("10.0.0.4")}}
	}
	return rows
}

func TestGuardAsksForTheNumberWhereManyDomainsGo(t *testing.T) {
	for _, test := range []struct{ there, stay, number int }{
		{there: 10, stay: 10, number: 0},
		{there: 10, stay: 7, number: 0}, // exactly 30 %
		{there: 10, stay: 6, number: 10},
		{there: 14, stay: 9, number: 14},
		{there: 1, stay: 0, number: 1}, // all of them
		{there: 3, stay: 2, number: 0},
		{there: 3, stay: 1, number: 3},
		{there: 2, stay: 0, number: 2},
		{there: 0, stay: 0, number: 0},
	} {
		base := numbered(test.there)
		o := dnstable.Order{Base: base, Rows: base[:test.stay]}
		if got := o.Guard(); got.Number() != test.number || got.Of != test.there || got.Removed != test.there-test.stay {
			t.Errorf("%d of %d stay: %+v asks for %d, want %d", test.stay, test.there, got, got.Number(), test.number)
		}
	}
	base := numbered(4)
	grown := dnstable.Order{Base: base, Rows: append(numbered(4), dnstable.Row{Key: safe.New("new.example.org")})}
	if n := grown.Guard().Number(); n != 0 {
		t.Errorf("adding asks for %d", n)
	}
}

// The number that is asked for is that of the changes that are shown.
func TestTheGuardCountsAsTheChangesDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(rapid.SampledFrom([]string{"a.example.org", "A.example.org.", "b.example.org", "c.example.org", "no domain", ""}))
		rows := func(name string) (out []dnstable.Row) {
			for _, n := range names.Draw(t, name) {
				out = append(out, dnstable.Row{Key: safe.New(n)})
			}
			return out
		}
		o := dnstable.Order{Base: rows("base"), Rows: rows("rows")}
		_, _, removed := dnstable.Count(o.Changes())
		if g := o.Guard(); g.Removed != removed || g.Of != len(o.Base) {
			t.Fatalf("%+v, and %d go of %d", g, removed, len(o.Base))
		}
	})
}

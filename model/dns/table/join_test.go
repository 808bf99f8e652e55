package table_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// tableOf makes rows of lines: a domain and its servers.
func tableOf(lines ...string) []dnstable.Row {
	var out []dnstable.Row
	for _, l := range lines {
		words := strings.Fields(l)
		r := dnstable.Row{Key: safe.New(words[0])}
		for _, w := range words[1:] {
			r.Servers = append(r.Servers, safe.New(w))
		}
		out = append(out, r)
	}
	return out
}

func linesOf(rows []dnstable.Row) []string {
	var out []string
	for _, r := range rows {
		line := r.Key.Raw()
		for _, s := range r.Servers {
			line += " " + s.Raw()
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func TestJoin(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there, wanted, agreed, want []string
		conflicts                   int
	}{
		"nothing there":           {nil, []string{"a.example 10.0.0.4"}, nil, []string{"a.example 10.0.0.4"}, 0},
		"theirs stay":             {[]string{"b.example 10.0.0.5"}, []string{"a.example 10.0.0.4"}, nil, []string{"a.example 10.0.0.4", "b.example 10.0.0.5"}, 0},
		"there already":           {[]string{"A.example. 10.0.0.4"}, []string{"a.example 10.0.0.4"}, nil, []string{"A.example. 10.0.0.4"}, 0},
		"elsewhere":               {[]string{"a.example 10.0.0.9"}, []string{"a.example 10.0.0.4"}, nil, []string{"a.example 10.0.0.9"}, 1},
		"the order counts":        {[]string{"a.example 10.0.0.5 10.0.0.4"}, []string{"a.example 10.0.0.4 10.0.0.5"}, nil, []string{"a.example 10.0.0.5 10.0.0.4"}, 1},
		"elsewhere, agreed":       {[]string{"A.example 10.0.0.9"}, []string{"a.example 10.0.0.4"}, []string{"A.example 10.0.0.9"}, []string{"A.example 10.0.0.4"}, 0},
		"agreed to another one":   {[]string{"a.example 10.0.0.8"}, []string{"a.example 10.0.0.4"}, []string{"a.example 10.0.0.9"}, []string{"a.example 10.0.0.8"}, 1},
		"agreed, and gone since":  {nil, []string{"a.example 10.0.0.4"}, []string{"a.example 10.0.0.9"}, []string{"a.example 10.0.0.4"}, 0},
		"agreed is of one domain": {[]string{"a.example 10.0.0.9", "b.example 10.0.0.9"}, []string{"a.example 10.0.0.4", "b.example 10.0.0.4"}, []string{"a.example 10.0.0.9"}, []string{"a.example 10.0.0.4", "b.example 10.0.0.9"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := dnstable.Join(tableOf(c.there...), tableOf(c.wanted...), tableOf(c.agreed...))
			rows, open := m.Result()
			if got := linesOf(rows); !slices.Equal(got, c.want) || open != c.conflicts {
				t.Errorf("%q with %d conflicts, want %q with %d", got, open, c.want, c.conflicts)
			}
		})
	}
}

// What peerdeck does not know of an entry is no conflict, and stays.
func TestJoinKeepsMembers(t *testing.T) {
	t.Parallel()
	there := tableOf("a.example 10.0.0.9", "b.example 10.0.0.4")
	for i := range there {
		there[i].Extra = []dnstable.Member{{Name: safe.New("weight"), JSON: safe.New("3")}}
	}
	rows, open := dnstable.Join(there, tableOf("a.example 10.0.0.4", "b.example 10.0.0.4"), there).Result()
	if open != 0 || len(rows) != 2 || len(rows[0].Extra) != 1 || len(rows[1].Extra) != 1 || rows[0].Servers[0].Raw() != "10.0.0.4" {
		t.Errorf("%d open, %+v", open, rows)
	}
}

// Whatever is there and is not wanted is in the result as it is; every wanted row is in
// it, or is a conflict.
func TestJoinLosesNothing(t *testing.T) {
	t.Parallel()
	row := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"a.example", "B.example", "b.example", "c.example", "not a domain"}).Draw(t, "domain") + " 10.0.0." + rapid.SampledFrom([]string{"4", "5"}).Draw(t, "server")
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := func(name string) []dnstable.Row {
			var out []dnstable.Row
			for _, r := range tableOf(rapid.SliceOfN(row, 0, 4).Draw(t, name)...) {
				if !slices.ContainsFunc(out, func(o dnstable.Row) bool { return o.Label() == r.Label() }) {
					out = append(out, r)
				}
			}
			return out
		}
		there, wanted, agreed := rows("there"), rows("wanted"), rows("agreed")
		merged := dnstable.Join(there, wanted, agreed)
		got, _ := merged.Result()
		has := func(list []dnstable.Row, r dnstable.Row, as func(a, b dnstable.Row) bool) bool {
			return slices.ContainsFunc(list, func(o dnstable.Row) bool { return o.Label() == r.Label() && as(o, r) })
		}
		same := func(a, b dnstable.Row) bool { return a.SameServers(b) }
		every := func(_, _ dnstable.Row) bool { return true }
		for _, r := range there {
			if !has(wanted, r, every) && !has(got, r, same) || !has(agreed, r, same) && !has(got, r, same) {
				t.Fatalf("%v is lost: %v", r, got)
			}
		}
		for _, w := range wanted {
			open := slices.ContainsFunc(merged.Conflicts, func(c dnstable.Conflict) bool { return c.Domain == w.Label() })
			if !has(got, w, same) && !open {
				t.Fatalf("%v is not there: %v", w, got)
			}
		}
		for _, r := range got {
			if !has(there, r, every) && !has(wanted, r, same) {
				t.Fatalf("%v comes from nowhere", r)
			}
		}
	})
}

func TestSubtract(t *testing.T) {
	t.Parallel()
	rest, out := dnstable.Subtract(tableOf("A.example 10.0.0.4", "b.example 10.0.0.9", "c.example 10.0.0.5"), tableOf("a.example 10.0.0.4", "b.example 10.0.0.4", "d.example 10.0.0.4"))
	if got := linesOf(rest); !slices.Equal(got, []string{"b.example 10.0.0.9", "c.example 10.0.0.5"}) {
		t.Errorf("%q stay", got)
	}
	if got := linesOf(out); !slices.Equal(got, []string{"A.example 10.0.0.4"}) {
		t.Errorf("%q go", got)
	}
}

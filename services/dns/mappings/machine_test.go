package mappings_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Two people edit one table while Konnect misbehaves. Each change of mine is there in
// the end or I am told; each of theirs stays or I am told; what was refused has changed
// nothing.
func TestTwoOperatorsAndFaults(t *testing.T) {
	t.Parallel()
	names := []string{"a.corp.internal", "b.corp.internal", "c.corp.internal", "stage.example.org"}
	faults := []sandbox.Fault{
		{}, {Status: 500, After: true}, {Status: 500}, {Kind: "reset", After: true}, {Status: 429, RetryAfter: "3"}, {Late: 20 * time.Second}, {Status: 403}, {Status: 409},
	}
	rapid.Check(t, func(rt *rapid.T) {
		p := newPlace(t, sandbox.Options{})
		d := p.another(mappings.NewStore(""))
		o := p.order(func(d dnstable.Draft) dnstable.Draft {
			for range rapid.IntRange(1, 3).Draw(rt, "edits") {
				name, server := rapid.SampledFrom(names).Draw(rt, "domain"), fmt.Sprintf("10.24.0.%d", rapid.IntRange(4, 9).Draw(rt, "server"))
				switch id := find(d, name); {
				case id == 0:
					d, _ = d.Add(0, name, []string{server})
				case rapid.Bool().Draw(rt, "remove"):
					d = d.Remove([]dnstable.RowID{id})
				default:
					d = d.Set(id, name, []string{server})
				}
			}
			return d
		})
		if len(o.Changes()) == 0 {
			return
		}
		theirs := sandbox.Event{Network: network, DNS: resolver, Map: map[string][]string{rapid.SampledFrom(names).Draw(rt, "theirs"): {"10.24.0.77"}}}
		when := rapid.SampledFrom([]string{"never", "before", "between"}).Draw(rt, "when")
		switch when {
		case "before":
			p.world.Apply(theirs)
		case "between":
			theirs.Before = &sandbox.Request{Service: "konnect", Method: "PATCH"}
		}
		there := p.table()
		if when == "between" {
			p.world.Apply(theirs)
		}
		f := rapid.SampledFrom(faults).Draw(rt, "fault")
		if f != (sandbox.Fault{}) {
			f.Service, f.Method, f.Path, f.Times = "konnect", "PATCH", dns, 1
			p.world.AddFault(f)
		}
		a := p.quiet(d, o)
		p.clock.Advance(time.Minute) // what shows late shows
		got := p.table()
		foreign := when == "between" && slices.ContainsFunc(got, func(l string) bool { return strings.HasSuffix(l, " 10.24.0.77") })
		switch a.State {
		case dnstable.ApplyDone:
			if !slices.Equal(got, lines(o.Rows)) {
				rt.Fatalf("done, and the table is %v instead of %v", got, lines(o.Rows))
			}
		case dnstable.ApplyMeanwhile, dnstable.ApplyCancelled:
			if a.Sent || (!foreign && !slices.Equal(got, there)) || !slices.Equal(lines(a.Theirs), got) {
				rt.Fatalf("%s, and the table is %v; it was %v, and %v is told", a.State, got, there, lines(a.Theirs))
			}
		case dnstable.ApplyDiffers:
			if !slices.Equal(lines(a.Theirs), got) || len(a.Left) == 0 || a.Note == "" {
				rt.Fatalf("%+v is told of %v", a, got)
			}
		case dnstable.ApplyFailed:
			if !a.Sent && !foreign && !slices.Equal(got, there) {
				rt.Fatalf("nothing was sent, and %v became %v", there, got)
			}
			if a.Failure == nil || a.Failure.Cure == "" {
				rt.Fatalf("no way out: %+v", a.Failure)
			}
		default:
			rt.Fatalf("it ended as %s", a.State)
		}
		if when == "before" && a.State == dnstable.ApplyDone && !slices.Equal(there, lines(o.Base)) && !slices.Equal(there, got) {
			rt.Fatal("somebody else's change was written over unannounced")
		}
		if a.Restore != "" {
			point, err := d.RestorePoint(t.Context(), a.Restore)
			if err != nil || (when != "between" && !slices.Equal(lines(point.Rows), there)) {
				rt.Fatalf("the restore point holds %v of %v, %v", lines(point.Rows), there, err)
			}
		}
	})
}

// lines writes rows as place.table does.
func lines(rows []dnstable.Row) []string {
	var out []string
	for _, r := range rows {
		words := []string{r.Key.Raw()}
		for _, s := range r.Servers {
			words = append(words, s.Raw())
		}
		out = append(out, strings.Join(words, " "))
	}
	slices.Sort(out)
	return out
}

// Konnect's list shows a resolver late that was made from this machine. Whoever edits the
// network before that, in this program or the next, gets the one that is there to merge with,
// and no second one is made; nor is one while even a read of it does not show it.
func TestNoSecondResolverBecauseOfALateList(t *testing.T) {
	t.Parallel()
	for _, hides := range []string{"lists", "reads"} {
		t.Run(hides, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.remove()
			o, second := p.order(adding("corp.example.org", "10.24.0.4")), p.order(adding("hr.example.org", "10.24.0.4"))
			p.must(p.apply(p.writer, o), dnstable.ApplyDone)
			// From now on nobody is told of it.
			p.world.Apply(sandbox.Event{Lag: &sandbox.Lag{Of: []string{"private-dns"}, For: 30 * time.Minute, Hides: hides, There: true}})
			a := p.apply(p.another(mappings.NewStore(p.dir)), second) // the next program
			if hides == "lists" {
				if p.must(a, dnstable.ApplyMeanwhile); !slices.Equal(lines(a.Theirs), p.table()) {
					t.Errorf("told of %v", lines(a.Theirs))
				}
			} else if p.must(a, dnstable.ApplyFailed); a.Sent || !a.Failure.Retryable {
				t.Errorf("%+v", a.Failure)
			}
			p.wants("corp.example.org 10.24.0.4")
			if n := len(p.world.Resolvers(network)); n != 1 {
				t.Errorf("%d resolvers", n)
			}
		})
	}
}

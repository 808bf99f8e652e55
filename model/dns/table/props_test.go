package table_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func texts(words ...string) []safe.Text {
	var out []safe.Text
	for _, w := range words {
		out = append(out, safe.New(w))
	}
	return out
}

// row makes a row of "domain ip ip".
func row(line string) dnstable.Row {
	words := strings.Fields(line)
	return dnstable.Row{Key: safe.New(words[0]), Servers: texts(words[1:]...)}
}

func table(lines ...string) []dnstable.Row {
	var out []dnstable.Row
	for _, l := range lines {
		out = append(out, row(l))
	}
	return out
}

// lines writes rows as table reads them, sorted.
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

// tables generates tables of few domains and servers, so that two of them meet.
func tables() *rapid.Generator[[]dnstable.Row] {
	domain := rapid.SampledFrom([]string{"a.example.org", "b.example.org", "example.org", "x.a.example.org", "c.test", "nonsense..name"})
	server := rapid.SampledFrom([]string{"10.0.0.4", "10.0.0.5", "10.0.0.6"})
	one := rapid.Custom(func(t *rapid.T) dnstable.Row {
		r := dnstable.Row{Key: safe.New(domain.Draw(t, "domain"))}
		for _, s := range rapid.SliceOfNDistinct(server, 0, 3, rapid.ID[string]).Draw(t, "servers") {
			r.Servers = append(r.Servers, safe.New(s))
		}
		if rapid.IntRange(0, 5).Draw(t, "extra") == 0 {
			r.Extra = []dnstable.Member{{Name: safe.New("priority"), JSON: safe.New("5")}}
		}
		return r
	})
	return rapid.SliceOfNDistinct(one, 0, 6, func(r dnstable.Row) string { return r.Key.Raw() })
}

// patch carries a difference out.
func patch(rows []dnstable.Row, changes []dnstable.Change) []dnstable.Row {
	out := slices.Clone(rows)
	for _, c := range changes {
		at := slices.IndexFunc(out, func(r dnstable.Row) bool { return r.Label() == c.Domain })
		switch c.Kind {
		case dnstable.Added:
			out = append(out, *c.To)
		case dnstable.Removed:
			out = slices.Delete(out, at, at+1)
		case dnstable.Changed:
			out[at] = *c.To
		}
	}
	return out
}

func TestDifferenceLeadsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, to := tables().Draw(t, "from"), tables().Draw(t, "to")
		changes := dnstable.Diff(from, to)
		if got, want := lines(patch(from, changes)), lines(to); !slices.Equal(got, want) {
			t.Fatalf("%v\nis not\n%v", got, want)
		}
		if (len(changes) == 0) != dnstable.Same(from, to) || !dnstable.Same(to, to) {
			t.Fatal("no change and the same are two things")
		}
		if back := dnstable.Diff(to, from); len(back) != len(changes) {
			t.Fatalf("%d changes there, %d back", len(changes), len(back))
		}
	})
}

func TestMergeTakesWhatOneSideChanged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := tables().Draw(t, "base"), tables().Draw(t, "mine"), tables().Draw(t, "theirs")
		same := func(a, b []dnstable.Row, name string) {
			m := dnstable.Merge(a, b, a)
			rows, open := m.Result()
			if open != 0 || !slices.Equal(lines(rows), lines(b)) {
				t.Fatalf("%s: %d open, %v instead of %v", name, open, lines(rows), lines(b))
			}
		}
		same(base, mine, "nobody else changed")
		m := dnstable.Merge(base, base, theirs)
		if rows, open := m.Result(); open != 0 || !slices.Equal(lines(rows), lines(theirs)) {
			t.Fatalf("only they changed: %v", lines(rows))
		}
		m = dnstable.Merge(base, theirs, theirs)
		if rows, open := m.Result(); open != 0 || !slices.Equal(lines(rows), lines(theirs)) {
			t.Fatalf("both the same: %v", lines(rows))
		}

		m = dnstable.Merge(base, mine, theirs)
		touched := func(to []dnstable.Row) map[string]dnstable.Change {
			out := map[string]dnstable.Change{}
			for _, c := range dnstable.Diff(base, to) {
				out[c.Domain] = c
			}
			return out
		}
		my, their := touched(mine), touched(theirs)
		for _, c := range m.Conflicts {
			if _, a := my[c.Domain]; !a {
				t.Fatalf("%s is a conflict and was not changed here", c.Domain)
			}
			if _, b := their[c.Domain]; !b {
				t.Fatalf("%s is a conflict and was not changed there", c.Domain)
			}
		}
		for i := range m.Conflicts {
			m = m.Choose(i, rapid.SampledFrom([]dnstable.Choice{dnstable.ChooseMine, dnstable.ChooseTheirs}).Draw(t, "choice"))
		}
		rows, open := m.Result()
		if open != 0 || m.Open() != 0 {
			t.Fatal("all were chosen")
		}
		result := map[string]dnstable.Row{}
		for _, r := range rows {
			result[r.Label()] = r
		}
		for domain, c := range my {
			if _, both := their[domain]; both {
				continue
			}
			if r, there := result[domain]; there != (c.To != nil) || (there && !r.Same(*c.To)) {
				t.Fatalf("the edit of %s was lost", domain)
			}
		}
		for domain, c := range their {
			if _, both := my[domain]; both {
				continue
			}
			if r, there := result[domain]; there != (c.To != nil) || (there && !r.Same(*c.To)) {
				t.Fatalf("their edit of %s was lost", domain)
			}
		}
	})
}

// The editor as a machine: whatever is done, undo leads back through every state, redo
// leads forth again, and nothing that was kept of a draft changes behind its back.
func TestUndoLeadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := dnstable.NewDraft(tables().Draw(t, "base"))
		seen := [][]string{lines(d.Rows())}
		kept := []dnstable.Draft{d}
		pick := func() dnstable.RowID {
			if len(d.Rows()) == 0 {
				return 0
			}
			return d.Rows()[rapid.IntRange(0, len(d.Rows())-1).Draw(t, "row")].ID
		}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			before := d
			switch rapid.IntRange(0, 6).Draw(t, "edit") {
			case 0:
				d, _ = d.Add(pick(), rapid.SampledFrom([]string{"new.example.org", "a.example.org", " "}).Draw(t, "domain"), []string{"10.0.0.9"})
			case 1:
				d = d.Set(pick(), "renamed.example.org", []string{"10.0.0.4", " "})
			case 2:
				d = d.Remove([]dnstable.RowID{pick(), pick()})
			case 3:
				d = d.MoveTo([]dnstable.RowID{pick(), pick()}, pick())
			case 4:
				d = d.SetServers(d.GroupsOf([]dnstable.RowID{pick(), pick()}))
			case 5:
				d = d.Revert([]dnstable.RowID{pick()})
			case 6:
				d = d.Replace("paste", tables().Draw(t, "paste"))
			}
			if len(d.Staged()) < len(d.Rows()) {
				t.Fatal("a row is not shown")
			}
			ids := map[dnstable.RowID]bool{}
			for _, s := range d.Staged() {
				if s.ID == 0 || ids[s.ID] {
					t.Fatalf("the id %d is used twice", s.ID)
				}
				ids[s.ID] = true
			}
			if before.CanUndo() != d.CanUndo() || !slices.Equal(lines(before.Rows()), lines(d.Rows())) {
				seen, kept = append(seen, lines(d.Rows())), append(kept, d)
			}
		}
		for i := len(seen) - 1; d.CanUndo() != ""; i-- {
			d = d.Undo()
			if i > 0 && len(seen) < 2 {
				t.Fatal("more to undo than was done")
			}
		}
		if !slices.Equal(lines(d.Rows()), seen[0]) {
			t.Fatalf("undo leads to %v", lines(d.Rows()))
		}
		for d.CanRedo() != "" {
			d = d.Redo()
		}
		if !slices.Equal(lines(d.Rows()), seen[len(seen)-1]) {
			t.Fatalf("redo leads to %v", lines(d.Rows()))
		}
		for i, k := range kept {
			if !slices.Equal(lines(k.Rows()), seen[i]) {
				t.Fatal("an old draft has changed")
			}
		}
	})
}

// A list goes into a map and back with nothing lost unannounced.
func TestBothShapes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := tables().Draw(t, "rows")
		list, notes := dnstable.ToList(rows)
		extra := 0
		for i := range rows {
			extra += len(rows[i].Extra)
			rows[i].Extra = nil
		}
		if len(notes) != extra {
			t.Fatalf("%d notes for %d members", len(notes), extra)
		}
		back, more := dnstable.FromList(list)
		if len(more) != 0 || !slices.Equal(lines(back), lines(rows)) {
			t.Fatalf("%v, %v", lines(back), more)
		}
	})
}

// The longest suffix wins, by labels and not by letters: against a slow search.
func TestMatch(t *testing.T) {
	t.Parallel()
	label := rapid.SampledFrom([]string{"a", "b", "ab"})
	name := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(label, 1, 4).Draw(t, "labels"), ".")
	})
	rapid.Check(t, func(t *rapid.T) {
		domains := rapid.SliceOfN(name, 0, 8).Draw(t, "domains")
		if rapid.Bool().Draw(t, "root") {
			domains = append(domains, ".")
		}
		asked := name.Draw(t, "name")
		var want []int
		for i, d := range domains {
			if d == "." || asked == d || strings.HasSuffix(asked, "."+d) {
				want = append(want, i)
			}
		}
		slices.SortStableFunc(want, func(x, y int) int {
			labels := func(s string) int { return len(strings.FieldsFunc(s, func(r rune) bool { return r == '.' })) }
			return labels(domains[y]) - labels(domains[x])
		})
		if got := dnstable.NewMatcher(domains).Match(asked); !slices.Equal(got, want) {
			t.Fatalf("%s in %v: %v, want %v", asked, domains, got, want)
		}
	})
}

package mappings_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
)

func target(resolver string) dnstable.Target {
	return dnstable.Target{Network: safe.New("net-1"), NetworkName: safe.New("eu"), Resolver: safe.New(resolver), ResolverName: safe.New("dns")}
}

func row(domain string, servers ...string) dnstable.Row {
	r := dnstable.Row{Key: safe.New(domain)}
	for _, s := range servers {
		r.Servers = append(r.Servers, safe.New(s))
	}
	return r
}

// Whatever a person has typed, and whatever Konnect has sent, comes back byte for byte:
// control characters, broken UTF-8, JSON in a text.
func TestDraftsComeBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	word := rapid.Custom(func(t *rapid.T) safe.Text {
		return safe.New(rapid.OneOf(
			rapid.String(), rapid.SampledFrom([]string{"", "a\xffb", `{"base64":"x"}`, "\x1b]0;x\a", "\u2028<&>\x00", "\U0001f600"}),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		).Draw(t, "word"))
	})
	rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) dnstable.Row {
		r := dnstable.Row{Key: word.Draw(t, "key")}
		for range rapid.IntRange(0, 3).Draw(t, "servers") {
			r.Servers = append(r.Servers, word.Draw(t, "server"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "members") {
			r.Extra = append(r.Extra, dnstable.Member{Name: word.Draw(t, "name"), JSON: word.Draw(t, "json")})
		}
		return r
	}), 0, 4)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		want := dnstable.Saved{
			At: time.Unix(int64(n), 0).UTC(), Version: n, Base: rows.Draw(rt, "base"), Rows: rows.Draw(rt, "rows"),
			Target: dnstable.Target{Network: word.Draw(rt, "network"), Resolver: word.Draw(rt, "resolver"), ResolverName: word.Draw(rt, "name")},
		}
		for _, dir := range []string{"", filepath.Join(dir, strconv.Itoa(n))} {
			s := mappings.NewStore(dir)
			if err := s.SaveDraft(t.Context(), want); err != nil {
				rt.Fatal(err)
			}
			if dir != "" {
				s = mappings.NewStore(dir) // as the next start has it
			}
			got, notes, err := s.Draft(t.Context(), want.Target.Network)
			if err != nil || len(notes) > 0 || len(got) != 1 {
				rt.Fatalf("%v, %v, %v", got, notes, err)
			}
			if len(want.Base) == 0 {
				want.Base = nil
			}
			if len(want.Rows) == 0 {
				want.Rows = nil
			}
			if !reflect.DeepEqual(want, got[0]) {
				rt.Fatalf("%#v\nis not\n%#v", got[0], want)
			}
		}
	})
}

// Each table of a network has a draft of its own; dropping one leaves the others.
func TestDraftsOfTables(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", t.TempDir()} {
		s := mappings.NewStore(dir)
		for _, r := range []string{"", "res-1", "res-2", "res-1"} {
			if err := s.SaveDraft(t.Context(), dnstable.Saved{Target: target(r), Rows: []dnstable.Row{row("a.example.org")}}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := s.DropDraft(t.Context(), target("res-2")); err != nil {
				t.Fatal(err)
			}
		}
		got, notes, err := s.Draft(t.Context(), safe.New("net-1"))
		other, _, _ := s.Draft(t.Context(), safe.New("net-2"))
		if len(got) != 2 || len(notes) > 0 || err != nil || len(other) > 0 {
			t.Errorf("%v, %v, %v, %v", got, notes, err, other)
		}
	}
}

// only is the one file of a folder with an ending.
func only(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

// A file that is torn or damaged is told about and kept; nobody loses the next draft to it.
func TestDamagedDrafts(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"torn":    func(b []byte) []byte { return b[:len(b)/2] },
		"empty":   func([]byte) []byte { return nil },
		"flipped": func(b []byte) []byte { return []byte(strings.Replace(string(b), "10.0.0.4", "10.0.0.5", 1)) },
		"nothing": func([]byte) []byte { return []byte("null") },
		"other":   func(b []byte) []byte { return []byte(strings.Replace(string(b), "draft of", "graft of", 1)) },
		"no form": func(b []byte) []byte { return []byte(strings.Replace(string(b), `"version":1`, `"version":0`, 1)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := mappings.NewStore(dir)
			d := dnstable.Saved{Target: target("res-1"), Rows: []dnstable.Row{row("a.example.org", "10.0.0.4")}}
			if err := s.SaveDraft(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			file := only(t, filepath.Join(dir, "drafts"))
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			bad := damage(data)
			if err := os.WriteFile(file, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			got, notes, err := s.Draft(t.Context(), d.Target.Network)
			if len(got) > 0 || len(notes) != 1 || err != nil {
				t.Fatalf("%v, %v, %v", got, notes, err)
			}
			if _, gone := os.Stat(file); gone == nil {
				t.Errorf("it is still there: %q", notes)
			}
			if err := s.SaveDraft(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			if got, notes, err = s.Draft(t.Context(), d.Target.Network); len(got) != 1 || len(notes) > 0 || err != nil {
				t.Errorf("%v, %v, %v", got, notes, err)
			}
			aside, _ := filepath.Glob(file + ".damaged-*")
			if len(aside) != 1 {
				t.Fatalf("kept aside: %v", aside)
			}
			if kept, err := os.ReadFile(aside[0]); err != nil || string(kept) != string(bad) {
				t.Errorf("kept %q, %v", kept, err)
			}
		})
	}
}

// A draft of a newer peerdeck stays as it is, whatever is done with drafts, and each time the
// person is told which file it is and what to do.
func TestADraftOfANewerPeerdeck(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := mappings.NewStore(dir)
	d := dnstable.Saved{Target: target("res-1"), Rows: []dnstable.Row{row("a.example.org", "10.0.0.4")}}
	if err := s.SaveDraft(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	file := only(t, filepath.Join(dir, "drafts"))
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(string(data), `"version":1`, `"version":2`, 1)
	if err := os.WriteFile(file, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	drafts, notes, err := s.Draft(t.Context(), d.Target.Network)
	if len(drafts) > 0 || len(notes) != 1 || err != nil {
		t.Fatalf("%v, %v, %v", drafts, notes, err)
	}
	for what, word := range map[string]string{"read": notes[0], "save": said(s.SaveDraft(t.Context(), d)), "drop": said(s.DropDraft(t.Context(), d.Target))} {
		if !strings.Contains(word, file) || !strings.Contains(word, "a newer peerdeck has written it (form 2; this one reads forms up to 1)") {
			t.Errorf("%s: %q", what, word)
		}
	}
	if kept, err := os.ReadFile(only(t, filepath.Join(dir, "drafts"))); err != nil || string(kept) != newer {
		t.Errorf("it is %q now, %v", kept, err)
	}
}

// said is what a failure says, empty for none.
func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// Nobody else reads what is kept.
func TestOwnerAlone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, Options())
	dir := filepath.Join(t.TempDir(), "dns")
	d := p.another(mappings.NewStore(dir))
	o := p.order(usual)
	if err := d.SaveDraft(t.Context(), dnstable.Saved{Target: o.Target, Rows: append(o.Rows, row("x.example.org"))}); err != nil {
		t.Fatal(err)
	}
	p.must(p.apply(d, o), dnstable.ApplyDone)
	files := 0
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if info.IsDir() {
			want = 0o700
		} else {
			files++
		}
		if strings.HasSuffix(path, ".lock") {
			return nil // it is empty
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s is %s", path, info.Mode())
		}
		return nil
	})
	if err != nil || files != 4 {
		t.Errorf("%d files, %v", files, err)
	}
}

// A restore point that cannot be read is in the list, with the reason; one that there
// is not is told as such, whatever is given for an id.
func TestRestorePoints(t *testing.T) {
	t.Parallel()
	p := newPlace(t, Options())
	a := p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyDone)
	p.must(p.apply(p.writer, p.order(adding("more.example.org", "10.24.0.4"))), dnstable.ApplyDone)
	file := filepath.Join(p.dir, "restore", string(a.Restore)+".json")
	if err := os.Truncate(file, 40); err != nil {
		t.Fatal(err)
	}
	list, err := p.writer.RestorePoints(t.Context(), a.Order.Target.Network)
	if err != nil || len(list) != 2 || list[0].Problem != "" || list[1].ID != a.Restore || !strings.Contains(list[1].Problem, "damaged") || list[1].At.IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
	for _, id := range []dnstable.RestorePointID{"", "..", "../drafts/x", "20261122-120000.000-aa", a.Restore} {
		_, err := p.writer.RestorePoint(t.Context(), id)
		f, failed := model.AsFailure(err)
		if want := model.FailureNotFound; !failed || (f.Kind != want && id != a.Restore) || f.Cure == "" {
			t.Errorf("%q: %+v", id, f)
		}
	}
}

// Reading the restore points ends with its context.
func TestRestorePointsAreReadNoLongerThanAskedFor(t *testing.T) {
	t.Parallel()
	p := newPlace(t, Options())
	p.must(p.apply(p.writer, p.order(usual)), dnstable.ApplyDone)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if list, err := p.writer.RestorePoints(ctx, safe.New(p.world.NetworkID(network))); !errors.Is(err, context.Canceled) || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A domain that stands in Konnect in two spellings goes back in both: neither is ours to
// take away.
func TestTwoSpellingsStay(t *testing.T) {
	t.Parallel()
	p := newPlace(t, Options())
	p.second(map[string][]string{"Stage.Example.org": {"10.24.0.4"}})
	p.must(p.apply(p.writer, p.order(adding("more.example.org", "10.24.0.4"))), dnstable.ApplyDone)
	p.wants("Stage.Example.org 10.24.0.4", "db.stage.example.org 10.24.0.4 10.24.0.5", "more.example.org 10.24.0.4", "pay.stage.example.org 10.24.0.4", "stage.example.org 10.24.0.4")
}

// The oldest restore points of a network go when there are many; those of others stay.
func TestRestorePointsAreBounded(t *testing.T) {
	t.Parallel()
	p := newPlace(t, Options())
	d := p.another(mappings.NewStore("")) // in memory, so that it is quick
	for i := range 55 {
		p.clock.Advance(time.Second)
		p.must(p.quiet(d, p.order(func(d dnstable.Draft) dnstable.Draft {
			return d.Set(find(d, "stage.example.org"), "stage.example.org", []string{fmt.Sprintf("10.24.1.%d", i)})
		})), dnstable.ApplyDone)
	}
	list, err := d.RestorePoints(t.Context(), safe.New(p.world.NetworkID(network)))
	if err != nil || len(list) != 50 || !list[0].At.After(list[49].At) {
		t.Errorf("%d, %v", len(list), err)
	}
	p.closed()
}

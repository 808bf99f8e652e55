package paths_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	pathreader "github.com/peerdeck/peerdeck/services/paths"
)

// What a whole reading found is there for later sessions; what cannot be read is set aside.
func TestResultsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var notes []string
	note := func(s string) { notes = append(notes, s) }
	told := 0
	synctest.Test(t, func(t *testing.T) {
		c := clouds{make(chan string, 10)}
		r := pathreader.New(t.Context(), pathreader.Options{Snapshot: snapshot, Konnect: c, Azure: c, Results: pathreader.NewResults(dir, note), Kept: func() { told++ }})
		defer r.Close()
		// One that follows a way beside is none of the whole.
		if err := r.ReadTo(safe.New("n1"), paths.Destination{Host: safe.New("10.20.4.10"), Port: 80, Transport: "tcp"}); err != nil {
			t.Fatal(err)
		}
		last(t, r)
		if told != 0 {
			t.Error("a way beside is kept")
		}
		if err := r.Read(safe.New("n1")); err != nil {
			t.Fatal(err)
		}
		last(t, r)
		r.Close()
	})
	got := pathreader.NewResults(dir, note).Last(safe.New("n1"))
	if told != 1 || got == nil || got.Services != 1 || len(got.Faults) != 0 || got.Rests == "" || got.At.IsZero() {
		t.Errorf("told %d, %+v", told, got)
	}
	if other := pathreader.NewResults(dir, note).Last(safe.New("n2")); other != nil || len(notes) != 0 {
		t.Errorf("%+v, %v", other, notes)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.WriteFile(files[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := pathreader.NewResults(dir, note).Last(safe.New("n1")); got != nil || len(notes) != 1 {
		t.Errorf("%+v, %v", got, notes)
	}
}

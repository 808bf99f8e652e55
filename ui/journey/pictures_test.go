//go:build unix

package journey_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// images is where the documents have their pictures.
const images = "../../docs/images"

// Every picture of the documents has a tape, and every tape's pictures are there. With
// UPDATE_PICTURES=1 they are made anew, by the real program in a pseudo-terminal.
func TestPictures(t *testing.T) { //nolint:tparallel // the end of the tapes is waited for
	t.Parallel()
	tapes, err := filepath.Glob("testdata/tapes/*.tape")
	if err != nil || len(tapes) == 0 {
		t.Fatalf("there is no tape: %v", err)
	}
	var made []string
	t.Run("tapes", func(t *testing.T) {
		for _, path := range tapes {
			tp, err := readTape(path)
			if err != nil {
				t.Error(err)
				continue
			}
			made = append(made, tp.pictures()...)
			if os.Getenv("UPDATE_PICTURES") != "" {
				t.Run(strings.TrimSuffix(filepath.Base(path), ".tape"), func(t *testing.T) { t.Parallel(); tp.make(t) })
			}
		}
	})
	entries, err := os.ReadDir(images)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(made, e.Name()) {
			t.Errorf("docs/images/%s has no tape that makes it", e.Name())
		}
	}
	for _, name := range made {
		if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == name }) {
			t.Errorf("docs/images/%s is not there: make pictures", name)
		}
	}
}

// make plays the tape and writes its pictures.
func (tp *tape) make(t *testing.T) {
	t.Helper()
	f := &film{dir: images, p: newPainter(t), moving: tp.film != ""}
	tp.play(t, f)
	if tp.film != "" {
		f.gif(t, tp.film)
		f.cast(t, tp.film)
	}
}

// A tape with a mistake says where it is.
func TestATapeWithAMistake(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"size 80 24\nrun --demo\npres j": `mistake.tape:3: there is no step "pres"`,
		"run --demo":                     "a tape begins with size and run",
		"size 80 24\nrun --demo\nhold x": "mistake.tape:3",
	} {
		path := filepath.Join(t.TempDir(), "mistake.tape")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readTape(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

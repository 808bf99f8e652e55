package standins_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/bundle/standins"
)

func now() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// The key is made once and stays, with the names that came.
func TestKept(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "bundle")
	s := standins.NewStore(dir)
	if _, _, err := s.Read(); !errors.Is(err, standins.ErrNone) {
		t.Errorf("%v", err)
	}
	var first redact.Key
	if note, err := s.Use(t.Context(), now(), func(k redact.Key, n redact.Names) redact.Names {
		first = k
		n["bakotirule"] = "eu-prod"
		return n
	}); err != nil || note != "" {
		t.Fatal(note, err)
	}
	key, names, err := s.Read()
	if err != nil || key != first || key == (redact.Key{}) || names["bakotirule"] != "eu-prod" {
		t.Errorf("%v, %v", names, err)
	}
	if _, err := s.Use(t.Context(), now(), func(k redact.Key, n redact.Names) redact.Names {
		if k != first || n["bakotirule"] == "" {
			t.Error("the second bundle has another key")
		}
		return n
	}); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(filepath.Join(dir, "standins.json"))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info, err)
	}
}

// A damaged file is set aside, with a word, and nothing of it is lost.
func TestDamaged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "standins.json"), []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := standins.NewStore(dir)
	note, err := s.Use(t.Context(), now(), func(_ redact.Key, n redact.Names) redact.Names { return n })
	if err != nil || !strings.Contains(note, "damaged") {
		t.Errorf("%q, %v", note, err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "standins.json.damaged-*")); len(files) != 1 {
		t.Error(files)
	}
	if _, _, err := s.Read(); err != nil {
		t.Error(err)
	}
}

// Where nothing can be kept, no bundle with stand-ins is made.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := standins.NewStore(dir).Use(t.Context(), now(), func(_ redact.Key, n redact.Names) redact.Names { return n })
	if f, failed := model.AsFailure(err); !failed || f.Kind != model.FailureInvalid || !strings.Contains(f.Cure, "--keep-names") {
		t.Errorf("%+v", err)
	}
	// The demo keeps nothing.
	if _, err := standins.NewStore("").Use(t.Context(), now(), func(k redact.Key, n redact.Names) redact.Names {
		if k == (redact.Key{}) {
			t.Error("everybody's key")
		}
		return n
	}); err != nil {
		t.Error(err)
	}
}

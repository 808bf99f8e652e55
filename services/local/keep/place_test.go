package keep_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

func TestWhetherAFolderCanBeWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if p := keep.Look(dir); !p.There || p.Err != nil || p.Last != dir {
		t.Errorf("a folder of one's own: %+v", p)
	}
	below := filepath.Join(dir, "a", "b")
	if p := keep.Look(below); p.There || p.Err != nil || p.Last != dir {
		t.Errorf("one that can be made: %+v", p)
	}
	if _, err := os.Stat(filepath.Join(dir, "a")); err == nil {
		t.Error("looking has made a folder")
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if p := keep.Look(filepath.Join(file, "state")); p.Err == nil {
		t.Errorf("below a file: %+v", p)
	}
	if p := keep.Look(file); p.Err == nil {
		t.Errorf("a file in its place: %+v", p)
	}
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("nothing is closed to this user, or the system does not say so")
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o700) }()
	if p := keep.Look(below); p.Err == nil {
		t.Errorf("a closed one: %+v", p)
	}
}

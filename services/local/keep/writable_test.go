package keep_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

func TestWritable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	disk := keep.Disk{}
	for _, folder := range []string{dir, filepath.Join(dir, "not", "there", "yet")} {
		if err := disk.Writable(folder); err != nil {
			t.Errorf("%s: %v", folder, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v was left behind, %v", left, err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := disk.Writable(file); !errors.Is(err, keep.ErrNoFolder) {
		t.Errorf("%v", err)
	}
	if err := disk.Writable(filepath.Join(file, "below")); err == nil {
		t.Error("a folder below a file can be written")
	}
	full := keep.Disk{Before: func(keep.Step, string) error { return os.ErrPermission }}
	if err := full.Writable(dir); !errors.Is(err, os.ErrPermission) {
		t.Errorf("%v", err)
	}
}

package crash_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/crash"
)

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	path, err := crash.Write(dir, crash.Report{Version: "1", Doing: "drawing", Value: errors.New("kpat_canary"), Stack: []byte("goroutine 1"), At: time.Now()})
	if err != nil || filepath.Dir(path) != dir {
		t.Fatalf("%s, %v", path, err)
	}
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), "while drawing") || !strings.Contains(string(data), "goroutine 1") || strings.Contains(string(data), "canary") {
		t.Errorf("%s, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	if path, err := crash.Write(filepath.Join(path, "no", "folder"), crash.Report{At: time.Now()}); err != nil || !strings.HasPrefix(path, os.TempDir()) {
		t.Errorf("%s, %v", path, err)
	}
}

// The newest reports are kept, and nothing else of the folder goes.
func TestReportsAreBounded(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "history.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	last := ""
	for i := range 25 {
		path, err := crash.Write(dir, crash.Report{At: begin.Add(time.Duration(i) * time.Millisecond)})
		if err != nil {
			t.Fatal(err)
		}
		last = path
	}
	reports, err := filepath.Glob(filepath.Join(dir, "crash-*.txt"))
	if err != nil || len(reports) != 20 || reports[19] != last {
		t.Errorf("%d reports, %v", len(reports), err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 21 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

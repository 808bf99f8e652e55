package crash_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peerdeck/services/local/crash"
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

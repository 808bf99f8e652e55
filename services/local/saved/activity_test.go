package saved_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

func TestActivity(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	log := activity.New()
	log.Add(model.Activity{At: now, Kind: model.ActivityNote, Text: "one"})
	log.Add(model.Activity{At: now, Kind: model.ActivityNote, Text: "two"})
	saver := saved.Activity{Dir: dir}
	path, err := saver.Save(log.Since(0), now)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || strings.Count(string(data), "\n") != 2 || !strings.Contains(string(data), "one") || !strings.Contains(string(data), "two") {
		t.Errorf("%q, %v", data, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	// A file that is there is never written over.
	if _, err := saver.Save(log.Since(0), now); err == nil || !strings.Contains(err.Error(), "cannot be saved") {
		t.Errorf("the second of one moment: %v", err)
	}
	if _, err := (saved.Activity{Dir: path}).Save(nil, now); err == nil || !strings.Contains(err.Error(), "cannot be saved") {
		t.Errorf("a folder that is a file: %v", err)
	}
}

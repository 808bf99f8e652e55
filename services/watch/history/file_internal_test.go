package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// A disk that is full takes nothing away: what cannot be set aside stays where it is,
// and what cannot be written is written later.
func TestFault58AFullDiskAndTheHistory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "history-o.jsonl")
	const content = `{"at":"2026-11-22T12:00:00Z","network":"a","aspect":"network","from":"x","to":"ready"}` + "\n{{{\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	isFull := true
	disk := keep.Disk{Before: func(s keep.Step, _ string) error {
		if isFull && s == keep.StepWrite {
			return keep.Short{Bytes: 5, Err: syscall.ENOSPC}
		}
		return nil
	}}
	s, _, err := openOn(disk, dir, "o")
	if data, rerr := os.ReadFile(path); !errors.Is(err, syscall.ENOSPC) || rerr != nil || string(data) != content || len(s.Recent(9)) != 1 {
		t.Errorf("%v, %q", err, data)
	}
	isFull = false
	s, notes, err := openOn(disk, dir, "o")
	if err != nil || len(notes) != 1 {
		t.Fatalf("%v, %v", notes, err)
	}
	isFull = true
	at := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	s.Observe([]model.Change{{Network: safe.New("a"), Aspect: model.AspectNetwork, To: safe.New("error")}}, at)
	if err := s.Save(); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), path) {
		t.Error(err)
	}
	isFull = false
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, notes, err = Open(dir, "o")
	if err != nil || len(notes) > 0 || len(s.Recent(9)) != 2 {
		t.Errorf("%d changes, %v, %v", len(s.Recent(9)), notes, err)
	}
	_ = s.Close()
}

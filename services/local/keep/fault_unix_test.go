//go:build unix

package keep_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Fault 59: the program is killed (kill -9) at any step of saving a file.
// Seen: the old file or the new one, whole; never a part of it, and never a mix. The next
// start tidies up what was half written.
func TestFault59KilledAtEachStep(t *testing.T) {
	t.Parallel()
	for name, old := range map[string]string{"a new file": "", "one that is there": "the old content"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for step, dead := 0, true; dead; step++ {
				path := filepath.Join(t.TempDir(), "f")
				if old != "" {
					write(t, path, old)
				}
				cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledChild$")
				cmd.Env = append(os.Environ(), "KEEP_SAVE="+path, "KEEP_STEP="+strconv.Itoa(step))
				err := cmd.Run()
				dead = !cmd.ProcessState.Success()
				if by, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); dead && (!ok || by.Signal() != syscall.SIGKILL) || step > 20 {
					t.Fatalf("step %d: %v", step, err)
				}
				if got := text(t, path); got != old && got != "new content" || !dead && got != "new content" {
					t.Errorf("killed at step %d: %q", step, got)
				}
				if err := (keep.Disk{}).Replace(path, []byte("after"), keep.Private); err != nil || text(t, path) != "after" {
					t.Errorf("the next start, after step %d: %q, %v", step, text(t, path), err)
				}
			}
		})
	}
}

// TestKilledChild is the program that is killed; by itself it does nothing.
func TestKilledChild(t *testing.T) {
	path := os.Getenv("KEEP_SAVE")
	if path == "" {
		t.Skip("it is run by TestFault59KilledAtEachStep")
	}
	left, err := strconv.Atoi(os.Getenv("KEEP_STEP"))
	if err != nil {
		t.Fatal(err)
	}
	d := keep.Disk{Before: func(keep.Step, string) error {
		if left--; left < 0 {
			if err := syscall.Kill(os.Getpid(), syscall.SIGKILL); err != nil {
				return err
			}
			select {}
		}
		return nil
	}}
	if err := d.Replace(path, []byte("new content"), keep.Private); err != nil {
		t.Fatal(err)
	}
}

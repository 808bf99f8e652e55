package keep_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Another program holds the lock: who it is can be said, and when it is killed the lock
// is free, whatever stands in its file.
func TestLockBetweenPrograms(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.lock")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLockChild$", "-test.v")
	cmd.Env = append(os.Environ(), "KEEP_LOCK="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "locked") {
			break
		}
	}
	_, err = keep.Disk{}.TryLock(path)
	busy, held := errors.AsType[keep.Busy](err)
	if !held || busy.Owner.PID != cmd.Process.Pid || busy.Owner.Host == "" || busy.Owner.Since.IsZero() {
		t.Errorf("%+v, %v", busy, err)
	}
	if want := fmt.Sprintf("process %d on ", cmd.Process.Pid); !strings.Contains(busy.Error(), want) {
		t.Errorf("%v does not say %s", busy, want)
	}
	if owner, held := (keep.Disk{}).Holder(path); !held || owner.PID != cmd.Process.Pid {
		t.Errorf("%+v, %v", owner, held)
	}
	locks := keep.NewLocks(keep.Disk{}, filepath.Dir(path))
	if _, err := locks.Lock(t.Context(), "x"); !errors.As(err, &busy) || errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if owner, held := locks.Holder("x"); !held || owner.PID != cmd.Process.Pid {
		t.Errorf("%+v, %v", owner, held)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	l, err := keep.Disk{}.Lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if _, err = (keep.Disk{}).TryLock(path); !errors.As(err, &busy) || busy.Owner.PID != os.Getpid() {
		t.Errorf("in one program: %v", err)
	}
	if err := errors.Join(l.Unlock(), l.Unlock()); err != nil || text(t, path) != "" {
		t.Errorf("%v, %q", err, text(t, path))
	}
	if _, held := (keep.Disk{}).Holder(path); held {
		t.Error("nobody holds it")
	}
}

// TestLockChild is the other program; by itself it does nothing.
func TestLockChild(t *testing.T) {
	path := os.Getenv("KEEP_LOCK")
	if path == "" {
		t.Skip("it is run by TestLockBetweenPrograms")
	}
	if _, err := (keep.Disk{}).TryLock(path); err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintln(os.Stdout, "\nlocked")
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
}

func TestWaitingForALockEnds(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x")
	l, err := keep.Disk{}.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	why := errors.New("nobody wants it any more")
	ctx, end := context.WithCancelCause(t.Context())
	waiting := make(chan error)
	looks := 0
	first := make(chan struct{})
	d := keep.Disk{Before: func(keep.Step, string) error {
		if looks++; looks == 2 {
			close(first)
		}
		return nil
	}}
	go func() {
		_, err := d.Lock(ctx, path)
		waiting <- err
	}()
	<-first
	end(why)
	if err := <-waiting; !errors.Is(err, why) || !errors.As(err, new(keep.Busy)) {
		t.Error(err)
	}
	if _, err := d.Lock(ctx, path); !errors.Is(err, why) {
		t.Error(err)
	}
	if err := l.Unlock(); err != nil {
		t.Error(err)
	}
}

func TestLocksByName(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "deep", "state")} {
		locks := keep.NewLocks(keep.Disk{}, dir)
		release, err := locks.Lock(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := locks.Lock(t.Context(), "a"); !errors.As(err, new(keep.Busy)) {
			t.Errorf("%q: %v", dir, err)
		}
		other, err := locks.Lock(t.Context(), "b")
		if err != nil {
			t.Fatal(err)
		}
		if o, held := locks.Holder("a"); !held || o.PID != os.Getpid() {
			t.Errorf("%+v, %v", o, held)
		}
		release()
		release()
		if _, held := locks.Holder("a"); held {
			t.Error("a is free")
		}
		if release, err = locks.Lock(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		release()
		other()
	}
}

// Where no lock can be had, the error is not that somebody has it; and nothing stays
// reserved.
func TestNoPlaceForALock(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	locks := keep.NewLocks(keep.Disk{}, filepath.Join(file, "x"))
	for range 2 {
		if _, err := locks.Lock(t.Context(), "a"); err == nil || errors.As(err, new(keep.Busy)) {
			t.Error(err)
		}
	}
	if _, err := (keep.Disk{}).TryLock(filepath.Join(file, "x")); err == nil || errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := keep.NewLocks(keep.Disk{}, t.TempDir()).Lock(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The name of an owner is a text of a file: it may hold anything.
func TestOwnerOfAnotherHand(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"":     "another process",
		"\x00": "another process",
		`{"pid":7,"host":"a\u001b[2J","since":"2026-11-28T10:00:00Z"}`: "process 7 on a",
		strings.Repeat(" ", 5000) + `{"pid":7}`:                        "another process",
	} {
		path := filepath.Join(t.TempDir(), "x")
		l, err := keep.Disk{}.TryLock(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path, content)
		_, err = keep.Disk{}.TryLock(path)
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: %v", content, err)
		}
		if err := l.Unlock(); err != nil {
			t.Error(err)
		}
	}
}

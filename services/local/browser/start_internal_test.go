//go:build unix

package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program writes a program of a shell.
func program(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "opener")
	syscall.ForkLock.RLock() // what is open for writing in a child cannot be started
	err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStartHandsOnTheLinkAndNoTerminal(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	path := program(t, `echo to the screen; echo to the screen >&2
if (: </dev/tty) 2>/dev/null; then tty=yes; else tty=no; fi
read -r line
printf '%s|%s|%s|%s' "$#" "$2" "$tty" "$line" >"$1"`)
	if err := (starter{time.Minute}).start(t.Context(), []string{path, out, "https://a/?b=$(id) c"}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != "2|https://a/?b=$(id) c|no|" {
		t.Errorf("it got %q (%v)", got, err)
	}
}

func TestStartSaysThatAProgramFailed(t *testing.T) {
	t.Parallel()
	if err := (starter{time.Minute}).start(t.Context(), []string{program(t, "exit 3")}); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("%v", err)
	}
	if err := (starter{time.Minute}).start(t.Context(), []string{"/nowhere/opener"}); err == nil {
		t.Error("what is not there was started")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (starter{time.Minute}).start(ctx, []string{program(t, "exit 0")}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// A browser runs on: neither the end of the patience nor that of the question ends
// it.
func TestStartDoesNotWaitForTheBrowser(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gate, done := filepath.Join(dir, "gate"), filepath.Join(dir, "done")
	for _, fifo := range []string{gate, done} {
		if err := syscall.Mkfifo(fifo, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := (starter{0}).start(ctx, []string{program(t, `read -r word <"$1"; echo "$word" >"$2"`), gate, done}); err != nil {
		t.Fatal(err)
	}
	cancel()
	// Both sides of a named pipe wait for each other.
	if err := os.WriteFile(gate, []byte("alive\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(done); err != nil || string(got) != "alive\n" {
		t.Errorf("the browser said %q (%v)", got, err)
	}
}

//go:build unix

package secret

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The keychain of macOS is asked by a program, which a script plays here.
func TestFault62Keychain(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		`test "$*" = "find-generic-password -s peerdeck -wa host" && echo kpat_a`: "kpat_a",
		`echo go-keyring-base64:a3BhdF9h`:                                         "kpat_a",
		`echo go-keyring-encoded:6b7061745f61`:                                    "kpat_a",
		`exit 44`:                                                                 "no token",
		`exit 36`:                                                                 string(RingLocked),
		`exit 51`:                                                                 string(RingDenied),
		`exit 128`:                                                                string(RingDenied),
		`exit 37`:                                                                 string(RingNoneMade),
		`echo 'something' >&2; exit 99`:                                           string(RingFailed),
	} {
		path := filepath.Join(t.TempDir(), "security")
		syscall.ForkLock.RLock()
		err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700)
		syscall.ForkLock.RUnlock()
		if err != nil {
			t.Fatal(err)
		}
		got, err := Keyring{Service: "peerdeck", User: "host"}.askKeychain(t.Context(), path)
		if shut, is := errors.AsType[RingError](err); is {
			got = string(shut.Door)
			if !strings.Contains(err.Error(), "; ") {
				t.Errorf("%v has no way out", err)
			}
		} else if errors.Is(err, ErrNone) {
			got = "no token"
		}
		if got != want {
			t.Errorf("%s: %q, %v, want %q", script, got, err, want)
		}
	}
	if _, err := (Keyring{}).askKeychain(t.Context(), "/nowhere/security"); err == nil || !strings.Contains(err.Error(), string(RingNoService)) && !strings.Contains(err.Error(), "no program") {
		t.Errorf("%v", err)
	}
}

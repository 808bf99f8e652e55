//go:build unix

package helper_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/services/local/helper"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// script writes a program into a folder of its own. While it is open for writing no other
// test starts anything, because a child that has it open would make it busy.
func script(t *testing.T, text string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tool")
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func sh(t *testing.T, text string) string {
	t.Helper()
	return script(t, "#!/bin/sh\n"+text+"\n", 0o700)
}

// late is a clock for [helper.Program]: the limit is over when the program says so, by
// writing to a named pipe, and the grace is over at once.
type late struct {
	gate string
	said chan string
}

const limit = 30 * time.Second

func newLate(t *testing.T) late {
	t.Helper()
	l := late{gate: filepath.Join(t.TempDir(), "gate"), said: make(chan string, 1)}
	if err := syscall.Mkfifo(l.gate, 0o600); err != nil {
		t.Fatal(err)
	}
	return l
}

func (late) Now() time.Time { return time.Now() }

func (l late) After(d time.Duration) <-chan time.Time {
	over := make(chan time.Time, 1)
	if d != limit {
		over <- time.Time{}
		return over
	}
	go func() {
		data, err := os.ReadFile(l.gate)
		if err != nil {
			panic(err)
		}
		l.said <- string(data)
		over <- time.Time{}
	}()
	return over
}

// mustBeGone fails while one of the processes runs.
func mustBeGone(t *testing.T, pids string) {
	t.Helper()
	list := strings.Fields(pids)
	if len(list) == 0 {
		t.Fatal("no process was named")
	}
	for _, word := range list {
		pid, err := strconv.Atoi(word)
		if err != nil {
			t.Fatalf("%q is no process", word)
		}
		// A killed process may wait for whoever started it, or for init, to look at it.
		if err := syscall.Kill(pid, 0); err == nil && !zombie(t, pid) {
			t.Errorf("process %d still runs", pid)
		}
	}
}

func zombie(t *testing.T, pid int) bool {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("needs /proc")
	}
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return true // gone meanwhile
	}
	_, state, _ := strings.Cut(string(data), ") ") // a shell and a sleep have no bracket in their names
	return state[0] == 'Z' || state[0] == 'X'
}

func fault(t *testing.T, err error) helper.Error {
	t.Helper()
	e, ok := errors.AsType[helper.Error](err)
	if !ok {
		t.Fatalf("%v is no error of a program", err)
	}
	return e
}

func TestWhatAProgramPrints(t *testing.T) {
	t.Parallel()
	path := sh(t, `printf '%s|' "$@"; echo "$EXTRA" >&2; if (: </dev/tty) 2>/dev/null; then echo terminal; fi; cat; pwd`)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o, err := helper.Program{Argv: []string{path, "a b", "$(id)", ";"}, Env: []string{"EXTRA=more"}, Dir: dir, Limit: limit}.Run(t.Context())
	if err != nil || o.Text() != "a b|$(id)|;|"+dir+"\n" || o.Complaint() != "more\n" || o.Program != "tool" {
		t.Errorf("%+v, %v", o, err)
	}
}

// Whatever the program has started is ended with it, also what holds on to the pipe, does
// not want to end, or has a group of its own in the session.
func TestFault38AProgramThatHangs(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"it hangs itself":          `echo $$ >"$1"; exec sleep 1000`,
		"its child hangs":          `sleep 1000 & echo $$ $! >"$1"; wait`,
		"a grandchild hangs":       `(sleep 1000 & echo $! >"$1.x"; wait) & while ! [ -s "$1.x" ]; do :; done; echo $$ $! $(cat "$1.x") >"$1"; wait`,
		"nobody wants to end":      `trap '' TERM INT HUP; sh -c 'trap "" TERM HUP; while :; do sleep 1000; done' & echo $$ $! >"$1"; while :; do wait; done`,
		"it said something before": `echo 'Enter your code: ' >&2; sleep 1000 & echo $$ $! >"$1"; wait`,
		"jobs of their own":        `set -m; sleep 1000 & echo $$ $! >"$1"; wait`,
	} {
		if strings.HasPrefix(name, "jobs") && runtime.GOOS != "linux" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLate(t)
			p := helper.Program{Argv: []string{sh(t, text), l.gate}, Limit: limit, Clock: l}
			_, err := p.Run(t.Context())
			e := fault(t, err)
			if e.Kind != helper.TimedOut || !errors.Is(err, context.DeadlineExceeded) || !strings.HasPrefix(e.Error(), "tool did not answer within 30 s") {
				t.Errorf("%v", err)
			}
			if strings.Contains(text, "Enter your code") && !strings.HasSuffix(e.Error(), "it said: Enter your code:") {
				t.Errorf("%v", err)
			}
			mustBeGone(t, <-l.said)
		})
	}
}

func TestCancelledAndOutOfTime(t *testing.T) {
	t.Parallel()
	l := newLate(t)
	ctx, cancel := context.WithCancel(t.Context())
	said := make(chan string, 1)
	go func() {
		data, err := os.ReadFile(l.gate)
		if err != nil {
			panic(err)
		}
		said <- string(data)
		cancel()
	}()
	path := sh(t, `sleep 1000 & echo $$ $! >"$1"; wait`)
	if _, err := (helper.Program{Argv: []string{path, l.gate}}).Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	mustBeGone(t, <-said)
	if _, err := (helper.Program{Argv: []string{path}}).Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("started all the same: %v", err)
	}
	short, end := context.WithTimeout(t.Context(), 0)
	defer end()
	_, err := helper.Program{Argv: []string{sh(t, `sleep 1000 & wait`)}, Limit: limit}.Run(short)
	if e := fault(t, err); e.Kind != helper.TimedOut || !strings.Contains(err.Error(), "did not answer within 0 s") {
		t.Errorf("%v", err)
	}
}

// A program that ends well may leave something behind that holds the pipe.
func TestAnAnswerIsNotHeldUp(t *testing.T) {
	t.Parallel()
	path := sh(t, `sleep 1000 & echo $!; exit 0`)
	o, err := helper.Program{Argv: []string{path}}.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mustBeGone(t, o.Text())
}

func TestAProgramThatPrintsTooMuch(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a gigabyte":   `echo WARNING: much; exec head -c 1000000000 /dev/zero`,
		"for ever":     `yes & yes`,
		"its errors":   `yes >&2`,
		"and then end": `head -c 2000000 /dev/zero`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := helper.Program{Argv: []string{sh(t, text)}}.Run(t.Context())
			runtime.ReadMemStats(&after)
			if e := fault(t, err); e.Kind != helper.TooMuch || !strings.HasPrefix(err.Error(), "tool printed more than 1 MiB and was ended") {
				t.Errorf("%v", err)
			}
			if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 64<<20 {
				t.Errorf("it took %d bytes", grown)
			}
		})
	}
}

func TestDoorsThatAreShut(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, c := range map[string]struct {
		argv0 string
		kind  helper.Kind
		says  []string
	}{
		"not there, by name":         {"no-such-program-anywhere", helper.NotFound, []string{"there is no program no-such-program-anywhere in the folders of PATH"}},
		"not there, by path":         {folder + "/none", helper.NotFound, []string{"there is no program " + folder + "/none"}},
		"no name":                    {" ", helper.NotFound, []string{"the command is empty"}},
		"a folder":                   {folder, helper.NotAllowed, []string{"is a folder"}},
		"may not be run":             {script(t, "#!/bin/sh\n", 0o600), helper.NotAllowed, []string{"mode is 0600", "chmod +x"}},
		"interpreter is missing":     {script(t, "#!/opt/az/bin/python3 -sE\n", 0o700), helper.Broken, []string{"/opt/az/bin/python3 -sE, is not there"}},
		"interpreter may not be run": {script(t, "#!"+script(t, "", 0o600)+"\n", 0o700), helper.NotAllowed, []string{"permission denied"}},
		"written on Windows":         {script(t, "#!/bin/sh\r\necho x\r\n", 0o700), helper.Broken, []string{"as those of Windows do", "sed -i"}},
		"of another machine":         {script(t, "\x7fELF\x02\x01\x01\x00\x00", 0o700), helper.Broken, []string{"exec format error"}},
		"env finds no interpreter":   {script(t, "#!/usr/bin/env python-that-is-not-there\n", 0o700), helper.Broken, []string{"exit code 127", "python-that-is-not-there"}},
		"what it needs is missing":   {sh(t, "exec /opt/az/bin/python3 -m azure.cli"), helper.Broken, []string{"exit code 127", "/opt/az/bin/python3"}},
		"it says that it failed":     {sh(t, "echo; echo 'WARNING: old'; echo 'ERROR: no more' >&2; exit 3"), helper.Exited, []string{"failed with exit code 3: no more"}},
		"it says nothing":            {sh(t, "exit 1"), helper.Exited, []string{"tool failed with exit code 1"}},
		"killed by somebody else":    {sh(t, "kill -9 $$"), helper.Killed, []string{"tool was ended from outside", "killed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := helper.Program{Argv: []string{c.argv0}, Limit: limit}.Run(t.Context())
			if e := fault(t, err); e.Kind != c.kind {
				t.Errorf("%s: %v", e.Kind, err)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
	_, err := helper.Program{Argv: []string{"sh", "-c", ":"}, Dir: folder + "/none"}.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "the folder "+folder+"/none") {
		t.Errorf("%v", err)
	}
}

// A script without a first line for the kernel runs in every shell.
func TestAScriptWithoutAMark(t *testing.T) {
	t.Parallel()
	o, err := helper.Program{Argv: []string{script(t, "echo $1\n", 0o700), "yes"}}.Run(t.Context())
	if err != nil || o.Text() != "yes\n" {
		t.Errorf("%q, %v", o.Out, err)
	}
}

func TestAProgramOfPathThatMayNotBeRun(t *testing.T) {
	t.Setenv("PATH", filepath.Dir(script(t, "#!/bin/sh\n", 0o644)))
	_, err := helper.Program{Argv: []string{"tool"}}.Run(t.Context())
	if e := fault(t, err); e.Kind != helper.NotAllowed || !strings.Contains(err.Error(), "chmod +x") {
		t.Errorf("%v", err)
	}
	t.Chdir(filepath.Dir(script(t, "#!/bin/sh\n", 0o700)))
	t.Setenv("PATH", ".")
	_, err = helper.Program{Argv: []string{"tool"}}.Run(t.Context())
	if e := fault(t, err); e.Kind != helper.NotAllowed || !strings.Contains(err.Error(), "not started from there") {
		t.Errorf("%v", err)
	}
}

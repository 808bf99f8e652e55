//go:build unix

package journey_test

import (
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// load fills the form from a set-up file.
func (s *terminal) load(path string) {
	s.t.Helper()
	s.keys("3", "o")
	s.until("Load a set-up file")
	s.keys(path, "enter")
	s.until("● Ready: R runs it")
}

// run runs what the form says.
func (s *terminal) run() {
	s.t.Helper()
	s.until("● Ready: R runs it")
	s.keys("R")
	s.until("Run the set-up")
	s.keys("y")
}

// copied waits for what is sent to the clipboard, and takes it: the frame that says so may
// come before it.
func (s *terminal) copied() string {
	s.t.Helper()
	s.wait("nothing was sent to the clipboard", func(string) bool {
		s.vt.mu.Lock()
		defer s.vt.mu.Unlock()
		return s.vt.clipboard != ""
	})
	s.vt.mu.Lock()
	defer s.vt.mu.Unlock()
	defer func() { s.vt.clipboard = "" }()
	_, data, _ := strings.Cut(s.vt.clipboard, ";")
	text, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		s.t.Fatalf("%v: %q", err, s.vt.clipboard)
	}
	return string(text)
}

// From a peering that is stuck to its set-up: what is known is filled in, and the run
// does what was missing.
func TestSetUpOfAStuckPeering(t *testing.T) {
	t.Parallel()
	longtest.Only(t)
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.keys("/", "eu-stage", "enter")
	s.until("eu-stage › stage-hub")
	s.keys("p")
	s.until("Set-up › stage-hub")
	s.run()
	s.until("6 of 6 steps")
	s.keys("1")
	s.until("Connected, in sync")
	s.keys("q")
	s.end(0)
}

// A run in hand is not left by accident, and what was left is told of at the next
// start.
func TestLeaveARunAndComeBack(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path := l.file()
	s := start(t, 80, 24, l.env())
	s.listed()
	s.load(path)
	s.run()
	s.until("needs you")
	s.keys("q")
	s.until("Leave peerdeck")
	s.until("to resume at any time")
	s.keys("n")
	s.gone("Leave peerdeck")
	s.until("▲ Admin consent")
	s.keys("ctrl+c")
	s.until("Leave peerdeck")
	s.keys("ctrl+c")
	s.end(0)

	s = start(t, 80, 24, l.env())
	s.until("R resumes it")
	l.accept()
	s.keys("R") // one key, wherever one is
	s.gone("Unfinished: ")
	s.until("6 of 6 steps")
	l.onceEach()
	s.keys("q")
	s.end(0)
	s = start(t, 80, 24, l.env())
	s.listed()
	s.keys("3", "E")
	s.until("earlier runs")
	s.until("1 run")
	if text := s.vt.text(); strings.Contains(strings.ToLower(text), "unfinished") || !strings.Contains(text, "done just now") {
		t.Errorf("nothing is unfinished now:\n%s", text)
	}
	s.keys("q")
	s.end(0)
}

// A signal in the middle of a request: the terminal is given back, the answer is
// waited for and written down, and the command on the same file does the rest.
func TestSignalInTheMiddleOfARun(t *testing.T) {
	t.Parallel()
	clock := newHeld()
	l := serveLabsWith(t, sandbox.Options{Clock: clock})
	l.accept()
	slow, answer := l.slowly(http.MethodPost, "transit-gateways")
	path := l.file()
	s := start(t, 80, 24, l.env("PEERDECK_KONNECT_URL="+slow))
	s.listed()
	s.load(path)
	s.run()
	s.until("▌◐ Peering")
	s.until("POST")
	s.signal(syscall.SIGTERM)
	s.wait("the screen is not given back", func(string) bool { return !s.vt.mode(1049) })
	answer()
	s.end(143)
	lines := l.journals()
	text := strings.Join(lines, "\n")
	if strings.Count(text, `"kind":"intent"`) != 3 || strings.Count(text, `"kind":"outcome"`) != 3 || strings.Contains(text, `"error"`) ||
		!strings.Contains(lines[len(lines)-1], `"state":"interrupted"`) {
		t.Errorf("the journal tells:\n%s", text)
	}
	clock.advance(time.Minute)
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--yes")
	if code != 0 || errs != "" || !strings.Contains(out, "done: 6 of 6 steps, 0 writes\n") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.onceEach()
}

// The dialog of the hand-off copies and saves what the command prints.
func TestHandoffFromTheForm(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path, saved := l.file(), filepath.Join(t.TempDir(), "admin.md")
	want := map[string]string{}
	for _, form := range []string{"sh", "md"} {
		out, errs, code := command(t, l.env(), "handoff", "-f", path, "-o", form)
		if code != 0 {
			t.Fatalf("exit %d, %s", code, errs)
		}
		want[form] = out
	}
	s := start(t, 80, 24, l.env())
	s.listed()
	s.load(path)
	s.keys("h")
	s.until("Hand-off for the Azure administrator: shell script")
	s.keys("y")
	s.until("Sent to the clipboard")
	if got := s.copied(); got != want["sh"] {
		t.Errorf("copied %q\nwant %q", got, want["sh"])
	}
	s.keys("tab")
	s.until("administrator: Markdown")
	s.keys("s")
	s.until("Save the hand-off")
	s.keys("\x15", saved, "enter")
	s.until("Saved to")
	data, err := os.ReadFile(saved)
	if err != nil || string(data) != want["md"] {
		t.Errorf("%v, saved %q\nwant %q", err, data, want["md"])
	}
	if info, err := os.Stat(saved); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	s.keys("esc")
	s.gone("administrator: Markdown")
	s.keys("ctrl+c")
	s.end(0)
}

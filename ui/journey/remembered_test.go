//go:build unix

package journey_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The networks of the last time are on the screen before any answer, with their age, and say
// that they are remembered: while the answer is late, when nobody answers, and no longer than
// that. What the demo shows is not among them, and the demo leaves them alone.
func TestTheNetworksOfTheLastTimeAreThereAtOnce(t *testing.T) {
	t.Parallel()
	at, state := ports(t), t.TempDir()
	w := serve(t, "--listen", at)
	env := append(w.env(), "XDG_STATE_HOME="+state)
	s := start(t, 80, 24, env)
	s.up()
	file := filepath.Join(state, "peerdeck", "remembered", "default.json")
	for late := time.After(patience); ; { // it is kept when everything was read once
		if _, err := os.Stat(file); err == nil {
			break
		}
		select {
		case <-late:
			t.Fatal("nothing is kept")
		case <-time.After(20 * time.Millisecond):
		}
	}
	s.keys("q")
	s.end(0)
	kept, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(kept), `"au-edge"`) || strings.Contains(string(kept), w.Token) {
		t.Fatalf("%v: %s", err, kept)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	w.stop()

	// Nobody answers: they stay, beside the failure.
	s = start(t, 80, 24, env)
	s.until("○ au-edge")
	s.until("as of ")
	s.until("not read: no answer")
	s.until("○ au-edge")
	if strings.Contains(s.vt.text(), "● au-edge") || strings.Contains(s.vt.text(), " fine") {
		t.Errorf("it is taken for what is so now:\n%s", s.vt.text())
	}
	s.keys("enter")
	s.until("not now, it is not read yet")
	s.keys("q")
	s.end(0)

	// The answer is late: until then, they are all there is.
	late, err := new(net.ListenConfig).Listen(t.Context(), "tcp", strings.TrimPrefix(w.Konnect, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	s = start(t, 80, 24, env)
	s.until("○ au-edge")
	s.until("Networks, remembered")
	s.until("reading …")
	s.until("whose the token is, is not known")
	s.keys("q")
	s.end(0)
	_ = late.Close()
	if now, err := os.ReadFile(file); err != nil || string(now) != string(kept) {
		t.Errorf("a start without an answer has changed what is kept: %v", err)
	}

	serve(t, "--listen", at)
	s = start(t, 80, 24, env)
	s.up()
	s.gone("remembered")
	s.gone("as of ")
	s.until("✖ au-edge")
	s.keys("q")
	s.end(0)
}

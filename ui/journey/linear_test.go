//go:build unix

package journey_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// talk is the program in a conversation over pipes.
type talk struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	mu    sync.Mutex
	heard bytes.Buffer
	read  int // how much of it a test has waited for
	news  chan struct{}
	ended chan struct{}
	err   error
}

// converse starts the program without a terminal.
func converse(t *testing.T, env []string, args ...string) *talk {
	t.Helper()
	c := &talk{t: t, news: make(chan struct{}, 1), ended: make(chan struct{})}
	c.cmd = exec.Command(binary, args...)
	c.cmd.Env = append([]string{"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=" + t.TempDir()}, env...)
	in, err := c.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.in = in
	c.cmd.Stdout, c.cmd.Stderr = c, c
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { c.err = c.cmd.Wait(); close(c.ended) }()
	t.Cleanup(func() {
		_ = c.in.Close()
		_ = c.cmd.Process.Kill()
		<-c.ended
		c.plain()
	})
	return c
}

// Write takes what the program writes.
func (c *talk) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, err := c.heard.Write(p)
	select {
	case c.news <- struct{}{}:
	default:
	}
	return n, err
}

func (c *talk) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard.String()
}

// until waits for a text behind what was waited for before, and returns what came until
// then.
func (c *talk) until(text string) string {
	c.t.Helper()
	deadline := time.After(patience)
	ended := c.ended
	for {
		all := c.text()
		if at := strings.Index(all[c.read:], text); at >= 0 {
			came := all[c.read : c.read+at+len(text)]
			c.read += at + len(text)
			return came
		}
		select {
		case <-c.news:
		case <-ended:
			if ended = nil; !strings.Contains(c.text()[c.read:], text) {
				c.t.Fatalf("no %q; the program has ended (%v):\n%s", text, c.err, c.text())
			}
		case <-deadline:
			c.t.Fatalf("no %q in:\n%s", text, c.text())
		}
	}
}

// answer waits for a question and answers it.
func (c *talk) answer(question, line string) {
	c.t.Helper()
	c.until(question)
	c.until(" > ")
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatalf("%v:\n%s", err, c.text())
	}
}

// end waits for the end of the program.
func (c *talk) end(code int) {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(patience):
		c.t.Fatalf("it does not end:\n%s", c.text())
	}
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](c.err); ok {
		got = exit.ExitCode()
	} else if c.err != nil {
		c.t.Fatal(c.err)
	}
	if got != code {
		c.t.Errorf("it ended with %d, want %d:\n%s", got, code, c.text())
	}
}

// plain fails where something is in the transcript that is no plain line.
func (c *talk) plain() {
	c.t.Helper()
	text := c.text()
	if !utf8.ValidString(text) {
		c.t.Error("it is no UTF-8")
	}
	for i, r := range text {
		bad := r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x2500 && r <= 0x25ff || r >= 0x2800 && r <= 0x28ff || strings.ContainsRune("→›·…", r)
		if bad {
			c.t.Errorf("%q is in the transcript: %q", r, text[max(0, i-40):min(len(text), i+40)])
			return
		}
	}
}

// Watch: how everything stands, and each change as it comes, one a line.
func TestLinearWatch(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	// A network with something on its way is asked for every few seconds.
	l.World.Apply(sandbox.Event{Network: "us-west", Peering: "spare", Attach: &sandbox.Place{Subscription: "acme-prod", VNet: "vnet-dmz"}})
	l.World.Apply(sandbox.Event{Network: "us-west", Peering: "spare", State: "initializing"})
	c := converse(t, l.env("PEERDECK_AZURE_TOKEN="+l.World.HomeToken()))
	c.until("the output is no terminal")
	c.until("acme-corp. 15 networks: ")
	c.until("de-core, broken")
	c.until("Command: ")
	c.answer("What now?", "watch")
	c.until("one a line")
	l.World.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Azure: "Disconnected"}) // somebody deletes Kong's half
	line := c.until("Connected to Disconnected")
	line = line[strings.LastIndexByte(line, '\n')+1:] + c.until("\n")
	if !strings.Contains(line, "broken: us-west") || !strings.Contains(line, "Connected to Disconnected") {
		t.Errorf("the change reads %q", line)
	}
	if _, err := io.WriteString(c.in, "\n"); err != nil {
		t.Fatal(err)
	}
	c.answer("What now?", "net us-west")
	c.until("Peering inventory with vnet-inventory, broken")
	c.until("Konnect says ready; Azure: Disconnected")
	c.until("code azure-disconnected")
	c.answer("us-west:", "everything")
	c.until("Azure's half of inventory")
	c.answer("us-west:", "q")
	c.until("Good-bye.")
	c.end(0)
}

// The mapping table of the demo that a colleague edits at the same time: added, changed,
// undone, reviewed, refused, decided row by row, applied.
func TestLinearDNSWithAConflict(t *testing.T) {
	t.Parallel()
	c := converse(t, nil, "--demo", "--linear")
	c.answer("What now?", "dns eu-stage")
	c.until("eu-stage, DNS mappings: 3 domains")
	c.answer("What to do with the table?", "list")
	c.answer("Which row?", "pay.stage.example.org")
	c.answer("What to do with the row?", "change")
	c.answer("The domain: enter for pay.stage.example.org", "")
	c.answer("Its DNS servers", "10.24.0.4, ten")
	c.until(`"ten" is no address of a server`)
	c.answer("Its DNS servers", "10.24.0.4, 10.24.0.7")
	c.until("1 change not applied")
	c.answer("What to do with the table?", "add")
	c.answer("The domain:", "tmp.stage.example.org -> 10.24.0.4")
	c.until("2 changes not applied")
	c.answer("What to do with the table?", "undo")
	c.until("Taken back: ")
	c.until("1 change not applied")
	c.answer("What to do with the table?", "review")
	c.until("pay.stage.example.org changes: servers ")
	c.answer("Apply to eu-stage?", "1")
	c.until("Somebody else has changed the table")
	c.until("Taken over from others")
	c.until("qa.stage.example.org is new")
	c.until("Conflict 1 of 1: pay.stage.example.org.")
	c.until("Before: ")
	c.until("Yours: 10.24.0.4, 10.24.0.7.")
	c.until("Theirs: ")
	c.answer("Which one?", "both")
	c.until(`"both" is no answer here`)
	c.answer("Which one?", "yours")
	c.until("nothing is sent yet")
	c.answer("Apply to eu-stage?", "1")
	c.until("Done. The table was read back and is as it was sent")
	c.answer("What to do with the table?", "list")
	c.until("pay.stage.example.org to 10.24.0.4, 10.24.0.7")
	c.until("qa.stage.example.org to ")
	c.answer("Which row?", "q")
	c.end(0)
}

// A name that does not resolve, from the menu to the row that won.
func TestLinearTrace(t *testing.T) {
	t.Parallel()
	c := converse(t, nil, "--demo", "--linear")
	c.answer("What now?", "trace https://www.hr.example.org:8443/x")
	c.until("www.hr.example.org is mapped on eu-prod")
	c.until("Asking 1 server")
	c.until("Trace of www.hr.example.org on the network eu-prod")
	c.until("next: ")
	c.until("Evidence")
	c.answer("And now?", "row")
	c.until("hr.example.org to 10.20.0.5")
	c.answer("What to do with the row?", "0")
	c.answer("And now?", "another")
	c.answer("Which name?", "not a name")
	c.answer("Which name?", "quit")
	c.end(0)
}

// A set-up whose account may not assign the role: the error with its cure, tried again, and
// ended; then what would be lost is said.
func TestLinearSetUpWithAnError(t *testing.T) {
	t.Parallel()
	c := converse(t, nil, "--demo", "--linear")
	c.answer("What now?", "set-up")
	c.answer("Set-up:", "1")
	c.answer("The network:", "there")
	c.answer("Network:", "uk-lab")
	c.answer("Azure tenant:", "1")
	c.answer("Subscription:", "acme-guarded")
	c.answer("VNET:", "x")
	c.until("Not right yet: ")
	c.answer("VNET:", "?")
	c.until("The virtual network to peer with.")
	c.answer("VNET:", "vnet-guarded")
	c.answer("Peering name: enter for vnet-guarded", "labs")
	c.answer("DNS:", "none")
	c.until("Peering name: labs")
	c.answer("What to do with these answers?", "dry")
	c.until("would send: PUT ")
	c.until("The dry run for uk-lab, labs is done")
	c.answer("What to do with these answers?", "run")
	c.answer("Go on?", "yes")
	c.until("Preflight: ")
	c.until("Role assignment failed.")
	c.until("AuthorizationFailed")
	c.until("What to do: ")
	c.until("For support: ")
	c.answer("What now?", "1")
	c.until("Role assignment failed.")
	c.answer("What now?", "q")
	c.until("is in hand, with 3 steps of ")
	c.until("It has made, and this stays: the role definition")
	c.answer("Leave peerdeck?", "")
	c.answer("What now?", "set-up")
	c.answer("Set-up:", "run")
	c.answer("What now?", "end")
	c.answer("End the run?", "yes")
	c.until("was ended: ")
	c.answer("Set-up:", "quit")
	c.end(0)
}

// A whole set-up and its teardown, with the consent of somebody else in between and each
// name typed.
func TestLinearSetUpAndTeardown(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	c := converse(t, l.env("PEERDECK_LINEAR=1"))
	c.answer("What now?", "set-up")
	c.answer("Set-up:", "file")
	c.answer("The path of the set-up file:", l.file())
	c.answer("What to do with these answers?", "run")
	c.answer("Go on?", "1")
	c.until("Link: http")
	c.answer("What now?", "wait")
	l.accept()
	c.until("The set-up for uk-lab, labs is done")
	l.onceEach()
	c.answer("And now?", "tear down")
	c.answer("Begin the teardown?", "yes")
	c.answer("What now?", "1")
	c.answer("anything else leaves it", "something else")
	c.until("nothing was done")
	c.answer("What now?", "1")
	c.until("Type labs to go on")
	c.answer("anything else leaves it", "labs")
	c.answer("What now?", "keep")
	c.answer("Keep it?", "yes")
	c.until("The teardown for uk-lab, labs is done")
	c.answer("Set-up:", "q")
	c.end(0)
}

// Without a terminal, and without anybody who answers, everything is read once and the end
// is in order; a signal ends it as any other program; what cannot be read is an error.
func TestLinearWithoutAnybody(t *testing.T) {
	t.Parallel()
	c := converse(t, nil, "--demo")
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	c.until("acme-corp. 15 networks")
	c.until("The input has ended.")
	c.end(0)

	c = converse(t, []string{"KONNECT_TOKEN=" + sandbox.Token, "PEERDECK_KONNECT_URL=http://127.0.0.1:1"})
	_ = c.in.Close()
	c.until("refuses the connection")
	c.end(1)

	c = converse(t, nil, "--demo", "--linear")
	c.answer("What now?", "watch")
	_ = c.in.Close()
	c.until("until the program is ended")
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.end(128 + int(syscall.SIGINT))
}

// In a terminal that can show nothing but lines: ctrl+c and ctrl+d are those of the
// terminal, and nothing but lines is written.
func TestLinearInATerminal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env  []string
		args []string
		key  string
		code int
	}{
		"ctrl+d": {[]string{"TERM=dumb"}, nil, "\x04", 0},
		"ctrl+c": {[]string{"TERM="}, nil, "\x03", 130},
		"asked":  {nil, []string{"--linear"}, "quit\r", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24, c.env, append([]string{"--demo"}, c.args...)...)
			s.until("What now?")
			s.keys(c.key)
			s.end(c.code)
		})
	}
}

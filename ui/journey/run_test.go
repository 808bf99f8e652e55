//go:build unix

package journey_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"github.com/peerdeck/peerdeck/services/run/longtest"
	_ "github.com/peerdeck/peerdeck/ui/command" // go test would else not notice that the program has changed
)

// patience is how long a text may take to appear. It is no measure of anything:
// a loaded machine may need it.
const patience = 4 * time.Minute

// programOf names a program that was installed, for the journeys to take in the place of the
// one that is built of this folder.
const programOf = "PEERDECK_JOURNEY_PROGRAM"

// binary is the program, built once for all journeys.
var binary string //nolint:gochecknoglobals // TestMain has no other way to hand it on

func TestMain(m *testing.M) { os.Exit(build(m)) } //nolint:forbidigo // as TestMain must

func build(m *testing.M) int {
	if where := os.Getenv(faultOf); where != "" {
		return faulty(where)
	}
	dir, err := os.MkdirTemp("", "peerdeck-journey")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "peerdeck")
	if installed := os.Getenv(programOf); installed != "" {
		binary = installed
	} else if out, err := exec.Command("go", "build", "-o", binary, "../..").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	longtest.ManyAtOnce(12)
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// terminal is the program in a pseudo-terminal.
type terminal struct {
	t     testing.TB
	cmd   *exec.Cmd
	pty   *os.File
	tty   *os.File
	vt    *vt
	sane  *unix.Termios // as it was before the program
	home  string
	ended chan struct{}
	err   error
	news  chan struct{} // something was written

	mu     sync.Mutex
	frames []string // what has been on the screen since the last key, or the last text that was waited for
}

// start runs the program with arguments and environment in a terminal of a size.
func start(tb testing.TB, w, h int, env []string, args ...string) *terminal {
	tb.Helper()
	return startProgram(tb, w, h, env, binary, args...)
}

// startInShell runs the program under a shell with job control, which says
// "stopped" when it gets the terminal back and continues the program at a line.
func startInShell(tb testing.TB, w, h int, args ...string) *terminal {
	tb.Helper()
	const script = `set -m; "$0" "$@"; echo stopped; read -r line; fg`
	return startProgram(tb, w, h, nil, "/bin/sh", append([]string{"-c", script, binary}, args...)...)
}

func startProgram(tb testing.TB, w, h int, env []string, program string, args ...string) *terminal {
	tb.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		tb.Skipf("there is no pseudo-terminal here: %v", err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		tb.Fatal(err)
	}
	sane, err := unix.IoctlGetTermios(int(slave.Fd()), getTermios)
	if err != nil {
		tb.Fatal(err)
	}
	s := &terminal{t: tb, pty: master, tty: slave, vt: newVT(w, h), sane: sane, home: tb.TempDir(), ended: make(chan struct{}), news: make(chan struct{}, 1)}
	s.cmd = exec.Command(program, args...)
	s.cmd.Env = append([]string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=" + s.home}, env...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	var readers sync.WaitGroup
	readers.Go(func() {
		buffer := make([]byte, 32<<10)
		for {
			n, err := master.Read(buffer)
			s.vt.write(buffer[:n])
			s.keep(s.vt.text())
			select {
			case s.news <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	})
	go func() { s.err = s.cmd.Wait(); close(s.ended) }()
	tb.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
		_ = slave.Close()
		_ = master.Close()
		readers.Wait()
	})
	return s
}

// keep remembers a frame, unless it is the same again.
func (s *terminal) keep(frame string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.frames) == 0 || s.frames[len(s.frames)-1] != frame {
		s.frames = append(s.frames, frame)
	}
}

// shown reports whether a text is, or was, on the screen since the last key or the last
// text that was waited for: a notice may come and go while this machine has no time for
// the test. What was before it is forgotten.
func (s *terminal) shown(text string) bool {
	s.keep(s.vt.text())
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.frames, func(frame string) bool { return strings.Contains(frame, text) })
	if at > 0 {
		s.frames = slices.Delete(s.frames, 0, at)
	}
	return at >= 0
}

// forget leaves no frame but the last one.
func (s *terminal) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.frames); n > 1 {
		s.frames = slices.Delete(s.frames, 0, n-1)
	}
}

// until waits for a text on the screen.
func (s *terminal) until(text string) {
	s.t.Helper()
	s.wait("no "+text, func(string) bool { return s.shown(text) })
}

// gone waits until a text is no longer on the screen.
func (s *terminal) gone(text string) {
	s.t.Helper()
	s.wait("still "+text, func(screen string) bool { return !strings.Contains(screen, text) })
	s.forget()
}

func (s *terminal) wait(complaint string, met func(string) bool) {
	s.t.Helper()
	deadline := time.After(patience)
	for !met(s.vt.text()) {
		select {
		case <-s.news:
		case <-s.ended:
			s.drain()
			if met(s.vt.text()) {
				return
			}
			s.t.Fatalf("%s; the program has ended (%v):\n%s", complaint, s.err, s.vt.text())
		case <-deadline:
			s.t.Fatalf("%s:\n%s", complaint, s.vt.text())
		}
	}
}

// drain reads what the program wrote before it ended: that may still be on its
// way through the pseudo-terminal.
func (s *terminal) drain() {
	s.t.Helper()
	count := func() int {
		s.vt.mu.Lock()
		defer s.vt.mu.Unlock()
		return s.vt.enquiries
	}
	before := count()
	if _, err := s.tty.Write([]byte{enquiry}); err != nil {
		s.t.Fatal(err)
	}
	deadline := time.After(patience)
	for count() == before {
		select {
		case <-s.news:
		case <-deadline:
			s.t.Fatalf("the pseudo-terminal does not hand on what is written:\n%s", s.vt.text())
		}
	}
}

// loneEscape is escape as terminals send it that tell all keys apart. A bare one and the key
// behind it are one key, alt with it, where a busy machine reads them together.
const loneEscape = "\x1b[27u"

// keys sends keys as a terminal does.
func (s *terminal) keys(keys ...string) {
	s.t.Helper()
	names := map[string]string{"enter": "\r", "esc": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "end": "\x1b[F", "ctrl+c": "\x03", "ctrl+z": "\x1a", "f2": "\x1bOQ", "ctrl+o": "\x0f", "ctrl+u": "\x15"}
	for i, k := range keys {
		if k == "esc" && i < len(keys)-1 {
			k = loneEscape
		}
		if code, ok := names[k]; ok {
			k = code
		}
		s.forget()
		if _, err := s.pty.WriteString(k); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *terminal) resize(w, h int) {
	s.t.Helper()
	s.vt.mu.Lock()
	s.vt.resize(w, h)
	s.vt.mu.Unlock()
	s.forget()
	if err := pty.Setsize(s.pty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *terminal) signal(sig syscall.Signal) {
	s.t.Helper()
	s.forget()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the end of the program and checks the exit code and that the
// terminal is as it was.
func (s *terminal) end(code int) {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.t.Fatalf("it does not end:\n%s", s.vt.text())
	}
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		s.t.Errorf("exit code %d, want %d:\n%s", got, code, s.vt.text())
	}
	s.restored()
}

// restored checks the terminal: the main screen, a cursor, no mouse, no paste
// mode, and the line discipline of a shell.
func (s *terminal) restored() {
	s.t.Helper()
	s.wait("the screen is not given back", func(string) bool {
		if slices.ContainsFunc([]int{1049, 1000, 1002, 1003, 1006, 1004, 2004}, s.vt.mode) {
			return false
		}
		return s.vt.mode(25)
	})
	now, err := unix.IoctlGetTermios(int(s.tty.Fd()), getTermios)
	if err != nil {
		s.t.Fatal(err)
	}
	if now.Lflag != s.sane.Lflag || now.Iflag != s.sane.Iflag || now.Oflag != s.sane.Oflag {
		s.t.Errorf("the terminal was left with modes %x %x %x, it had %x %x %x", now.Lflag, now.Iflag, now.Oflag, s.sane.Lflag, s.sane.Iflag, s.sane.Oflag)
	}
}

// command runs the program without a terminal.
func command(t *testing.T, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	return commandIn(t, "", env, args...)
}

// commandIn is command in a folder.
func commandIn(t *testing.T, dir string, env []string, args ...string) (out, errs string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = append([]string{"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=" + t.TempDir()}, env...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

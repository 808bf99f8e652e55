//go:build unix

package journey_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Fault 63: the program meets a fault of its own, in Update, in a command or in a worker; it
// is ended by INT, TERM, HUP or QUIT; it is stopped and continued.
// Seen: the terminal as it was: modes, screen, cursor, mouse. The exit code is 1 for a fault,
// with the place of a report that holds no secret, and 128 and the number for a signal. While
// the terminal takes nothing a second signal ends it at once. What no program hears of, such as
// kill -9, leaves the terminal as it is: type reset and enter, which works unseen too.
func TestFault63Panics(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"update", "command", "worker"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			s := startProgram(t, 80, 24, []string{faultOf + "=" + where}, os.Args[0])
			s.until("Networks")
			s.keys("ß")
			s.end(1)
			s.until("written to ")
			reports, err := filepath.Glob(filepath.Join(s.home, "crash-*.txt"))
			if err != nil || len(reports) != 1 {
				t.Fatalf("%v, %v", reports, err)
			}
			report, err := os.ReadFile(reports[0])
			if err != nil || !strings.Contains(string(report), "fault_child_test.go") || strings.Contains(string(report)+s.vt.text(), "canary") {
				t.Errorf("%s, %v", report, err)
			}
		})
	}
}

// Fault 64: the window changes its size five hundred times, to one cell, to none, to a very
// large one.
// Seen: the last size, drawn whole.
func TestFault64ResizeStorm(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.vt.mu.Lock()
	s.vt.resize(500, 200) // takes whatever is drawn meanwhile
	before := s.vt.bytes
	s.vt.mu.Unlock()
	chance := rand.New(rand.NewPCG(1, 1))
	for i := range 500 {
		size := &pty.Winsize{Cols: uint16(chance.IntN(300)), Rows: uint16(chance.IntN(120))}
		switch i % 50 {
		case 0:
			size = &pty.Winsize{Cols: 1, Rows: 1}
		case 1:
			size = &pty.Winsize{}
		case 2:
			size = &pty.Winsize{Cols: 500, Rows: 200}
		}
		if err := pty.Setsize(s.pty, size); err != nil {
			t.Fatal(err)
		}
	}
	s.resize(100, 30)
	s.until("▌✖ au-edge")
	s.until("? help")
	s.vt.mu.Lock()
	wrote := s.vt.bytes - before
	s.vt.mu.Unlock()
	if most := 500 * 60 << 10; wrote > most { // a frame of the middle size, each
		t.Errorf("%d bytes for 500 sizes", wrote)
	}
	s.keys("q")
	s.end(0)
}

// Fault 65: the terminal goes away, as with a dead connection, or takes nothing for a while.
// Seen: the program ends with 129, whether the hang-up is told by a signal or not; where the terminal
// only takes nothing for a while, it goes on where it was, with the last state.
func TestFault65TheTerminalGoes(t *testing.T) {
	t.Parallel()
	for name, controls := range map[string]bool{"with a signal": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, master := bare(t, controls)
			_ = master.Close()
			if code := ended(t, cmd); code != 129 {
				t.Errorf("exit code %d", code)
			}
		})
	}
	t.Run("takes nothing for a while", func(t *testing.T) {
		t.Parallel()
		cmd, master := bare(t, true)
		// More than a terminal holds is to be written, and nobody takes it.
		for range 100 {
			for _, key := range []string{"G", "g", "?"} {
				if _, err := master.WriteString(key); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := master.WriteString("\x03"); err != nil { // and then to quit
			t.Fatal(err)
		}
		until(t, master, "\x1b[?1049l")
		if code := ended(t, cmd); code != 0 {
			t.Errorf("exit code %d", code)
		}
		_ = master.Close()
	})
}

// A program that is told to end while its terminal takes nothing ends in order when that
// takes what was on its way; told a second time it ends at once, and gives back the line
// discipline, for which nothing need be written.
func TestFault63ASignalWhileOutputIsBlocked(t *testing.T) {
	t.Parallel()
	for name, reads := range map[string]bool{"it takes it in the end": true, "it takes nothing": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, master := bare(t, true)
			defer func() { _ = master.Close() }()
			for range 100 { // more than a terminal holds
				for _, key := range []string{"G", "g", "?"} {
					if _, err := master.WriteString(key); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if reads {
				until(t, master, "\x1b[?1049l")
				if code := ended(t, cmd); code != 143 {
					t.Errorf("exit code %d", code)
				}
				return
			}
			if err := cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			if code := ended(t, cmd); code == 0 {
				t.Errorf("exit code %d", code)
			}
			now, err := unix.IoctlGetTermios(int(master.Fd()), getTermios)
			if err != nil || now.Lflag&unix.ICANON == 0 || now.Lflag&unix.ECHO == 0 {
				t.Errorf("the line discipline is not given back: %+v, %v", now, err)
			}
		})
	}
}

// bare starts the program in a pseudo-terminal, which is its controlling one or not, and
// reads until the networks are there, and no further.
func bare(t *testing.T, controls bool) (*exec.Cmd, *os.File) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skipf("there is no pseudo-terminal here: %v", err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, "--demo")
	cmd.Env = []string{"TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=" + t.TempDir()}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: controls}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close()
	until(t, master, "au-edge")
	return cmd, master
}

// until reads until a text has come.
func until(t *testing.T, master *os.File, text string) {
	t.Helper()
	var seen []byte
	for b := make([]byte, 4096); !strings.Contains(string(seen), text); {
		n, err := master.Read(b)
		if err != nil {
			t.Fatalf("%v; it has sent %q", err, seen)
		}
		seen = append(seen, b[:n]...)
	}
}

// ended waits for the end of a program.
func ended(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	over := make(chan struct{})
	go func() { _ = cmd.Wait(); close(over) }()
	select {
	case <-over:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		<-over
		t.Fatal("it goes on")
	}
	return cmd.ProcessState.ExitCode()
}

// Fault 66: a terminal without colours, with sixteen, with letters of ASCII or ISO 8859-1
// alone; tmux, screen; a paste of a megabyte, or with the end of a paste in it; garbage of a
// mouse.
// Seen: everything that matters, in words and signs that the terminal has. What is pasted is
// never taken for a command.
func TestFault66PoorTerminals(t *testing.T) {
	t.Parallel()
	colour := regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;m]`)
	rich := regexp.MustCompile(`\x1b\[[0-9;]*\b(38|48)[;:][25][;:]`)
	wide := regexp.MustCompile(`[^\x00-\x7f]`)
	for name, c := range map[string]struct {
		env   []string
		shows string
		never *regexp.Regexp
	}{
		"NO_COLOR":       {[]string{"NO_COLOR=1"}, "● live", colour},
		"LANG=C":         {[]string{"LANG=C"}, "live", wide},
		"LC_ALL latin 1": {[]string{"LC_ALL=en_US.ISO-8859-1"}, "live", wide},
		"16 colours":     {[]string{"TERM=xterm-16color", "COLORTERM="}, "● live", rich},
		"tmux":           {[]string{"TERM=tmux-256color", "TMUX=/tmp/none,1,0", "COLORTERM="}, "● live", nil},
		"screen":         {[]string{"TERM=screen", "STY=1.none", "COLORTERM="}, "● live", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24, c.env, "--demo")
			s.until("au-edge")
			s.until(c.shows)
			s.keys("?")
			s.until("Help: Networks")
			s.keys("esc")
			s.gone("Help: Networks")
			s.keys("q")
			s.end(0)
			if c.never == nil {
				return
			}
			if found := c.never.FindString(s.vt.all()); found != "" {
				t.Errorf("it sends %q", found)
			}
		})
	}
}

// A megabyte is pasted into a filter, and into the screen, with what looks like the end of
// the paste and like keys in it; the mouse sends what is none.
func TestFault66Paste(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	for _, text := range []string{strings.Repeat("q x D y\r\n", 1<<17), "q\x1b[20\x1b[201~", "\x1b[<999;9999;99999M\x1b[<0;0;0m\x1b[M\x01\x01\x01"} {
		if strings.HasPrefix(text, "q") {
			text = "\x1b[200~" + text + "\x1b[201~"
		}
		s.keys(text)
	}
	s.keys("/", "us-prod", "enter")
	s.until("▌✖ us-prod")
	s.keys("ctrl+c")
	s.end(0)
}

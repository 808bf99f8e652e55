//go:build unix

package journey_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// up waits until the networks are on the screen and both clouds answer.
func (s *terminal) up() {
	s.t.Helper()
	s.until("eu-prod")
	s.until("● live")
}

func TestStartLookQuit(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.until("DEMO")
	s.keys("j", "j", "j")
	s.until("▌▲ ca-data")
	s.until("ca-data › warehouse")
	s.keys("?")
	s.until("Keys of Networks")
	s.keys("esc")
	s.gone("Keys of Networks")
	s.keys("q")
	s.end(0)
	// The demo keeps nothing.
	if entries, err := os.ReadDir(s.home); err != nil || len(entries) > 0 {
		t.Errorf("the demo left %v, %v", entries, err)
	}
}

func TestFilterOpenRefresh(t *testing.T) {
	t.Parallel()
	s := start(t, 120, 36, nil, "--demo")
	s.up()
	s.keys("/", "stage")
	s.until("1 of 15")
	s.keys("enter", "enter")
	s.until("Networks › eu-stage")
	s.until("stage-hub")
	s.keys("r")
	s.until("Reading again")
	s.keys("esc") // one at a time: two in a row are another key
	s.until("1 of 15")
	s.keys("esc")
	s.until("15 networks")
	s.keys("5", "v")
	s.until("GET networks")
	s.keys("ctrl+c")
	s.end(0)
}

func TestTheStoryHappensOnTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.until("network initializing") // jp-new is being built
	s.until("1 starting")           // and then its first peering, tokyo
	s.until("✖ us-west")            // somebody deletes Kong's half
	s.until("● jp-new")
	s.keys("5")
	s.until("Connected → Disconnected")
	s.keys("q")
	s.end(0)
}

func TestResize(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.keys("G")
	s.until("▌● us-west")
	s.resize(160, 48)
	s.until("TIME LINE")
	s.resize(40, 10)
	s.until("a little more room")
	s.resize(80, 24)
	s.until("▌● us-west")
	s.keys("q")
	s.end(0)
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		signal syscall.Signal
		code   int
	}{"TERM": {syscall.SIGTERM, 143}, "INT": {syscall.SIGINT, 130}, "HUP": {syscall.SIGHUP, 129}, "QUIT": {syscall.SIGQUIT, 131}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24, nil, "--demo")
			s.up()
			s.signal(c.signal)
			s.end(c.code)
		})
	}
}

func TestSuspendAndComeBack(t *testing.T) {
	t.Parallel()
	s := startInShell(t, 80, 24, "--demo")
	s.up()
	s.keys("ctrl+z")
	s.until("stopped")
	s.restored()
	s.keys("enter")
	s.until("▌✖ au-edge")
	s.keys("q")
	s.end(0)
}

// A terminal without a shell has nobody who could continue the program.
func TestNoSuspendWithoutShell(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.keys("ctrl+z")
	s.until("there is no shell to go back to")
	s.keys("q")
	s.end(0)
}

func TestDeviceCode(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.keys("/", "fr-pay", "enter")
	s.until("→ A") // before that, nobody knows which tenant is missing
	s.keys("A")
	s.until("and enter")
	// Nobody types the code: the sandbox approves it after a while.
	s.gone("and enter")
	s.until("1 ready · 1 not known")
	s.keys("ctrl+c")
	s.end(0)
}

// world is a sandbox in a process of its own.
type world struct {
	cmd     *exec.Cmd
	Konnect string `json:"konnect"`
	ARM     string `json:"arm"`
	Graph   string `json:"graph"`
	Login   string `json:"login"`
	Token   string `json:"token"`
	Azure   string `json:"azure_token"`
}

// ports finds four free ports in a row.
func ports(t *testing.T) string {
	t.Helper()
	// Not from where systems choose ports by themselves: the other journeys, which run
	// at the same time, would take them.
	const low, wide = 20000, 8000
	for range 50 {
		port := low + rand.IntN(wide)
		free := true
		for i := 0; i < 4 && free; i++ {
			l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+i)))
			if free = err == nil; free {
				_ = l.Close()
			}
		}
		if free {
			return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		}
	}
	t.Skip("there are no four free ports in a row")
	return ""
}

func serve(tb testing.TB, args ...string) *world {
	tb.Helper()
	w := &world{cmd: exec.Command(binary, append([]string{"sandbox"}, args...)...)}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := w.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(w.stop)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(line, w); err != nil {
		tb.Fatalf("%v: %s", err, line)
	}
	return w
}

func (w *world) stop() {
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait()
}

func (w *world) env() []string {
	return []string{"KONNECT_TOKEN=" + w.Token, "PEERDECK_AZURE_TOKEN=" + w.Token, "PEERDECK_KONNECT_URL=" + w.Konnect, "PEERDECK_ARM_URL=" + w.ARM}
}

func TestLoseTheAPIAndGetItBack(t *testing.T) {
	t.Parallel()
	at := ports(t)
	w := serve(t, "--listen", at)
	s := start(t, 80, 24, w.env())
	s.up()
	w.stop()
	s.keys("r")
	s.until("no answer, again in") // of Konnect, or of both
	s.until("eu-prod")             // what was known stays
	serve(t, "--listen", at)
	s.keys("r")
	s.until("● live")
	s.keys("q")
	s.end(0)
	// The history of this organization was kept, for its owner alone.
	kept, err := filepath.Glob(filepath.Join(s.home, ".local/state/peerdeck/history-*.jsonl"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v", kept, err)
	}
	if info, err := os.Stat(kept[0]); err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestATokenThatIsWrong(t *testing.T) {
	t.Parallel()
	w := serve(t)
	w.Token = "kpat_wrong_canary"
	s := start(t, 80, 24, w.env())
	s.until("Konnect refuses the token")
	s.until("account/tokens")
	if strings.Contains(s.vt.text(), "canary") {
		t.Error("the token is on the screen")
	}
	s.keys("q")
	s.end(0)
}

//go:build unix

package journey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// door is a way in that is shut: what stands in the way, and what everybody must be told.
type door struct {
	name string
	// shut makes it so: it changes the desk, puts programs on its path, starts servers
	// that end with the test.
	shut func(t *testing.T, d *desk)
	// code is the entry of the catalogue that every face names; empty where the program
	// cannot begin, and then says alone counts.
	code string
	says []string // words that every face has, in cause or cure
	// hides are words that none may have: another cause, or a secret.
	hides []string
	// not are the faces that this door is none for, such as "setup" for one that only
	// stands before what a watcher reads.
	not []string
	// slow is a door at which one waits.
	slow bool
}

// desk is what a person has in front of them: variables, a home, programs on the path,
// and the clouds.
type desk struct {
	server *sandbox.Server
	env    map[string]string
	home   string
	bin    string // the first folder of the path
}

// newDesk is a desk at which everything works, with the ready-made tokens of the sandbox.
func newDesk(t *testing.T) *desk {
	t.Helper()
	server := sandboxtest.Start(t, sandbox.Options{Seed: 1})
	home, bin := t.TempDir(), t.TempDir()
	return &desk{server: server, home: home, bin: bin, env: map[string]string{
		"PEERDECK_KONNECT_URL": server.Konnect, "PEERDECK_ARM_URL": server.ARM, "PEERDECK_GRAPH_URL": server.Graph, "PEERDECK_LOGIN_URL": server.Login,
		"KONNECT_TOKEN": sandbox.Token, "PEERDECK_AZURE_TOKEN": server.World.HomeToken(), "PEERDECK_DNS_VIA": "socks5://127.0.0.1:9", "PEERDECK_HELPER_TIMEOUT": longest,
		"LANG": "C.UTF-8", "HOME": home, "PATH": bin + ":/usr/bin:/bin",
	}}
}

// program puts a script on the path of the desk.
func (d *desk) program(t *testing.T, name, script string) {
	t.Helper()
	syscall.ForkLock.RLock() // what is open for writing in a child cannot be started
	err := os.WriteFile(filepath.Join(d.bin, name), []byte(script), 0o700)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
}

// file puts a file into the home of the desk and returns its path.
func (d *desk) file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(d.home, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (d *desk) environment() []string {
	out := make([]string, 0, len(d.env))
	for k, v := range d.env {
		out = append(out, k+"="+v)
	}
	slices.Sort(out)
	return out
}

// longest is what the program is given for things that take a moment: no door is one because
// this machine is busy.
const longest = "3m"

// doorFile is a set-up that asks every service, of the world with seed 1.
const doorFile = `network: eu-prod
peering: door
azure:
  tenant_id: bb9d9826-0804-59aa-9a48-6811e5dcfca8
  subscription_id: 21340647-a21e-5120-a018-dbed4e6080a6
  resource_group: rg-network
  vnet: vnet-hub
dns:
  mode: none
`

// faces are the ways to meet a door without a screen: each says in its own document which
// findings it has.
func (d *desk) faces(t *testing.T) map[string][]string {
	t.Helper()
	setup := d.file(t, "door.yaml", doorFile)
	return map[string][]string{
		"status": {"status", "-o", "json", "--timeout", longest},
		"table":  {"status", "--timeout", longest},
		"setup":  {"setup", "-f", setup, "--dry-run", "-o", "json"},
		"dns":    {"dns", "trace", "crm.internal.example.org", "--network", "eu-prod", "-o", "json", "--timeout", longest},
		"doctor": {"doctor", "-o", "json", "--timeout", longest},
	}
}

// meet runs the whole program at a desk, once with each face and once on the screen, and
// holds them to what the door says.
func (c door) meet(t *testing.T) {
	t.Helper()
	d := newDesk(t)
	c.shut(t, d)
	// All at one time: some wait, for a program that hangs or between tries.
	var faces sync.WaitGroup
	for face, args := range d.faces(t) {
		if slices.Contains(c.not, face) || !c.shows(face) {
			continue
		}
		faces.Go(func() { c.judge(t, face, d.run(t, args...), face != "table") })
	}
	faces.Wait()
	if !slices.Contains(c.not, "screen") && c.shows("screen") {
		c.onScreen(t, d)
	}
	d.leavesNothing(t)
}

// shows reports whether a face is among those that this door is met with: status, and a third of
// the others unless all cases are asked for.
func (c door) shows(face string) bool {
	return face == "status" || longtest.Chosen(c.name+", "+face, 3)
}

// judge holds what a face said to what the door wants.
func (c door) judge(t *testing.T, face, said string, coded bool) {
	t.Helper()
	if c.code != "" && coded {
		if _, known := finding.Lookup(c.code); !known {
			t.Errorf("there is no finding %s", c.code)
		}
		if !strings.Contains(said, c.code) {
			t.Errorf("%s does not name %s:\n%s", face, c.code, said)
		}
	}
	flat := flatten(said)
	for _, words := range c.says {
		if !strings.Contains(flat, strings.ToLower(words)) {
			t.Errorf("%s does not say %q:\n%s", face, words, said)
		}
	}
	for _, words := range c.hides {
		if strings.Contains(flat, strings.ToLower(words)) {
			t.Errorf("%s says %q:\n%s", face, words, said)
		}
	}
	if strings.ContainsRune(said, 0x1b) {
		t.Errorf("%s holds an escape", face)
	}
}

// flatten reads the texts of JSON as people do, and takes no note of line ends and of
// large letters, which a sentence may begin with.
func flatten(said string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\"`, `"`, `\\`, `\`, "│", " ").Replace(said)), " "))
}

// run runs a command at the desk and returns all that it says.
func (d *desk) run(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = d.environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // it has no terminal to talk to
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.WaitDelay = patience / 8 // what is left behind and holds a pipe is found by leavesNothing
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Errorf("%v: %v\n%s%s", args, err, out.String(), errs.String())
	}
	if slices.Contains(args, "json") && out.Len() > 0 && !json.Valid(out.Bytes()) { // one document, or one a line
		for line := range bytes.SplitSeq(bytes.TrimSpace(out.Bytes()), []byte("\n")) {
			if !json.Valid(line) {
				t.Errorf("%v prints what is not JSON:\n%s", args, out.String())
				break
			}
		}
	}
	if strings.Contains(errs.String(), "goroutine ") {
		t.Errorf("%v met a fault of its own:\n%s", args, errs.String())
	}
	return out.String() + errs.String()
}

// onScreen runs the dashboard until it says what the door wants, on the page of a network
// where there are networks. Where it cannot begin, it says so in the terminal that it leaves.
func (c door) onScreen(t *testing.T, d *desk) {
	t.Helper()
	term := start(t, 110, 60, d.environment()) // one column: a sentence over two lines stays together
	opened := false
	said := func(text string) bool {
		flat := flatten(text)
		missing := slices.ContainsFunc(c.says, func(words string) bool { return !strings.Contains(flat, strings.ToLower(words)) })
		if missing && !opened && strings.Contains(text, "▌") && strings.Contains(text, "au-edge") {
			opened = true
			term.keys("/", "au-edge", "enter", "enter") // worst first is another one, and changes while it is read
		}
		return !missing
	}
	term.wait("not all of "+strings.Join(c.says, ", "), said)
	for _, words := range c.hides {
		if strings.Contains(flatten(term.vt.text()), strings.ToLower(words)) {
			t.Errorf("the screen says %q:\n%s", words, term.vt.text())
		}
	}
	select {
	case <-term.ended:
	default:
		term.keys("ctrl+c")
		<-term.ended
	}
}

// leavesNothing looks for a process that has the desk's home in its environment: the
// program, or what it started.
func (d *desk) leavesNothing(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	mark := []byte("HOME=" + d.home + "\x00")
	left := func() []string {
		var out []string
		all, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, path := range all {
			if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, mark) {
				line, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
				out = append(out, string(bytes.ReplaceAll(line, []byte{0}, []byte{' '})))
			}
		}
		return out
	}
	// What was killed may need a moment until the system has taken it away.
	var found []string
	for deadline := time.Now().Add(patience / 2); ; time.Sleep(10 * time.Millisecond) {
		if found = left(); len(found) == 0 || time.Now().After(deadline) {
			break
		}
	}
	if len(found) > 0 {
		t.Errorf("left behind: %q", found)
	}
}

// meetAll meets each door beside the others.
func meetAll(t *testing.T, doors []door) {
	t.Helper()
	for _, c := range doors {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.slow {
				longtest.Only(t)
			}
			longtest.OneIn(t, 2)
			c.meet(t)
		})
	}
}

// The doors that need nothing but the sandbox.
func TestShutDoors(t *testing.T) {
	t.Parallel()
	meetAll(t, []door{
		{
			name: "a token that Konnect refuses", code: "refused-konnect-token",
			shut:  func(_ *testing.T, d *desk) { d.env["KONNECT_TOKEN"] = "kpat_canary" },
			says:  []string{"refuses the token", "KONNECT_TOKEN", "account/tokens"},
			hides: []string{"kpat_canary"},
		},
		{
			name: "nobody is signed in to Azure", code: "sign-in-nobody",
			shut: func(_ *testing.T, d *desk) {
				delete(d.env, "PEERDECK_AZURE_TOKEN")
				d.env["PEERDECK_AZURE_SIGN_IN"] = "device-code"
			},
			says: []string{"obody is signed in"},
		},
	})
}

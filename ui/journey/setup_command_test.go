//go:build unix

package journey_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// event is a line that setup prints for programs.
type event struct {
	Event   string       `json:"event"`
	At      string       `json:"at"`
	Run     string       `json:"run"`
	Step    setup.StepID `json:"step"`
	State   string       `json:"state"`
	Text    string       `json:"text"`
	Link    string       `json:"link"`
	Service string       `json:"service"`
	Method  string       `json:"method"`
	URL     string       `json:"url"`
	Body    any          `json:"body"`
	Failure *struct {
		Kind      string `json:"kind"`
		Finding   string `json:"finding"`
		Cause     string `json:"cause"`
		Cure      string `json:"cure"`
		Code      string `json:"code"`
		TraceID   string `json:"trace_id"`
		RequestID string `json:"request_id"`
	} `json:"failure"`
	Findings []struct {
		ID       string `json:"id"`
		Code     string `json:"code"`
		Severity string `json:"severity"`
		Because  string `json:"because"`
		Stops    bool   `json:"stops"`
		Title    string `json:"title"`
		Text     string `json:"text"`
		Cure     string `json:"cure"`
	} `json:"findings"`
	Writes *int `json:"writes"`
	Exit   *int `json:"exit"`
}

// events reads what setup -o json printed: JSON on every line, the steps in their
// order, one end, and it last.
func events(t *testing.T, out string) []event {
	t.Helper()
	var list []event
	for line := range strings.Lines(out) {
		dec := json.NewDecoder(strings.NewReader(line))
		dec.DisallowUnknownFields()
		var e event
		if err := dec.Decode(&e); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		list = append(list, e)
	}
	furthest := 0
	for i, e := range list {
		switch e.Event {
		case "step", "write":
			at := slices.Index(setup.Steps(setup.DNSResolver), e.Step)
			if at < furthest {
				t.Errorf("%s comes behind a later step:\n%s", e.Step, out)
			}
			furthest = at
		case "log":
		case "end":
			if i != len(list)-1 {
				t.Errorf("something comes behind the end:\n%s", out)
			}
		default:
			t.Errorf("there is no event %q", e.Event)
		}
	}
	if len(list) == 0 || list[len(list)-1].Event != "end" {
		t.Fatalf("there is no end:\n%s", out)
	}
	return list
}

// request is one that changes something.
type request struct {
	Method, URL string
	Body        any
}

// planned are the requests that setup said it would send.
func planned(list []event) []request {
	var out []request
	for _, e := range list {
		if e.Event == "write" {
			out = append(out, request{e.Method, e.URL, e.Body})
		}
	}
	return out
}

// sent are the requests that the journals hold.
func (l *labs) sent() []request {
	l.t.Helper()
	var out []request
	for _, line := range l.journals() {
		var e struct {
			Kind   string `json:"kind"`
			Method string `json:"method"`
			URL    string `json:"url"`
			Body   string `json:"body"`
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			l.t.Fatalf("%v: %s", err, line)
		}
		if e.Kind != "intent" {
			continue
		}
		r := request{Method: e.Method, URL: e.URL}
		if err := json.Unmarshal([]byte(e.Body), &r.Body); err != nil {
			l.t.Fatalf("%v: %s", err, line)
		}
		out = append(out, r)
	}
	return out
}

const resolverYAML = `dns:
  mode: resolver
  mappings:
    - domains: [labs.example.org]
      servers: [10.64.0.4, 10.64.0.5]
`

// reservedNote is what every command says of resolverYAML.
const reservedNote = "peerdeck: note: dns.mappings, mapping 1: labs.example.org is reserved (RFC 6761) and will not be resolved by most servers. (D20)\n"

// What a dry run lists is what a run sends, to the letter, and a second run sends
// nothing.
func TestSetupDryThenTwice(t *testing.T) {
	t.Parallel()
	l := serveConsentedLabs(t)
	path, before := l.file("dns:\n  mode: none\n", resolverYAML), l.writes()
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--dry-run", "-o", "json")
	dry := events(t, out)
	if end := dry[len(dry)-1]; code != 0 || errs != reservedNote || *end.Exit != 0 || *end.Writes != 0 || end.State != "done" {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if l.writes() != before || len(l.journals()) != 0 {
		t.Errorf("the dry run wrote: %d, %v", l.writes()-before, l.journals())
	}

	out, errs, code = command(t, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	first := events(t, out)
	if end := first[len(first)-1]; code != 0 || errs != reservedNote || *end.Exit != 0 || *end.Writes != 4 || end.State != "done" {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.onceEach()
	if got := l.writes() - before; got != 4 || len(planned(dry)) != 4 {
		t.Errorf("%d writes, %d planned", got, len(planned(dry)))
	}
	if !reflect.DeepEqual(planned(dry), l.sent()) || !reflect.DeepEqual(planned(first), l.sent()) {
		t.Errorf("a dry run plans %v\nthe run plans %v\nand sends %v", planned(dry), planned(first), l.sent())
	}

	out, errs, code = command(t, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	second := events(t, out)
	if end := second[len(second)-1]; code != 0 || errs != reservedNote || *end.Writes != 0 || len(planned(second)) != 0 || l.writes()-before != 4 {
		t.Errorf("the second run: exit %d, %s\n%s", code, errs, out)
	}
}

func TestSetupDryRunForPeople(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	out, errs, code := command(t, l.env(), "setup", "-f", l.file(), "--dry-run")
	if code != 0 || errs != "" || l.writes() != 0 {
		t.Errorf("exit %d, %s", code, errs)
	}
	for _, part := range []string{"would send: PUT " + l.ARM, "/roleAssignments/", "would send: POST " + l.Konnect, "done: 6 of 6 steps, 0 writes\n"} {
		if !strings.Contains(out, part) {
			t.Errorf("%s\ndoes not say %q", out, part)
		}
	}
	// Each request stands with its step, not behind the end.
	if last := strings.LastIndex(out, "would send"); last > strings.Index(out, "dry run done") {
		t.Errorf("a request comes after the end\n%s", out)
	}
}

func TestSetupThatCannotBe(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	good := l.file()
	wrong := l.file("uk-lab", `""`, "rg-network", `"$(touch pwned)"`, "vnet: vnet-labs", `vnet: "a\nb\e[2J"`, l.World.TenantID(sandbox.LabsDomain), "acme.example", "none", "recursive")
	for name, c := range map[string]struct {
		env  []string
		args []string
		says []string
	}{
		"no file":       {nil, []string{"--yes"}, []string{"-f: name a set-up file"}},
		"not there":     {nil, []string{"-f", "/nowhere/peering.yaml", "--yes"}, []string{"/nowhere/peering.yaml cannot be read: no such file"}},
		"unknown key":   {nil, []string{"-f", l.file("vnet: ", "vnett: "), "--yes"}, []string{"line 7, column 3", `"vnett"`}},
		"all at once":   {nil, []string{"-f", wrong, "--dry-run"}, []string{"cannot be run", "peerdeck: network: ", "peerdeck: azure.tenant_id: ", "peerdeck: azure.resource_group: ", "peerdeck: azure.vnet: ", `\u{1b}[2J`, "peerdeck: dns.mode: "}},
		"nobody to ask": {nil, []string{"-f", good}, []string{"standard input is no terminal", "--yes", "--dry-run"}},
		"read-only":     {nil, []string{"-f", good, "--yes", "--read-only"}, []string{"read-only"}},
		"no token":      {[]string{"KONNECT_TOKEN="}, []string{"-f", good, "--yes"}, []string{"there is no Konnect token"}},
		"no network":    {nil, []string{"-f", l.file("uk-lab", "uk-labs"), "--yes"}, []string{"Konnect has no network uk-labs", "Check the name"}},
		"no VNET":       {nil, []string{"-f", l.file("vnet-labs", "vnet-lab"), "--yes"}, []string{"vnet-lab"}},
		"not ready":     {nil, []string{"-f", l.file("uk-lab", "uk-spare"), "--yes"}, []string{"uk-spare", "offline"}},
		"no time":       {nil, []string{"-f", good, "--yes", "--wait", "-5m"}, []string{"-5m0s is over before it begins"}},
		"nobody there":  {[]string{"PEERDECK_KONNECT_URL=" + "http://127.0.0.1:1"}, []string{"-f", good, "--yes", "--wait", "1ms"}, []string{"not done after 1 ms", "run it again"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := 1
			if name == "nobody there" {
				want = 2
			}
			env := l.env(append(c.env, "XDG_STATE_HOME="+t.TempDir())...) // they would wait for each other
			_, errs, code := command(t, env, append([]string{"setup"}, c.args...)...)
			if code != want {
				t.Errorf("exit %d", code)
			}
			for _, part := range c.says {
				if !strings.Contains(errs, part) {
					t.Errorf("%q does not say %q", errs, part)
				}
			}
			if strings.Contains(errs, "\x1b") {
				t.Errorf("it sends what a terminal obeys: %q", errs)
			}
			out, _, code := command(t, env, append([]string{"setup", "-o", "json"}, c.args...)...)
			list := events(t, out)
			if end := list[len(list)-1]; code != want || *end.Exit != want || !strings.Contains(end.Text, c.says[0]) && name != "all at once" {
				t.Errorf("exit %d\n%s", code, out)
			}
		})
	}
	t.Run("no such form", func(t *testing.T) {
		t.Parallel()
		out, errs, code := command(t, l.env(), "setup", "-f", good, "-o", "yaml")
		if code != 1 || out != "" || !strings.Contains(errs, `"yaml"; there are text, json`) {
			t.Errorf("exit %d, %s%s", code, out, errs)
		}
	})
	t.Cleanup(func() {
		if l.writes() != 0 {
			t.Errorf("%d writes", l.writes())
		}
		if _, err := os.Stat("pwned"); err == nil {
			t.Error("a value was run")
		}
	})
}

func TestSetupReadOnlyMayLook(t *testing.T) {
	t.Parallel()
	l := serveConsentedLabs(t)
	out, errs, code := command(t, l.env(), "setup", "-f", l.file(), "--read-only", "--dry-run")
	if code != 0 || errs != "" || !strings.Contains(out, "would send") || l.writes() != 0 {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
}

// Nobody waits for an administrator where nobody sits: what was asked for is told,
// and when it is done the same command goes on.
func TestSetupStopsForAConsent(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path := l.file()
	link := l.Login + "/" + l.World.TenantID(sandbox.LabsDomain) + "/adminconsent?client_id=" + setup.KongAppID
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	list := events(t, out)
	end := list[len(list)-1]
	if code != 2 || *end.Exit != 2 || end.State != "needs-person" || *end.Writes != 0 || !strings.Contains(end.Text, link) || !strings.Contains(errs, "--wait 30m") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	asked := slices.IndexFunc(list, func(e event) bool { return e.Step == setup.StepConsent && e.Link == link && e.State == "needs-person" })
	if asked < 0 {
		t.Errorf("no step has the link:\n%s", out)
	}
	out, errs, code = command(t, l.env(), "setup", "-f", path, "--yes")
	if code != 2 || !strings.Contains(out, link) || !strings.Contains(errs, "peerdeck: "+link+"\n") || !strings.Contains(out, "needs-person: 1 of 6 steps, 0 writes\n") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.accept()
	out, errs, code = command(t, l.env(), "setup", "-f", path, "--yes")
	if code != 0 || errs != "" || !strings.Contains(out, "done: 6 of 6 steps, 3 writes\n") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.onceEach()
	if kept, err := filepath.Glob(filepath.Join(l.state, "peerdeck", "setup", "*.jsonl")); err != nil || len(kept) != 1 {
		t.Errorf("it is one set-up, with %d journals, %v", len(kept), err)
	}
}

// A step that fails ends the command with the cure and with what support asks for. A right that
// is there and does not act yet would be waited for; a policy refuses for good.
func TestSetupFails(t *testing.T) {
	t.Parallel()
	l := serveConsentedLabs(t)
	l.World.AddFault(sandbox.Fault{Service: "arm", Method: "PUT", Path: "roleAssignments", Status: 403, Code: "RequestDisallowedByPolicy"})
	path := l.file()
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	list := events(t, out)
	i := slices.IndexFunc(list, func(e event) bool { return e.State == "failed" && e.Event == "step" })
	if end := list[len(list)-1]; code != 1 || *end.Exit != 1 || end.State != "failed" || i < 0 {
		t.Fatalf("exit %d, %s\n%s", code, errs, out)
	}
	f := list[i].Failure
	if list[i].Step != setup.StepAssignment || f == nil || f.Kind != "permission" || f.Cure == "" || f.RequestID == "" {
		t.Fatalf("%s", out)
	}
	for _, part := range []string{"peerdeck: Role assignment: ", f.Cure, "peerdeck: request " + f.RequestID} {
		if !strings.Contains(errs, part) {
			t.Errorf("%q does not say %q", errs, part)
		}
	}
	l.World.ClearFaults()
	out, errs, code = command(t, l.env(), "setup", "-f", path, "--yes")
	if code != 0 || errs != "" || !strings.Contains(out, "done: 6 of 6 steps, 2 writes\n") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.onceEach()
}

// At a terminal it asks before it writes, waits for the administrator, and goes on
// by itself.
func TestSetupAtATerminal(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path := l.file()
	s := start(t, 120, 40, l.env(), "setup", "-f", path)
	s.until("Go on? [y/N]")
	s.keys("n", "enter")
	s.until("nothing was changed")
	s.end(2)
	if l.writes() != 0 || len(l.journals()) != 0 {
		t.Errorf("%d writes, %v", l.writes(), l.journals())
	}
	s = start(t, 120, 60, l.env(), "setup", "-f", path)
	s.until("Go on? [y/N]")
	s.keys("y", "enter")
	s.until("/adminconsent?client_id=")
	l.accept()
	s.until("done: 6 of 6 steps, 3 writes")
	s.end(0)
	l.onceEach()
}

// Whatever it waits for, ctrl+c ends it in order.
func TestSetupCtrlC(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path := l.file()
	s := start(t, 120, 40, l.env(), "setup", "-f", path)
	s.until("Go on? [y/N]")
	s.keys("ctrl+c")
	s.end(130)
	s = start(t, 120, 40, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	s.until("/adminconsent?client_id=")
	s.keys("ctrl+c")
	s.until("running it again goes on from there")
	s.until(`"event":"end"`)
	s.end(130)
	if lines := l.journals(); len(lines) == 0 || !strings.Contains(lines[len(lines)-1], `"state":"interrupted"`) {
		t.Errorf("the journal is %v", lines)
	}
	l.accept()
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--yes")
	if code != 0 || errs != "" || !strings.Contains(out, "going on: every step is checked again") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	l.onceEach()
}

// A warning is put to the person once. Without anybody it ends the command, unless
// --yes takes it.
func TestSetupAsksAboutWarnings(t *testing.T) {
	t.Parallel()
	l := serveConsentedLabs(t)
	l.World.Apply(sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"})
	path := l.file()
	s := start(t, 120, 40, l.env(), "setup", "-f", path)
	s.until("Go on? [y/N]")
	s.keys("y", "enter")
	s.until("1 warning: go on, or mend them first and retry. y: accept and go on. [y/N]")
	s.until("to mend: ")
	s.keys("n", "enter")
	s.end(2)
	out, _, code := command(t, l.env(), "setup", "-f", path, "--dry-run", "-o", "json")
	warned := false
	for _, e := range events(t, out) {
		for _, f := range e.Findings {
			warned = warned || e.State == "done" && f.Severity == "attention" && f.Cure != "" && f.ID != ""
		}
	}
	if code != 0 || !warned || l.writes() != 0 {
		t.Errorf("exit %d, %d writes\n%s", code, l.writes(), out)
	}
	s = start(t, 120, 60, l.env(), "setup", "-f", path)
	s.until("Go on? [y/N]")
	s.keys("y", "enter")
	s.until("1 warning: go on, or mend them first and retry. y: accept and go on. [y/N]")
	s.keys("y", "enter")
	s.until("failed: ")
	s.end(1)
	if n := strings.Count(s.vt.text(), "[y/N]"); n != 2 {
		t.Errorf("it asked %d times:\n%s", n, s.vt.text())
	}
}

// Without a terminal it waits for the administrator as long as it is told to. The
// set-up file may come by standard input.
func TestSetupWaitsAsLongAsItIsTold(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	file, err := os.Open(l.file())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "setup", "-f", "-", "--yes", "--wait", "10m")
	cmd.Env = l.env("HOME=" + t.TempDir())
	cmd.Stdin = file
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if last = lines.Text(); strings.Contains(last, "/adminconsent?client_id=") {
			l.accept()
		}
	}
	if err := cmd.Wait(); err != nil || last != "done: 6 of 6 steps, 3 writes" {
		t.Errorf("%v, %s", err, last)
	}
	l.onceEach()
}

// Two programs do not work on one VNET at once, and the second one says so.
func TestSetupTwiceAtOnce(t *testing.T) {
	t.Parallel()
	l := serveLabs(t)
	path := l.file()
	s := start(t, 120, 40, l.env(), "setup", "-f", path, "--yes")
	s.until("/adminconsent?client_id=")
	out, errs, code := command(t, l.env(), "setup", "-f", path, "--yes", "-o", "json")
	list := events(t, out)
	if code != 1 || !strings.Contains(errs, "another peerdeck on this machine works on a set-up of this VNET") || len(list) != 1 || *list[0].Exit != 1 {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	s.signal(syscall.SIGTERM)
	s.until("running it again goes on from there")
	s.end(143)
	if l.writes() != 0 {
		t.Errorf("%d writes", l.writes())
	}
}

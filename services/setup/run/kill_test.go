package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	setupfile "github.com/peerdeck/peerdeck/services/setup/file"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// killed is the exit code of a program that was killed.
const killed = -1

// Fault 39: peerdeck is killed at any point of a set-up.
// Seen: the next start names the run that was not ended; resuming it ends in the same state as
// if nothing had happened, each object made exactly once.
// Not run: az killed, since no step of a set-up waits for az but the sign-in, which fault 38 is about.
//
// The program is killed before and after every write; the next
// start finishes what was begun. The world is the same in the end, with everything
// made exactly once, and the journal knows all of it. So it is where lists lag behind
// what the first program has written.
func TestFault39KilledAnywhere(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a killed program looks like a failed one there")
	}
	const writes = 4
	type situation struct {
		n    int
		when string
		lag  string
	}
	var all []situation
	for n := 1; n <= writes; n++ {
		for _, when := range []string{"before", "after"} {
			for lag := range lags() {
				all = append(all, situation{n, when, lag})
			}
		}
	}
	for _, s := range all {
		n, when, lag := s.n, s.when, s.lag
		t.Run(fmt.Sprintf("%s write %d, %s", when, n, lag), func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 8)
			p := newPlace(t, sandbox.Options{})
			p.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
			p.world.Apply(sandbox.Event{Lag: lags()[lag]})
			dir := t.TempDir()
			if code, out := p.child(dir, n, when); code != killed {
				t.Fatalf("the first program ended with %d\n%s", code, out)
			}
			list, err := journal.NewStore(dir).List()
			if err != nil || len(list) != 1 || !list[0].Unfinished() || list[0].State != setup.RunInterrupted {
				t.Errorf("the next start is told %+v, %v", list, err)
			}
			if code, out := p.child(dir, 0, ""); code != 0 {
				t.Fatalf("the second program ended with %d\n%s", code, out)
			}
			p.onceEach(setup.DNSResolver)
			list, err = journal.NewStore(dir).List()
			if err != nil || len(list) != 1 || list[0].State != setup.RunDone || len(list[0].Made) != writes || list[0].Problem != "" {
				t.Errorf("the journal tells %+v, %v", list, err)
			}
			for _, m := range list[0].Made {
				if m.ID.IsEmpty() || m.Changed {
					t.Errorf("made %+v", m)
				}
			}
			after := p.writes()
			if code, out := p.child(dir, 1, "before"); code != 0 || p.writes() != after {
				t.Errorf("the third program ended with %d after %d writes\n%s", code, p.writes()-after, out)
			}
		})
	}
}

// The same for the network that a run makes first: around its request, and in the half hour
// after it.
func TestKilledAroundTheNetwork(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a killed program looks like a failed one there")
	}
	for _, when := range []string{"before", "after"} {
		for lag := range lags() {
			t.Run(when+", "+lag, func(t *testing.T) {
				t.Parallel()
				longtest.OneIn(t, 3)
				p := newPlace(t, slow())
				p.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
				p.world.Apply(sandbox.Event{Lag: lags()[lag]})
				dir, request := t.TempDir(), p.anew(setup.DNSNone)
				if code, out := p.childOf(request, dir, 1, when); code != killed {
					t.Fatalf("the first program ended with %d\n%s", code, out)
				}
				if code, out := p.childOf(request, dir, 0, ""); code != 0 {
					t.Fatalf("the second program ended with %d\n%s", code, out)
				}
				list, err := journal.NewStore(dir).List()
				if err != nil || len(list) != 1 || list[0].State != setup.RunDone || len(list[0].Made) != 4 || list[0].Request.Create == nil {
					t.Errorf("the journal tells %+v, %v", list, err)
				}
				if made := p.world.Networks("uk-anew"); len(made) != 1 || made[0].State != "ready" || len(p.world.Peerings("uk-anew")) != 1 {
					t.Errorf("%+v", made)
				}
			})
		}
	}
}

// lags are ways in which readers learn late.
func lags() map[string]*sandbox.Lag {
	return map[string]*sandbox.Lag{
		"at once":    nil,
		"lists lag":  {For: 2 * time.Minute},
		"reads flap": {For: 2 * time.Minute, Hides: "reads", Flapping: true},
	}
}

// child runs the set-up in a program of its own, which ends itself at a write.
func (p *place) child(dir string, kill int, when string) (code int, out string) {
	p.t.Helper()
	return p.childOf(p.request(setup.DNSResolver), dir, kill, when)
}

func (p *place) childOf(request setup.Request, dir string, kill int, when string) (code int, out string) {
	p.t.Helper()
	clock := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d, _ := time.ParseDuration(r.URL.Query().Get("by"))
		p.clock.Advance(d)
		if p.waited != nil {
			p.waited()
		}
		_, _ = fmt.Fprint(w, p.clock.Now().Format(time.RFC3339Nano))
	}))
	defer clock.Close()
	file := p.t.TempDir() + "/peering.yaml"
	if err := setupfile.Write(file, request); err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.CommandContext(p.t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(
		os.Environ(), "SETUP_CHILD="+dir, "SETUP_FILE="+file, "SETUP_CLOCK="+clock.URL, "SETUP_KILL="+strconv.Itoa(kill), "SETUP_WHEN="+when,
		"SETUP_KONNECT="+p.server.Konnect, "SETUP_ARM="+p.server.ARM, "SETUP_GRAPH="+p.server.Graph,
		"SETUP_TOKEN="+p.world.GuestToken(sandbox.LabsDomain),
	)
	if m := request.Mend; m != nil {
		change, err := json.Marshal(m.Change)
		if err != nil {
			p.t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, "SETUP_TOKEN="+p.world.HomeToken(), "SETUP_MEND="+string(m.By), "SETUP_MENDS="+m.Peering.Raw(), "SETUP_CHANGE="+string(change))
	}
	text, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(text)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return 0, string(text)
}

// suicide sends requests, and ends the program before or after its nth write.
type suicide struct {
	to    *transport.Client
	left  int
	after bool
}

func (s *suicide) Do(r *http.Request) (*http.Response, error) {
	// What Azure tells by a POST changes nothing.
	write := r.Method != http.MethodGet && !strings.Contains(r.URL.Path, "/listNetworkManager")
	if write {
		s.left--
	}
	if write && s.left == 0 && !s.after {
		return nil, s.die(r)
	}
	resp, err := s.to.Do(r)
	if write && s.left == 0 {
		err = s.die(r)
	}
	return resp, err
}

// die kills the program, which has no say in it: nothing is closed or written.
func (s *suicide) die(r *http.Request) error {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	<-r.Context().Done() // the kill comes first
	return err
}

// remote is a clock of another program: waiting moves it.
type remote struct {
	url string
}

func (c remote) Now() time.Time { return c.ask(0) }

func (c remote) After(d time.Duration) <-chan time.Time {
	done := make(chan time.Time, 1)
	done <- c.ask(d)
	return done
}

func (c remote) ask(d time.Duration) time.Time {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, c.url+"?by="+d.String(), http.NoBody)
	if err != nil {
		return time.Time{}
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req) // a clock is no cloud
	if err != nil {
		return time.Time{}
	}
	defer func() { _ = resp.Body.Close() }()
	var text [64]byte
	n, _ := resp.Body.Read(text[:])
	now, _ := time.Parse(time.RFC3339Nano, strings.TrimSpace(string(text[:n])))
	return now
}

// TestChild is the program that is ended; by itself it does nothing.
func TestChild(t *testing.T) {
	dir := os.Getenv("SETUP_CHILD")
	if dir == "" {
		t.Skip("it is run by TestFault39KilledAnywhere")
	}
	request, err := setupfile.Read(os.Getenv("SETUP_FILE"))
	if err != nil {
		t.Fatal(err)
	}
	if by := os.Getenv("SETUP_MEND"); by != "" {
		request.Mend = &setup.Mend{By: finding.Sequence(by), Peering: safe.New(os.Getenv("SETUP_MENDS"))}
		if err := json.Unmarshal([]byte(os.Getenv("SETUP_CHANGE")), &request.Mend.Change); err != nil {
			t.Fatal(err)
		}
	}
	left, _ := strconv.Atoi(os.Getenv("SETUP_KILL"))
	sender := &suicide{to: transport.New(), left: left, after: os.Getenv("SETUP_WHEN") == "after"}
	tokens := signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(os.Getenv("SETUP_TOKEN")), Sender: sender})
	arm := azure.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(t, os.Getenv("SETUP_ARM")), Sender: sender, Retry: transport.Once()}
	graph := arm
	graph.Endpoint = sandboxtest.Endpoint(t, os.Getenv("SETUP_GRAPH"))
	gateways := konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, os.Getenv("SETUP_KONNECT")), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: sender, Retry: transport.Once(),
	})
	clock := remote{os.Getenv("SETUP_CLOCK")}
	r := setuprun.New(t.Context(), setuprun.Options{
		Tables: mappings.NewSender(gateways, mappings.NewStore(filepath.Join(dir, "dns")), clock),
		Clouds: setuprun.Clouds{
			Konnect: gateways,
			Azure:   azure.New(arm), Ways: netfacts.New(arm, azure.New(arm)), Roles: authorization.New(arm), Directory: entra.New(graph), DNS: noDNS{}, Login: safe.New("http://127.0.0.1:9"),
		},
		Store: journal.NewStore(dir), Clock: clock,
	})
	defer r.Close()
	if err := r.Start(request, setup.Options{}); err != nil {
		t.Fatal(err)
	}
	for run := range r.Runs() {
		s := run.Step(run.Current)
		switch {
		case run.State == setup.RunDone:
			return
		case s != nil && s.Asks != nil && slices.Contains(s.Asks.Options, setup.CommandSendAgain):
			// Nobody can know whether it had left; a person has looked.
			_ = r.Do(setup.RunCommand{Kind: setup.CommandSendAgain})
		case s != nil && s.Asks != nil && !s.Asks.Confirm.IsEmpty():
			_ = r.Do(setup.RunCommand{Kind: setup.CommandConfirm, Text: s.Asks.Confirm})
		case s != nil && s.Asks != nil && s.ID == setup.StepMend:
			_ = r.Do(setup.RunCommand{Kind: setup.CommandContinue})
		case run.State.Over(), run.State == setup.RunFailed, run.State == setup.RunNeedsPerson:
			t.Fatalf("%s at %s: %+v", run.State, run.Current, run.Step(run.Current))
		}
	}
}

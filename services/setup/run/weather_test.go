package run_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// spell is one piece of bad luck: it meets the request after some others.
type spell struct {
	After int
	Kind  string
	Delay time.Duration
}

// kinds of bad luck. Those that end in "after" do what was asked for first.
func kinds() []string {
	return []string{
		"lost", "lost after", "timeout", "timeout after", "429", "500", "500 after", "503", "503 after",
		"html", "html after", "empty after", "cut after", "delay",
	}
}

// weather is a way to the world on which things go wrong, and then no more.
type weather struct {
	to    *transport.Client
	clock *sandbox.ManualClock
	look  func() // after every request that may have changed something

	mu     sync.Mutex
	spells []spell
	met    []string
}

func (w *weather) next(r *http.Request) (spell, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.spells) == 0 {
		return spell{}, false
	}
	if w.spells[0].After > 0 {
		w.spells[0].After--
		return spell{}, false
	}
	s := w.spells[0]
	w.spells = w.spells[1:]
	w.met = append(w.met, fmt.Sprintf("%s: %s %s", s.Kind, r.Method, r.URL.Path))
	return s, true
}

func (w *weather) Do(r *http.Request) (*http.Response, error) {
	s, bad := w.next(r)
	kind, done := strings.CutSuffix(s.Kind, " after")
	if kind == "delay" {
		w.clock.Advance(s.Delay)
	}
	if !bad || kind == "delay" {
		return w.send(r)
	}
	body := []byte{}
	if done {
		resp, err := w.send(r)
		if err != nil {
			return nil, err
		}
		body, err = io.ReadAll(resp.Body)
		if err = errors.Join(err, resp.Body.Close()); err != nil {
			return nil, err
		}
	}
	answer := func(status int, kind string, body io.Reader) (*http.Response, error) {
		return &http.Response{
			StatusCode: status, Status: fmt.Sprint(status, " ", http.StatusText(status)), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
			Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(body), ContentLength: -1,
		}, nil
	}
	switch kind {
	case "lost":
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	case "timeout":
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}
	case "429":
		return answer(http.StatusTooManyRequests, "application/json", strings.NewReader(`{"error":{"code":"TooManyRequests","message":"Slow down."}}`))
	case "500":
		return answer(http.StatusInternalServerError, "text/plain", strings.NewReader("upstream"))
	case "503":
		return answer(http.StatusServiceUnavailable, "application/json", strings.NewReader(`{}`))
	case "html":
		return answer(http.StatusOK, "text/html", strings.NewReader("<html><title>Sign in to the hotel network</title></html>"))
	case "empty":
		return answer(http.StatusOK, "application/json", strings.NewReader(""))
	case "cut":
		return answer(http.StatusOK, "application/json", io.MultiReader(bytes.NewReader(body[:len(body)/2]), broken{}))
	default:
		return nil, errors.New("no such weather: " + s.Kind)
	}
}

func (w *weather) send(r *http.Request) (*http.Response, error) {
	resp, err := w.to.Do(r)
	if r.Method != http.MethodGet {
		w.look()
	}
	return resp, err
}

// broken is the end of a body that broke off.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Whatever happens to any request, when it is over and the person has retried, the
// run is done, with one of each object; and at no time was there a second one. More
// than a few worlds are tried with -rapid.checks.
func TestAnyWeather(t *testing.T) {
	sandboxtest.Checks(t, strconv.Itoa(12/longtest.Step(3)))
	rapid.Check(t, func(property *rapid.T) {
		c := &sandboxtest.Property{TB: t, Of: property}
		defer c.End()
		weatherCheck(c)
	})
}

func weatherCheck(c *sandboxtest.Property) {
	spells := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) spell {
		return spell{
			After: rapid.IntRange(0, 12).Draw(t, "after"), Kind: rapid.SampledFrom(kinds()).Draw(t, "kind"),
			Delay: time.Duration(rapid.IntRange(1, 1200).Draw(t, "seconds")) * time.Second,
		}
	}), 0, 30).Draw(c.Of, "spells")
	second := rapid.Bool().Draw(c.Of, "second subscription")
	mode := rapid.SampledFrom([]setup.DNSMode{setup.DNSNone, setup.DNSPeering, setup.DNSResolver}).Draw(c.Of, "mode")
	principal := rapid.SampledFrom([]setup.RunCommandKind{"", setup.CommandRetry, setup.CommandCreatePrincipal}).Draw(c.Of, "consent")
	slow := time.Duration(rapid.SampledFrom([]int{0, 40}).Draw(c.Of, "replication")) * time.Second

	p := newPlace(c, sandbox.Options{Replication: slow, RBACDelay: slow})
	request := p.request(mode)
	if second {
		request = p.home("acme-data", "rg-analytics", "vnet-analytics")
		mode = setup.DNSNone
	}
	if principal == "" {
		p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	}
	var twice []string
	w := &weather{to: p.sender, clock: p.clock, spells: spells}
	w.look = func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if text := p.several(request); text != "" {
			twice = append(twice, text)
		}
	}
	p.via = w
	run := p.weathered(p.another(p.store), request, principal)
	if run.State != setup.RunDone || len(twice) > 0 {
		c.Fatalf("%s at %s: %+v; more than one: %v\nmet %v\n%s", run.State, run.Current, run.Step(run.Current), twice, w.met, p.said)
	}
	objects := map[model.ObjectKind]int{model.ObjectRole: 1, model.ObjectAssignment: 1, model.ObjectPeering: 1}
	if mode == setup.DNSResolver {
		objects[model.ObjectResolver] = 1
	}
	if principal == setup.CommandCreatePrincipal && !second {
		objects[model.ObjectPrincipal] = 1
	}
	for _, m := range run.Made {
		if objects[m.Kind]--; m.ID.IsEmpty() || m.Gone || m.Changed != (second && m.Kind == model.ObjectRole) {
			c.Errorf("made %+v\nmet %v\n%s", m, w.met, p.said)
		}
	}
	for kind, left := range objects {
		if left != 0 {
			c.Errorf("%d of %s are not in what was made: %+v\nmet %v\n%s", left, kind, run.Made, w.met, p.said)
		}
	}
	if !second {
		p.onceEach(mode)
	}
	list, err := p.store.List()
	if err != nil || len(list) != 1 || list[0].State != setup.RunDone || len(list[0].Made) != len(run.Made) || list[0].Problem != "" {
		c.Errorf("the journal tells %+v, %v", list, err)
	}
	before := p.writes()
	if again := p.weathered(p.another(p.store), request, ""); again.State != setup.RunDone || again.Writes != 0 || p.writes() != before {
		c.Errorf("the second run is %s with %d writes\nmet %v\n%s", again.State, again.Writes, w.met, p.said)
	}
}

// several tells what there is more than one of; empty for nothing.
func (p *place) several(r setup.Request) string {
	var out []string
	more := func(what string, n int) {
		if n > 1 {
			out = append(out, fmt.Sprintf("%d %s", n, what))
		}
	}
	roles, given := 0, 0
	for _, d := range p.world.Roles(r.VNet.TenantID.Raw()) {
		if strings.HasPrefix(d.Name, model.DefaultRoleName) {
			roles++
		}
	}
	for _, a := range p.world.Assignments(r.VNet.ID().Raw()) {
		if strings.HasPrefix(a.RoleName, model.DefaultRoleName) {
			given++
		}
	}
	more("roles", roles)
	more("assignments", given)
	more("applications", len(p.world.Principals(r.VNet.TenantID.Raw())))
	more("peerings", len(p.world.Peerings(r.Network.Raw())))
	more("resolvers", len(p.world.Resolvers(r.Network.Raw())))
	return strings.Join(out, ", ")
}

// weathered runs a set-up for a person who retries whatever fails, takes warnings,
// and gives the consent once it is asked for.
func (p *place) weathered(r *setuprun.Runner, request setup.Request, principal setup.RunCommandKind) setup.Run {
	p.t.Helper()
	const patience = 400 // retries; there is far less bad luck
	if err := r.Start(request, setup.Options{}); err != nil {
		p.t.Fatal(err)
	}
	consented, retried := false, 0
	for run := range r.Runs() {
		p.said = p.story(r)
		s := run.Step(run.Current)
		switch {
		case run.State.Over():
			return run
		case run.State == setup.RunFailed:
			if retried++; retried > patience {
				return run
			}
			_ = r.Do(setup.RunCommand{Kind: setup.CommandRetry}) // an order that comes late finds nothing to retry
		case run.State != setup.RunNeedsPerson || s.Asks == nil:
		case s.ID == setup.StepConsent && principal == setup.CommandRetry && !consented:
			consented = true
			p.consent(s.Asks.Link)
		case s.ID == setup.StepConsent:
			_ = r.Do(setup.RunCommand{Kind: principal})
		case s.ID == setup.StepRole:
			return run // nothing here is forbidden, so there is nothing to ask
		case s.ID == setup.StepPeering: // it was looked for, and is not there
			_ = r.Do(setup.RunCommand{Kind: setup.CommandSendAgain})
		default:
			_ = r.Do(setup.RunCommand{Kind: setup.CommandContinue})
		}
	}
	p.t.Fatal("the run ended without a last word")
	return setup.Run{}
}

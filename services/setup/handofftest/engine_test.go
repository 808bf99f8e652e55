//go:build unix

package handofftest_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	arm "github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// express is the clock of an engine that does not wait: it moves the world's.
type express struct{ clock *sandbox.ManualClock }

func (e express) Now() time.Time { return e.clock.Now() }

func (e express) After(d time.Duration) <-chan time.Time {
	e.clock.Advance(d)
	done := make(chan time.Time, 1)
	done <- e.clock.Now()
	return done
}

// engine is peerdeck's own set-up in a place. Each call of setUp is a program of its
// own, with an empty state directory: it knows what the clouds tell it.
type engine struct {
	*place
	clock  *sandbox.ManualClock
	sender *transport.Client
	clouds setuprun.Clouds

	gateways *konnect.Client
}

// enterWithEngine makes a world that an engine and a script can both work in.
func enterWithEngine(t *testing.T, tenant string) *engine {
	t.Helper()
	e := &engine{clock: sandbox.NewManualClock(sandboxtest.Epoch()), sender: transport.New()}
	t.Cleanup(e.sender.Close)
	e.place = enter(t, sandbox.Options{Clock: e.clock}, tenant)
	tokens := signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(e.token), Sender: e.sender})
	options := arm.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(t, e.s.ARM), Sender: e.sender, Retry: transport.Once()}
	graph := options
	graph.Endpoint = sandboxtest.Endpoint(t, e.s.Graph)
	e.gateways = konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, e.s.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: e.sender, Retry: transport.Once(),
	})
	e.clouds = setuprun.Clouds{
		Konnect: e.gateways,
		Azure:   arm.New(options), Roles: authorization.New(options), Directory: entra.New(graph), DNS: noDNS{}, Login: safe.New(e.s.Login),
	}
	return e
}

// noDNS is a machine without a way to any DNS server.
type noDNS struct{}

func (noDNS) Run(context.Context, []dnsprobe.Ask, dnsprobe.Plan) ([][]dnsverdict.Report, error) {
	return nil, nil
}

// setUp runs a set-up up to the change that one step plans, and shows the run as it
// stands there; with no step to the end. The person consents and takes warnings.
func (e *engine) setUp(r setup.Request, until setup.StepID) setup.Run {
	e.t.Helper()
	runner := setuprun.New(e.t.Context(), setuprun.Options{
		Clouds: e.clouds, Store: journal.NewStore(e.t.TempDir()), Clock: express{e.clock},
		Tables: mappings.NewSender(e.gateways, mappings.NewStore(""), express{e.clock}),
		Report: func(f work.Panic) { e.t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) },
	})
	defer runner.Close()
	o := setup.Options{}
	if until != "" {
		o.StopAt = []setup.StepID{until}
	}
	if err := runner.Start(r, o); err != nil {
		e.t.Fatal(err)
	}
	asked := ""
	for run := range runner.Runs() {
		s := run.Step(run.Current)
		switch {
		case run.State == setup.RunDone, run.State == setup.RunPaused:
			return run
		case run.State == setup.RunNeedsPerson && s.Asks != nil && asked != s.Asks.Text:
			asked = s.Asks.Text
			kind := setup.CommandContinue
			if s.ID == setup.StepConsent {
				e.consent(s.Asks.Link)
				kind = setup.CommandRetry
			}
			if err := runner.Do(setup.RunCommand{Kind: kind}); err != nil {
				asked = ""
			}
		case run.State.Over(), run.State == setup.RunFailed:
			for _, l := range runner.Log(0) {
				e.t.Log(l.Step, l.Text)
			}
			e.t.Fatalf("%s at %s: %+v", run.State, run.Current, s)
		}
	}
	e.t.Fatal("the run ended without a last word")
	return setup.Run{}
}

// consent does what an administrator does on the page behind the link.
func (e *engine) consent(link safe.Text) {
	e.t.Helper()
	u, err := url.Parse(link.Raw())
	if err != nil {
		e.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(e.t.Context(), http.MethodPost, link.Raw(), strings.NewReader(u.RawQuery))
	if err != nil {
		e.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req) // as a browser: it is a page
	if err != nil {
		e.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		e.t.Fatalf("the consent page answered %d", resp.StatusCode)
	}
}

// writes counts what has changed the world's Azure.
func (e *engine) writes() int { return e.s.World.Writes("arm") + e.s.World.Writes("graph") }

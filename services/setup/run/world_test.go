package run_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
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
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// place is a simulated world with a runner before it. Waiting costs no time: whoever
// waits moves the world's clock.
type place struct {
	t       testing.TB
	clock   *sandbox.ManualClock
	world   *sandbox.World
	server  *sandbox.Server
	store   *journal.Store
	tables  *mappings.Store
	sender  *transport.Client
	via     policy.Transporter // the runner's way to the world
	log     *activity.Log
	runner  *setuprun.Runner
	said    string                                           // the log of the run that was followed last
	answers func(server, domain safe.Text) dnsverdict.Report // what DNS servers say; nil: none is heard
	waited  func()                                           // is called when a program of its own waits; nil for nothing
}

// express is the clock of a runner that does not wait.
type express struct{ clock *sandbox.ManualClock }

func (e express) Now() time.Time { return e.clock.Now() }

func (e express) After(d time.Duration) <-chan time.Time {
	e.clock.Advance(d)
	done := make(chan time.Time, 1)
	done <- e.clock.Now()
	return done
}

// newPlace makes a world in which nothing happens by itself.
func newPlace(tb testing.TB, o sandbox.Options) *place {
	tb.Helper()
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	o.Clock = clock
	p := bare(tb, o)
	p.clock = clock
	p.runner = p.another(p.store)
	return p
}

// bare makes a world without a runner.
func bare(tb testing.TB, o sandbox.Options) *place {
	tb.Helper()
	p := &place{t: tb, log: activity.New()}
	if o.Clock != nil {
		p.sender = transport.Open(transport.Options{Clock: sandboxtest.Clock(o.Clock)})
	} else {
		p.sender = transport.New()
	}
	p.via = p.sender
	p.server = sandboxtest.Start(tb, o)
	p.world = p.server.World
	tb.Cleanup(p.sender.Close)
	p.store, p.tables = journal.NewStore(tb.TempDir()), mappings.NewStore(tb.TempDir())
	return p
}

// hubs reads virtual hubs by the two clients that do.
type hubs struct {
	*azure.Client
	facts *netfacts.Client
}

func (h hubs) HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays {
	return h.facts.HubWays(ctx, ref, hub, effective, w)
}

// another returns a second runner on the same world, as a second program has.
func (p *place) another(store *journal.Store) *setuprun.Runner {
	r := setuprun.New(p.t.Context(), p.options(store))
	p.t.Cleanup(r.Close)
	return r
}

func (p *place) options(store *journal.Store) setuprun.Options {
	labs := p.world.TenantID(sandbox.LabsDomain)
	tokens := signin.New(signin.Options{
		Choice: signin.DeviceCode, Given: secret.New(p.world.HomeToken()), Sender: p.via,
		GivenFor: map[string]secret.Secret{labs: secret.New(p.world.GuestToken(labs))},
	})
	arm := azure.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(p.t, p.server.ARM), Sender: p.via, Log: p.log, Retry: transport.Once()}
	graph := arm
	graph.Endpoint = sandboxtest.Endpoint(p.t, p.server.Graph)
	gateways := p.gateways()
	return setuprun.Options{
		Tables: mappings.NewSender(gateways, p.tables, express{p.clock}),
		Clouds: setuprun.Clouds{
			Konnect: gateways,
			Azure:   azure.New(arm), Ways: netfacts.New(arm, azure.New(arm)), Hubs: hubs{azure.New(arm), netfacts.New(arm, azure.New(arm))}, Roles: authorization.New(arm), Directory: entra.New(graph), DNS: noDNS{p.answers}, Login: safe.New(p.server.Login),
		},
		Store: store, Clock: express{p.clock},
		Report: func(f work.Panic) { p.t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) },
	}
}

// gateways is the runner's client of Konnect.
func (p *place) gateways() *konnect.Client { return p.konnect(p.via) }

// plain is somebody else's client of Konnect.
func (p *place) plain() *konnect.Client { return p.konnect(p.sender) }

func (p *place) konnect(via policy.Transporter) *konnect.Client {
	return konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(p.t, p.server.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: via, Log: p.log, Retry: transport.Once(),
	})
}

// noDNS is a machine without a way to any DNS server, unless it is given what they say.
type noDNS struct {
	says func(server, domain safe.Text) dnsverdict.Report
}

func (d noDNS) Run(_ context.Context, asks []dnsprobe.Ask, _ dnsprobe.Plan) ([][]dnsverdict.Report, error) {
	out := make([][]dnsverdict.Report, len(asks))
	for i, ask := range asks {
		for _, s := range ask.Servers {
			if d.says != nil {
				out[i] = append(out[i], d.says(s, ask.Domain))
				continue
			}
			silent := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeSilent, Waited: time.Second}
			out[i] = append(out[i], dnsverdict.Report{Server: s, Domain: ask.Domain, Name: ask.Domain, Exchanges: []dnsverdict.Exchange{silent}})
		}
	}
	return out, nil
}

var _ setuprun.DNS = (*dnsprobe.Prober)(nil)

// request is a set-up in a tenant where nothing is done yet.
func (p *place) request(mode setup.DNSMode) setup.Request {
	r := setup.Request{
		Network: safe.New("uk-lab"), Peering: safe.New("labs"), DNS: mode,
		VNet: model.VNetRef{
			TenantID: safe.New(p.world.TenantID(sandbox.LabsDomain)), SubscriptionID: safe.New(p.world.SubscriptionID("labs-sandbox")),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-labs"),
		},
	}
	if mode != setup.DNSNone {
		r.Mappings = []model.DNSMapping{{
			Domains: []safe.Text{safe.New("labs.example.org"), safe.New("internal.labs.example.org")},
			Servers: []safe.Text{safe.New("10.64.0.4"), safe.New("10.64.0.5")},
		}}
	}
	return r
}

// vnet is the ARM id of the request's VNET.
func (p *place) vnet() string { return p.world.VNetID("labs-sandbox", "vnet-labs") }

// person answers what a run asks; nil ends the wait, and an empty order waits on.
type person func(run setup.Run, s *setup.Step) *setup.RunCommand

// follow watches a run until it is over or fails, or until the person has no answer.
func (p *place) follow(r *setuprun.Runner, who person) setup.Run {
	p.t.Helper()
	asked := map[string]bool{}
	for run := range r.Runs() {
		s := run.Step(run.Current)
		switch {
		case run.State.Over():
			return run
		case run.State == setup.RunNeedsPerson || run.State == setup.RunPaused || run.State == setup.RunFailed:
			key := string(run.State) + string(s.ID) + s.StartedAt.String()
			if s.Asks != nil {
				key += s.Asks.Text
			}
			if asked[key] {
				continue
			}
			c := who(run, s)
			if c == nil {
				return run
			}
			asked[key] = true
			if c.Kind == "" {
				delete(asked, key)
				continue
			}
			if err := r.Do(*c); err != nil {
				p.t.Logf("%s: %v", c.Kind, err)
				delete(asked, key)
			}
		}
	}
	p.t.Fatal("the run ended without a last word")
	return setup.Run{}
}

// willing consents, accepts warnings, and goes on.
func (p *place) willing(run setup.Run, s *setup.Step) *setup.RunCommand {
	if s.ID == setup.StepConsent && s.Asks != nil {
		p.consent(s.Asks.Link)
		return &setup.RunCommand{Kind: setup.CommandRetry}
	}
	if s.Asks != nil && !s.Asks.Confirm.IsEmpty() {
		return &setup.RunCommand{Kind: setup.CommandConfirm, Text: s.Asks.Confirm}
	}
	if run.State == setup.RunFailed {
		return nil
	}
	for _, k := range []setup.RunCommandKind{setup.CommandReplace, setup.CommandSendAgain, setup.CommandBeside} {
		if s.Asks != nil && slices.Contains(s.Asks.Options, k) {
			return &setup.RunCommand{Kind: k}
		}
	}
	return &setup.RunCommand{Kind: setup.CommandContinue}
}

// consent does what an administrator does on the page behind the link.
func (p *place) consent(link safe.Text) {
	p.t.Helper()
	u, err := url.Parse(link.Raw())
	if err != nil {
		p.t.Fatal(err)
	}
	form := u.Query()
	form.Set("approve", "1")
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, link.Raw(), strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req) // as a browser: it is a page
	if err != nil {
		p.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode >= 400 {
		p.t.Fatalf("the consent page answered %d", resp.StatusCode)
	}
}

// start begins a set-up and follows it.
func (p *place) start(r *setuprun.Runner, request setup.Request, who person) setup.Run {
	p.t.Helper()
	if err := r.Start(request, setup.Options{}); err != nil {
		p.t.Fatal(err)
	}
	return p.follow(r, who)
}

// writes counts what has changed the world.
func (p *place) writes() int {
	n := 0
	for _, s := range []string{"arm", "graph", "konnect"} {
		n += p.world.Writes(s)
	}
	return n
}

// story tells a run's log, for the message of a failed test.
func (p *place) story(r *setuprun.Runner) string {
	var b strings.Builder
	for _, l := range r.Log(0) {
		b.WriteString(l.At.Format("15:04:05 ") + l.Step + ": " + l.Text.String() + "\n")
	}
	return b.String()
}

package program_test

import (
	"context"
	"crypto/tls"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/faultproxy"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/program"
)

// The hosts of the faults' network, which is in memory.
const (
	konnectHost = "konnect.test"
	armHost     = "arm.test"
)

// canary stands in the token, and must never come out anywhere.
const canary = sandbox.Token

// behind is the screen of the program, the watcher and the real clients, with a fault proxy
// before each simulated cloud, all in virtual time.
type behind struct {
	t       *testing.T
	world   *sandbox.World
	konnect *faultproxy.Proxy
	arm     *faultproxy.Proxy
	client  *konnect.Client
	azure   *azure.Client
	watcher *watch.Watcher
	app     *app.App
	msgs    chan tea.Msg
	log     *activity.Log
	network faultproxy.Network
	signer  *wiretest.Authority
	shown   tls.Certificate // by Konnect; the zero value: its own
}

// meet runs a test behind fault proxies, which speak HTTP/1.1 or the given protocols. Nothing
// is asked before [behind.watch].
func meet(t *testing.T, o sandbox.Options, test func(b *behind), protocols ...string) {
	t.Helper()
	if o.Clock == nil {
		o.Clock = sandbox.NewManualClock(sandboxtest.Epoch())
	}
	world, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ae-hub", "au-edge", "aws-legacy", "aws-shop", "ca-data", "de-core", "fr-pay", "gcp-lab", "jp-new", "uae-hub", "uk-lab", "uk-spare", "us-prod", "us-west"} {
		world.Apply(sandbox.Event{Network: name, Delete: true}) // two are enough
	}
	synctest.Test(t, func(t *testing.T) {
		authority := wiretest.NewAuthority(t, "Corp Root CA")
		trust, err := transport.ReadTrust(authority.File(), "--ca-file", func(string) string { return "" })
		if err != nil {
			t.Fatal(err)
		}
		b := &behind{t: t, world: world, msgs: make(chan tea.Msg, 1000), log: activity.New(), signer: authority}
		b.konnect, b.arm = b.serve("konnect", protocols), b.serve("arm", protocols)
		b.network = faultproxy.Network{konnectHost: b.konnect, armHost: b.arm}
		sender := transport.Open(transport.Options{Trust: trust, Dial: b.network.Dial})
		t.Cleanup(sender.Close)
		b.clients(sender)
		test(b)
	})
}

// serve puts a proxy before a host of the world.
func (b *behind) serve(host string, protocols []string) *faultproxy.Proxy {
	b.t.Helper()
	if len(protocols) == 0 {
		protocols = []string{"http/1.1"}
	}
	own := b.signer.Valid(host + ".test")
	return faultproxy.InMemory(b.t, b.world.Handler(host), &tls.Config{NextProtos: protocols, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		if host == "konnect" && b.shown.Certificate != nil {
			return &b.shown, nil
		}
		return &own, nil
	}})
}

func (b *behind) clients(sender *transport.Client) {
	b.t.Helper()
	b.client = konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(b.t, "https://"+konnectHost), Token: secret.Static{Value: secret.New(canary), From: "a test"},
		Sender: sender, Log: b.log, Version: "test",
	})
	b.azure = azure.New(azure.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(b.world.HomeToken()), Sender: sender}),
		Endpoint: sandboxtest.Endpoint(b.t, "https://"+armHost), Sender: sender, Log: b.log,
	})
	b.watcher = watch.New(watch.Options{
		Konnect: b.client, Azure: b.azure, Log: b.log, Pace: watch.DefaultPace(), Seed: 1,
		Report: func(p work.Panic) { b.t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) },
	})
}

// watch opens the screen and begins to ask.
func (b *behind) watch() {
	b.t.Helper()
	ctx, cancel := context.WithCancel(b.t.Context())
	done := make(chan struct{})
	go func() { defer close(done); b.watcher.Run(ctx) }()
	b.app = app.New(ctx, app.Options{
		Watcher: b.watcher, Parts: program.Parts(program.Services{})[:1], Log: b.log, Theme: theme.Dark, Now: time.Now,
		Crashed: func(doing string, v any, stack []byte) { b.t.Errorf("a fault while %s: %v\n%s", doing, v, stack) },
	})
	b.t.Cleanup(func() {
		cancel()
		<-done
		time.Sleep(time.Minute) // what ticks comes to its end
	})
	b.run(b.app.Init())
	b.receive(tea.WindowSizeMsg{Width: 120, Height: 30})
}

func (b *behind) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { b.msgs <- cmd() }()
	}
}

func (b *behind) receive(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil, tea.QuitMsg, tea.RawMsg:
	case tea.BatchMsg:
		for _, cmd := range msg {
			b.run(cmd)
		}
	default:
		_, cmd := b.app.Update(msg)
		b.run(cmd)
	}
}

// after lets virtual time pass and hands over what comes meanwhile.
func (b *behind) after(d time.Duration) model.Snapshot {
	b.t.Helper()
	end := time.After(d)
	for {
		select {
		case msg := <-b.msgs:
			b.receive(msg)
		case <-end:
			return b.watcher.Latest()
		}
	}
}

// press presses a key: the screen must take it whatever goes on.
func (b *behind) press(key rune) {
	b.receive(tea.KeyPressMsg{Code: key, Text: string(key)})
}

// screen is what is on the screen.
func (b *behind) screen() string { return ansi.Strip(b.app.View().Content) }

func (b *behind) shows(parts ...string) {
	b.t.Helper()
	text := b.screen()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			b.t.Errorf("%q is not on the screen:\n%s", p, text)
		}
	}
	b.secret(text)
}

func (b *behind) hides(parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if text := b.screen(); strings.Contains(text, p) {
			b.t.Errorf("%q is on the screen:\n%s", p, text)
		}
	}
}

// secret fails where a text holds the token.
func (b *behind) secret(text string) {
	b.t.Helper()
	if strings.Contains(text, canary) {
		b.t.Errorf("the token is in %q", text)
	}
}

// known reads all, and fails unless it came whole.
func (b *behind) known() model.Snapshot {
	b.t.Helper()
	b.watch()
	s := b.after(20 * time.Second)
	if len(s.Networks) == 0 || !s.Progress.Complete() || s.Konnect.State != model.SourceLive {
		b.t.Fatalf("not read at first: %+v, %+v\n%s", s.Progress, s.Konnect, b.screen())
	}
	return s
}

// met lets Konnect be met by a fault for a while, and holds the program to what it must do
// with each: what was known stays, the failure has a code and says why, and nothing holds a
// token. Then the fault ends, and so does the failure.
func (b *behind) met(code, says string, fault faultproxy.Fault, edit ...func()) model.Failure {
	b.t.Helper()
	before := b.known()
	b.konnect.Meet(faultproxy.Always(fault))
	for _, e := range edit {
		e()
	}
	s := b.after(100 * time.Second)
	if s.Konnect.State == model.SourceLive || s.Konnect.Failure == nil {
		b.t.Fatalf("the fault is not noticed: %+v\n%s", s.Konnect, b.screen())
	}
	f := *s.Konnect.Failure
	if string(f.FindingCode()) != code || !strings.Contains(f.Cause.String(), says) || f.Cure == "" {
		b.t.Errorf("%s: %s; cure: %s", f.FindingCode(), f.Error(), f.Cure)
	}
	b.secret(f.Error() + f.Cure + f.Command)
	if len(s.Networks) != len(before.Networks) {
		b.t.Errorf("%d networks became %d", len(before.Networks), len(s.Networks))
	}
	b.shows("eu-prod", "Konnect")
	b.press('?') // the screen lives
	b.after(time.Second)
	b.shows("Help: Networks")
	b.press('?')
	b.after(time.Second)
	b.konnect.Meet(nil)
	return f
}

// back holds the program to notice that the fault has ended.
func (b *behind) back() {
	b.t.Helper()
	if s := b.after(2 * time.Minute); s.Konnect.State != model.SourceLive {
		b.t.Errorf("it is over, and: %+v", s.Konnect)
	}
	b.hides("no answer, again")
}

// look opens the page of a network.
func (b *behind) look(network string) {
	b.press('/')
	for _, r := range network {
		b.press(r)
	}
	for range 2 { // the filter, then the page
		b.receive(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
	b.after(time.Second)
}

//go:build unix

package journey_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// held is a clock of a world that stands still, so that nothing happens before the test
// has seen what comes before it, however slow this machine is. It can be moved, and let go.
type held struct {
	mu    sync.Mutex
	now   time.Time
	since time.Time // when it was let go
	times time.Duration
}

// newHeld is one that stands at the present time.
func newHeld() *held { return &held{now: time.Now()} }

// Now returns the time that it shows.
func (h *held) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.since.IsZero() {
		return h.now
	}
	return h.now.Add(time.Duration(int64(h.times) * int64(time.Since(h.since))))
}

// advance moves it.
func (h *held) advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// let has it go from now on, so many times as fast as the clock of this machine. The
// program itself waits in real time.
func (h *held) let(times int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.since, h.times = time.Now(), time.Duration(times)
}

// labs is a world in which a set-up can be run: the program is signed in to the
// tenant of the labs, where nothing is done yet.
type labs struct {
	*sandbox.Server
	t *testing.T
	// state is where the program keeps its journals.
	state string
	// names is the way to the world's DNS servers: no question may leave this machine.
	names string
}

// serveLabs serves a world in this process, which can look into it.
func serveLabs(t *testing.T) *labs {
	t.Helper()
	return serveLabsWith(t, sandbox.Options{PeeringTime: time.Second})
}

func serveLabsWith(t *testing.T, o sandbox.Options) *labs {
	t.Helper()
	l := &labs{Server: sandboxtest.Start(t, o), t: t, state: t.TempDir()}
	address, err := l.ListenSOCKS(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l.names = "socks5://" + strings.TrimPrefix(address, "socks5://")
	return l
}

// serveConsentedLabs serves one in which Kong's application is in the tenant.
func serveConsentedLabs(t *testing.T) *labs {
	t.Helper()
	l := serveLabs(t)
	l.World.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	return l
}

// env is the environment of a program that is to use this world.
func (l *labs) env(more ...string) []string {
	return append([]string{
		"KONNECT_TOKEN=" + sandbox.Token, "PEERDECK_AZURE_TOKEN=" + l.World.GuestToken(sandbox.LabsDomain), "PEERDECK_KONNECT_URL=" + l.Konnect,
		"PEERDECK_ARM_URL=" + l.ARM, "PEERDECK_GRAPH_URL=" + l.Graph, "PEERDECK_LOGIN_URL=" + l.Login, "XDG_STATE_HOME=" + l.state, "PEERDECK_DNS_VIA=" + l.names,
	}, more...)
}

// file writes a set-up file for a VNET of the labs. The replacements are pairs, as
// for [strings.NewReplacer].
func (l *labs) file(replacements ...string) string {
	l.t.Helper()
	text := `network: uk-lab
peering: labs
azure:
  tenant_id: ` + l.World.TenantID(sandbox.LabsDomain) + `
  subscription_id: ` + l.World.SubscriptionID("labs-sandbox") + `
  resource_group: rg-network
  vnet: vnet-labs
dns:
  mode: none
`
	return written(l.t, strings.NewReplacer(replacements...).Replace(text))
}

// writes counts what has changed the world.
func (l *labs) writes() int {
	return l.World.Writes("arm") + l.World.Writes("graph") + l.World.Writes("konnect")
}

// accept does what an administrator does on the page behind the consent's link.
func (l *labs) accept() {
	l.t.Helper()
	link := setup.ConsentLink(safe.New(l.Login), safe.New(l.World.TenantID(sandbox.LabsDomain)), safe.New(setup.KongAppID))
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, link.Raw(), http.NoBody)
	if err != nil {
		l.t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		l.t.Fatalf("the consent page answered %d", resp.StatusCode)
	}
}

// slowly is the address of a Konnect that keeps a request waiting until the answer is let go.
func (l *labs) slowly(method, path string) (address string, answer func()) {
	l.t.Helper()
	to, err := url.Parse(l.Konnect)
	if err != nil {
		l.t.Fatal(err)
	}
	release := make(chan struct{})
	answer = sync.OnceFunc(func() { close(release) })
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == method && strings.Contains(r.URL.Path, path) {
			<-release
		}
		proxy.ServeHTTP(w, r)
	}))
	l.t.Cleanup(s.Close)
	l.t.Cleanup(answer) // before the server is closed, which waits for all that was asked
	return s.URL, answer
}

// journals returns what the journals say, one line each.
func (l *labs) journals() []string {
	l.t.Helper()
	files, err := filepath.Glob(filepath.Join(l.state, "peerdeck", "setup", "*.jsonl"))
	if err != nil {
		l.t.Fatal(err)
	}
	var lines []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			l.t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(data)), "\n")...)
	}
	return lines
}

// onceEach checks that the world has one role, one assignment to Kong and one
// peering that is up, whatever came between.
func (l *labs) onceEach() {
	l.t.Helper()
	roles := 0
	for _, r := range l.World.Roles(sandbox.LabsDomain) {
		if strings.HasPrefix(r.Name, model.DefaultRoleName) {
			roles++
		}
	}
	principals := l.World.Principals(sandbox.LabsDomain)
	given := 0
	for _, a := range l.World.Assignments(l.World.VNetID("labs-sandbox", "vnet-labs")) {
		if len(principals) == 1 && a.PrincipalID == principals[0].ObjectID {
			given++
		}
	}
	var ours []sandbox.PeeringView
	for _, p := range l.World.Peerings("uk-lab") {
		if strings.HasSuffix(p.VNet, "/vnet-labs") {
			ours = append(ours, p)
		}
	}
	if roles != 1 || given != 1 || len(ours) != 1 || ours[0].State != "ready" || ours[0].Half != "Connected" {
		l.t.Errorf("%d roles, %d assignments, peerings %+v", roles, given, ours)
	}
}

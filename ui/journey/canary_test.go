//go:build unix

package journey_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// aviary is a desk whose every secret is a canary, and who has seen which of them.
type aviary struct {
	*labs
	dir, home string
	konnect   string            // tokens as they are sent
	azure     string            // of all tenants
	real      map[string]string // the token that a service knows, by the one that is sent
	thief     *httptest.Server  // another host, to which answers lead

	mu   sync.Mutex
	used map[string]bool // tokens that came to where they belong
	went []string        // what came to the other host
}

func newAviary(t *testing.T) *aviary {
	t.Helper()
	l := serveConsentedLabs(t)
	a := &aviary{labs: l, dir: t.TempDir(), home: t.TempDir(), used: map[string]bool{}, konnect: "kpat_" + canary + "konnect"}
	signed := func(token string) string { return token[:strings.LastIndex(token, ".")+1] + canary + "azure" }
	home, guest := l.World.HomeToken(), l.World.GuestToken(sandbox.LabsDomain)
	a.azure = signed(home) + "," + l.World.TenantID(sandbox.LabsDomain) + "=" + signed(guest)
	a.real = map[string]string{a.konnect: sandbox.Token, signed(home): home, signed(guest): guest}
	a.thief = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.went = append(a.went, fmt.Sprint(r.URL, r.Header, string(body)))
	}))
	t.Cleanup(a.thief.Close)
	return a
}

// before stands before a service: it takes the canaries for the tokens, puts secrets into what
// it answers, says back what it was sent, and leads to another host.
func (a *aviary) before(to string) string {
	a.t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		a.t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // who has ended waits for no answer
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			token := strings.TrimPrefix(r.In.Header.Get("Authorization"), "Bearer ")
			if known, ok := a.real[token]; ok {
				a.mu.Lock()
				a.used[token] = true
				a.mu.Unlock()
				r.Out.Header.Set("Authorization", "Bearer "+known)
			}
		},
		ModifyResponse: func(r *http.Response) error {
			r.Header.Add("Set-Cookie", "session="+canary+"cookie")
			r.Header.Set("X-Debug", canary+"header")
			return nil
		},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		says := "Bearer " + canary + "token, " + r.Header.Get("Authorization") + " at https://u:" + canary + "password@x/?sig=" + canary + "sig"
		switch {
		case strings.HasSuffix(r.URL.Path, "/users/me"):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = fmt.Fprintf(w, `{"status":403,"title":"Forbidden","detail":%q,"client_secret":%q}`, says, canary+"secret")
		case strings.HasSuffix(r.URL.Path, "/default-images"), strings.HasSuffix(r.URL.Path, "/resource-configurations"):
			http.Redirect(w, r, a.thief.URL+r.URL.Path, http.StatusTemporaryRedirect)
		case strings.HasSuffix(r.URL.Path, "/virtualNetworks/vnet-hub"):
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = fmt.Fprintf(w, `{"error":{"code":"AuthorizationFailed","message":%q}}`, says)
		case strings.HasSuffix(r.URL.Path, "/virtualNetworks/vnet-data"):
			w.Header().Set("WWW-Authenticate", `Bearer authorization_uri="`+a.thief.URL+`/common", error="invalid_token"`)
			w.WriteHeader(http.StatusUnauthorized)
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	a.t.Cleanup(s.Close)
	return s.URL
}

// environment is that of the program, with the secrets that such a desk has.
func (a *aviary) environment() []string {
	a.t.Helper()
	told := filepath.Join(a.home, "told")
	a.write(a.home, "tell", "#!/bin/sh\n/bin/cat >> "+told+"\n", 0o700)
	a.write(a.home, "config.yaml", "notify:\n  every: 0s\n  command: ["+filepath.Join(a.home, "tell")+"]\n", 0o600)
	return []string{
		"KONNECT_TOKEN=" + a.konnect, "PEERDECK_AZURE_TOKEN=" + a.azure,
		"PEERDECK_KONNECT_URL=" + a.before(a.Konnect), "PEERDECK_ARM_URL=" + a.before(a.ARM), "PEERDECK_GRAPH_URL=" + a.before(a.Graph), "PEERDECK_LOGIN_URL=" + a.Login,
		"XDG_STATE_HOME=" + a.state, "PEERDECK_DNS_VIA=" + a.names, "AZURE_CLIENT_SECRET=" + canary + "environment", "MY_PASSWORD=" + canary + "other",
		"ALL_PROXY=socks5://bob:" + canary + "proxy@127.0.0.1:9", "NO_PROXY=127.0.0.1", "PEERDECK_CONFIG=" + filepath.Join(a.home, "config.yaml"),
	}
}

func (a *aviary) write(dir, name, text string, mode os.FileMode) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), mode); err != nil {
		a.t.Fatal(err)
	}
}

// silent fails where a text holds a canary.
func (a *aviary) silent(what, text string) {
	a.t.Helper()
	if at := strings.Index(text, canary); at >= 0 {
		a.t.Errorf("%s holds …%q…", what, text[max(0, at-80):min(len(text), at+60)])
	}
}

// files fails where a file that was left behind holds a canary, and says which there were.
func (a *aviary) files(dirs ...string) (names []string) {
	a.t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			names = append(names, strings.TrimPrefix(path, dir+"/"))
			if strings.HasSuffix(path, ".zip") {
				for name, text := range unpacked(a.t, path) {
					a.silent(path+", "+name, text)
				}
			}
			a.silent(path, string(data))
			return nil
		})
		if err != nil {
			a.t.Fatal(err)
		}
	}
	return names
}

// No secret, wherever it comes from, is in anything that the program leaves behind, shows, hands
// to another program or sends to a host that it does not belong to.
func TestNoCanaryComesOut(t *testing.T) {
	t.Parallel()
	a := newAviary(t)
	env := a.environment()
	a.write(a.dir, "token", a.konnect+"\n", 0o600)
	a.write(a.dir, "rows.txt", "new.example.org -> 10.64.0.9\n", 0o600)
	setupFile := a.file()
	for _, args := range [][]string{
		{"status", "-o", "json", "--log-file", "log.jsonl"},
		{"status", "--konnect-url", "https://u:" + canary + "@127.0.0.1:1"},
		{"doctor", "-o", "json"},
		{"dns", "trace", "orders.internal.example.com", "--network", "eu-prod", "-o", "json"},
		{"dns", "diff", "rows.txt", "--network", "eu-prod"},
		{"setup", "-f", setupFile, "--yes", "-o", "json"},
		{"export", "terraform", "--network", "eu-prod"},
		{"dns", "export", "--network", "eu-prod", "-o", "konnect-map"},
		{"--linear"},
		{"bundle", "-o", "b.zip", "--yes", "--keep-names"},
	} {
		out, errs, _ := commandIn(t, a.dir, env, args...)
		if out+errs == "" || strings.Contains(errs, "unknown") {
			t.Errorf("%q says nothing of what it was asked: %s", args, errs)
		}
		a.silent(strings.Join(args, " ")+", its output", out)
		a.silent(strings.Join(args, " ")+", its errors", errs)
	}
	hop := append(slices.Clone(env), "PEERDECK_DNS_VIA=socks5://u:"+canary+"@127.0.0.1:9")
	out, errs, _ := commandIn(t, a.dir, hop, "dns", "trace", "orders.internal.example.com", "--network", "eu-prod")
	a.silent("a trace through a hop with a password", out+errs)
	file := append(slices.Clone(env), "KONNECT_TOKEN=", "KONNECT_TOKEN_FILE="+filepath.Join(a.dir, "token"))
	out, errs, _ = commandIn(t, a.dir, file, "status")
	a.silent("status with a token file", out+errs)
	a.metrics(env)
	a.screens(env)
	if err := os.Remove(filepath.Join(a.dir, "token")); err != nil {
		t.Fatal(err)
	}
	left := a.files(a.state, a.dir, a.home)
	for _, want := range []string{"log.jsonl", "b.zip", "told", "setup/", "history-", "activity-", "drafts/"} {
		if !slices.ContainsFunc(left, func(name string) bool { return strings.Contains(name, want) }) {
			t.Errorf("there is no %s among %q: this test does not see what it looks for", want, left)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.used) != len(a.real) {
		t.Errorf("only %d of %d tokens were used", len(a.used), len(a.real))
	}
	for _, request := range a.went {
		t.Errorf("another host was asked: %s", request)
	}
}

// metrics reads the metrics once.
func (a *aviary) metrics(env []string) {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), patience)
	defer cancel()
	p := exec.CommandContext(ctx, binary, "metrics", "--listen", "127.0.0.1:0")
	p.Env = append([]string{"HOME=" + a.home}, env...)
	says, err := p.StderrPipe()
	if err != nil {
		a.t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		a.t.Fatal(err)
	}
	at, all := "", ""
	for lines := bufio.NewScanner(says); lines.Scan(); {
		all += lines.Text() + "\n"
		if to, found := strings.CutPrefix(lines.Text(), "peerdeck: serving "); found {
			at = to
		}
		if strings.Contains(lines.Text(), "first reading is complete") {
			break
		}
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, http.NoBody)
	if err != nil {
		a.t.Fatal(err)
	}
	response, err := client.Do(r)
	if err != nil {
		a.t.Fatal(err, all)
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || !strings.Contains(string(body), "peerdeck_networks") {
		a.t.Errorf("%v: %s", err, body)
	}
	_ = p.Process.Signal(syscall.SIGTERM)
	_, _ = io.Copy(io.Discard, says)
	_ = p.Wait()
	a.silent("what metrics says", all)
	a.silent("the metrics", string(body))
}

// screens goes through the screens, has a change told, and leaves a draft and the activity.
func (a *aviary) screens(env []string) {
	a.t.Helper()
	s := start(a.t, 80, 24, append(env, "HOME="+a.home))
	s.until("15 networks")
	s.mappingsOf("eu-stage")
	s.keys("a", "new.example.org", "tab", "10.24.0.9", "enter")
	s.until("1 change not applied")
	a.World.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Azure: "Disconnected"})
	s.keys("r", "5", "v")
	s.until("Activity › requests")
	s.keys("\x13") // ctrl+s
	s.until("activity-")
	s.keys("f2")
	s.until("Doctor")
	s.keys("esc", "5")
	a.toldOf(s)
	s.signal(syscall.SIGTERM)
	s.end(143)
	a.silent("the screen", s.vt.all())
}

// toldOf waits until the program of the person has been told of a change.
func (a *aviary) toldOf(s *terminal) {
	a.t.Helper()
	deadline := time.After(patience)
	for look := time.NewTicker(20 * time.Millisecond); ; {
		if data, err := os.ReadFile(filepath.Join(a.home, "told")); err == nil && strings.HasSuffix(string(data), "\n") {
			look.Stop()
			return
		}
		select {
		case <-look.C:
		case <-deadline:
			a.t.Fatalf("the program of the person is told of nothing:\n%s", s.vt.text())
		}
	}
}

package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// visitor asks a world as any program would.
type visitor struct {
	t *testing.T
	s *sandbox.Server
}

func (v visitor) get(address string) (int, http.Header, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+sandbox.Token)
	r.Close = true
	resp, err := new(http.Client).Do(r)
	if err != nil {
		return 0, nil, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, resp.Header, err.Error()
	}
	return resp.StatusCode, resp.Header, string(body)
}

func (v visitor) konnect(path string) string {
	v.t.Helper()
	status, _, body := v.get(v.s.Konnect + "/v2/cloud-gateways" + path)
	if status != http.StatusOK {
		v.t.Fatalf("%s: %d %s", path, status, body)
	}
	return body
}

// list returns the names of a list and the states that go with them.
func (v visitor) list(path string) map[string]string {
	v.t.Helper()
	var page struct {
		Data []struct {
			ID    string `json:"id"`
			Name  string `json:"name"`
			State string `json:"state"`
		} `json:"data"`
	}
	if err := json.Unmarshal([]byte(v.konnect(path)), &page); err != nil {
		v.t.Fatal(err)
	}
	out := map[string]string{}
	for _, d := range page.Data {
		out[d.Name] = d.State
		out["id of "+d.Name] = d.ID
	}
	return out
}

const everything = "/networks?page%5Bsize%5D=100"

func manual() *sandbox.ManualClock { return sandbox.NewManualClock(sandboxtest.Epoch()) }

func TestTheSameSeedGivesTheSameWorld(t *testing.T) {
	t.Parallel()
	look := func(seed int64) string {
		s := sandboxtest.Start(t, sandbox.Options{Seed: seed, Networks: 40, Clock: manual()})
		return visitor{t, s}.konnect(everything)
	}
	one, same, other := look(7), look(7), look(8)
	if one != same {
		t.Error("two worlds of one seed differ")
	}
	if one == other {
		t.Error("two seeds give one world")
	}
}

func TestTheStoryInItsOwnTime(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Story: true, Clock: clock})}
	at := time.Duration(0)
	for _, c := range []struct {
		at      time.Duration
		network string
		peering string // "" for the network itself
		state   string
	}{
		{13 * time.Second, "jp-new", "", "initializing"},
		{15 * time.Second, "jp-new", "", "ready"},
		{20 * time.Second, "jp-new", "tokyo", "initializing"},
		{37 * time.Second, "jp-new", "tokyo", "ready"},
		{50 * time.Second, "us-west", "inventory", "ready"},
		{59 * time.Second, "us-west", "inventory", "error"},
		{175 * time.Second, "us-west", "inventory", "terminating"},
		{185 * time.Second, "us-west", "inventory", "initializing"},
		{201 * time.Second, "us-west", "inventory", "ready"},
	} {
		clock.Advance(c.at - at)
		at = c.at
		v.s.World.CatchUp()
		v.s.World.ClearFaults() // the request for patience has a test of its own
		networks := v.list(everything)
		got := networks[c.network]
		if c.peering != "" {
			got = v.list("/networks/" + networks["id of "+c.network] + "/transit-gateways")[c.peering]
		}
		if got != c.state {
			t.Errorf("after %s %s %s is %q, want %q", c.at, c.network, c.peering, got, c.state)
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	for query, want := range map[string]string{
		"filter[name][eq]=eu-prod":              "eu-prod",
		"filter[name][oeq]=eu-prod,us-prod":     "eu-prod us-prod",
		"filter[name][contains]=-new":           "jp-new",
		"filter[state][eq]=offline":             "uk-spare",
		"filter[name][contains]=no-such-thing!": "",
	} {
		key, value, _ := strings.Cut(query, "=")
		got := v.list("/networks?" + url.QueryEscape(key) + "=" + url.QueryEscape(value))
		names := strings.Fields(want)
		if len(got) != 2*len(names) {
			t.Errorf("%s: %v", query, got)
		}
		for _, n := range names {
			if _, ok := got[n]; !ok {
				t.Errorf("%s: %s is missing in %v", query, n, got)
			}
		}
	}
	for _, query := range []string{"filter[colour][eq]=red", "filter[name][like]=x", "page[size]=many", "page[number]=0"} {
		key, value, _ := strings.Cut(query, "=")
		status, _, body := v.get(v.s.Konnect + "/v2/cloud-gateways/networks?" + url.QueryEscape(key) + "=" + value)
		if status != http.StatusBadRequest || !strings.Contains(body, "invalid_parameters") {
			t.Errorf("%s: %d %s", query, status, body)
		}
	}
}

func TestAScenario(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "story.yaml")
	const story = `events:
  - {at: 10s, network: eu-prod, peering: hub-vnet, state: error, reason: Somebody was here., azure: Disconnected}
  - {at: 20s, network: eu-stage, peering: stage-hub, delete: true}
  - {at: 30s, network: uk-lab, delete: true}
  - {at: 40s, network: de-core, dns: core-dns, state: ready}
  - {at: 50s, network: us-prod, peering: orders, azure: none}
  - {at: 60s, network: ca-data, state: terminating}
  - {at: 70s, fault: {service: konnect, status: 503, times: 1}}
`
	if err := os.WriteFile(path, []byte(story), 0o600); err != nil {
		t.Fatal(err)
	}
	events, err := sandbox.ReadScenario(path)
	if err != nil || len(events) != 7 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, Events: events})}
	ids := v.list(everything)
	inside := func(network, what string) map[string]string {
		return v.list("/networks/" + ids["id of "+network] + "/" + what)
	}
	clock.Advance(61 * time.Second)
	networks := v.list(everything)
	if got := inside("eu-prod", "transit-gateways")["hub-vnet"]; got != "error" {
		t.Errorf("hub-vnet is %q", got)
	}
	if _, there := inside("eu-stage", "transit-gateways")["stage-hub"]; there {
		t.Error("stage-hub is still there")
	}
	if _, there := networks["uk-lab"]; there {
		t.Error("uk-lab is still there")
	}
	if got := inside("de-core", "private-dns")["core-dns"]; got != "ready" {
		t.Errorf("core-dns is %q", got)
	}
	if networks["ca-data"] != "terminating" {
		t.Errorf("ca-data is %q", networks["ca-data"])
	}
	clock.Advance(10 * time.Second)
	for _, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		if status, _, body := v.get(v.s.Konnect + "/v2/cloud-gateways/networks"); status != want {
			t.Errorf("got %d, want %d: %s", status, want, body)
		}
	}
}

func TestAScenarioThatMakesNoSense(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"events: [{at: 1s, colour: x}]":                        "line 1, column",
		"events:\n  - {at: tomorrow}":                          "line 2, column",
		"story: []":                                            "line 1, column",
		"events: [{at: -1s, network: eu-prod}]":                "before the start",
		"events: [{at: 1s, every: 1ns, network: eu-prod}]":     "more often",
		"events: [{at: 1s, network: nobody}]":                  `network "nobody"`,
		"events: [{at: 1s, network: eu-prod, ago: 1h}]":        "ago belongs to a state",
		"events: [{at: 1s, fault: {status: 500}, peering: x}]": "needs a network",
	} {
		events, err := sandbox.ParseScenario([]byte(text))
		if err == nil {
			_, err = sandbox.New(sandbox.Options{Events: events})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want words with %q", text, err, says)
		}
	}
	if _, err := sandbox.ReadScenario(filepath.Join(t.TempDir(), "none.yaml")); err == nil {
		t.Error("a file that is not there was read")
	}
}

func FuzzParseScenario(f *testing.F) {
	f.Add("events:\n  - {at: 10s, network: eu-prod, azure: Disconnected}\n")
	f.Add("events: [{fault: {for: 1h}}]")
	f.Add("events: [{network: eu-prod, dns: corp-dns, map: {a.example.org: [10.0.0.1]}, drop: [old.example.org], newer: {members: {a: .5}, config: {b: [x]}, entries: {hr.example.org: {c: {}}}}}]")
	f.Add("events: [{network: eu-prod, dns: corp-dns, before: {method: GET, path: '/private-dns/{dns}'}, fault: {late: 1s, path: '{network}'}}]")
	f.Fuzz(func(t *testing.T, text string) {
		events, err := sandbox.ParseScenario([]byte(text))
		if err != nil {
			if strings.ContainsAny(err.Error(), "\x1b\n") {
				t.Errorf("the words are not clean: %q", err)
			}
			return
		}
		w, err := sandbox.New(sandbox.Options{Events: events, Clock: manual()})
		if err != nil {
			return
		}
		w.CatchUp()
		for _, r := range w.Resolvers("eu-prod") {
			if w.ResolverJSON("eu-prod", r.Name) == "" {
				t.Errorf("%s cannot be shown", r.Name)
			}
		}
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	clock := manual()
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	v := visitor{t, s}
	for _, c := range []struct {
		fault  sandbox.Fault
		status int
		says   string
	}{
		{sandbox.Fault{Status: 429}, 429, ""},
		{sandbox.Fault{Status: 500, Times: 1}, 500, ""},
		{sandbox.Fault{Kind: "html"}, 200, "<html>"},
		{sandbox.Fault{Kind: "empty"}, 200, ""},
		{sandbox.Fault{Kind: "garbage"}, 200, `{"data": "`},
		{sandbox.Fault{Kind: "truncated"}, 200, "unexpected EOF"},
		{sandbox.Fault{Kind: "reset"}, 0, "EOF"},
		{sandbox.Fault{Service: "arm", Status: 500}, 200, "eu-prod"},
		{sandbox.Fault{Path: "/no-such-path", Status: 500}, 200, "eu-prod"},
	} {
		s.World.AddFault(c.fault)
		status, header, body := v.get(s.Konnect + "/v2/cloud-gateways" + everything)
		if status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%+v: %d %.80q", c.fault, status, body)
		}
		if status == 429 && header.Get("Retry-After") == "" {
			t.Error("a request for patience that does not say how long")
		}
		s.World.ClearFaults()
	}
	s.World.AddFault(sandbox.Fault{Status: 500, For: time.Minute})
	for _, want := range []int{500, 200} {
		if status, _, _ := v.get(s.Konnect + "/v2/cloud-gateways/networks"); status != want {
			t.Errorf("got %d, want %d", status, want)
		}
		clock.Advance(time.Minute)
	}
}

func TestAnswersTakeTheirTime(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Latency: time.Hour})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.Konnect+"/v2/cloud-gateways/networks", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Timeout: 50 * time.Millisecond}
	if resp, err := client.Do(r); err == nil {
		_ = resp.Body.Close()
		t.Error("it answered before its time")
	}
}

func TestACrowd(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 15, 100, 10_000 / longtest.Step(10)} {
		w, err := sandbox.New(sandbox.Options{Networks: n})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.NetworkCount(); got != max(n, 15) {
			t.Errorf("%d networks instead of %d", got, n)
		}
	}
	if w, err := sandbox.New(sandbox.Options{Empty: true}); err != nil || w.NetworkCount() != 0 {
		t.Errorf("an empty world has %d networks, %v", w.NetworkCount(), err)
	}
}

func TestStrangersAreRefused(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	for _, address := range []string{s.Konnect + "/v2/cloud-gateways/networks", s.Konnect + "/v3/organizations/me", s.ARM + "/subscriptions?api-version=2022-12-01"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Close = true
		for _, token := range []string{"", "Bearer nonsense", "Basic " + sandbox.Token} {
			r.Header.Set("Authorization", token)
			resp, err := new(http.Client).Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s with %q: %d", address, token, resp.StatusCode)
			}
		}
	}
}

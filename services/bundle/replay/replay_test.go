package replay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/bundle/replay"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

func at() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }

// get sends a request as a client does, and returns the status and the body, or why not.
func get(t *testing.T, s policy.Transporter, url string) (int, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer canary-token")
	resp, err := s.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

func opened(t *testing.T, b bundle.Bundle, end bool) *replay.Replay {
	t.Helper()
	r, err := replay.Open(t.Context(), "a.peerdeck", b, replay.Options{End: end, Report: func(p work.Panic) { t.Error(p) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// hurried is a clock by which every wait is over when it is looked at again.
type hurried struct {
	attempt.Machine

	looks atomic.Int64
}

func (h *hurried) Now() time.Time { return at().Add(time.Duration(h.looks.Add(1)) * time.Minute) }

// What a service answers, how it refuses and how the wire fails come again in their order,
// and the last one for ever; the token is nowhere.
func TestWhatPassedComesAgain(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Secret", "canary-header")
		w.Header().Set("Content-Type", "application/json")
		switch n.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case 2:
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"half":`))
		default:
			_, _ = w.Write([]byte(`{"whole":true}`))
		}
	}))
	defer server.Close()
	client := transport.Open(transport.Options{Clock: &hurried{}}) // which asks again at once after a 429
	defer client.Close()
	recorder := record.New(record.Options{Now: at})
	live := recorder.Sender(bundle.Konnect, record.Place{Base: server.URL, Service: "Konnect", Host: "konnect.example"}, client)
	type came struct {
		status int
		body   string
		err    string
	}
	ask := func(s policy.Transporter) (out []came) {
		for range 5 {
			status, body, err := get(t, s, server.URL+"/v2/things?b=2&a=1")
			one := came{status: status, body: body}
			if err != nil {
				one.err = transport.WireFailure(err, "Konnect", "konnect.example").Error()
			}
			out = append(out, one)
		}
		return out
	}
	want := ask(live)
	if want[0].status != 429 || want[1].err == "" || want[2].body != `{"whole":true}` {
		t.Fatalf("the service did not do what the test is about: %+v", want)
	}
	server.Close()
	_, _, refused := get(t, live, server.URL+"/v2/refused")
	var b bundle.Bundle
	recorder.Fill(&b)
	data, _, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"canary-token", "canary-header"} {
		for _, e := range b.Exchanges {
			if strings.Contains(e.Path+string(e.Body)+string(e.Request), secret) {
				t.Errorf("%s is in %+v", secret, e)
			}
			for _, h := range e.Header {
				if strings.Contains(h.Value, secret) {
					t.Errorf("%s is in the header %s", secret, h.Name)
				}
			}
		}
	}
	if b, err = bundle.Read("a", data); err != nil {
		t.Fatal(err)
	}
	r := opened(t, b, false) // nothing of the service is there any more
	_, _, err = get(t, r.Sender(bundle.Konnect), server.URL+"/v2/refused")
	if was, is := transport.WireFailure(refused, "Konnect", "konnect.example"), transport.WireFailure(err, "", ""); refused == nil || is.Error() != was.Error() || is.Kind != was.Kind || is.Retryable != was.Retryable || is.Finding != was.Finding {
		t.Errorf("the wire failed with %+v, and replayed with %+v", was, is)
	}
	if got := ask(r.Sender(bundle.Konnect)); !equal(got, want) {
		t.Errorf("live\n%+v\nreplayed\n%+v", want, got)
	}
	// The order of a query's members says nothing; another request is not in the recording.
	if status, _, err := get(t, r.Sender(bundle.Konnect), server.URL+"/v2/things?a=1&b=2"); status != 200 || err != nil {
		t.Errorf("%d, %v", status, err)
	}
	_, _, err = get(t, r.Sender(bundle.Konnect), server.URL+"/v2/things?a=1")
	if f, _ := model.AsFailure(err); f.FindingCode() != model.CodeNotRecorded || f.Kind == model.FailureNotFound {
		t.Errorf("what was not recorded is %v", err)
	}
	// At its end there is only the last answer.
	if got := ask(opened(t, b, true).Sender(bundle.Konnect)); got[0] != want[4] {
		t.Errorf("at the end it is %+v", got[0])
	}
}

func equal[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Where there is no room for all, the newest answer to each request stays.
func TestAMemoryThatIsBounded(t *testing.T) {
	t.Parallel()
	var n atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`"` + strings.Repeat("x", 998) + strings.Repeat("y", int(n.Add(1))) + `"`))
	}))
	defer server.Close()
	client := transport.New()
	defer client.Close()
	recorder := record.New(record.Options{Now: at, Most: 5000})
	live := recorder.Sender(bundle.ARM, record.Place{Base: server.URL}, client)
	for range 20 {
		for _, path := range []string{"/a", "/b"} {
			if _, _, err := get(t, live, server.URL+path); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bundle.Bundle
	recorder.Fill(&b)
	if size := len(b.Exchanges); size > 4 || b.Session.LeftOut != 40-size {
		t.Errorf("%d exchanges, %d left out", size, b.Session.LeftOut)
	}
	last := b.Exchanges[len(b.Exchanges)-1]
	if last.Path != "/b" || len(last.Body) != 1040 {
		t.Errorf("the last one is %s with %d bytes", last.Path, len(last.Body))
	}
}

// Who gave up is no answer, and nothing of it is kept but that it was so.
func TestWhoGivesUpRecordsNothing(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	client := transport.New()
	defer client.Close()
	recorder := record.New(record.Options{Now: at})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := recorder.Sender(bundle.ARM, record.Place{Base: server.URL}, client).Do(req)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("it answered")
	}
	var b bundle.Bundle
	if recorder.Fill(&b); len(b.Exchanges) != 0 || !b.Session.Cut {
		t.Errorf("%+v", b)
	}
}

// A sign-in that failed fails again with the same words; one that nobody tried is said to
// be so.
func TestSignInsComeToWhatTheyCameTo(t *testing.T) {
	t.Parallel()
	refused := model.Failure{Kind: model.FailureAuth, Operation: "sign in to Azure tenant", Cause: safe.New("AADSTS50076: MFA is wanted"), Cure: "az login"}
	b := bundle.Bundle{
		Manifest: bundle.Manifest{Clock: at()}, Session: &bundle.Session{},
		SignIns: []bundle.SignIn{
			{Service: bundle.ARM, Tenant: "t-good", Account: "jane@example.org", Kind: "azure-cli", Source: "Azure CLI", Until: at()},
			{Service: bundle.ARM, Tenant: "t-bad", Failure: bundle.FailureOf(refused)},
			{Service: bundle.Konnect, Source: "the file token", Failure: bundle.FailureOf(model.Failure{Kind: model.FailureAuth, Cause: safe.New("the file is empty")})},
		},
	}
	r := opened(t, b, false)
	tokens := r.Tokens()
	scope := policy.TokenRequestOptions{Scopes: []string{"https://management.core.windows.net//.default"}}
	for tenant, says := range map[string]string{"t-good": "", "t-bad": "MFA is wanted", "t-other": "not in the recording"} {
		_, err := tokens.For(safe.New(tenant)).GetToken(t.Context(), scope)
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", tenant, err)
		}
	}
	if i := tokens.Identity(safe.New("t-good")); i.Account.String() != "jane@example.org" || i.Source != model.FromAzureCLI || !i.Until.Equal(at()) {
		t.Errorf("%+v", i)
	}
	if _, err := r.Source().Token(t.Context()); err == nil || !strings.Contains(err.Error(), "the file is empty") || r.Source().Describe() != "the file token" {
		t.Errorf("%v from %s", err, r.Source().Describe())
	}
}

// A bundle in which nothing passed is refused, with what to ask for.
func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	_, err := replay.Open(t.Context(), "a.zip", bundle.Bundle{Session: &bundle.Session{}}, replay.Options{})
	f, ok := errors.AsType[model.Failure](err)
	if !ok || f.Subject.String() != "a.zip" || !strings.Contains(f.Cure, "--record") {
		t.Errorf("%v", err)
	}
}

// A bundle that the first peerdeck with bundles wrote opens for ever.
func TestABundleOfLongAgoOpens(t *testing.T) {
	t.Parallel()
	name := filepath.Join("..", "..", "..", "testdata", "bundles", "format-1.zip")
	if _, err := os.Stat(name); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if b.Manifest.Format != 1 || len(b.Exchanges) == 0 || len(b.DNS) == 0 || len(b.SignIns) == 0 {
		t.Errorf("%+v", b.Manifest)
	}
	r := opened(t, b, false)
	e := b.Exchanges[0]
	if status, _, err := get(t, r.Sender(e.Service), b.Session.Hosts[e.Service]+e.Path); err != nil || status != e.Status {
		t.Errorf("%s %s: %d, %v", e.Service, e.Path, status, err)
	}
}

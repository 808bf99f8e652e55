package konnect_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func failure(t *testing.T, err error) model.Failure {
	t.Helper()
	var f model.Failure
	if !errors.As(err, &f) {
		t.Fatalf("%v is no failure", err)
	}
	return f
}

func TestFaultsBecomeFailures(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		kind  model.FailureKind
		says  string // in the cause
		cure  string
		tries int
	}{
		"400":            {sandbox.Fault{Status: 400}, model.FailureInvalid, "name is not valid (400)", "", 1},
		"401":            {sandbox.Fault{Status: 401}, model.FailureAuth, "refuses the token", "a test", 1},
		"403":            {sandbox.Fault{Status: 403}, model.FailurePermission, "permission", "Network Admin", 1},
		"404":            {sandbox.Fault{Status: 404}, model.FailureNotFound, "Not Found (404)", "deleted", 1},
		"409":            {sandbox.Fault{Status: 409}, model.FailureConflict, "Conflict", "", 1},
		"429":            {sandbox.Fault{Status: 429, RetryAfter: "17"}, model.FailureThrottled, "Too many requests", "look again in 17 s", 1},
		"500":            {sandbox.Fault{Status: 500}, model.FailureServer, "(500)", "Look again", 2},
		"503 by a proxy": {sandbox.Fault{Status: 503}, model.FailureServer, "Service Unavailable” (503)", "Look again", 2},
		"redirect":       {sandbox.Fault{Kind: "redirect"}, model.FailureContract, "elsewhere.example", "does not follow", 1},
		"a login page":   {sandbox.Fault{Kind: "html"}, model.FailureContract, "“Sign in to the hotel network” (200)", "proxy", 1},
		"nothing":        {sandbox.Fault{Kind: "empty"}, model.FailureContract, "empty", "", 1},
		"garbage":        {sandbox.Fault{Kind: "garbage"}, model.FailureContract, "ends after", "Look again", 1},
		"cut short":      {sandbox.Fault{Kind: "truncated"}, model.FailureUnreachable, "is not complete", "Look again", 0},
		"reset":          {sandbox.Fault{Kind: "reset"}, model.FailureUnreachable, "closed the connection", "Look again", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := sandboxtest.Start(t, sandbox.Options{})
			c.fault.Service = "konnect"
			s.World.AddFault(c.fault)
			_, err := client(t, s, token(sandbox.Token)).Networks(context.Background(), nil)
			f := failure(t, err)
			if f.Kind != c.kind || !strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) || f.Operation != "list networks" {
				t.Errorf("got %+v", f)
			}
			if got := s.World.Requests("konnect"); c.tries != 0 && got != c.tries {
				t.Errorf("%d requests, want %d", got, c.tries)
			}
			if c.fault.Status >= 400 && c.fault.Status < 500 && f.TraceID.IsEmpty() {
				t.Error("the trace id is lost")
			}
			if c.fault.RetryAfter != "" && f.RetryAfter != 17*time.Second {
				t.Errorf("wait %v", f.RetryAfter)
			}
		})
	}
}

func TestFault22InvalidParameters(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	s.World.AddFault(sandbox.Fault{Status: 400})
	_, err := client(t, s, token(sandbox.Token)).Networks(context.Background(), nil)
	if f := failure(t, err); len(f.Invalid) != 1 || f.Invalid[0].Field.Raw() != "name" || f.Invalid[0].Rule.Raw() != "invalid" {
		t.Errorf("got %+v", f.Invalid)
	}
}

func TestOneFaultIsRiddenOut(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	s.World.AddFault(sandbox.Fault{Status: 502, Times: 1})
	if _, err := client(t, s, token(sandbox.Token)).Organization(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestNobodyThere(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	c := client(t, s, token(sandbox.Token))
	s.Close()
	_, err := c.Organization(context.Background())
	if f := failure(t, err); f.Kind != model.FailureUnreachable || !strings.Contains(f.Cause.String(), "refuses the connection") || !f.Retryable {
		t.Errorf("got %+v", f)
	}
}

func TestCancelled(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	s.World.AddFault(sandbox.Fault{Kind: "hang"})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for s.World.Requests("konnect") == 0 {
			runtime.Gosched()
		}
		cancel()
	}()
	_, err := client(t, s, token(sandbox.Token)).Organization(ctx)
	if f := failure(t, err); f.Kind != model.FailureCancelled {
		t.Errorf("got %+v", f)
	}
}

func TestACertificateThatNobodySigned(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	defer server.Close()
	sender := transport.New()
	defer sender.Close()
	c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, server.URL), Token: token("x"), Sender: sender, Version: "test"})
	_, err := c.Organization(context.Background())
	if f := failure(t, err); !strings.Contains(f.Cause.String(), "certificate") || f.Retryable || f.Cure == "" {
		t.Errorf("got %+v", f)
	}
}

func TestARenewedTokenIsTakenUp(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	path := filepath.Join(t.TempDir(), "token")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("stale")
	c := client(t, s, secret.File{Path: path})
	_, err := c.Organization(context.Background())
	if f := failure(t, err); f.Kind != model.FailureAuth || !strings.Contains(f.Cure, path) || strings.Contains(f.Error()+f.Cure, "stale") {
		t.Errorf("got %+v", f)
	}
	// The source was asked a moment ago; a fresh client stands for later.
	c = client(t, s, &switching{values: []string{"stale", sandbox.Token}})
	if _, err := c.Organization(context.Background()); err != nil {
		t.Errorf("the new token was not used: %v", err)
	}
}

// switching gives one token after the other.
type switching struct {
	values []string
	calls  atomic.Int32
}

func (s *switching) Token(context.Context) (secret.Secret, error) {
	n := int(s.calls.Add(1)) - 1
	return secret.New(s.values[min(n, len(s.values)-1)]), nil
}

func (s *switching) Describe() string { return "a switch" }

func (s *switching) Kind() model.IdentitySource { return model.FromFile }

func TestARefusedTokenIsNotAskedForAtEveryPoll(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	source := &switching{values: []string{"wrong"}}
	c := client(t, s, source)
	for range 20 {
		if _, err := c.Organization(context.Background()); err == nil {
			t.Fatal("a wrong token was taken")
		}
	}
	if n := source.calls.Load(); n > 2 {
		t.Errorf("the source was asked %d times", n)
	}
}

func TestNoToken(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	_, err := client(t, s, secret.File{Path: filepath.Join(t.TempDir(), "none")}).Organization(context.Background())
	f := failure(t, err)
	if f.Kind != model.FailureAuth || !strings.Contains(f.Cause.String(), "cannot be read") || s.World.Requests("konnect") != 0 {
		t.Errorf("got %+v", f)
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	entries := activity.New()
	sender := transport.New()
	t.Cleanup(sender.Close)
	c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: token(sandbox.Token), Sender: sender, Log: entries, Version: "test"})
	s.World.AddFault(sandbox.Fault{Status: 500, Times: 1})
	if _, err := c.Organization(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := entries.Since(0)
	if len(got) != 2 || got[0].Status != 500 || got[0].Trace.IsEmpty() || got[1].Status != 200 || got[1].Target.Raw() != "/v3/organizations/me" {
		t.Errorf("got %+v", got)
	}
	if strings.Contains(fmt.Sprintf("%+v", got), "Bearer") {
		t.Error("a header was logged")
	}
}

func TestFault11AnswersAreBounded(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		chunk := []byte(strings.Repeat(" ", 1<<20))
		for range 64 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	sender := transport.New()
	defer sender.Close()
	c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, server.URL), Token: token("x"), Sender: sender, Version: "test"})
	_, err := c.Organization(context.Background())
	if f := failure(t, err); !strings.Contains(f.Cause.String(), "larger than") {
		t.Errorf("got %+v", f)
	}
}

package signin

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Scope is the purpose of a token for Resource Manager of the public cloud.
const Scope = "https://management.core.windows.net//.default"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counting is a way to sign in that counts how often it is asked.
type counting struct {
	mu    sync.Mutex
	calls int
	life  time.Duration
	err   error
}

func (c *counting) source() model.IdentitySource                      { return model.FromEnvironment }
func (c *counting) words() string                                     { return "a test" }
func (c *counting) pointed() bool                                     { return false }
func (c *counting) credential(string) (azcore.TokenCredential, error) { return c, nil }

func (c *counting) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	time.Sleep(time.Second) // as slow as the Azure CLI; in virtual time
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	return azcore.AccessToken{Token: "t", ExpiresOn: time.Now().Add(c.life)}, c.err
}

func get(t *Tokens, tenant, claims string) error {
	_, err := t.For(safe.New(tenant)).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{Scope}, Claims: claims})
	return err
}

func TestOneTokenServesAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &counting{life: time.Hour}
		tokens := newTokens(&session{}, w)
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := get(tokens, "TENANT", ""); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if w.calls != 1 {
			t.Errorf("asked %d times", w.calls)
		}
		_ = get(tokens, "tenant", "")
		if w.calls != 1 {
			t.Error("the case of a tenant's id does not matter")
		}
		_ = get(tokens, "other", "")
		if w.calls != 2 {
			t.Error("every tenant has its own token")
		}
		_ = get(tokens, "tenant", "a challenge")
		if w.calls != 3 {
			t.Error("a claims challenge needs a new token")
		}
		time.Sleep(56 * time.Minute)
		_ = get(tokens, "tenant", "")
		if w.calls != 4 {
			t.Error("a token must be renewed before it ends")
		}
	})
}

func TestARefusalIsRememberedForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &counting{err: errors.New("no")}
		tokens := newTokens(&session{}, w)
		for range 5 {
			if get(tokens, "t", "") == nil {
				t.Fatal("signed in")
			}
		}
		if w.calls != 1 {
			t.Errorf("asked %d times", w.calls)
		}
		if who := tokens.Identity(safe.New("T")); !who.Account.IsEmpty() || who.Failure == nil || who.Source != "" {
			t.Errorf("%+v", who)
		}
		tokens.Forget()
		_ = get(tokens, "t", "")
		time.Sleep(2 * failFor)
		_ = get(tokens, "t", "")
		if w.calls != 3 {
			t.Errorf("asked %d times", w.calls)
		}
	})
}

func TestACallerThatGivesUpSpoilsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &counting{life: time.Hour}
		tokens := newTokens(&session{}, w)
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		_, err := tokens.For(safe.New("t")).GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{Scope}})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := get(tokens, "t", ""); err != nil {
			t.Errorf("the next one got %v", err)
		}
	})
}

// fakeAz puts a program called az on the path, and nothing else of its kind.
func fakeAz(t *testing.T, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("uses a POSIX script")
	}
	dir := t.TempDir()
	if script != "" {
		if err := os.WriteFile(filepath.Join(dir, "az"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	for _, name := range []string{"AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"} {
		t.Setenv(name, "")
	}
}

func auto(t *testing.T) *Tokens {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	return New(Options{Choice: Auto, Sender: sender})
}

func TestAzureCLI(t *testing.T) {
	claims := base64.RawURLEncoding.EncodeToString([]byte(`{"upn":"bob@acme.example"}`))
	fakeAz(t, `case "$*" in *"--tenant 11111111-2222-3333-4444-555555555555"*) ;; *) exit 9;; esac
echo '{"accessToken":"h.`+claims+`.s","expires_on":4102444800,"tokenType":"Bearer"}'`)
	tokens := auto(t)
	tenant := "11111111-2222-3333-4444-555555555555"
	if err := get(tokens, tenant, ""); err != nil {
		t.Fatal(err)
	}
	who := tokens.Identity(safe.New(tenant))
	if who.Account.Raw() != "bob@acme.example" || who.Source != model.FromAzureCLI || who.Until.Year() != 2100 {
		t.Errorf("%+v", who)
	}
}

func TestWaysThatAreClosed(t *testing.T) {
	for name, c := range map[string]struct {
		script, says, cure string
	}{
		"no CLI":        {"", "not installed", "device code"},
		"not signed in": {`echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`, "not signed in", "az login --tenant 0"},
		"Entra refuses": {`echo "ERROR: AADSTS50076: Due to a change made by your administrator you must use multi-factor authentication. Trace ID: x" >&2; exit 1`, "wants a second factor", "az login"},
		"odd output":    {`echo not json`, "az printed no JSON; it said: not json", "command -v az"},
	} {
		t.Run(name, func(t *testing.T) {
			fakeAz(t, c.script)
			err := get(auto(t), "00000000-2222-3333-4444-555555555555", "")
			f := Failure(err, safe.New("00000000-2222-3333-4444-555555555555"))
			if f.Kind != model.FailureAuth || !strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) || strings.Contains(f.Cause.Raw(), "\n") {
				t.Errorf("got %+v", f)
			}
		})
	}
}

func TestEnvironmentIsTriedAfterTheCLI(t *testing.T) {
	fakeAz(t, "")
	t.Setenv("AZURE_TENANT_ID", "00000000-2222-3333-4444-555555555555")
	t.Setenv("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")
	err := get(auto(t), "00000000-2222-3333-4444-555555555555", "")
	if err == nil || !strings.Contains(err.Error(), "not installed") {
		t.Errorf("half a set of variables is no way to sign in: %v", err)
	}
	t.Setenv("AZURE_CLIENT_SECRET", "s3cret-canary")
	if made, err := (&environment{env: os.Getenv}).credential(""); err != nil || made == nil {
		t.Errorf("a whole set of variables is one: %v", err)
	}
}

func TestAGivenTokenIsUsedAsItIs(t *testing.T) {
	tokens := New(Options{Choice: Auto, Given: secret.New("given")})
	got, err := tokens.For(safe.New("any")).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{Scope}})
	if err != nil || got.Token != "given" {
		t.Errorf("got %v", err)
	}
}

func TestAccountOf(t *testing.T) {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for token, want := range map[string]string{
		"":                                "",
		"opaque":                          "",
		"a.b.c":                           "",
		"a." + part("no json") + ".c":     "",
		"a." + part(`{"upn":"u"}`) + ".c": "u",
		"a." + part(`{"appid":"x","app_displayname":"bot"}`) + ".c": "bot",
		"a." + part(`{}`) + ".c":                                    "",
	} {
		if got := accountOf(token); got.Raw() != want {
			t.Errorf("%q: %q, want %q", token, got, want)
		}
	}
}

// A token of the tenant goes before one that is for any.
func TestGivenTokensOfTenants(t *testing.T) {
	tokens := New(Options{
		Given:    secret.New("any"),
		GivenFor: map[string]secret.Secret{"labs": secret.New("of labs")},
	})
	for tenant, want := range map[string]string{"labs": "of labs", "LABS": "of labs", "home": "any", "": "any"} {
		got, err := tokens.For(safe.New(tenant)).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{"x"}})
		if err != nil || got.Token != want {
			t.Errorf("%q: %q, %v", tenant, got.Token, err)
		}
	}
}

// Ready-made tokens of some tenants alone serve no other one, and none leaves this
// machine by way of a service that has no address here.
func TestFault36GivenTokensThatDoNotFit(t *testing.T) {
	tokens := New(Options{
		Choice: Auto, GivenFor: map[string]secret.Secret{"labs": secret.New("canary")}, GivenScopes: []string{Scope},
	})
	for name, c := range map[string]struct{ tenant, scope, cause, cure string }{
		"another tenant":  {"home", Scope, "no token for this tenant", "TENANT-ID=TOKEN"},
		"another service": {"labs", "https://graph.microsoft.com/.default", "https://graph.microsoft.com is none", "--graph-url"},
	} {
		_, err := tokens.For(safe.New(c.tenant)).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{c.scope}})
		if err == nil {
			t.Errorf("%s: a token was given", name)
			continue
		}
		f := Failure(err, safe.New(c.tenant))
		if !strings.Contains(f.Cause.String(), c.cause) || !strings.Contains(f.Cure, c.cure) || f.Retryable || strings.Contains(f.Error(), "canary") {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if got, err := tokens.For(safe.New("LABS")).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{Scope}}); err != nil || got.Token != "canary" {
		t.Errorf("%v", err)
	}
}

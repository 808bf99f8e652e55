package rest_test

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/signin/signintest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const tenant = "11111111-2222-3333-4444-555555555555"

// signedIn is a client that an application signs in for, by a secret.
func signedIn(t *testing.T, m *signintest.Microsoft) (*rest.Client, *signin.Tokens) {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	vars := map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "app-7", "AZURE_CLIENT_SECRET": signintest.Canary}
	tokens := signin.New(signin.Options{Choice: signin.Environment, Login: m.Endpoint(t), Sender: sender, Env: func(name string) string { return vars[name] }})
	return rest.New(rest.ARM(azurecloud.Public), rest.Options{Tokens: tokens, Endpoint: m.Endpoint(t), Sender: sender}), tokens
}

func read(c *rest.Client) error {
	_, err := c.Get(context.Background(), safe.New(tenant), c.URL("/subscriptions", nil))
	return err
}

func write(c *rest.Client) error {
	_, err := c.Send(context.Background(), safe.New(tenant), c.Write(http.MethodPut, "/subscriptions/s", nil, map[string]string{"a": "b"}))
	return err
}

// A challenge that another token meets is met, once, and nobody hears of it; reads and
// writes alike, however the service spells it.
func TestAChallengeThatATokenMeets(t *testing.T) {
	raw := base64.RawURLEncoding.EncodeToString([]byte(signintest.Claims))
	for name, header := range map[string]string{
		"as Azure spells it": signintest.Header(),
		"URL encoding":       `Bearer error="insufficient_claims", claims="` + raw + `"`,
		"small letters":      `bearer claims="` + raw + `", error="insufficient_claims"`,
		"no quotes":          `Bearer error=insufficient_claims, claims=` + raw,
	} {
		for what, do := range map[string]func(*rest.Client) error{"read": read, "write": write} {
			t.Run(name+", "+what, func(t *testing.T) {
				m := signintest.Start(t)
				m.Challenge = func(token string) string {
					if token == signintest.Token("1") {
						return header
					}
					return ""
				}
				c, _ := signedIn(t, m)
				if err := do(c); err != nil {
					t.Fatal(c.Describe(err, safe.New(tenant)))
				}
				forms := m.Forms()
				if m.Asked("token") != 2 || m.Asked("arm") != 2 || signintest.Shows(forms[0]) || !signintest.Shows(forms[1]) {
					t.Errorf("%d tokens, %d requests", m.Asked("token"), m.Asked("arm"))
				}
			})
		}
	}
}

// A challenge that no token meets stops everything at once: nothing is asked again, of the
// sign-in or of the service, until a person has acted.
func TestAChallengeThatNoTokenMeets(t *testing.T) {
	for what, do := range map[string]func(*rest.Client) error{"read": read, "write": write} {
		for name, change := range map[string]func(m *signintest.Microsoft){
			"the new token is refused as well": func(*signintest.Microsoft) {},
			"there is no new token": func(m *signintest.Microsoft) {
				m.Refuse = func(form url.Values) map[string]any {
					if signintest.Shows(form) {
						return map[string]any{"error": "invalid_grant", "error_description": "AADSTS53003: Blocked by policy.\r\nTrace ID: x"}
					}
					return nil
				}
			},
		} {
			t.Run(what+", "+name, func(t *testing.T) {
				m := signintest.Start(t)
				m.Challenge = func(string) string { return signintest.Header() }
				change(m)
				c, tokens := signedIn(t, m)
				held := func() {
					t.Helper()
					f := c.Describe(do(c), safe.New(tenant))
					if f.FindingCode() != "sign-in-challenge" || f.Retryable || !strings.Contains(f.Cure, "conditional access for workloads") || strings.Contains(f.Error()+f.Cure, signintest.Canary) {
						t.Errorf("%s: %+v", f.FindingCode(), f)
					}
				}
				held()
				asked, sent := m.Asked("token"), m.Asked("arm")
				if asked != 2 || sent > 2 {
					t.Errorf("%d tokens, %d requests", asked, sent)
				}
				for range 20 {
					held()
				}
				if m.Asked("token") != asked || m.Asked("arm") != sent {
					t.Errorf("it went on: %d tokens, %d requests", m.Asked("token"), m.Asked("arm"))
				}
				i := tokens.Identity(safe.New(tenant))
				if i.Failure == nil || i.Failure.FindingCode() != "sign-in-challenge" || i.Source != model.FromEnvironment || i.Account.Raw() != "app-7" {
					t.Errorf("%+v", i)
				}
				m.Set(func(m *signintest.Microsoft) { m.Challenge, m.Refuse = nil, nil })
				tokens.Forget() // what the key r does
				if err := do(c); err != nil {
					t.Errorf("after a person has acted: %v", err)
				}
			})
		}
	}
}

// A token that is refused without a word is got anew, and not at every request.
func TestATokenThatIsRefused(t *testing.T) {
	m := signintest.Start(t)
	m.Challenge = func(string) string { return `Bearer error="invalid_token"` }
	c, _ := signedIn(t, m)
	for range 10 {
		f := c.Describe(read(c), safe.New(tenant))
		if f.FindingCode() != "sign-in-token-refused" || !strings.Contains(f.Cure, "clock") {
			t.Fatalf("%s: %+v", f.FindingCode(), f)
		}
	}
	if m.Asked("token") > 2 || m.Asked("arm") != 10 {
		t.Errorf("%d tokens, %d requests", m.Asked("token"), m.Asked("arm"))
	}
}

// What no one can read of a challenge does not end in an error that names nothing.
func TestAChallengeThatCannotBeRead(t *testing.T) {
	m := signintest.Start(t)
	m.Challenge = func(string) string { return `Bearer error="insufficient_claims", claims="!!not base64!!"` }
	c, _ := signedIn(t, m)
	if f := c.Describe(read(c), safe.New(tenant)); f.FindingCode() != "sign-in-token-refused" {
		t.Errorf("%s: %+v", f.FindingCode(), f)
	}
}

package signin_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/signin/signintest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

const (
	tenant = "11111111-2222-3333-4444-555555555555"
	scope  = "https://management.core.windows.net//.default"
)

// fresh are tokens for the chosen ways, with variables of a test's own and a small
// Microsoft behind them.
func fresh(t *testing.T, m *signintest.Microsoft, choice signin.Choice, vars map[string]string) *signin.Tokens {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	return signin.New(signin.Options{Choice: choice, Login: m.Endpoint(t), Sender: sender, Env: func(name string) string { return vars[name] }})
}

func token(t *signin.Tokens, claims string) error {
	_, err := t.For(safe.New(tenant)).GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{scope}, Claims: claims, EnableCAE: true})
	return err
}

// A device code is started with what a challenge wants, and the challenge is over when the
// sign-in is.
func TestADeviceCodeCarriesTheClaims(t *testing.T) {
	m := signintest.Start(t)
	tokens := fresh(t, m, signin.DeviceCode, nil)
	shown := 0
	sign := func() error {
		return tokens.SignIn(context.Background(), safe.New(tenant), func(model.DeviceCode) { shown++ })
	}
	if err := sign(); err != nil {
		t.Fatal(err)
	}
	if err := token(tokens, ""); err != nil {
		t.Fatal(err)
	}
	m.Set(func(m *signintest.Microsoft) {
		m.Refuse = func(form url.Values) map[string]any {
			if form.Get("grant_type") == "refresh_token" {
				return map[string]any{"error": "interaction_required", "error_description": "AADSTS50076: A second factor."}
			}
			return nil
		}
	})
	err := token(tokens, signintest.Claims)
	f := signin.Failure(err, safe.New(tenant))
	if f.FindingCode() != "sign-in-challenge" || !strings.Contains(f.Cure, "key A") || !strings.Contains(f.Command, "--claims-challenge") {
		t.Fatalf("%s: %+v", f.FindingCode(), f)
	}
	i := tokens.Identity(safe.New(tenant))
	if len(i.Tried) != 1 || i.Tried[0].Failure.FindingCode() != "sign-in-mfa" {
		t.Errorf("what the sign-in itself said is not kept: %+v", i.Tried)
	}
	before := len(m.Forms())
	for range 5 {
		if token(tokens, "") == nil {
			t.Error("a token that was refused is given again")
		}
	}
	if len(m.Forms()) != before || shown != 1 {
		t.Error("it was asked again, and nobody had acted")
	}
	if err := sign(); err != nil {
		t.Fatal(err)
	}
	carried := false
	for _, form := range m.Forms()[before:] {
		carried = carried || signintest.Shows(form)
	}
	if !carried || shown != 2 {
		t.Errorf("the claims were not carried: %v", m.Forms()[before:])
	}
	if err := token(tokens, ""); err != nil {
		t.Errorf("signed in anew, and still: %v", err)
	}
}

// A refusal of a sign-in with a device code keeps Entra's code, which the library loses.
func TestADeviceCodeThatIsRefused(t *testing.T) {
	m := signintest.Start(t)
	m.Refuse = func(url.Values) map[string]any {
		return map[string]any{"error": "access_denied", "error_description": "AADSTS530003: Your device is required to be managed.\r\nTrace ID: 1\r\nTimestamp: 2", "trace_id": "trace-1"}
	}
	tokens := fresh(t, m, signin.DeviceCode, nil)
	err := tokens.SignIn(context.Background(), safe.New(tenant), func(model.DeviceCode) {})
	f, _ := model.AsFailure(err)
	if f.FindingCode() != "sign-in-device" || f.Code.Raw() != "AADSTS530003" || f.RequestID.Raw() != "trace-1" || strings.Contains(f.Cause.Raw(), "Trace") {
		t.Errorf("%+v", f)
	}
}

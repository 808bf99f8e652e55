package model_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Each of Entra's refusals has a code of the catalogue, a cause in one line, and a way out:
// a command, a key, or a sentence for whom it concerns.
func TestSignInRefusals(t *testing.T) {
	person := model.SignInRefusal{Source: model.FromAzureCLI, Tenant: safe.New("t-1"), Scope: "https://management.core.windows.net//.default"}
	app := model.SignInRefusal{Source: model.FromEnvironment, Tenant: safe.New("t-1"), Client: safe.New("app-7")}
	const scoped = "Run: az login --tenant t-1 --scope https://management.core.windows.net//.default"
	for code, c := range map[string]struct {
		by   model.SignInRefusal
		want finding.Code
		cure string
	}{
		"AADSTS50076": {person, "sign-in-mfa", scoped}, "AADSTS50079": {person, "sign-in-mfa", scoped}, "AADSTS500121": {person, "sign-in-mfa", scoped},
		"AADSTS50072": {app, "sign-in-mfa", "can answer no question"},
		"AADSTS65001": {person, "sign-in-consent", "Please consent"}, "AADSTS90094": {person, "sign-in-consent", "administrator of the tenant t-1"},
		"AADSTS700082": {person, "sign-in-expired", scoped}, "AADSTS70043": {person, "sign-in-expired", "key A"},
		"AADSTS50173": {person, "sign-in-revoked", scoped},
		"AADSTS50058": {person, "sign-in-interaction", scoped}, "AADSTS16000": {person, "sign-in-interaction", scoped},
		"AADSTS53003": {person, "sign-in-policy", "conditional access"}, "AADSTS530035": {person, "sign-in-policy", "Send this to"},
		"AADSTS53000": {person, "sign-in-device", "Sign in from such a device"}, "AADSTS50097": {person, "sign-in-device", "managed device"},
		"AADSTS50057": {person, "sign-in-disabled", "Another account"}, "AADSTS50053": {person, "sign-in-locked", "some minutes"}, "AADSTS50055": {person, "sign-in-password", "Change the password"},
		"AADSTS50105": {person, "sign-in-not-assigned", "assign me"},
		"AADSTS90002": {person, "sign-in-unknown-tenant", "az account list"}, "AADSTS900023": {person, "sign-in-unknown-tenant", "Check the tenant id"},
		"AADSTS50020": {person, "sign-in-guest", "invite my account"}, "AADSTS90072": {person, "sign-in-guest", "az login --tenant t-1"},
		"AADSTS50034": {person, "sign-in-wrong-tenant", "az login --tenant t-1"}, "AADSTS700016": {app, "sign-in-wrong-tenant", "az ad sp create --id app-7"},
		"AADSTS7000222": {app, "sign-in-secret-expired", "az ad app credential reset --append --id app-7"}, "AADSTS7000215": {app, "sign-in-secret-wrong", "not its id"},
		"AADSTS700027": {app, "sign-in-certificate", "--cert"}, "AADSTS7000112": {app, "sign-in-app-disabled", "sign in again"},
		"AADSTS700024": {app, "sign-in-assertion-expired", "AZURE_FEDERATED_TOKEN_FILE"}, "AADSTS70021": {app, "sign-in-federation", "federated-credential list --id app-7"}, "AADSTS700213": {app, "sign-in-federation", "letter by letter"},
		"AADSTS70018": {person, "sign-in-declined", "key A"}, "AADSTS70020": {person, "sign-in-code-expired", "key A"},
		"AADSTS90033":   {person, "sign-in-busy", "in a while"},
		"AADSTS1234567": {person, "sign-in-refused", scoped},
	} {
		r := c.by
		r.Status, r.Code, r.Trace = 400, "invalid_grant", safe.New("trace-9")
		r.Message = "Ruler\n-----------\n" + code + ": The words of Entra. Trace ID: x\r\nCorrelation ID: y\r\nTimestamp: z"
		f := model.RefusedSignIn(r)
		if f.FindingCode() != c.want || !strings.Contains(f.Cure, c.cure) || f.Code.Raw() != code || f.RequestID.Raw() != "trace-9" {
			t.Errorf("%s: %s, %q, %+v", code, f.FindingCode(), f.Cure, f)
		}
		e, found := finding.Lookup(string(f.FindingCode()))
		if !found || e.Subject != finding.OfSignIn {
			t.Errorf("%s: the catalogue has no %s about signing in", code, f.FindingCode())
		}
		for _, text := range []string{f.Cause.Raw(), f.Cure} {
			if strings.Contains(text, "\n") || regexp.MustCompile(`\{[a-z-]+\}`).MatchString(text) || strings.Contains(text, "Trace ID") || strings.Contains(text, "---") || text == "" {
				t.Errorf("%s: %q", code, text)
			}
		}
		if f.Command != "" && !strings.Contains(f.Cure, f.Command) {
			t.Errorf("%s: the cure %q does not have the command %q", code, f.Cure, f.Command)
		}
		if f.Retryable != (c.want == "sign-in-busy") {
			t.Errorf("%s: retryable %v", code, f.Retryable)
		}
	}
}

// A refusal without a code of Entra's is told by that of OAuth, and else in its own words.
func TestSignInRefusalsWithoutACode(t *testing.T) {
	for code, want := range map[string]finding.Code{
		"interaction_required": "sign-in-interaction", "consent_required": "sign-in-consent", "authorization_declined": "sign-in-declined",
		"expired_token": "sign-in-code-expired", "invalid_tenant": "sign-in-unknown-tenant", "temporarily_unavailable": "sign-in-busy", "invalid_grant": "sign-in-refused",
	} {
		if f := model.RefusedSignIn(model.SignInRefusal{Status: 400, Code: code, Source: model.FromDeviceCode}); f.FindingCode() != want || f.Cause.IsEmpty() || f.Cure == "" {
			t.Errorf("%s: %s, %+v", code, f.FindingCode(), f)
		}
	}
	f := model.RefusedSignIn(model.SignInRefusal{Message: "ERROR: something new\nTraceback"})
	if f.FindingCode() != "sign-in-refused" || f.Cause.Raw() != "ERROR: something new" {
		t.Errorf("%+v", f)
	}
}

// When every way is closed each is named with its own reason, the one that the environment
// or a person named first.
func TestEachWayKeepsItsReason(t *testing.T) {
	tenant := safe.New("t-1")
	way := func(source model.IdentitySource, pointed, closed bool, f model.Failure) model.Tried {
		return model.Tried{Source: source, From: safe.New(source.Words()), Pointed: pointed, Closed: closed, Failure: f}
	}
	app := way(model.FromEnvironment, true, false, model.RefusedSignIn(model.SignInRefusal{Source: model.FromEnvironment, Message: "AADSTS7000222: The secret has expired."}))
	half := way(model.FromWorkload, true, true, model.NoVariables(model.FromWorkload, []string{"AZURE_FEDERATED_TOKEN_FILE"}, []string{"AZURE_TENANT_ID", "AZURE_CLIENT_ID"}))
	az := way(model.FromAzureCLI, false, false, model.AzureCLISignedOut(tenant))
	noAz := way(model.FromAzureCLI, false, true, model.NoAzureCLI(tenant))
	machine := way(model.FromManaged, false, true, model.NoMachineIdentity(false, "169.254.169.254 answers with 403"))
	for name, c := range map[string]struct {
		tried []model.Tried
		code  finding.Code
		first string
		says  []string
	}{
		"nothing was tried":       {nil, "sign-in-nobody", "nobody is signed in", nil},
		"the environment names":   {[]model.Tried{az, machine, app}, "sign-in-secret-expired", "the application's secret has expired (AADSTS7000222)", []string{"Azure CLI: the Azure CLI is not signed in", "managed identity: 169.254.169.254 answers with 403"}},
		"half of it":              {[]model.Tried{half, az, machine}, "sign-in-half-set", "AZURE_FEDERATED_TOKEN_FILE is set, and AZURE_TENANT_ID and AZURE_CLIENT_ID are not", []string{"Azure CLI", "403"}},
		"asked before not asked":  {[]model.Tried{machine, az}, "sign-in-azure-cli-signed-out", "the Azure CLI is not signed in", []string{"managed identity"}},
		"nothing could be asked":  {[]model.Tried{noAz, machine}, "sign-in-no-azure-cli", "the Azure CLI is not installed", []string{"403"}},
		"one way alone, no tails": {[]model.Tried{az}, "sign-in-azure-cli-signed-out", "the Azure CLI is not signed in", nil},
	} {
		f := model.NoSignIn(tenant, c.tried)
		if f.FindingCode() != c.code || !strings.HasPrefix(f.Cause.Raw(), c.first) || f.Subject != tenant || f.Cure == "" {
			t.Errorf("%s: %s, %q", name, f.FindingCode(), f.Cause)
		}
		for _, part := range c.says {
			if !strings.Contains(f.Cause.Raw(), part) {
				t.Errorf("%s: %q does not say %q", name, f.Cause, part)
			}
		}
		if len(c.tried) < 2 && strings.Contains(f.Cause.Raw(), "also tried") {
			t.Errorf("%s: %q", name, f.Cause)
		}
	}
}

// Each door that is shut before anything is asked has a code of its own, says what is
// missing by its name, and how it opens.
func TestClosedWays(t *testing.T) {
	tenant := safe.New("t-1")
	challenge := func(source model.IdentitySource, claims string) model.Failure {
		return model.Challenge{Service: model.WriteARM, Tenant: tenant, Scope: "https://arm.example//.default", Source: source, Claims: claims}.Failure()
	}
	const (
		revoked = `{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}`
		command = "az login --tenant t-1 --scope https://arm.example//.default --claims-challenge eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzAwMDAwMDAwIn19fQ=="
	)
	for name, c := range map[string]struct {
		f           model.Failure
		code        finding.Code
		cause, cure string
	}{
		"slow":                {model.SlowSignIn(model.FromWorkload, tenant), "sign-in-slow", "took too long (workload identity)", "proxy"},
		"nothing set":         {model.NoVariables(model.FromWorkload, nil, []string{"A", "B"}), "sign-in-not-set", "A and B are not set", "workload identity"},
		"one missing":         {model.NoVariables(model.FromEnvironment, []string{"A", "B"}, []string{"C"}), "sign-in-half-set", "A and B are set, and C is not", "unset A and B"},
		"file not there":      {model.BadVariable("AZURE_X", "the file /x cannot be read: no such file"), "sign-in-bad-variable", "AZURE_X: the file /x", "unset it"},
		"no machine identity": {model.NoMachineIdentity(false, "nothing answers"), "sign-in-no-managed-identity", "nothing answers", "in Azure"},
		"and it was chosen":   {model.NoMachineIdentity(true, "nothing answers"), "sign-in-no-managed-identity", "nothing answers", "AZURE_CLIENT_ID"},
		"of another tenant":   {model.ManagedElsewhere(tenant, safe.New("t-2")), "sign-in-wrong-tenant", "of the tenant t-2", "az login --tenant t-1"},
		"no token for tenant": {model.NoReadyMade(tenant), "sign-in-ready-made", "no token for this tenant", "TENANT-ID=TOKEN"},
		"stays here":          {model.ReadyMadeStays(safe.New("https://graph")), "sign-in-ready-made", "https://graph is none", "--graph-url"},
		"Konnect, none":       {model.NoKonnectToken(safe.New("the file is empty"), "make one."), "konnect-token-missing", "the file is empty", "make one."},
		"token not taken":     {model.Failure{Status: 401, Code: safe.New("ExpiredAuthenticationToken")}.Explain(model.RefusedCall{Service: "Azure", Tenant: tenant}), "sign-in-token-refused", "refuses the sign-in", "az login --tenant t-1"},
		"and of an app":       {model.Failure{Status: 401, Code: safe.New("InvalidAuthenticationToken")}.Explain(model.RefusedCall{Service: "Azure", Tenant: tenant, Source: model.FromManaged}), "sign-in-token-refused", "refuses the sign-in", "clock"},
		"revoked, az":         {challenge(model.FromAzureCLI, revoked), "sign-in-challenge", "the session was revoked", command},
		"revoked, code":       {challenge(model.FromDeviceCode, revoked), "sign-in-challenge", "the session was revoked", "key A"},
		"revoked, ready-made": {challenge(model.FromReadyMade, revoked), "sign-in-challenge", "the session was revoked", command},
		"revoked, app":        {challenge(model.FromEnvironment, revoked), "sign-in-challenge", "the session was revoked", "Send this to whoever keeps conditional access for workloads in the tenant t-1"},
		"second factor":       {challenge(model.FromAzureCLI, `{"access_token":{"acrs":{"essential":true,"value":"p1"}}}`), "sign-in-challenge", "authentication context p1", "az login"},
		"another address":     {challenge(model.FromAzureCLI, `{"access_token":{"nbf":{"value":"1"},"xms_rp_ipaddr":{"value":"1.2.3.4"}}}`), "sign-in-challenge", "another address", "az login"},
		"new claims":          {challenge(model.FromAzureCLI, `{"access_token":{"xms_new":{}}}`), "sign-in-challenge", "does not know", "az login"},
		"no claims at all":    {challenge(model.FromAzureCLI, `what`), "sign-in-challenge", "does not say", "az login"},
	} {
		e, found := finding.Lookup(string(c.f.FindingCode()))
		if c.f.FindingCode() != c.code || !found || e.Subject != finding.OfSignIn {
			t.Errorf("%s: %s, known %v", name, c.f.FindingCode(), found)
		}
		if c.f.Kind != model.FailureAuth && c.f.Kind != model.FailureTimeout || !strings.Contains(c.f.Cause.String(), c.cause) || !strings.Contains(c.f.Cure, c.cure) || strings.Contains(c.f.Cause.String()+c.f.Cure, "\n") {
			t.Errorf("%s: %q → %q", name, c.f.Cause, c.f.Cure)
		}
	}
}

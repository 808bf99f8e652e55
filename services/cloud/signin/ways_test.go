package signin_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/signin/signintest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Each refusal of Entra goes through Azure's own library and comes out as one line with its
// code, and nothing of the secret.
func TestRefusalsThroughTheLibrary(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("\ufeff "+signintest.Canary+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	secret := map[string]string{"AZURE_TENANT_ID": " " + tenant + "\n", "AZURE_CLIENT_ID": `"app-7"`, "AZURE_CLIENT_SECRET": signintest.Canary}
	federated := map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "app-7", "AZURE_FEDERATED_TOKEN_FILE": file}
	for says, c := range map[string]struct {
		choice signin.Choice
		vars   map[string]string
		code   finding.Code
	}{
		"AADSTS7000222: The secret has expired":                             {signin.Environment, secret, "sign-in-secret-expired"},
		"AADSTS7000215: Invalid client secret":                              {signin.Auto, secret, "sign-in-secret-wrong"},
		"AADSTS700016: Application not found":                               {signin.Environment, secret, "sign-in-wrong-tenant"},
		"AADSTS90002: Tenant not found":                                     {signin.Environment, secret, "sign-in-unknown-tenant"},
		"AADSTS700024: Client assertion is not within its valid time range": {signin.WorkloadIdentity, federated, "sign-in-assertion-expired"},
		"AADSTS700213: No matching federated identity record found":         {signin.Environment, federated, "sign-in-federation"},
		"AADSTS53003: Blocked by conditional access":                        {signin.Auto, federated, "sign-in-policy"},
		"AADSTS90033: A transient error":                                    {signin.WorkloadIdentity, federated, "sign-in-busy"},
	} {
		t.Run(says, func(t *testing.T) {
			t.Setenv("PATH", t.TempDir())
			m := signintest.Start(t)
			m.Refuse = func(form url.Values) map[string]any {
				if a := form.Get("client_assertion"); a != "" && a != signintest.Canary {
					t.Errorf("the federated token was sent with what stands around it: %q", a)
				}
				return map[string]any{"error": "invalid_client", "error_description": says + ". Trace ID: 1 Correlation ID: 2\r\nTimestamp: 3", "trace_id": "trace-1"}
			}
			tokens := fresh(t, m, c.choice, c.vars)
			err := token(tokens, "")
			f := signin.Failure(err, safe.New(tenant))
			line := f.Error() + " " + f.Cure
			if f.FindingCode() != c.code || f.RequestID.Raw() != "trace-1" || !strings.Contains(f.Cause.String(), strings.SplitN(says, ":", 2)[0]) {
				t.Errorf("%s: %+v", f.FindingCode(), f)
			}
			if strings.ContainsAny(line, "\n\r") || strings.Contains(line+err.Error(), signintest.Canary) || strings.Contains(line, "-----") {
				t.Errorf("%q", line)
			}
			asked := m.Asked("token")
			_ = token(tokens, "")
			if m.Asked("token") != asked {
				t.Error("it was asked again at once")
			}
		})
	}
}

// A way that works says what it is, whose the token is and until when it holds.
func TestIdentities(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("federated"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		choice signin.Choice
		vars   map[string]string
		source model.IdentitySource
		from   string
	}{
		"a secret":            {signin.Auto, map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "app-7", "AZURE_CLIENT_SECRET": "s"}, model.FromEnvironment, "AZURE_CLIENT_SECRET"},
		"a workload identity": {signin.Auto, map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "app-7", "AZURE_FEDERATED_TOKEN_FILE": file}, model.FromWorkload, file},
	} {
		t.Run(name, func(t *testing.T) {
			m := signintest.Start(t)
			tokens := fresh(t, m, c.choice, c.vars)
			if i := tokens.Identity(safe.New(tenant)); i.IsKnown() {
				t.Errorf("nothing was asked, and it says %+v", i)
			}
			if err := token(tokens, ""); err != nil {
				t.Fatal(err)
			}
			i := tokens.Identity(safe.New(strings.ToUpper(tenant)))
			if i.Source != c.source || !strings.Contains(i.From.Raw(), c.from) || i.Account.Raw() != "app-7" || i.Until.IsZero() || i.Failure != nil || i.Service != model.WriteARM || i.Audience.IsEmpty() {
				t.Errorf("%+v", i)
			}
			if len(tokens.Identities()) != 1 {
				t.Errorf("%+v", tokens.Identities())
			}
		})
	}
}

// What is missing or wrong in the environment is named, and nothing is sent for it.
func TestVariablesThatDoNotServe(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		choice signin.Choice
		vars   map[string]string
		code   finding.Code
		says   []string
	}{
		"nothing":                {signin.Environment, nil, "sign-in-not-set", []string{"AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set"}},
		"no secret":              {signin.Auto, map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "a"}, "sign-in-half-set", []string{"AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH"}},
		"no tenant":              {signin.Auto, map[string]string{"AZURE_CLIENT_ID": "a", "AZURE_CLIENT_SECRET": signintest.Canary}, "sign-in-half-set", []string{"AZURE_TENANT_ID is not"}},
		"no client":              {signin.Auto, map[string]string{"AZURE_FEDERATED_TOKEN_FILE": empty, "AZURE_TENANT_ID": tenant}, "sign-in-half-set", []string{"AZURE_CLIENT_ID is not"}},
		"a file that is gone":    {signin.Auto, map[string]string{"AZURE_FEDERATED_TOKEN_FILE": dir + "/none", "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "a"}, "sign-in-bad-variable", []string{"AZURE_FEDERATED_TOKEN_FILE", dir + "/none", "cannot be read"}},
		"a file that is empty":   {signin.WorkloadIdentity, map[string]string{"AZURE_FEDERATED_TOKEN_FILE": empty, "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "a"}, "sign-in-bad-variable", []string{"is empty"}},
		"no certificate":         {signin.Environment, map[string]string{"AZURE_CLIENT_CERTIFICATE_PATH": empty, "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "a"}, "sign-in-bad-variable", []string{"AZURE_CLIENT_CERTIFICATE_PATH", "no certificate"}},
		"a certificate gone":     {signin.Environment, map[string]string{"AZURE_CLIENT_CERTIFICATE_PATH": dir + "/none", "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "a"}, "sign-in-bad-variable", []string{dir + "/none", "cannot be read"}},
		"an endpoint, no header": {signin.Auto, map[string]string{"IDENTITY_ENDPOINT": "http://127.0.0.1:1/token"}, "sign-in-half-set", []string{"IDENTITY_HEADER is not"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", dir)
			m := signintest.Start(t)
			f := signin.Failure(token(fresh(t, m, c.choice, c.vars), ""), safe.New(tenant))
			if f.FindingCode() != c.code || strings.Contains(f.Error()+f.Cure, signintest.Canary) {
				t.Errorf("%s: %+v", f.FindingCode(), f)
			}
			for _, part := range c.says {
				if !strings.Contains(f.Cause.String(), part) {
					t.Errorf("%q does not say %q", f.Cause, part)
				}
			}
			if m.Asked("token") != 0 {
				t.Error("something was sent")
			}
		})
	}
}

// machine plays what stands at the address of Azure's metadata service.
type machine func(r *http.Request) (*http.Response, error)

func (m machine) Do(r *http.Request) (*http.Response, error) { return m(r) }

func says(status int, body string) (*http.Response, error) {
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

// metadata is Azure's own service with an identity.
func metadata(token string) machine {
	return func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("Metadata") == "" {
			return says(http.StatusBadRequest, `{"error":"invalid_request","error_description":"Required metadata header not specified"}`)
		}
		if id := r.URL.Query().Get("client_id"); id != "" && id != "mine" {
			return says(http.StatusBadRequest, `{"error":"invalid_request","error_description":"Identity not found"}`)
		}
		return says(http.StatusOK, `{"access_token":"`+token+`","expires_in":"3600","resource":"r","token_type":"Bearer"}`)
	}
}

func onMachine(t *testing.T, choice signin.Choice, vars map[string]string, m machine) *signin.Tokens {
	t.Helper()
	t.Setenv("PATH", t.TempDir())
	return signin.New(signin.Options{Choice: choice, Sender: m, Direct: m, Env: func(name string) string { return vars[name] }})
}

// A managed identity is found where there is one, named by AZURE_CLIENT_ID or not; and what
// only stands at its address is told apart and hides no other way's reason.
func TestManagedIdentity(t *testing.T) {
	for name, c := range map[string]struct {
		choice signin.Choice
		vars   map[string]string
		m      machine
		code   finding.Code
		says   []string
	}{
		"auto finds it":       {signin.Auto, nil, metadata(signintest.Token("m1")), "", nil},
		"chosen":              {signin.ManagedIdentity, nil, metadata(signintest.Token("m2")), "", nil},
		"user-assigned":       {signin.ManagedIdentity, map[string]string{"AZURE_CLIENT_ID": "mine"}, metadata(signintest.Token("m3")), "", nil},
		"not assigned":        {signin.ManagedIdentity, map[string]string{"AZURE_CLIENT_ID": "other"}, metadata(signintest.Token("m4")), "sign-in-no-managed-identity", []string{"Identity not found"}},
		"a proxy, 403":        {signin.Auto, nil, func(*http.Request) (*http.Response, error) { return says(http.StatusForbidden, "<html>Blocked") }, "sign-in-no-azure-cli", []string{"the Azure CLI is not installed", "169.254.169.254 answers with 403"}},
		"a proxy, chosen":     {signin.ManagedIdentity, nil, func(*http.Request) (*http.Response, error) { return says(http.StatusForbidden, "<html>Blocked") }, "sign-in-no-managed-identity", []string{"a proxy may stand there"}},
		"a login page":        {signin.ManagedIdentity, nil, func(*http.Request) (*http.Response, error) { return says(http.StatusOK, "<html>Sign in") }, "sign-in-no-managed-identity", []string{"answers with 200"}},
		"nothing there":       {signin.Auto, nil, func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") }, "sign-in-no-azure-cli", []string{"nothing answers at 169.254.169.254"}},
		"half a set, a proxy": {signin.Auto, map[string]string{"AZURE_CLIENT_SECRET": signintest.Canary}, func(*http.Request) (*http.Response, error) { return says(http.StatusForbidden, "") }, "sign-in-half-set", []string{"AZURE_TENANT_ID and AZURE_CLIENT_ID are not", "403", "Azure CLI"}},
	} {
		t.Run(name, func(t *testing.T) {
			tokens := onMachine(t, c.choice, c.vars, c.m)
			err := token(tokens, "")
			i := tokens.Identity(safe.New(tenant))
			if c.code == "" {
				if err != nil || i.Source != model.FromManaged || i.Account.Raw() != "app-7" {
					t.Fatalf("%v, %+v", err, i)
				}
				return
			}
			f := signin.Failure(err, safe.New(tenant))
			if f.FindingCode() != c.code || i.Failure == nil || len(i.Tried) == 0 || strings.Contains(f.Error()+f.Cure, signintest.Canary) {
				t.Errorf("%s: %+v", f.FindingCode(), f)
			}
			for _, part := range c.says {
				if !strings.Contains(f.Cause.String(), part) {
					t.Errorf("%q does not say %q", f.Cause, part)
				}
			}
		})
	}
}

// The look for a metadata service is short, and one that never answers is left alone.
func TestTheLookForAMachineIsShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tokens := onMachine(t, signin.Auto, nil, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		f := signin.Failure(token(tokens, ""), safe.New(tenant))
		if f.FindingCode() != "sign-in-no-azure-cli" || !strings.Contains(f.Cause.String(), "nothing answers at 169.254.169.254") {
			t.Errorf("%+v", f)
		}
	})
}

// Where the environment names a way it is tried first; where it is refused, the others are
// tried and its reason is kept, also when one of them works.
func TestTheOrderOfTheWays(t *testing.T) {
	m := signintest.Start(t)
	m.Refuse = func(url.Values) map[string]any {
		return map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret."}
	}
	vars := map[string]string{"AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "mine", "AZURE_CLIENT_SECRET": signintest.Canary}
	t.Setenv("PATH", t.TempDir())
	sender := transport.New()
	t.Cleanup(sender.Close)
	tokens := signin.New(signin.Options{
		Choice: signin.Auto, Login: m.Endpoint(t), Sender: sender, Direct: metadata(signintest.Token("m9")), Env: func(name string) string { return vars[name] },
	})
	if err := token(tokens, ""); err != nil {
		t.Fatal(err)
	}
	i := tokens.Identity(safe.New(tenant))
	if i.Source != model.FromManaged || i.Failure != nil || len(i.Tried) != 2 ||
		i.Tried[0].Source != model.FromEnvironment || !i.Tried[0].Pointed || i.Tried[0].Failure.FindingCode() != "sign-in-secret-wrong" ||
		i.Tried[1].Source != model.FromAzureCLI || !i.Tried[1].Closed {
		t.Errorf("%+v", i)
	}
}

package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The texts are those of the Azure CLI, of the releases from 2.30 on.
func TestWhatTheAzureCLISays(t *testing.T) {
	t.Parallel()
	tenant := safe.New("11111111-2222-3333-4444-555555555555")
	const login = "az login --tenant 11111111-2222-3333-4444-555555555555"
	for text, want := range map[string]struct{ code, cause, command string }{
		"ERROR: Please run 'az login' to setup account.":                                                                                                                              {"sign-in-azure-cli-signed-out", "not signed in", login},
		"ERROR: User 'bob@acme.example' does not exist in MSAL token cache. Run `az login`.":                                                                                          {"sign-in-azure-cli-signed-out", "not signed in", login},
		"ERROR: Interactive authentication is needed. Please run:\naz login --scope https://x//.default":                                                                              {"sign-in-interaction", "without asking you", login + " --scope https://management.core.windows.net//.default"},
		"ERROR: AADSTS50076: Due to a configuration change\nInteractive authentication is needed. Please run:\naz login":                                                              {"sign-in-mfa", "second factor", "az login"},
		"ERROR: AADSTS700082: The refresh token has expired due to inactivity.":                                                                                                       {"sign-in-expired", "refresh token has expired", "az login"},
		"ERROR: AADSTS90002: Tenant '11111111-2222-3333-4444-555555555555' not found.":                                                                                                {"sign-in-unknown-tenant", "", ""},
		"ERROR: No subscription found. Run 'az account set' to select a subscription.":                                                                                                {"sign-in-azure-cli-signed-out", "no subscription", login + " --allow-no-subscriptions"},
		"ERROR: 'get-access-token' is misspelled or not recognized by the system.":                                                                                                    {"sign-in-azure-cli-old", "too old", "az upgrade"},
		"usage: az [-h]\naz: error: unrecognized arguments: --tenant x":                                                                                                               {"sign-in-azure-cli-old", "too old", "az upgrade"},
		"Traceback (most recent call last):\n  File \"x\", line 1, in <module>\nModuleNotFoundError: No module named 'azure'":                                                         {"sign-in-azure-cli-broken", "falls over", "az version"},
		"Traceback (most recent call last):\n  File \"x\"\njson.decoder.JSONDecodeError: Expecting value":                                                                             {"sign-in-azure-cli-broken", "its own files", "az account list"},
		"PermissionError: [Errno 13] Permission denied: '/home/bob/.azure/azureProfile.json'":                                                                                         {"sign-in-azure-cli-broken", "its own files", "az account list"},
		"ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded ... SSLError(CERTIFICATE_VERIFY_FAILED":                                         {"tls-untrusted", "trusts no certificate", ""},
		"ERROR: HTTPSConnectionPool: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required')))": {"proxy-sign-in", "wants the Azure CLI to sign in", ""},
		"ERROR: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', NewConnectionError":                                                                            {"proxy-unreached", "through the proxy", ""},
		"ERROR: Failed to resolve 'login.microsoftonline.com' ([Errno -3] Temporary failure in name resolution)":                                                                      {"host-unreached", "cannot reach the sign-in", ""},
		"ERROR: something new": {"sign-in-azure-cli-failed", "az failed with exit code 1: something new", "az account show"},
	} {
		f := model.AzureCLIRefused(model.AzureCLIComplaint{
			Tenant: tenant, Scope: "https://management.core.windows.net//.default", Text: text, Said: safe.New("the line"), How: "az failed with exit code 1: something new",
		})
		if string(f.FindingCode()) != want.code || !strings.Contains(f.Cause.String(), want.cause) || f.Cure == "" || !strings.HasPrefix(f.Command, want.command) {
			t.Errorf("%q: %s, %s, %q", text, f.FindingCode(), f.Cause, f.Command)
		}
	}
}

func TestTheAzureCLIAndItsDoors(t *testing.T) {
	t.Parallel()
	tenant := safe.New("11111111-2222-3333-4444-555555555555")
	for code, f := range map[string]model.Failure{
		"sign-in-azure-cli-silent": model.AzureCLISilent(tenant, "az did not answer within 30 s"),
		"sign-in-azure-cli-broken": model.AzureCLIBroken(tenant, "az may not be run"),
		"sign-in-azure-cli-answer": model.AzureCLIAnswer(tenant, "az printed no JSON"),
		"sign-in-wrong-tenant":     model.AzureCLIElsewhere(tenant, safe.New("other")),
		"sign-in-unknown-tenant":   model.OddTenant(safe.New("--help")),
	} {
		if string(f.FindingCode()) != code || f.Cause.IsEmpty() || f.Cure == "" || f.Operation == "" {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

//go:build unix

package journey_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// signsIn lets an application sign in at the desk in place of the ready-made token, with a
// secret, and lets Entra answer so.
func signsIn(t *testing.T, d *desk, message string) {
	t.Helper()
	delete(d.env, "PEERDECK_AZURE_TOKEN")
	d.env["AZURE_TENANT_ID"], d.env["AZURE_CLIENT_ID"], d.env["AZURE_CLIENT_SECRET"] = doorTenant, "app-7", doorSecret
	if message != "" {
		d.server.World.AddFault(sandbox.Fault{Service: "login", Path: "/token", Status: 400, Code: "invalid_grant", Message: message + "\r\nTrace ID: 1\r\nTimestamp: 2"})
	}
}

const (
	doorTenant = "bb9d9826-0804-59aa-9a48-6811e5dcfca8"
	doorSecret = "canary-of-a-secret"
)

// The doors of the sign-in to Azure: each is told alike by every face, with its own key.
func TestShutDoorsOfTheSignIn(t *testing.T) {
	t.Parallel()
	hides := []string{doorSecret, "Trace ID", "-----", "DefaultAzure", "ClientSecretCredential"}
	challenge := func(claims string) func(*testing.T, *desk) {
		return func(_ *testing.T, d *desk) {
			d.server.World.AddFault(sandbox.Fault{Service: "arm", Claims: claims})
		}
	}
	entra := func(message string) func(*testing.T, *desk) {
		return func(t *testing.T, d *desk) {
			t.Helper()
			signsIn(t, d, message)
		}
	}
	meetAll(t, []door{
		{
			name: "a session that was revoked", code: "sign-in-challenge", hides: hides,
			shut: challenge(`{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}`),
			says: []string{"the session was revoked", "az login --tenant " + doorTenant},
		},
		{
			name: "a policy that wants a second factor", code: "sign-in-challenge", hides: hides,
			shut: challenge(`{"access_token":{"acrs":{"essential":true,"value":"p1"}}}`),
			says: []string{"authentication context p1", "az login --tenant " + doorTenant},
		},
		{
			name: "a secret that has expired", code: "sign-in-secret-expired", hides: hides,
			shut: entra("AADSTS7000222: The provided client secret keys for app 'app-7' are expired."),
			says: []string{"the application's secret has expired (AADSTS7000222)", "az ad app credential reset --append --id app-7"},
		},
		{
			name: "conditional access", code: "sign-in-policy", hides: hides,
			shut: entra("AADSTS53003: Access has been blocked by Conditional Access policies."),
			says: []string{"conditional access refuses this sign-in (AADSTS53003)"},
		},
		{
			name: "a tenant that is not there", code: "sign-in-unknown-tenant", hides: hides,
			shut: entra("AADSTS90002: Tenant not found."),
			says: []string{"there is no tenant", "AADSTS90002"},
		},
		{
			name: "variables that are set by half", code: "sign-in-half-set", hides: hides,
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				signsIn(t, d, "")
				delete(d.env, "AZURE_CLIENT_ID")
			},
			says: []string{"AZURE_CLIENT_ID is not"},
		},
		{
			name: "a federated token that has expired", code: "sign-in-assertion-expired", hides: hides,
			shut: func(t *testing.T, d *desk) {
				t.Helper()
				signsIn(t, d, "AADSTS700024: Client assertion is not within its valid time range.")
				delete(d.env, "AZURE_CLIENT_SECRET")
				d.env["AZURE_FEDERATED_TOKEN_FILE"] = d.file(t, "token", doorSecret+"\n")
			},
			says: []string{"the federated token has expired or is not valid yet (AADSTS700024)"},
		},
	})
}

//go:build unix

package journey_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// With what the sandbox prints, a second terminal can set up in the tenant where
// nothing is done yet. No ready-made token goes to Microsoft: without an address for
// Graph the run says so.
func TestSetUpFromASecondTerminal(t *testing.T) {
	t.Parallel()
	w := serve(t)
	same, err := sandbox.New(sandbox.Options{Seed: 1}) // the same world as the program's, for its ids
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(setupYAML, "  mode:")
	file := written(t, strings.NewReplacer(
		"eu-prod", "uk-lab", "hub-vnet", "labs", "vnet-hub", "vnet-labs", "11111111-2222-3333-4444-555555555555", same.TenantID(sandbox.LabsDomain),
		"22222222-2222-3333-4444-555555555555", same.SubscriptionID("labs-sandbox"),
	).Replace(head)+"  mode: none\n")
	for name, c := range map[string]struct {
		token, graph string
		code         int
		says         []string
	}{
		"all that it needs": {w.Azure, w.Graph, 0, []string{"PUT " + w.ARM, "roleDefinitions/", "roleAssignments/", "POST " + w.Konnect, "nothing was written"}},
		"no Graph":          {w.Azure, "", 1, []string{"https://graph.microsoft.com is none", "--graph-url"}},
		"labs alone":        {same.TenantID(sandbox.LabsDomain) + "=" + same.GuestToken(sandbox.LabsDomain), w.Graph, 0, []string{"nothing was written"}},
		"another alone":     {same.TenantID("acme.example") + "=" + w.Token, w.Graph, 1, []string{"no token for this tenant"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := []string{
				"KONNECT_TOKEN=" + w.Token, "PEERDECK_AZURE_TOKEN=" + c.token, "PEERDECK_KONNECT_URL=" + w.Konnect, "PEERDECK_ARM_URL=" + w.ARM,
				"PEERDECK_LOGIN_URL=" + w.Login, "PEERDECK_GRAPH_URL=" + c.graph,
			}
			out, errs, code := command(t, env, "setup", "-f", file, "--dry-run")
			for _, part := range c.says {
				if !strings.Contains(out+errs, part) {
					t.Errorf("it does not say %q", part)
				}
			}
			if code != c.code || strings.Contains(out+errs, w.Azure) || t.Failed() {
				t.Errorf("exit %d, want %d:\n%s\n%s", code, c.code, out, errs)
			}
		})
	}
}

// Two worlds, each with its own way of taking a part of a resolver's map.
func TestTheSandboxMergesOnRequest(t *testing.T) {
	t.Parallel()
	same, err := sandbox.New(sandbox.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	colleague := written(t, "events:\n  - at: 0s\n    network: eu-stage\n    dns: stage-dns\n"+
		"    before: {method: PATCH, path: \"/private-dns/{dns}\"}\n    map: {qa.example.org: [10.24.0.4]}\n")
	for name, c := range map[string]struct {
		args  []string
		code  int
		keeps bool
	}{
		"replaces": {nil, http.StatusOK, false},
		"merges":   {[]string{"--merge-dns"}, http.StatusOK, true},
		"refuses":  {[]string{"--unknown-members", "refuse"}, http.StatusBadRequest, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serve(t, append(c.args, "--scenario", colleague)...)
			body := `{"private_dns_attachment_config":{"kind":"azure-outbound-resolver","dns_config":{"a.example.org":{"remote_dns_server_ip_addresses":[],"priority":5}}}}`
			address := w.Konnect + "/v2/cloud-gateways/networks/" + same.NetworkID("eu-stage") + "/private-dns/" + same.Resolvers("eu-stage")[0].ID
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, address, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+w.Token)
			r.Close = true
			resp, err := new(http.Client).Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			text, err := io.ReadAll(resp.Body)
			keeps := strings.Contains(string(text), "qa.example.org") && strings.Contains(string(text), "db.stage.example.org")
			if err != nil || resp.StatusCode != c.code || keeps != c.keeps {
				t.Errorf("%v, %d: %s", err, resp.StatusCode, text)
			}
		})
	}
}

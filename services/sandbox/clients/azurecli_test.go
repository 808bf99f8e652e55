package clients_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// command is what a person types, and what must be in the output.
type command struct {
	line string // {hub} and others stand for what is in the world
	says string // parts with blanks between
	not  string
	err  string // a part of what it says when it fails
}

// The Azure CLI that people have, signed in as an application, against the sandbox: it believes
// to speak to Azure, over https, with the names of the real one. It is slow to start, so it is
// asked little. PEERDECK_AZ names another az than that of the path.
func TestAzureCLI(t *testing.T) {
	t.Parallel()
	path := os.Getenv("PEERDECK_AZ")
	if path == "" {
		var err error
		if path, err = exec.LookPath("az"); err != nil {
			t.Skip("there is no az here: ", err)
		}
	}
	if testing.Short() {
		t.Skip("az takes a second to start")
	}
	s := sandboxtest.Start(t, sandbox.Options{PeeringTime: 300 * time.Millisecond})
	f := newFront(t, s)
	w := s.World
	names := strings.NewReplacer(
		"{tenant}", w.TenantID(sandbox.HomeDomain), "{sub}", w.SubscriptionID("acme-prod"), "{hub}", w.VNetID("acme-prod", "vnet-hub"), "{app}", kongApp,
		"{half}", "kong-"+w.NetworkID("eu-prod")[:8],
	)
	environment := append(os.Environ(),
		"AZURE_CONFIG_DIR="+t.TempDir(), "REQUESTS_CA_BUNDLE="+f.ca, "HTTPS_PROXY="+f.proxy, "https_proxy="+f.proxy, "NO_PROXY=", "no_proxy=",
		"AZURE_CORE_COLLECT_TELEMETRY=false", "AZURE_CORE_NO_COLOR=true", "AZURE_CORE_ONLY_SHOW_ERRORS=true")
	az := func(line string) (string, string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		var out, wrong bytes.Buffer
		c := exec.CommandContext(ctx, path, words(names.Replace(line))...)
		c.Env, c.Stdout, c.Stderr = environment, &out, &wrong
		err := c.Run()
		return out.String(), wrong.String(), err
	}
	for _, c := range commands() {
		out, wrong, err := az(c.line)
		if c.err != "" {
			if err == nil || !strings.Contains(wrong, c.err) {
				t.Errorf("az %s: %v\n%s\nwant %s", c.line, err, wrong, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("az %s: %v\n%.2000s", c.line, err, wrong)
			continue
		}
		for part := range strings.FieldsSeq(c.says) {
			if !strings.Contains(out, names.Replace(part)) {
				t.Errorf("az %s: there is no %s in\n%.2000s", c.line, part, out)
			}
		}
		if c.not != "" && strings.Contains(out, c.not) {
			t.Errorf("az %s: there is %s in\n%.2000s", c.line, c.not, out)
		}
	}
}

// words splits a line; a part in quotation marks is one word.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

// commands are those that Debian's az 2.45 can do: all of its network commands, and the lists of
// roles and assignments, break before they ask anybody.
func commands() []command {
	return []command{
		{line: "login --service-principal --username {app} --password secret --tenant {tenant}", says: "acme-prod acme-data", not: "acme-vault"},
		{line: "account set --subscription acme-prod"},
		{line: "group list --query [].name --output tsv", says: "rg-network rg-wan"},
		{line: "resource list --resource-type Microsoft.Network/virtualNetworks --query [].name --output tsv", says: "vnet-hub"},
		{line: "resource show --ids {hub} --api-version 2024-05-01 --query properties.addressSpace.addressPrefixes", says: "10.20.4.0/24"},
		{line: "provider register --namespace Microsoft.Network"},
		{line: "provider show --namespace Microsoft.Network --query registrationState", says: "Registered"},
		{line: "lock list --output json", says: "[]"},
		{line: `ad sp list --filter "appId eq '{app}'" --query [0].accountEnabled`, says: "true"},
		{line: "ad sp show --id {app} --query appId", says: "{app}"},
		{line: `rest --method delete --url "{hub}/virtualNetworkPeerings/{half}?api-version=2024-05-01"`},
		{line: `rest --method get --url "{hub}/virtualNetworkPeerings/none?api-version=2024-05-01"`, err: "NotFound"},
	}
}

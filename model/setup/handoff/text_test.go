package handoff_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
)

func sample() handoff.Handoff {
	r := setup.Request{
		Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"), DNS: setup.DNSNone,
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("22222222-2222-3333-4444-555555555555"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
	}
	return handoff.Handoff{
		Request: r, NetworkName: safe.New("eu-prod"), NetworkCIDR: model.NewPrefix(safe.New("10.0.0.0/16")), SubscriptionName: safe.New("acme-prod"),
		Link: setup.ConsentLink(safe.New("https://login.microsoftonline.com"), r.VNet.TenantID, r.App()),
	}
}

func TestTextsSayWhatTheyAreAbout(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"script": handoff.Script(sample()), "text": handoff.Markdown(sample())} {
		for _, part := range []string{
			"eu-prod (10.0.0.0/16)", "hub-vnet", "acme-prod (22222222-2222-3333-4444-555555555555)", "vnet-hub", "rg-network",
			"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/adminconsent?client_id=" + setup.KongAppID,
			"Cloud Application Administrator", "User Access Administrator", "no consent is recorded", "RoleDefinitionWithSameNameExists", "RoleDefinitionDoesNotExist",
			"Microsoft.Network/virtualNetworks/peer/action", model.DefaultRoleName,
		} {
			if !strings.Contains(text, part) {
				t.Errorf("the %s does not say %q", name, part)
			}
		}
	}
	// A name from a cloud stands in remarks alone, and cannot leave its line.
	h := sample()
	h.NetworkName, h.Request.Peering, h.SubscriptionName = safe.New("a\ntouch x"), safe.New("b\r\nrm\x1b[2J"), safe.New("`c`\n# d")
	for _, text := range []string{handoff.Script(h), handoff.Markdown(h)} {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "touch") || strings.HasPrefix(line, "rm") || strings.HasPrefix(line, "# d") || strings.Contains(line, "\x1b") {
				t.Errorf("a name became a line: %q", line)
			}
		}
	}
}

// In another cloud than the public one every block runs in that cloud.
func TestTextsForAnotherCloud(t *testing.T) {
	t.Parallel()
	h := sample()
	for name, text := range map[string]string{"script": handoff.Script(h), "text": handoff.Markdown(h)} {
		if strings.Contains(text, "AZURE_CLOUD_NAME") || strings.Contains(text, "az cloud set") {
			t.Errorf("the %s for the public cloud names a cloud", name)
		}
	}
	h.Cloud = azurecloud.Government
	if text := handoff.Script(h); !strings.Contains(text, "\nexport AZURE_CLOUD_NAME=AzureUSGovernment\n") || !strings.Contains(text, "Run: AZURE_CLOUD_NAME=AzureUSGovernment az login") {
		t.Error(text[:2000])
	}
	text := handoff.Markdown(h)
	if strings.Count(text, "az login --tenant") != strings.Count(text, "az cloud set --name AzureUSGovernment\naz login --tenant") || !strings.Contains(text, "- Cloud: `AzureUSGovernment`") {
		t.Error(text)
	}
}

package handoff_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
	"peerdeck/model/setup/handoff"
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

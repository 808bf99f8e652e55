package azure_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Security admin rules come before security groups, in the checks of a DNS server as on
// every other way.
func TestAdminRulesComeBeforeGroups(t *testing.T) {
	t.Parallel()
	rule := func(access string, priority int) azurenet.AdminRule {
		return azurenet.AdminRule{ID: safe.New("/x/rules/r"), Rule: azurenet.Rule{
			Name: safe.New("r"), Priority: priority, Direction: safe.New("Inbound"), Access: safe.New(access), Protocol: safe.New("Udp"),
			Sources: safe.Texts("*"), SourcePorts: safe.Texts("0-65535"), Destinations: safe.Texts("*"), Ports: safe.Texts("53"),
		}}
	}
	shut := azurenet.Rule{
		Name: safe.New("shut"), Priority: 100, Direction: safe.New("Inbound"), Access: safe.New("Deny"), Protocol: safe.New("*"),
		Sources: safe.Texts("*"), SourcePorts: safe.Texts("*"), Destinations: safe.Texts("*"), Ports: safe.Texts("*"),
	}
	for name, c := range map[string]struct {
		group []azurenet.Rule
		admin []azurenet.AdminRule
		udp   azuredns.Outcome
		tcp   azuredns.Outcome
		code  string // of UDP
	}{
		"none":                        {nil, nil, azuredns.Done, azuredns.Done, ""},
		"denies":                      {nil, []azurenet.AdminRule{rule("Deny", 10)}, azuredns.Failed, azuredns.Done, "back-admin-rule"},
		"denies, allowed before":      {nil, []azurenet.AdminRule{rule("Deny", 10), rule("Allow", 5)}, azuredns.Done, azuredns.Done, ""},
		"allows, and the group shuts": {[]azurenet.Rule{shut}, []azurenet.AdminRule{rule("Allow", 10)}, azuredns.Failed, azuredns.Failed, "server-port-closed"},
		"always allows":               {[]azurenet.Rule{shut}, []azurenet.AdminRule{rule("AlwaysAllow", 10)}, azuredns.Done, azuredns.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := azuredns.Facts{Facts: azurenet.Facts{
				VNet: model.VNet{
					ID: safe.New("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"), Name: safe.New("v"), AddressPrefixes: model.NewPrefixes(safe.Texts("10.20.0.0/16")),
					Subnets: []model.Subnet{{Name: safe.New("snet"), Prefixes: model.NewPrefixes(safe.Texts("10.20.0.0/24")), SecurityGroup: safe.New("/g/nsg")}},
				},
				Groups: []azurenet.SecurityGroup{{ID: safe.New("/g/nsg"), Name: safe.New("nsg"), Rules: c.group}}, AdminRules: c.admin,
			}}
			got := map[azuredns.CheckID]azuredns.Check{}
			for _, k := range f.Judge(azuredns.Question{Server: safe.New("10.20.0.4"), From: model.NewPrefix(safe.New("10.0.0.0/16")), Access: model.Yes}) {
				got[k.ID] = k
			}
			udp, tcp := got[azuredns.CheckUDP], got[azuredns.CheckTCP]
			if udp.Outcome != c.udp || tcp.Outcome != c.tcp || string(udp.Finding.Code) != c.code {
				t.Errorf("UDP %s %s (%s), TCP %s %s", udp.Outcome, udp.Why, udp.Finding.Code, tcp.Outcome, tcp.Why)
			}
			if c.code == "back-admin-rule" && !strings.Contains(udp.Finding.Next.Text, "network manager") {
				t.Errorf("%+v", udp.Finding.Next)
			}
		})
	}
}

package azurenet_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
)

func adminRules(t *testing.T, lines string) []azurenet.AdminRule {
	t.Helper()
	var out []azurenet.AdminRule
	if lines == "" {
		return nil
	}
	for line := range strings.SplitSeq(lines, ";") {
		r := rule(t, line)
		out = append(out, azurenet.AdminRule{Rule: r, ID: text(resources + "networkManagers/nm-core/x/" + r.Name.Raw()), Manager: text("nm-core")})
	}
	return out
}

// Security admin rules are asked before the groups: Allow goes on to them, AlwaysAllow and
// Deny decide.
func TestAdminRulesComeFirst(t *testing.T) {
	const o, c, p, u = azurenet.Open, azurenet.Closed, azurenet.Partly, azurenet.Unknown
	for name, x := range map[string]struct {
		rules       string
		group       string
		admin, nsg  azurenet.Outcome
		says, whole string
	}{
		"none":                              {"", "", o, o, "no security admin rule is in effect", "open"},
		"none that fits":                    {"Ssh 10 Deny Tcp * * 22", "", o, o, "no security admin rule of the VNET vnet-hub is for", "open"},
		"deny":                              {"No 10 Deny Any 10.0.0.0/8 * 0-65535", "", c, o, "before any security group is asked", "closed"},
		"deny, whatever the group allows":   {"No 10 Deny Any * * *", "Yes 100 Allow * * * *", c, o, "No (priority 10) of the network manager nm-core", "closed"},
		"allow goes on":                     {"Yes 10 Allow Tcp * * 8080", "No 100 Deny * * * *", o, c, "go on to the security groups", "closed"},
		"always allow does not":             {"Yes 10 AlwaysAllow Tcp * * 8080", "No 100 Deny * * * *", o, o, "whatever the security groups say", "open"},
		"allow before deny":                 {"Yes 10 Allow Tcp * * 8080;No 20 Deny Any * * *", "", o, o, "Yes", "open"},
		"deny before always allow":          {"No 10 Deny Any * * *;Yes 20 AlwaysAllow Tcp * * 8080", "", c, o, "No", "closed"},
		"deny of a part":                    {"No 10 Deny Any 10.0.9.0/24 * *", "", p, o, "a part, 10.0.9.0/24", "partly"},
		"a tag of the future":               {"Odd 10 Deny Any SomethingNew * *", "", u, o, "SomethingNew", "not known"},
		"which changes nothing":             {"Odd 10 Allow Any SomethingNew * *", "", o, o, "no security admin rule of", "open"},
		"an access of the future":           {"Odd 10 SometimesAllow Any * * *", "", u, o, "SometimesAllow", "not known"},
		"maybe always, and the group is":    {"Odd 10 AlwaysAllow Any SomethingNew * *", "", o, o, "no security admin rule of", "open"},
		"maybe always, and the group isn't": {"Odd 10 AlwaysAllow Any SomethingNew * *", "No 100 Deny * * * *", o, u, "no security admin rule of", "not known"},
		"maybe allowed before a deny":       {"Odd 10 Allow Any SomethingNew * *;No 20 Deny Any * * *", "", u, o, "Odd", "not known"},
		"one priority, two wills":           {"A 10 Allow Any * * *;B 10 Deny Any * * *", "", u, o, "same priority", "not known"},
	} {
		t.Run(name, func(t *testing.T) {
			f := world(t)
			f.AdminRules = adminRules(t, x.rules)
			if x.group != "" {
				f.Groups[0] = group(t, "nsg-apps", x.group)
			}
			got := f.Passage(question("10.20.4.10", 8080))
			has(t, got, azurenet.StepAdmin, x.admin, x.says)
			has(t, got, azurenet.StepSubnet, x.nsg)
			if string(got.Outcome()) != x.whole {
				t.Errorf("%s", got.Outcome())
			}
		})
	}
	f := world(t)
	f.AdminRules = adminRules(t, "No 10 Deny Any * * *")
	has(t, f.Passage(question("10.20.4.10", 8080)), azurenet.StepAdmin, azurenet.Closed, "Ask the owner of the network manager nm-core to allow TCP 8080 from 10.0.0.0/16 to 10.20.4.10 before the rule No (priority 10)",
		"az network manager list-effective-security-admin-rules --subscription sub --resource-group rg --virtual-network-name vnet-hub")
	f.Gaps = []azurenet.Gap{{Part: azurenet.PartAdminRules, Failure: model.Failure{Cause: text("you may not ask"), Cure: "Ask for the right."}}}
	has(t, f.Passage(question("10.20.4.10", 8080)), azurenet.StepAdmin, azurenet.Unknown, "you may not ask", "Ask for the right.")
}

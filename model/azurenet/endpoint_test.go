package azurenet_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
)

// endpoints is a VNET with a private endpoint in a subnet whose group and table are both in
// its way, as far as it obeys them.
func endpoints(t *testing.T, policies, state string) azurenet.Facts {
	t.Helper()
	f := world(t)
	f.Groups[0] = group(t, "nsg-apps", "No 100 Deny * * * *")
	f.Tables[0] = table("rt-apps", route("hole", cidr, "None", ""))
	f.AdminRules = adminRules(t, "No 10 Deny Any * * *")
	f.Cards[0].Machine, f.Cards[0].Group = text(""), text("")
	f.Cards[0].Endpoint = text(resources + "privateEndpoints/pe-vault")
	f.Endpoints = []azurenet.PrivateEndpoint{{ID: f.Cards[0].Endpoint, Name: text("pe-vault"), State: text(state), Target: text("/x/vaults/kv-shop")}}
	if policies != "none" {
		f.Policies = []azurenet.SubnetPolicies{{Subnet: text(vnetID + "/subnets/SNET-apps"), Endpoints: text(policies)}}
	}
	return f
}

func TestPrivateEndpointsObeyWhatTheirSubnetSays(t *testing.T) {
	const o, c, u = azurenet.Open, azurenet.Closed, azurenet.Unknown
	for policies, want := range map[string][2]azurenet.Outcome{
		"Disabled": {o, o}, "Enabled": {c, c}, "NetworkSecurityGroupEnabled": {c, o}, "RouteTableEnabled": {o, c}, "": {u, u}, "Sometimes": {u, u}, "none": {u, u},
	} {
		p := endpoints(t, policies, "Approved").Passage(question("10.20.4.10", 443))
		has(t, p, azurenet.StepSubnet, want[0])
		has(t, p, azurenet.StepBack, want[1])
		has(t, p, azurenet.StepAdmin, o, "not for private endpoints")
		has(t, p, azurenet.StepEndpoint, o, "approved")
	}
	open := endpoints(t, "none", "Approved")
	open.Groups[0], open.Tables[0] = group(t, "nsg-apps"), table("rt-apps")
	if p := open.Passage(question("10.20.4.10", 443)); p.Outcome() != o {
		t.Errorf("what would be open either way: %+v", p)
	}
	open.Groups[0] = group(t, "nsg-apps", "No 100 Deny * * * *")
	open.Gaps = []azurenet.Gap{{Part: azurenet.PartPolicies, Failure: model.Failure{Cause: text("throttled")}}}
	has(t, open.Passage(question("10.20.4.10", 443)), azurenet.StepSubnet, u, "throttled")
}

func TestTheConnectionOfAPrivateEndpoint(t *testing.T) {
	for state, want := range map[string]azurenet.Outcome{"Approved": azurenet.Open, "Pending": azurenet.Closed, "Rejected": azurenet.Closed, "disconnected": azurenet.Closed, "Dreaming": azurenet.Unknown, "": azurenet.Unknown} {
		s := has(t, endpoints(t, "Disabled", state).Passage(question("10.20.4.10", 443)), azurenet.StepEndpoint, want)
		if want == azurenet.Closed && (s.Finding.Code != azurenet.CodeEndpoint || s.Finding.Next.Command == "") {
			t.Errorf("%+v", s.Finding)
		}
	}
	f := endpoints(t, "Disabled", "Approved")
	f.Endpoints = nil
	has(t, f.Passage(question("10.20.4.10", 443)), azurenet.StepEndpoint, azurenet.Unknown, "was not read", "az network private-endpoint show")
	f.Gaps = []azurenet.Gap{{Part: azurenet.PartEndpoints, Failure: model.Failure{Cause: text("you may not")}}}
	has(t, f.Passage(question("10.20.4.10", 443)), azurenet.StepEndpoint, azurenet.Unknown, "you may not")
}

package netfacts

import (
	"encoding/json"
	"testing"
)

// What a network manager adds is no group of the card's own.
func TestGroupsOfANetworkManagerAreLeftOut(t *testing.T) {
	var list []wireGroup
	const body = `[
		{"association":{"networkManager":{"id":"/x/networkManagers/nm"}},"effectiveSecurityRules":[{"name":"no","access":"Deny","direction":"Inbound","priority":1,"protocol":"All"}]},
		{"networkSecurityGroup":{"id":"/x/networkSecurityGroups/own"},"association":{"networkInterface":{"id":"/x/nic"}}},
		{"networkSecurityGroup":{"id":"/x/networkSecurityGroups/subnets"},"association":{"subnet":{"id":"/x/subnets/s"}}}]`
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	got := convertEffective(list)
	if len(got) != 2 || !got[0].Subnet.IsEmpty() || got[1].Subnet.IsEmpty() {
		t.Errorf("%+v", got)
	}
}

package azure_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

// readVNet reads a VNET of which Azure answers with a body.
func readVNet(t *testing.T, body string) (model.VNet, error) {
	t.Helper()
	return azure.New(resttest.Parrot(t, 200, body)).VNet(t.Context(), model.VNetRef{
		TenantID: safe.New(home), SubscriptionID: safe.New("s1"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-hub"),
	})
}

func half(properties string) string {
	return `{"id":"/x/vnet-hub","name":"vnet-hub","properties":{"resourceGuid":"g1","virtualNetworkPeerings":[{"name":"p","properties":` + properties + `}]}}`
}

func TestHalvesThatAreOdd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		properties string
		want       func(model.VNetPeering) bool
	}{
		"another case": {`{"peeringState":"CONNECTED","peeringSyncLevel":"fullyinsync","provisioningState":"succeeded"}`, func(p model.VNetPeering) bool {
			return p.State == model.VNetConnected && p.Sync == model.SyncFull && p.Provisioning == model.ProvisioningSucceeded
		}},
		"new values": {`{"peeringState":"Paused\u001b[2J","peeringSyncLevel":"Sideways","provisioningState":"Migrating"}`, func(p model.VNetPeering) bool {
			return strings.HasPrefix(string(p.State), "Paused") && !strings.Contains(string(p.State), "\x1b") && p.Sync == "Sideways" && p.Provisioning == "Migrating"
		}},
		"nothing told": {`{}`, func(p model.VNetPeering) bool {
			return p.State == "" && p.Sync == model.SyncUnstated && p.AllowAccess == model.Unstated && p.WholeVNets == model.Unstated && !p.OfSubnets() && p.RemoteVNetID.IsEmpty()
		}},
		"nulls": {`{"peeringState":null,"remoteVirtualNetwork":null,"remoteAddressSpace":{"addressPrefixes":[null,"10.0.0.0/16"]},"localSubnetNames":[null]}`, func(p model.VNetPeering) bool {
			return p.State == "" && len(p.Routed) == 1 && len(p.LocalSubnets) == 0
		}},
		"members that nobody knows": {`{"peeringState":"Connected","routeServiceVips":{},"newer":[1]}`, func(p model.VNetPeering) bool { return p.State == model.VNetConnected }},
		"no remote id":              {`{"peeringState":"Connected","remoteVirtualNetwork":{}}`, func(p model.VNetPeering) bool { return p.RemoteVNetID.IsEmpty() && p.RemoteSubscription().IsEmpty() }},
		"subnets": {`{"peerCompleteVnets":false,"localSubnetNames":["snet-a"],"remoteSubnetNames":["kong"],"localAddressSpace":{"addressPrefixes":["10.1.1.0/24"]},
			"localVirtualNetworkAddressSpace":{"addressPrefixes":["10.1.0.0/16"]},"enableOnlyIPv6Peering":true,
			"remoteVirtualNetworkEncryption":{"enabled":true,"enforcement":"dropunencrypted"}}`, func(p model.VNetPeering) bool {
			return p.OfSubnets() && len(p.LocalSubnets) == 1 && len(p.RemoteSubnets) == 1 && p.Local[0].String() == "10.1.1.0/24" && p.LocalNow[0].String() == "10.1.0.0/16" &&
				p.IPv6Only == model.Yes && p.Encryption == model.Yes && p.Enforcement == model.EncryptionDrops
		}},
		"subnets, the flag left out": {`{"localSubnetNames":["snet-a"]}`, model.VNetPeering.OfSubnets},
	} {
		v, err := readVNet(t, half(c.properties))
		if err != nil || v.GUID.Raw() != "g1" || len(v.Peerings) != 1 || !c.want(v.Peerings[0]) {
			t.Errorf("%s: %+v, %v", name, v.Peerings, err)
		}
	}
}

// A VNET may have 500 peerings, each of which is read.
func TestAVNetWithFiveHundredPeerings(t *testing.T) {
	t.Parallel()
	one := `{"name":"p","properties":{"peeringState":"Connected"}}`
	v, err := readVNet(t, `{"id":"/x","properties":{"virtualNetworkPeerings":[`+strings.Repeat(one+",", 499)+one+`]}}`)
	if err != nil || len(v.Peerings) != 500 {
		t.Errorf("%d, %v", len(v.Peerings), err)
	}
}

// Whatever Azure says of a half, it is read or refused with a reason, and what is shown
// has nothing in it that a terminal obeys.
func FuzzHalf(f *testing.F) {
	for _, s := range []string{
		`{}`, `null`, `{"peeringState":"connected"}`, `{"peeringState":7}`, `{"peerCompleteVnets":"no"}`, `{"localSubnetNames":["a",null,3]}`,
		`{"remoteAddressSpace":{"addressPrefixes":["10.0.0.0/16","soon"]}}`, `{"remoteVirtualNetworkEncryption":{"enabled":true,"enforcement":"x"}}`,
		`{"peeringSyncLevel":"\u001b]0;x\u0007"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, properties string) {
		if !json.Valid([]byte(properties)) {
			return
		}
		v, err := readVNet(t, half(properties))
		if err != nil {
			if got, _ := model.AsFailure(err); got.Cause.IsEmpty() || got.Kind == model.FailureBug {
				t.Errorf("%q fails with %+v", properties, got)
			}
			return
		}
		for _, p := range v.Peerings {
			for _, word := range []string{string(p.State), string(p.Sync), string(p.Provisioning), string(p.Enforcement), p.RemoteVNetID.String()} {
				if word != safe.Clean(word) {
					t.Errorf("%q gives %q", properties, word)
				}
			}
		}
	})
}

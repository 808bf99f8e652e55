package sandbox

import (
	"strings"
	"testing"
)

// A VNET that is peered with a range has no room for a network of that range.
func TestANetworkThatTheVNetsPeersOverlap(t *testing.T) {
	t.Parallel()
	w, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, hub := w.network("uk-lab"), w.vnetNamed("acme-prod", "vnet-hub")
	p := w.attach(n, "new", hub)
	for cidr, want := range map[string]string{
		"10.60.0.0/16": "",
		"10.21.8.0/22": "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
		"10.0.8.0/22":  "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
		"10.20.2.0/24": "VnetAddressSpacesOverlap",
	} {
		n.cidr = cidr
		if got := w.hindrance(n, p); !strings.HasPrefix(got, want) || (want == "") != (got == "") {
			t.Errorf("%s: %q, want %q", cidr, got, want)
		}
	}
}

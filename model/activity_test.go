package model_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

func TestBrief(t *testing.T) {
	for target, want := range map[string]string{
		"/v2/cloud-gateways/networks?page%5Bsize%5D=100":                                      "200  GET networks",
		"/v2/cloud-gateways/networks/3d3ff5dc-6154-51ba-bb67-0fc670d1ceed/transit-gateways?x": "200  GET networks/3d3ff5dc…/transit-gateways",
		"/v3/organizations/me": "200  GET v3/organizations/me",
		"/subscriptions/21340647-a21e-5120-a018-dbed4e6080a6/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-hub?api-version=1": "200  GET virtualNetworks/vnet-hub",
		"":  "200  GET ",
		"?": "200  GET ",
	} {
		a := model.Activity{Kind: model.ActivityRequest, Method: "GET", Status: 200, Target: text(target)}
		if got := a.Brief(); got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
	if got := (model.Activity{Kind: model.ActivityNote, Text: "a/b?c"}).Brief(); got != "a/b?c" {
		t.Errorf("got %q", got)
	}
}

package konnect_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// With a region, the control planes of no other are asked for.
func TestOneRegionAlone(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Seed: 1})
	of := func(region string) *konnect.Client {
		return konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(t, s.Konnect), Region: region, Token: secret.Static{Value: secret.New(sandbox.Token), From: "the test"},
		})
	}
	all := of("")
	networks, err := all.Networks(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	asked := false
	for _, n := range networks.Items {
		refs, err := all.References(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refs.Items {
			ids := []safe.Text{r.ControlPlaneID}
			planes, err := all.ControlPlanes(t.Context(), r.Geo, ids)
			if err != nil || len(planes) == 0 {
				continue
			}
			asked = true
			if got, err := of(r.Geo.Raw()).ControlPlanes(t.Context(), r.Geo, ids); err != nil || len(got) != len(planes) {
				t.Errorf("its own region: %v, %v", got, err)
			}
			if got, err := of("xx").ControlPlanes(t.Context(), r.Geo, ids); err != nil || len(got) != 0 {
				t.Errorf("another region: %v, %v", got, err)
			}
		}
	}
	if !asked {
		t.Error("the simulated Konnect has no control plane to ask for")
	}
}

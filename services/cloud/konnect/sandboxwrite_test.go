package konnect_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
	"peerdeck/services/cloud/konnect"
	"peerdeck/services/cloud/transport"
	"peerdeck/services/sandbox"
	"peerdeck/services/sandbox/sandboxtest"
)

// A peering and a resolver come and go in the sandbox; every body and every answer
// is one of Kong's contract.
func TestWritesInTheSandboxKeepTheContract(t *testing.T) {
	c := sandboxtest.NewContract(t)
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	sender := transport.New()
	t.Cleanup(sender.Close)
	client := func(tok string) *konnect.Client {
		return konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: token(tok), Sender: witness{sender, t, c}, Version: "test", Retry: transport.Once()})
	}
	ctx, k := context.Background(), client(sandbox.Token)
	n := networkNamed(t, k, "uk-lab").ID
	r := request(setup.DNSPeering)
	r.Peering = safe.New("lab")
	r.VNet = model.VNetRef{
		TenantID: safe.New(s.World.TenantID(sandbox.HomeDomain)), SubscriptionID: safe.New(s.World.SubscriptionID("acme-prod")),
		ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-dmz"),
	}
	w := k.CreatePeeringWrite(n, r)
	status := func(err error) int {
		f, _ := model.AsFailure(err)
		return f.Status
	}
	if _, err := client(sandbox.ViewerToken).CreatePeering(ctx, n, w); status(err) != http.StatusForbidden {
		t.Errorf("got %v", err)
	}
	made, err := k.CreatePeering(ctx, n, w)
	if err != nil || made.Kind != model.KindAzureVNet || made.VNet != r.VNet || model.CountDomains(made.DNS) != 3 {
		t.Fatalf("%+v, %v", made, err)
	}
	if _, err := k.CreatePeering(ctx, n, w); status(err) != http.StatusConflict {
		t.Errorf("got %v", err)
	}
	bad := r
	bad.Peering = safe.Text{}
	if f, _ := model.AsFailure(errOf(k.CreatePeering(ctx, n, k.CreatePeeringWrite(n, bad)))); f.Status != http.StatusBadRequest || len(f.Invalid) == 0 {
		t.Errorf("got %+v", f)
	}
	if err := k.DeletePeering(ctx, n, k.DeletePeeringWrite(n, made.ID)); status(err) != http.StatusBadRequest {
		t.Errorf("got %v", err)
	}
	resolver, err := k.CreateResolver(ctx, n, k.CreateResolverWrite(n, safe.New("lab-dns"), r.Mappings))
	if err != nil || resolver.Kind != model.KindAzureResolver || model.CountDomains(resolver.DNS) != 2 {
		t.Fatalf("%+v, %v", resolver, err)
	}
	clock.Advance(24 * time.Hour)
	s.World.CatchUp()
	changed, err := k.PatchResolver(ctx, n, k.PatchResolverWrite(n, resolver.ID, r.Mappings[:1], nil))
	if err != nil || changed.ID != resolver.ID {
		t.Errorf("%+v, %v", changed, err)
	}
	for range 2 {
		clock.Advance(24 * time.Hour)
		s.World.CatchUp()
		if err := k.DeletePrivateDNS(ctx, n, k.DeletePrivateDNSWrite(n, resolver.ID)); err != nil {
			t.Error(err)
		}
		if err := k.DeletePeering(ctx, n, k.DeletePeeringWrite(n, made.ID)); err != nil {
			t.Error(err)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

package konnect_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// A network comes and goes in the sandbox, and so do the refusals of one.
func TestNetworksInTheSandboxKeepTheContract(t *testing.T) {
	c := sandboxtest.NewContract(t)
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock, NetworkTime: 35 * time.Minute, NetworkLimit: 15})
	sender := transport.New()
	t.Cleanup(sender.Close)
	k := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: token(sandbox.Token), Sender: witness{sender, t, c}, Version: "test", Retry: transport.Once()})
	ctx := context.Background()
	want := model.NewNetwork{
		Name: safe.New("new"), Account: safe.New(s.World.AccountID("azure")), Region: safe.New("eastus2"), Zones: safe.Texts("eastus2-1", "eastus2-2"), CIDR: safe.New("10.192.0.0/20"),
	}
	w := k.CreateNetworkWrite(want)
	made, err := k.CreateNetwork(ctx, want.Name, w)
	if err != nil || made.State != model.NetworkInitializing || made.CIDR.String() != "10.192.0.0/20" || len(made.AvailabilityZones) != 2 || made.ProviderAccountID != want.Account {
		t.Fatalf("%+v, %v", made, err)
	}
	for name, refused := range map[string]struct {
		change func(n *model.NewNetwork)
		kind   model.FailureKind
		code   string
	}{
		"the name is taken": {func(*model.NewNetwork) {}, model.FailureConflict, "refused-konnect-conflict"},
		"the quota is used": {func(n *model.NewNetwork) { n.Name = safe.New("other") }, model.FailurePermission, "refused-quota"},
		"no such range":     {func(n *model.NewNetwork) { n.CIDR = safe.New("11.0.0.0/20") }, model.FailureInvalid, "refused-konnect-invalid"},
		"no such zone":      {func(n *model.NewNetwork) { n.Zones = safe.Texts("moon") }, model.FailureInvalid, "refused-konnect-invalid"},
		"no zones at all":   {func(n *model.NewNetwork) { n.Zones = nil }, model.FailureInvalid, "refused-konnect-invalid"},
	} {
		n := want
		refused.change(&n)
		_, err := k.CreateNetwork(ctx, n.Name, k.CreateNetworkWrite(n))
		if f, failed := model.AsFailure(err); !failed || f.Kind != refused.kind || string(f.FindingCode()) != refused.code || f.Cure == "" {
			t.Errorf("%s: %s %s, %+v", name, f.Kind, f.FindingCode(), f)
		}
	}
	if f, _ := model.AsFailure(k.DeleteNetwork(ctx, made.ID, k.DeleteNetworkWrite(made.ID))); f.Status != http.StatusBadRequest {
		t.Errorf("%+v", f)
	}
	clock.Advance(time.Hour)
	if got, err := k.Network(ctx, made.ID); err != nil || got.State != model.NetworkReady {
		t.Errorf("%+v, %v", got, err)
	}
	for range 2 {
		if err := k.DeleteNetwork(ctx, made.ID, k.DeleteNetworkWrite(made.ID)); err != nil {
			t.Error(err)
		}
		clock.Advance(time.Hour)
	}
}

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
	hub := r
	hub.Hub, hub.Peering, hub.VNet.ResourceGroup, hub.VNet.Name = true, safe.New("lab-hub"), safe.New("rg-wan"), safe.New("hub-uae")
	if made, err := k.CreatePeering(ctx, n, k.CreatePeeringWrite(n, hub)); err != nil || made.Kind != model.KindAzureVHub || made.Hub != hub.HubRef() {
		t.Errorf("with a hub: %+v, %v", made, err)
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

package konnect_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func token(value string) secret.Source {
	return secret.Static{Value: secret.New(value), From: "a test"}
}

// client makes a client of a server, with a transport that is closed in the end.
func client(tb testing.TB, s *sandbox.Server, source secret.Source) *konnect.Client {
	tb.Helper()
	sender := transport.New()
	tb.Cleanup(sender.Close)
	return konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(tb, s.Konnect), Token: source, Sender: sender, Version: "test"})
}

func networkNamed(tb testing.TB, c *konnect.Client, name string) model.Network {
	tb.Helper()
	list, err := c.Networks(context.Background(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, n := range list.Items {
		if n.Name.Raw() == name {
			return n
		}
	}
	tb.Fatalf("there is no network %s", name)
	return model.Network{}
}

func TestEveryKindIsDecoded(t *testing.T) {
	c := client(t, sandboxtest.Start(t, sandbox.Options{}), token(sandbox.Token))
	ctx := context.Background()
	networks, err := c.Networks(ctx, nil)
	if err != nil || !networks.Complete || len(networks.Problems) > 0 {
		t.Fatalf("%v, complete %v, problems %v", err, networks.Complete, networks.Problems)
	}
	peerings := map[model.PeeringKind]model.Peering{}
	attachments := map[model.PrivateDNSKind]model.PrivateDNS{}
	for _, n := range networks.Items {
		if n.CreatedAt.IsZero() || !n.CIDR.Valid() || n.Region.IsEmpty() || len(n.AvailabilityZones) == 0 || len(n.Extra) > 0 {
			t.Errorf("%s was not read whole: %+v", n.Name, n)
		}
		ps, err := c.Peerings(ctx, n.ID)
		if err != nil || len(ps.Items) != n.PeeringCount {
			t.Fatalf("%s: %d peerings, %v; it says %d", n.Name, len(ps.Items), err, n.PeeringCount)
		}
		for _, p := range ps.Items {
			peerings[p.Kind] = p
			if again, err := c.Peering(ctx, n.ID, p.ID); err != nil || again.Name != p.Name {
				t.Errorf("read one: %v", err)
			}
			if len(p.Extra) > 0 || p.UpdatedAt.IsZero() || len(p.Target) == 0 {
				t.Errorf("%s was not read whole: %+v", p.Name, p)
			}
		}
		ds, err := c.PrivateDNS(ctx, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ds.Items {
			attachments[d.Kind] = d
			if again, err := c.PrivateDNSByID(ctx, n.ID, d.ID); err != nil || again.Name != d.Name {
				t.Errorf("read one: %v", err)
			}
		}
	}
	for _, k := range []model.PeeringKind{model.KindAzureVNet, model.KindAzureVHub, model.KindAWSTransitGateway, model.KindAWSVPCPeering, model.KindAWSResourceEndpoint, model.KindGCPVPCPeering} {
		p, ok := peerings[k]
		if !ok {
			t.Errorf("no peering of kind %s came", k)
		}
		if k == model.KindAzureVNet && (p.VNet.Name.IsEmpty() || p.VNet.TenantID.IsEmpty() || p.VNet.SubscriptionID.IsEmpty() || p.VNet.ResourceGroup.IsEmpty()) {
			t.Errorf("the VNET is not whole: %+v", p.VNet)
		}
	}
	for _, k := range []model.PrivateDNSKind{model.KindAzureResolver, model.KindAzureHostedZone, model.KindAWSResolver, model.KindAWSHostedZone, model.KindGCPHostedZone} {
		d, ok := attachments[k]
		if !ok {
			t.Errorf("no private DNS of kind %s came", k)
		}
		if resolver := k == model.KindAzureResolver || k == model.KindAWSResolver; resolver != (len(d.DNS) > 0) {
			t.Errorf("%s has %d mappings", k, len(d.DNS))
		}
	}
}

func TestIdentityAndPlanes(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	ctx := context.Background()
	c := client(t, s, token(sandbox.Token))
	if o, err := c.Organization(ctx); err != nil || o.Name.Raw() != "acme-corp" || o.ID.IsEmpty() {
		t.Errorf("organization %+v, %v", o, err)
	}
	if u, err := c.User(ctx); err != nil || u.Email.Raw() != "alice@acme.example" {
		t.Errorf("user %+v, %v", u, err)
	}
	system := client(t, s, token(sandbox.SystemToken))
	if u, err := system.User(ctx); err != nil || u != (model.User{}) {
		t.Errorf("a system account has no user, and that is no failure: %+v, %v", u, err)
	}
	accounts, err := c.ProviderAccounts(ctx)
	if err != nil || len(accounts.Items) != 3 || accounts.Items[0].Provider != model.ProviderAzure || accounts.Items[0].AccountID.IsEmpty() {
		t.Errorf("accounts %+v, %v", accounts, err)
	}
	n := networkNamed(t, c, "eu-prod")
	refs, err := c.References(ctx, n.ID)
	if err != nil || len(refs.Items) != 3 || len(refs.Items[0].DataPlanes) != 1 || len(refs.Items[0].DataPlanes[0].PrivateIPs) == 0 {
		t.Fatalf("references %+v, %v", refs, err)
	}
	planes, err := c.ControlPlanes(ctx, refs.Items[0].Geo, []safe.Text{refs.Items[0].ControlPlaneID})
	if err != nil || len(planes) != 1 || planes[0].Name.Raw() != "acme-eu" {
		t.Errorf("planes %+v, %v", planes, err)
	}
}

// elsewhere sends every request to the sandbox, whatever its host, and keeps
// the hosts.
type elsewhere struct {
	*transport.Client
	to    string
	hosts *[]string
}

func (e elsewhere) Do(r *http.Request) (*http.Response, error) {
	*e.hosts = append(*e.hosts, r.URL.Host)
	host := r.URL.Host
	r.URL.Scheme, r.URL.Host = "http", strings.TrimPrefix(e.to, "http://")
	r.Host = host
	return e.Client.Do(r)
}

func TestEveryRegionHasItsHost(t *testing.T) {
	s := sandboxtest.Start(t, sandbox.Options{})
	var hosts []string
	sender := transport.New()
	t.Cleanup(sender.Close)
	c := konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, "https://global.api.konghq.com"), Token: token(sandbox.Token), Version: "test",
		Sender: elsewhere{sender, s.Konnect, &hosts},
	})
	ctx := context.Background()
	if _, err := c.Organization(ctx); err != nil {
		t.Fatal(err)
	}
	refs, err := c.References(ctx, networkNamed(t, c, "us-prod").ID)
	if err != nil {
		t.Fatal(err)
	}
	planes, err := c.ControlPlanes(ctx, refs.Items[0].Geo, []safe.Text{refs.Items[0].ControlPlaneID})
	if err != nil || len(planes) != 1 {
		t.Fatalf("%v, %v", planes, err)
	}
	if last := hosts[len(hosts)-1]; last != "us.api.konghq.com" || hosts[0] != "global.api.konghq.com" {
		t.Errorf("asked %v", hosts)
	}
	for _, bad := range []string{"", "u", "eu.evil", "eu/x", "EU", "evil.example#", "averylongname"} {
		if _, err := c.ControlPlanes(ctx, safe.New(bad), []safe.Text{safe.New("x")}); err == nil {
			t.Errorf("%q was taken for a region", bad)
		}
	}
	if hosts[len(hosts)-1] != "us.api.konghq.com" {
		t.Error("a request was sent to what is no region")
	}
}

func TestFault19AViewerMayNotReadPrivateDNS(t *testing.T) {
	c := client(t, sandboxtest.Start(t, sandbox.Options{}), token(sandbox.ViewerToken))
	n := networkNamed(t, c, "eu-prod")
	_, err := c.PrivateDNS(context.Background(), n.ID)
	var f model.Failure
	if !errors.As(err, &f) || f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "Network Viewer") || f.TraceID.IsEmpty() {
		t.Errorf("got %+v", f)
	}
}

package azure_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type fixture struct {
	server *sandbox.Server
	tokens *signin.Tokens
	azure  *azure.Client
	refs   map[string]model.VNetRef // of every VNET that Konnect names
	nets   map[string]model.Network // by VNET
	log    *activity.Log
	kong   safe.Text
}

func start(t *testing.T, o sandbox.Options, given string) *fixture {
	t.Helper()
	f := &fixture{server: sandboxtest.Start(t, o), refs: map[string]model.VNetRef{}, nets: map[string]model.Network{}, log: activity.New()}
	sender := transport.New()
	t.Cleanup(sender.Close)
	f.tokens = signin.New(signin.Options{
		Choice: signin.DeviceCode, Given: secret.New(given), Login: sandboxtest.Endpoint(t, f.server.Login), Sender: sender,
	})
	f.azure = azure.New(azure.Options{Tokens: f.tokens, Endpoint: sandboxtest.Endpoint(t, f.server.ARM), Sender: sender, Log: f.log})
	k := konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, f.server.Konnect), Sender: sender, Version: "test",
		Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"},
	})
	ctx := context.Background()
	networks, err := k.Networks(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := k.ProviderAccounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	f.kong = accounts.Items[0].AccountID
	for _, n := range networks.Items {
		peerings, err := k.Peerings(ctx, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range peerings.Items {
			f.refs[p.VNet.Name.Raw()], f.nets[p.VNet.Name.Raw()] = p.VNet, n
		}
	}
	return f
}

func failure(t *testing.T, err error) model.Failure {
	t.Helper()
	var f model.Failure
	if !errors.As(err, &f) {
		t.Fatalf("%v is no failure", err)
	}
	return f
}

func TestOneRequestGivesTheWholeVNet(t *testing.T) {
	f := start(t, sandbox.Options{}, sandbox.Token)
	before := f.server.World.Requests("arm")
	v, err := f.azure.VNet(context.Background(), f.refs["vnet-hub"])
	if err != nil {
		t.Fatal(err)
	}
	if n := f.server.World.Requests("arm") - before; n != 1 {
		t.Errorf("%d requests", n)
	}
	if len(v.AddressPrefixes) != 2 || len(v.DNSServers) != 2 || len(v.Subnets) != 6 || len(v.Peerings) != 2 || v.Location.Raw() != "northeurope" {
		t.Errorf("got %+v", v)
	}
	if s := v.Subnets[0]; len(s.Prefixes) != 1 || s.EndpointPolicies.Raw() != "Disabled" || s.SecurityGroup.IsEmpty() || s.Delegation.Raw() != "Microsoft.Network/dnsResolvers" {
		t.Errorf("got %+v", s)
	}
	half, _ := model.HalfOf(f.nets["vnet-hub"], model.Around{Kong: f.kong, Whole: true}, model.VNetRead{VNet: v, Part: model.Part{At: time.Now()}})
	p := half.Peering
	if half.Status != model.HalfPresent || p.State != model.VNetConnected || p.Sync != model.SyncFull || p.AllowAccess != model.Yes || p.AllowForward != model.No || half.Proof != model.ProofNamed {
		t.Errorf("found %+v", half)
	}
	if entries := f.log.Since(0); len(entries) != 1 || entries[0].Service != "Azure" || entries[0].Trace.IsEmpty() {
		t.Errorf("the log has %+v", entries)
	}
}

func TestNamesAreComparedAsAzureDoes(t *testing.T) {
	f := start(t, sandbox.Options{}, sandbox.Token)
	ref := f.refs["vnet-hub"]
	ref.Name, ref.ResourceGroup = safe.New("VNET-HUB"), safe.New("RG-Network")
	if v, err := f.azure.VNet(context.Background(), ref); err != nil || v.Name.Raw() != "vnet-hub" {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestRefusalsOfAzure(t *testing.T) {
	f := start(t, sandbox.Options{}, sandbox.Token)
	elsewhere := func(edit func(*model.VNetRef)) model.VNetRef {
		ref := f.refs["vnet-hub"]
		edit(&ref)
		return ref
	}
	for name, c := range map[string]struct {
		ref    model.VNetRef
		kind   model.FailureKind
		says   string
		cure   string
		noVNet bool
	}{
		"no rights":       {f.refs["vnet-vault"], model.FailurePermission, "you may not read vnet-vault", "Reader", false},
		"another tenant":  {f.refs["vnet-bank"], model.FailureAuth, "another tenant", "az login --tenant", false},
		"no such VNET":    {elsewhere(func(r *model.VNetRef) { r.Name = safe.New("gone") }), model.FailureNotFound, "was not found", "deleted", true},
		"no such group":   {elsewhere(func(r *model.VNetRef) { r.ResourceGroup = safe.New("gone") }), model.FailureNotFound, "could not be found", "deleted", true},
		"no subscription": {elsewhere(func(r *model.VNetRef) { r.SubscriptionID = safe.New("00000000-0000-4000-8000-000000000000") }), model.FailureNotFound, "no subscription 0000", "subscription", false},
		"no valid id":     {elsewhere(func(r *model.VNetRef) { r.SubscriptionID = safe.New("prod") }), model.FailureNotFound, "no subscription prod", "subscription", false},
		"no name":         {elsewhere(func(r *model.VNetRef) { r.Name = safe.Text{} }), model.FailureInvalid, "no whole name", "", false},
		"hostile names":   {elsewhere(func(r *model.VNetRef) { r.Name = safe.New("../../x?y=\r\n$(z)") }), model.FailureNotFound, "was not found", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.azure.VNet(context.Background(), c.ref)
			got := failure(t, err)
			if got.Kind != c.kind || !strings.Contains(got.Cause.String(), c.says) || !strings.Contains(got.Cure, c.cure) || model.NoVNet(got) != c.noVNet {
				t.Errorf("got %+v", got)
			}
			if got.Status != 0 && got.RequestID.IsEmpty() {
				t.Error("Azure's request id is lost")
			}
		})
	}
}

func TestFaultsOfAzure(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		kind  model.FailureKind
		tries int
	}{
		"throttled": {sandbox.Fault{Status: 429, RetryAfter: "31"}, model.FailureThrottled, 1},
		"broken":    {sandbox.Fault{Status: 500}, model.FailureServer, 2},
		"expired":   {sandbox.Fault{Status: 401}, model.FailureAuth, 1},
		"dropped":   {sandbox.Fault{Kind: "reset"}, model.FailureUnreachable, 2},
		"empty":     {sandbox.Fault{Kind: "empty"}, model.FailureContract, 1},
		"a page":    {sandbox.Fault{Kind: "html"}, model.FailureContract, 1},
		"garbage":   {sandbox.Fault{Kind: "garbage"}, model.FailureContract, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t, sandbox.Options{}, sandbox.Token)
			c.fault.Service = "arm"
			f.server.World.AddFault(c.fault)
			_, err := f.azure.VNet(context.Background(), f.refs["vnet-hub"])
			got := failure(t, err)
			if got.Kind != c.kind || f.server.World.Requests("arm") != c.tries {
				t.Errorf("%d tries, %+v", f.server.World.Requests("arm"), got)
			}
			if c.fault.RetryAfter != "" && got.RetryAfter != 31*time.Second {
				t.Errorf("wait %v", got.RetryAfter)
			}
		})
	}
}

func TestDeviceCodeSignIn(t *testing.T) {
	f := start(t, sandbox.Options{SignInAfter: time.Millisecond}, "")
	ctx := context.Background()
	ref := f.refs["vnet-bank"]
	_, err := f.azure.VNet(ctx, ref)
	if got := failure(t, err); got.Kind != model.FailureAuth || !strings.Contains(got.Cause.String(), "nobody is signed in") {
		t.Fatalf("got %+v", got)
	}
	var shown model.DeviceCode
	if err := f.tokens.SignIn(ctx, ref.TenantID, func(c model.DeviceCode) { shown = c }); err != nil {
		t.Fatal(err)
	}
	if shown.Code.IsEmpty() || !strings.HasPrefix(shown.URL.Raw(), "http") {
		t.Errorf("shown %+v", shown)
	}
	if _, err := f.azure.VNet(ctx, ref); err != nil {
		t.Errorf("signed in, and still: %v", err)
	}
	if who := f.tokens.Identity(ref.TenantID); who.Account.Raw() != "alice@acme.example" || who.Failure != nil || who.Source != model.FromDeviceCode || who.Until.IsZero() {
		t.Errorf("%+v", who)
	}
}

// A person who signs in as somebody else is that person from the next read on,
// although the token from before would still be good.
func TestSigningInAsSomebodyElse(t *testing.T) {
	f := start(t, sandbox.Options{SignInAfter: time.Millisecond}, sandbox.Token)
	ctx, ref := context.Background(), f.refs["vnet-hub"]
	if _, err := f.azure.VNet(ctx, ref); err != nil {
		t.Fatal(err)
	}
	if who := f.tokens.Identity(ref.TenantID); !who.Account.IsEmpty() || who.Source != model.FromReadyMade {
		t.Fatalf("the ready-made token says that it is %s", who.Account)
	}
	if err := f.tokens.SignIn(ctx, ref.TenantID, func(model.DeviceCode) {}); err != nil {
		t.Fatal(err)
	}
	f.azure.Forget()
	if _, err := f.azure.VNet(ctx, ref); err != nil {
		t.Fatal(err)
	}
	if who := f.tokens.Identity(ref.TenantID); who.Account.Raw() != "alice@acme.example" {
		t.Errorf("the account is still %q", who.Account)
	}
}

func TestDeviceCodeRefused(t *testing.T) {
	f := start(t, sandbox.Options{}, "")
	tenant := f.refs["vnet-bank"].TenantID
	err := f.tokens.SignIn(context.Background(), tenant, func(model.DeviceCode) { f.server.World.Approve(false) })
	if got := failure(t, err); got.Code.Raw() != "AADSTS70018" || !strings.Contains(got.Cause.String(), "declined") {
		t.Errorf("got %+v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := f.tokens.SignIn(ctx, tenant, func(model.DeviceCode) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := f.tokens.SignIn(context.Background(), safe.New("no-such-tenant"), func(model.DeviceCode) {}); err == nil {
		t.Error("a tenant that is not there was signed in to")
	}
}

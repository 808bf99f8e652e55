package clients_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/fake"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/privatedns/armprivatedns"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armsubscriptions"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// row is an operation of a client, and what is expected of the answer.
type row struct {
	name   string
	do     call
	says   string // what the answer has in it, as JSON; several parts with blanks between
	hides  string // what it has not
	status int    // of a refusal
	code   string // of a refusal
}

// call makes an operation. It returns what the module made of the answer.
type call func(context.Context, *azure) (any, error)

// azure is a subscription of the simulated Azure, and the modules' ways to it.
type azure struct {
	t     *testing.T
	world *sandbox.World
	clock *sandbox.ManualClock
	http  *http.Client
	arm   string
	graph string

	sub, tenant        string // acme-prod
	kong               string // object id of Kong's application
	network            *armnetwork.ClientFactory
	authorization      *armauthorization.ClientFactory
	zones              *armprivatedns.ClientFactory
	resources          *armresources.ClientFactory
	subscriptions      *armsubscriptions.ClientFactory
	options            *arm.ClientOptions
	home, hub, halfID  string // scope of the subscription, ids of vnet-hub and of Kong's half in it
	other, dmz, legacy string // ids of VNETs
}

// token is a credential that needs no sign-in.
type token struct{ fake.TokenCredential }

func (token) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: sandbox.Token, ExpiresOn: sandboxtest.Epoch().AddDate(1, 0, 0)}, nil
}

func enter(t *testing.T, o sandbox.Options) *azure {
	t.Helper()
	a := &azure{t: t, clock: sandbox.NewManualClock(sandboxtest.Epoch()), http: &http.Client{Transport: &http.Transport{}}}
	t.Cleanup(a.http.CloseIdleConnections)
	o.Clock = a.clock
	s := sandboxtest.Start(t, o)
	a.world, a.arm, a.graph = s.World, s.ARM, s.Graph
	a.options = &arm.ClientOptions{DisableRPRegistration: true, ClientOptions: policy.ClientOptions{
		Cloud: cloud.Configuration{
			ActiveDirectoryAuthorityHost: "https://login.example/",
			Services:                     map[cloud.ServiceName]cloud.ServiceConfiguration{cloud.ResourceManager: {Audience: "https://arm.example", Endpoint: s.ARM}},
		},
		InsecureAllowCredentialWithHTTP: true, Transport: a.http, Retry: transport.Once(),
	}}
	a.sub, a.tenant = s.World.SubscriptionID("acme-prod"), s.World.TenantID(sandbox.HomeDomain)
	a.kong = s.World.Principals(sandbox.HomeDomain)[0].ObjectID
	var wrong [5]error
	a.network, wrong[0] = armnetwork.NewClientFactory(a.sub, token{}, a.options)
	a.authorization, wrong[1] = armauthorization.NewClientFactory(a.sub, token{}, a.options)
	a.zones, wrong[2] = armprivatedns.NewClientFactory(a.sub, token{}, a.options)
	a.resources, wrong[3] = armresources.NewClientFactory(a.sub, token{}, a.options)
	a.subscriptions, wrong[4] = armsubscriptions.NewClientFactory(token{}, a.options)
	if err := errors.Join(wrong[:]...); err != nil {
		t.Fatal(err)
	}
	a.home = "/subscriptions/" + a.sub
	a.hub, a.dmz = s.World.VNetID("acme-prod", "vnet-hub"), s.World.VNetID("acme-prod", "vnet-dmz")
	a.legacy, a.other = s.World.VNetID("acme-prod", "vnet-legacy"), s.World.VNetID("acme-prod", "vnet-apps")
	a.halfID = a.half("eu-prod")
	return a
}

// half is the name of the half in a VNET that leads to a network.
func (a *azure) half(network string) string { return "kong-" + a.world.NetworkID(network)[:8] }

// run makes the operations of a table, one after another, and looks at each answer: its status,
// its error, and the headers that every answer of Azure's has.
func (a *azure) run(rows []row) {
	a.t.Helper()
	for _, r := range rows {
		a.t.Run(r.name, func(t *testing.T) {
			var resp *http.Response
			got, err := r.do(policy.WithCaptureResponse(context.Background(), &resp), a)
			if resp == nil {
				t.Fatalf("nothing was answered: %v", err)
			}
			for _, header := range []string{"X-Ms-Request-Id", "X-Ms-Correlation-Request-Id"} {
				if strings.HasPrefix(resp.Request.URL.String(), a.arm) && resp.Header.Get(header) == "" {
					t.Errorf("%s has no %s", resp.Request.URL, header)
				}
			}
			if r.code != "" {
				var refused *azcore.ResponseError
				if !errors.As(err, &refused) || refused.StatusCode != r.status || refused.ErrorCode != r.code {
					t.Errorf("got %v, want %d %s", err, r.status, r.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if r.status != 0 && resp.StatusCode != r.status {
				t.Errorf("%d, want %d", resp.StatusCode, r.status)
			}
			text, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			for part := range strings.FieldsSeq(r.says) {
				if !bytes.Contains(text, []byte(part)) {
					t.Errorf("there is no %s in %s", part, text)
				}
			}
			if r.hides != "" && bytes.Contains(text, []byte(r.hides)) {
				t.Errorf("there is %s in %s", r.hides, text)
			}
		})
	}
}

// all reads all pages of a list.
func all[T any](ctx context.Context, pager *runtime.Pager[T]) (any, error) {
	var out []T
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, page)
	}
	return out, nil
}

// ended waits for an operation that takes its time, on the sandbox's clock: it is under way at
// first, and then it has ended.
func ended[T any](ctx context.Context, a *azure, poller *runtime.Poller[T], err error) (any, error) {
	a.t.Helper()
	if err != nil {
		return nil, err
	}
	for _, end := range []bool{false, true} {
		resp, err := poller.Poll(ctx)
		if err != nil {
			return nil, err
		}
		_ = resp.Body.Close() // the module has read it
		if poller.Done() != end {
			a.t.Errorf("the operation has ended: %t", poller.Done())
		}
		a.pass()
	}
	return poller.Result(ctx)
}

// pass lets the time of an operation pass.
func (a *azure) pass() {
	const long = 30e9
	a.clock.Advance(long)
	a.world.CatchUp()
}

// raw asks without a module, over a pipeline of the modules' kind, as one does for what has no
// module. The answer is JSON, or nothing.
func raw(method, path string, body any) call {
	return func(ctx context.Context, a *azure) (any, error) {
		base := a.arm
		if strings.HasPrefix(path, "/v1.0/") {
			base = a.graph
		}
		pipeline := runtime.NewPipeline("clients", "v1.0.0", runtime.PipelineOptions{
			PerRetry: []policy.Policy{runtime.NewBearerTokenPolicy(token{}, []string{"https://arm.example/.default"}, &policy.BearerTokenOptions{InsecureAllowCredentialWithHTTP: true})},
		}, &a.options.ClientOptions)
		r, err := runtime.NewRequest(ctx, method, base+path)
		if err != nil {
			return nil, err
		}
		if body != nil {
			if err := runtime.MarshalAsJSON(r, body); err != nil {
				return nil, err
			}
		}
		resp, err := pipeline.Do(r)
		if err != nil {
			return nil, err
		}
		defer func() { _ = resp.Body.Close() }()
		if resp.StatusCode/100 != 2 {
			return nil, runtime.NewResponseError(resp)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || len(text) == 0 {
			return nil, err
		}
		return json.RawMessage(text), nil
	}
}

// at is a raw request whose path depends on where things are.
func at(method string, path func(*azure) string, body any) call {
	return func(ctx context.Context, a *azure) (any, error) { return raw(method, path(a), body)(ctx, a) }
}

// with makes something happen before an operation.
func with(e sandbox.Event, do call) call {
	return func(ctx context.Context, a *azure) (any, error) {
		a.world.Apply(e)
		return do(ctx, a)
	}
}

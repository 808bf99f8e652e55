// Package rest is the way to Azure Resource Manager and to Microsoft Graph: one
// pipeline for each tenant, the options for the SDK's clients, and the words for
// what can go wrong with either. A write is sent exactly as it was shown.
package rest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

// Options of a client.
type Options struct {
	Tokens   *signin.Tokens
	Cloud    azurecloud.Cloud  // whose service it is
	Endpoint endpoint.Endpoint // zero for that of the cloud
	Sender   policy.Transporter
	Log      *activity.Log
	// Retry is for reads; zero for transport.Retry. Whoever retries and shows it
	// gives transport.Once. Writes are sent once, always.
	Retry policy.RetryOptions
	Now   func() time.Time // of the answers; nil for the machine's
}

// Service is one of the two services.
type Service struct {
	name  model.WriteService
	cloud azurecloud.Cloud
	host  string // with its scheme
	scope string // what a token for it is asked for
}

// ARM is the Resource Manager of a cloud of Azure.
func ARM(c azurecloud.Cloud) Service {
	return Service{name: model.WriteARM, cloud: c, host: c.ARM(), scope: c.ARMScope()}
}

// Graph is the Microsoft Graph of a cloud of Azure.
func Graph(c azurecloud.Cloud) Service {
	return Service{name: model.WriteGraph, cloud: c, host: c.Graph(), scope: c.GraphScope()}
}

// Scope is what a token for the service is asked for.
func (s Service) Scope() string { return s.scope }

// Client sends requests to one service in any tenant. It is safe for use by many
// goroutines.
type Client struct {
	service Service
	base    string
	tokens  *signin.Tokens
	options arm.ClientOptions
	now     func() time.Time

	mu        sync.Mutex
	pipelines map[string]runtime.Pipeline
}

// New returns a client. It sends nothing yet.
func New(s Service, o Options) *Client {
	c := &Client{service: s, base: s.host, tokens: o.Tokens, now: o.Now, pipelines: map[string]runtime.Pipeline{}}
	if c.now == nil {
		c.now = time.Now
	}
	if o.Retry.MaxRetries == 0 {
		o.Retry = transport.Retry()
	}
	if o.Sender == nil {
		o.Sender = transport.New()
	}
	if !o.Endpoint.IsZero() {
		c.base = o.Endpoint.String()
	}
	c.options = arm.ClientOptions{
		ClientOptions: policy.ClientOptions{
			Transport: o.Sender,
			Retry:     o.Retry,
			Telemetry: policy.TelemetryOptions{ApplicationID: "peerdeck"},
			// True only for a service on this machine: see package endpoint.
			InsecureAllowCredentialWithHTTP: !o.Endpoint.IsZero() && o.Endpoint.Plain(),
			Cloud: cloud.Configuration{
				ActiveDirectoryAuthorityHost: s.cloud.Login() + "/",
				Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
					cloud.ResourceManager: {Audience: strings.TrimSuffix(s.scope, "/.default"), Endpoint: c.base},
				},
			},
			PerCallPolicies: []policy.Policy{stay{base: c.base}},
		},
		// The program must not change a subscription in silence.
		DisableRPRegistration: true,
	}
	c.options.PerRetryPolicies = []policy.Policy{refusals{tokens: o.Tokens}}
	if o.Log != nil {
		c.options.PerRetryPolicies = append(c.options.PerRetryPolicies, o.Log.Recorder(string(s.name)))
	}
	return c
}

// Options are those of an SDK's client.
func (c *Client) Options() *arm.ClientOptions {
	o := c.options
	return &o
}

// Credential gives the tokens of a tenant to an SDK's client.
func (c *Client) Credential(tenant safe.Text) azcore.TokenCredential { return c.tokens.For(tenant) }

// URL returns the whole address of a path and a query on the service.
func (c *Client) URL(path string, query url.Values) string {
	if len(query) == 0 {
		return c.base + path
	}
	// A plus means a space in forms only; %20 means it everywhere.
	return c.base + path + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// Write makes the write of a method, a path and a query; a nil body is none.
func (c *Client) Write(method, path string, query url.Values, body any) model.Write {
	w := model.Write{Service: c.service.name, Method: method, URL: safe.New(c.URL(path, query))}
	if body != nil {
		w.Body = transport.Body(body)
	}
	return w
}

// Get reads an address of the service and returns the body.
func (c *Client) Get(ctx context.Context, tenant safe.Text, address string) ([]byte, error) {
	return c.do(ctx, tenant, http.MethodGet, address, safe.Text{})
}

// Send sends a write, once, and returns the body of the answer. Any status from
// 200 to 299 is a success.
func (c *Client) Send(ctx context.Context, tenant safe.Text, w model.Write) ([]byte, error) {
	if w.Service != c.service.name {
		return nil, foreignError{string(c.service.name), string(w.Service)}
	}
	return c.do(policy.WithRetryOptions(ctx, transport.Once()), tenant, w.Method, w.URL.Raw(), w.Body)
}

func (c *Client) do(ctx context.Context, tenant safe.Text, method, address string, body safe.Text) ([]byte, error) {
	pipeline, err := c.pipeline(tenant)
	if err != nil {
		return nil, err
	}
	req, err := runtime.NewRequest(ctx, method, address)
	if err != nil {
		return nil, err
	}
	req.Raw().Header.Set("Accept", "application/json")
	if err := transport.SetBody(req, body); err != nil {
		return nil, err
	}
	resp, err := pipeline.Do(req) //nolint:bodyclose // Payload reads and closes it
	if err != nil {
		return nil, err
	}
	payload, err := runtime.Payload(resp)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, runtime.NewResponseError(resp)
	}
	return payload, nil
}

func (c *Client) pipeline(tenant safe.Text) (runtime.Pipeline, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := strings.ToLower(tenant.Raw())
	if made, ok := c.pipelines[key]; ok {
		return made, nil
	}
	made := runtime.NewPipeline("peerdeck", "", runtime.PipelineOptions{PerRetry: []policy.Policy{
		runtime.NewBearerTokenPolicy(c.Credential(tenant), []string{c.service.Scope()}, &policy.BearerTokenOptions{
			InsecureAllowCredentialWithHTTP: c.options.InsecureAllowCredentialWithHTTP,
		}),
	}}, &c.options.ClientOptions)
	c.pipelines[key] = made
	return made, nil
}

// Forget drops the pipelines: each keeps a token of its own.
func (c *Client) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.pipelines)
}

// stay keeps a token at home.
type stay struct{ base string }

// Do sends the request if it goes to the service.
func (s stay) Do(req *policy.Request) (*http.Response, error) {
	if at := req.Raw().URL; !transport.AtHome(s.base, at) {
		return nil, strayError{host: at.Host, home: s.base}
	}
	return req.Next()
}

// strayError is a request that would leave the service.
type strayError struct{ host, home string }

func (e strayError) Error() string {
	return "the request would go to " + e.host + " with the token of " + e.home
}

// NonRetriable tells azcore that another try would be the same.
func (strayError) NonRetriable() {}

// foreignError is a write of another service.
type foreignError struct{ service, other string }

func (e foreignError) Error() string {
	return "a write for " + e.other + " was given to " + e.service
}

func isRefusedHere(err error) bool {
	var (
		stray   strayError
		foreign foreignError
	)
	return errors.As(err, &stray) || errors.As(err, &foreign)
}

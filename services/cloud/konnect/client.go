// Package konnect is the client of Kong Konnect: the few calls that peerdeck
// needs, on an azcore pipeline. Kong's own SDK fails a whole list on one object
// of a kind that it does not know; this client reads every object by its kind
// and keeps what it does not know.
package konnect

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

// Options of a client.
type Options struct {
	Endpoint endpoint.Endpoint // without the version path
	Region   string            // whose control planes are named; empty for all
	Token    secret.Source
	Sender   policy.Transporter // nil for one of its own
	Log      *activity.Log
	Version  string // of peerdeck, for the User-Agent
	// Retry is for reads; zero for transport.Retry. Whoever retries and shows it
	// gives transport.Once. Writes are sent once, always.
	Retry policy.RetryOptions
	Now   func() time.Time // of the answers; nil for the machine's
}

// Client talks to Konnect. It is safe for use by many goroutines.
type Client struct {
	base     endpoint.Endpoint
	region   string
	token    secret.Source
	now      func() time.Time
	pipeline runtime.Pipeline
	public   runtime.Pipeline // without the token, for what anybody may read
	signIn   *signIn
}

// New returns a client. It sends nothing yet.
func New(o Options) *Client {
	sender := o.Sender
	if sender == nil {
		sender = transport.New()
	}
	retry := o.Retry
	if retry.MaxRetries == 0 {
		retry = transport.Retry()
	}
	pipeline := func(policies ...policy.Policy) runtime.Pipeline {
		if o.Log != nil {
			policies = append(policies, o.Log.Recorder("Konnect"))
		}
		return runtime.NewPipeline("peerdeck", o.Version, runtime.PipelineOptions{PerRetry: policies}, &policy.ClientOptions{
			Transport: sender,
			Telemetry: policy.TelemetryOptions{ApplicationID: "peerdeck"},
			Retry:     retry,
		})
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	return &Client{base: o.Endpoint, region: o.Region, token: o.Token, now: now, pipeline: pipeline(newAuthorizer(o.Token)), public: pipeline(), signIn: &signIn{}}
}

// call is one request: what it is for, and where it goes.
type call struct {
	operation string    // "list networks", for messages
	subject   safe.Text // on what
	base      endpoint.Endpoint
	method    string
	path      []string // segments, escaped here
	query     url.Values
	address   string    // whole, in place of base, path and query: where a write goes
	body      safe.Text // JSON, empty for none
	public    bool      // sent without the token
	asks      bool      // it changes nothing, whatever its method
	place     safe.Text // what it is about, for the words of a refusal; empty for the network
	role      string    // of Konnect that it takes; empty for those of networks
}

// get makes a reading call with the segments of a path.
func (c *Client) get(operation string, subject safe.Text, path ...string) call {
	return call{operation: operation, subject: subject, base: c.base, method: http.MethodGet, path: path}
}

// at moves a call to another base address.
func (r call) at(base endpoint.Endpoint) call {
	r.base = base
	return r
}

func (r call) url() string {
	if r.address != "" {
		return r.address
	}
	var b strings.Builder
	b.WriteString(r.base.String())
	b.WriteString(transport.Path(r.path...))
	if len(r.query) > 0 {
		b.WriteByte('?')
		b.WriteString(r.query.Encode())
	}
	return b.String()
}

// do sends a call and returns the body of a good answer. Every error is a
// model.Failure.
func (c *Client) do(ctx context.Context, r call) ([]byte, error) {
	body, err := c.exchange(ctx, r)
	if !r.public {
		c.signIn.heard(err)
	}
	return body, err
}

func (c *Client) exchange(ctx context.Context, r call) ([]byte, error) {
	if !transport.Idempotent(r.method) && !r.asks {
		ctx = policy.WithRetryOptions(ctx, transport.Once())
	}
	req, err := runtime.NewRequest(ctx, r.method, r.url())
	if err != nil {
		return nil, r.failure(model.Failure{Kind: model.FailureInvalid, Cause: safe.New(err.Error())})
	}
	req.Raw().Header.Set("Accept", "application/json, application/problem+json")
	if err := transport.SetBody(req, r.body); err != nil {
		return nil, r.failure(model.Failure{Kind: model.FailureInvalid, Cause: safe.New(err.Error())})
	}
	pipeline := c.pipeline
	if r.public {
		pipeline = c.public
	}
	resp, err := pipeline.Do(req) //nolint:bodyclose // Payload reads and closes it
	if err != nil {
		return nil, r.failure(c.wireFailure(err, r))
	}
	body, err := runtime.Payload(resp)
	if err != nil {
		return nil, r.failure(c.wireFailure(err, r))
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, r.failure(c.refusal(r, resp, body))
	}
	return body, nil
}

// one reads a single object.
func (c *Client) one(ctx context.Context, r call, into any) error {
	body, err := c.do(ctx, r)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) == 0 || bytes.Equal(bytes.TrimSpace(body), []byte("null")) {
		return r.failure(transport.Empty("Konnect", r.base.Host()))
	}
	if err := json.Unmarshal(body, into); err != nil {
		return r.failure(transport.Unreadable(err, len(body), "Konnect", r.base.Host()))
	}
	return nil
}

func (r call) failure(f model.Failure) model.Failure {
	f.Operation, f.Subject = r.operation, r.subject
	return f
}

// Package dnsfacts reads from Azure Resource Manager what matters for DNS over a
// peering: the security groups and route tables of the subnets that hold the servers,
// private resolvers with their inbound endpoints, forwarding rulesets, private zones
// with their links, and whether anything has the servers' addresses. It only reads, and
// the role Reader is enough for all of it. Each part may fail by itself.
package dnsfacts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"peerdeck/model"
	"peerdeck/model/azurenet"
	"peerdeck/model/safe"
	"peerdeck/services/cloud/rest"
	"peerdeck/services/cloud/transport"
	"peerdeck/services/run/attempt"
)

// VNets reads a VNET; the client of package azure does.
type VNets interface {
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
}

// Client reads the facts around a VNET. It is safe for use by many goroutines. It
// keeps nothing: whoever asks often keeps the answer for some minutes. The clients below
// it must not try again by themselves: it does so in sight of whoever reads.
type Client struct {
	rest  *rest.Client
	vnets VNets
}

// New returns a client. It sends nothing yet.
func New(o rest.Options, vnets VNets) *Client {
	return &Client{rest: rest.New(rest.ARM(o.Cloud), o), vnets: vnets}
}

// Forget drops what is known of the sign-ins, so that the next read asks again.
func (c *Client) Forget() { c.rest.Forget() }

// reading is one reading of facts.
type reading struct {
	*Client

	waiter  attempt.Waiter
	ref     model.VNetRef
	servers []safe.Text
	domains []string // as DNS carries them
}

// get reads one thing and decodes it.
func (r reading) get(ctx context.Context, address string, into any) error {
	body, err := try(ctx, r, func(ctx context.Context) ([]byte, error) {
		return r.rest.Get(ctx, r.ref.TenantID, address)
	})
	if err != nil {
		return err
	}
	return r.rest.Decode(body, into)
}

// glance reads one thing once: what stands beside the rest of the facts, and is not worth
// waiting for.
func (r reading) glance(ctx context.Context, address string, into any) error {
	body, err := r.rest.Get(ctx, r.ref.TenantID, address)
	if err != nil {
		return err
	}
	return r.rest.Decode(body, into)
}

// try asks until it is answered, or will not be.
func try[T any](ctx context.Context, r reading, f func(context.Context) (T, error)) (T, error) {
	return attempt.Do(ctx, attempt.Once(), r.waiter, func(ctx context.Context) (T, error) {
		got, err := f(ctx)
		if err == nil {
			return got, nil
		}
		failure := r.rest.Describe(err, r.ref.TenantID)
		if failure.Operation == "" {
			failure.Operation = "read Azure"
		}
		return got, failure
	})
}

// page is a page of a list.
type page[T any] struct {
	Value    []*T   `json:"value"`
	NextLink string `json:"nextLink"`
}

// list reads every page of a list.
func list[T any](ctx context.Context, r reading, address string) ([]*T, error) {
	pager := runtime.NewPager(runtime.PagingHandler[page[T]]{
		More: func(p page[T]) bool { return p.NextLink != "" },
		Fetcher: func(ctx context.Context, before *page[T]) (page[T], error) {
			at := address
			if before != nil {
				at = before.NextLink // rest keeps the token at home, wherever this leads
			}
			var got page[T]
			return got, r.get(ctx, at, &got)
		},
	})
	return rest.All(ctx, pager, func(p page[T]) []*T { return p.Value })
}

// gap puts an error into words. Subject is empty for a whole part.
func (r reading) gap(part azurenet.Part, what string, subject safe.Text, err error) azurenet.Gap {
	f := r.rest.Describe(err, r.ref.TenantID)
	name := safe.New(what)
	f.Operation, f.Subject = "read", name
	f = f.Explain(model.RefusedCall{Service: string(model.WriteARM), Tenant: r.ref.TenantID, Subscription: r.ref.SubscriptionID, Place: name})
	switch f.Code.Raw() {
	case "ResourceNotFound", "ResourceGroupNotFound", "NotFound":
		f.Cause = safe.New(fmt.Sprintf("Azure has no more %s (%s)", what, f.Code.Raw()))
		f.Cure = model.CureMoved
	}
	return azurenet.Gap{Part: part, Subject: subject, Failure: f}
}

// badID is for an id that Azure gave and that cannot be one.
func badID(id safe.Text) error {
	return model.Failure{
		Kind: model.FailureContract, Cause: safe.New("Azure names it by " + id.String() + ", which is no id of a resource"), Cure: model.CurePortal,
	}
}

// path makes a path of an ARM id.
func path(id safe.Text) (string, error) {
	segments := strings.Split(strings.Trim(id.Raw(), "/"), "/")
	odd := func(s string) bool { return s == "" || s == "." || s == ".." }
	if len(segments) < 2 || !strings.EqualFold(segments[0], "subscriptions") || slices.ContainsFunc(segments, odd) {
		return "", badID(id)
	}
	return transport.Path(segments...), nil
}

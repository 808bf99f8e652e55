// Package authorization reads and writes custom roles and role assignments in
// Azure, and reads what the signed-in account may do. Reads go through the SDK.
// Each write is made as a model.Write by a function without effect and sent
// from the same values, so that what a screen shows is what is sent.
package authorization

import (
	"context"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// apiVersion is the one that the SDK reads with.
const apiVersion = "2022-04-01"

// Options of a client.
type Options = rest.Options

// Client works with roles in any tenant. It is safe for use by many goroutines.
type Client struct{ rest *rest.Client }

// New returns a client. It sends nothing yet.
func New(o Options) *Client { return &Client{rest: rest.New(rest.ARM(o.Cloud), o)} }

// Forget drops the tokens in hand, after somebody signed in as somebody else.
func (c *Client) Forget() { c.rest.Forget() }

func version() url.Values { return url.Values{"api-version": {apiVersion}} }

// pathOf makes the path of an ARM id; the segments of what was typed or received
// stay segments.
func pathOf(id safe.Text) string {
	trimmed := strings.Trim(id.Raw(), "/")
	if trimmed == "" {
		return ""
	}
	return transport.Path(strings.Split(trimmed, "/")...)
}

// quote makes the text of a filter: a quote in it is written twice.
func quote(t safe.Text) string { return "'" + strings.ReplaceAll(t.Raw(), "'", "''") + "'" }

// send sends a write and decodes the answer.
func send[T any](ctx context.Context, c *Client, tenant safe.Text, w model.Write, about about, decode func([]byte) (T, error)) (T, error) {
	var none T
	body, err := c.rest.Send(ctx, tenant, w)
	if err != nil {
		return none, c.failure(err, tenant, about)
	}
	out, err := decode(body)
	if err != nil {
		return none, c.failure(err, tenant, about)
	}
	return out, nil
}

// remove sends a deletion. What is gone already is as good.
func (c *Client) remove(ctx context.Context, tenant safe.Text, w model.Write, about about) error {
	if _, err := c.rest.Send(ctx, tenant, w); err != nil {
		if f := c.failure(err, tenant, about); !IsGone(f) {
			return f
		}
	}
	return nil
}

// Permissions lists what the signed-in account may do at a subscription, a
// resource group or a resource: one set for each role that it has there.
func (c *Client) Permissions(ctx context.Context, tenant, scope safe.Text) ([]model.PermissionSet, error) {
	about := about{operation: "read your permissions at", subject: scope, scope: scope}
	address := c.rest.URL(pathOf(scope)+"/providers/Microsoft.Authorization/permissions", version())
	var out []model.PermissionSet
	for range maxPages {
		body, err := c.rest.Get(ctx, tenant, address)
		if err != nil {
			return nil, c.failure(err, tenant, about)
		}
		var page struct {
			Value *[]armauthorization.Permission `json:"value"`
			Next  string                         `json:"nextLink"`
		}
		if err := c.rest.Decode(body, &page); err != nil {
			return nil, c.failure(err, tenant, about)
		}
		if page.Value == nil {
			return nil, c.failure(c.rest.Unreadable("it has no list in it"), tenant, about)
		}
		for i := range *page.Value {
			out = append(out, convertPermission(&(*page.Value)[i]))
		}
		if page.Next == "" {
			return out, nil
		}
		address = page.Next
	}
	return nil, c.failure(c.rest.Unreadable("the list has no end"), tenant, about)
}

// maxPages bounds a list whose pages name each other for ever: nobody has this
// many roles at one scope.
const maxPages = 50

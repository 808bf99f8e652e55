// Package entra asks Microsoft Graph whether an application is in a tenant, and
// can put it there. It reads through a plain pipeline: Graph's own SDK is a
// hundred times the size of these calls.
package entra

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Options of a client. The endpoint is that of Graph.
type Options = rest.Options

// Client asks Graph in any tenant. It is safe for use by many goroutines.
type Client struct{ rest *rest.Client }

// New returns a client. It sends nothing yet.
func New(o Options) *Client { return &Client{rest: rest.New(rest.Graph(o.Cloud), o)} }

// Forget drops the tokens in hand, after somebody signed in as somebody else.
func (c *Client) Forget() { c.rest.Forget() }

const (
	principals = "/v1.0/servicePrincipals"
	// deleted are those of the last 30 days: Entra keeps them for that long.
	deleted = "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"
	// maxPages bounds a list whose pages name each other for ever.
	maxPages = 50
)

// Principal reads the service principal of an application in a tenant. Without
// one, and without an error, the tenant has none. That the account may not look is
// an error of kind permission: nothing is known then.
func (c *Client) Principal(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error) {
	return c.find(ctx, tenant, app, principals, "look for the application")
}

// Deleted reads the service principal of an application among those that were
// deleted in the last days. One that is there would come back with its object id.
func (c *Client) Deleted(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error) {
	return c.find(ctx, tenant, app, deleted, "look among deleted applications for")
}

func (c *Client) find(ctx context.Context, tenant, app safe.Text, path, operation string) (model.ServicePrincipal, bool, error) {
	fail := func(err error) (model.ServicePrincipal, bool, error) {
		return model.ServicePrincipal{}, false, c.failure(err, tenant, operation, app, false)
	}
	address := c.rest.URL(path, url.Values{
		"$filter": {"appId eq '" + strings.ReplaceAll(app.Raw(), "'", "''") + "'"},
		"$select": {"id,appId,displayName,accountEnabled,appOwnerOrganizationId"},
	})
	for range maxPages {
		body, err := c.rest.Get(ctx, tenant, address)
		if err != nil {
			return fail(err)
		}
		var page struct {
			Value *[]principalWire `json:"value"`
			Next  string           `json:"@odata.nextLink"`
		}
		if err := c.rest.Decode(body, &page); err != nil {
			return fail(err)
		}
		if page.Value == nil {
			return fail(c.rest.Unreadable("it has no list in it"))
		}
		for _, p := range *page.Value {
			// A service that passes the filter over must not give us another's id.
			if p.AppID.EqualFold(app) && !p.ID.IsEmpty() {
				return p.principal(), true, nil
			}
		}
		if page.Next == "" {
			return model.ServicePrincipal{}, false, nil
		}
		address = page.Next
	}
	return fail(c.rest.Unreadable("the list has no end"))
}

// CreatePrincipalWrite makes the request that puts an application into a tenant.
// It grants nothing that the application asks for, and records no consent.
func (c *Client) CreatePrincipalWrite(app safe.Text) model.Write {
	w := c.rest.Write(http.MethodPost, principals, nil, struct {
		AppID safe.Text `json:"appId"`
	}{app})
	w.Kind, w.Makes = model.ObjectPrincipal, "the service principal of application "+app.String()
	return w
}

// CreatePrincipal sends the write of CreatePrincipalWrite.
func (c *Client) CreatePrincipal(ctx context.Context, tenant safe.Text, w model.Write) (model.ServicePrincipal, error) {
	const operation = "create the service principal in tenant"
	body, err := c.rest.Send(ctx, tenant, w)
	if err != nil {
		return model.ServicePrincipal{}, c.failure(err, tenant, operation, tenant, true)
	}
	var p principalWire
	if err := c.rest.Decode(body, &p); err != nil {
		return model.ServicePrincipal{}, c.failure(err, tenant, operation, tenant, true)
	}
	if p.ID.IsEmpty() {
		return model.ServicePrincipal{}, c.failure(c.rest.Unreadable("it names no object id"), tenant, operation, tenant, true)
	}
	return p.principal(), nil
}

type principalWire struct {
	ID      safe.Text `json:"id"`
	AppID   safe.Text `json:"appId"`
	Name    safe.Text `json:"displayName"`
	Enabled safe.Text `json:"accountEnabled"` // true, false, or left out
	Owner   safe.Text `json:"appOwnerOrganizationId"`
}

func (p principalWire) principal() model.ServicePrincipal {
	out := model.ServicePrincipal{ID: p.ID, AppID: p.AppID, Name: p.Name, Owner: p.Owner}
	switch p.Enabled.Raw() {
	case "true":
		out.Enabled = model.Yes
	case "false":
		out.Enabled = model.No
	default:
	}
	return out
}

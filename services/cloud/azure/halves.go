package azure

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// readOnly are the members of a half that Azure alone writes: it ignores or refuses them.
// Source: the SDK's model of a virtual network peering.
func readOnly() []string {
	return []string{"provisioningState", "resourceGuid", "remoteVirtualNetworkEncryption"}
}

// HalfWrite reads a half and makes the request that changes it as a sequence says. A write
// replaces the whole half, so everything that was read goes back as it was read.
func (c *Client) HalfWrite(ctx context.Context, ref model.VNetRef, name safe.Text, by finding.Sequence) (model.Write, error) {
	query := url.Values{"api-version": {netfacts.NetworkVersion}}
	path := halfPath(ref, name)
	body, err := c.rest.Get(ctx, ref.TenantID, c.rest.URL(path, query))
	if err != nil {
		return model.Write{}, c.halfFailure(err, "read the half", ref, name, false)
	}
	var half struct {
		ID         string         `json:"id,omitempty"`
		Name       string         `json:"name,omitempty"`
		Properties map[string]any `json:"properties"`
	}
	if err := json.Unmarshal(body, &half); err != nil || half.Properties["remoteVirtualNetwork"] == nil {
		return model.Write{}, c.halfFailure(c.rest.Unreadable("it does not tell the half as a whole"), "read the half", ref, name, false)
	}
	for _, member := range readOnly() {
		delete(half.Properties, member)
	}
	makes := "the half " + name.String() + " in " + ref.Name.String()
	switch by {
	case finding.MendAccess:
		half.Properties["allowVirtualNetworkAccess"] = true
		makes += " lets the gateways in"
	default:
		query.Set("syncRemoteAddressSpace", "true")
		makes += " takes the present ranges of Kong's VNET"
	}
	w := c.rest.Write(http.MethodPut, path, query, half)
	w.Kind, w.Makes = model.ObjectHalf, makes
	return w, nil
}

// PutHalf sends a write of HalfWrite. Azure goes on writing after its answer.
func (c *Client) PutHalf(ctx context.Context, ref model.VNetRef, name safe.Text, w model.Write) error {
	_, err := c.rest.Send(ctx, ref.TenantID, w)
	if err != nil {
		return c.halfFailure(err, "change the half", ref, name, true)
	}
	return nil
}

// DeleteHalfWrite makes the request that deletes a half.
func (c *Client) DeleteHalfWrite(ref model.VNetRef, name safe.Text) model.Write {
	w := c.rest.Write(http.MethodDelete, halfPath(ref, name), url.Values{"api-version": {netfacts.NetworkVersion}}, nil)
	w.Kind, w.Makes = model.ObjectHalf, "the half "+name.String()+" in "+ref.Name.String()+" is deleted"
	return w
}

// DeleteHalf sends the write of DeleteHalfWrite. A half that is gone is no error. Azure goes
// on deleting after its answer.
func (c *Client) DeleteHalf(ctx context.Context, ref model.VNetRef, name safe.Text, w model.Write) error {
	if _, err := c.rest.Send(ctx, ref.TenantID, w); err != nil {
		f := c.halfFailure(err, "delete the half", ref, name, true)
		if f.Kind == model.FailureNotFound && strings.EqualFold(f.Code.Raw(), "NotFound") {
			return nil
		}
		return f
	}
	return nil
}

func halfPath(ref model.VNetRef, name safe.Text) string {
	segments := strings.Split(strings.Trim(ref.ID().Raw(), "/"), "/")
	return transport.Path(append(segments, "virtualNetworkPeerings", name.Raw())...)
}

func (c *Client) halfFailure(err error, operation string, ref model.VNetRef, name safe.Text, write bool) model.Failure {
	f := c.rest.Describe(err, ref.TenantID)
	f.Operation, f.Subject = operation, name
	return f.Explain(model.RefusedCall{
		Service: string(model.WriteARM), Tenant: ref.TenantID, Subscription: ref.SubscriptionID, Place: ref.Name, Write: write, Object: model.ObjectHalf,
	})
}

package authorization

import (
	"context"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// roleBody is what a role definition is written with. A write replaces the whole
// role, so everything that was read goes back.
type roleBody struct {
	Properties roleProperties `json:"properties"`
}

type roleProperties struct {
	RoleName         safe.Text        `json:"roleName"`
	Type             safe.Text        `json:"type"`
	Description      safe.Text        `json:"description"`
	Permissions      []rolePermission `json:"permissions"`
	AssignableScopes []safe.Text      `json:"assignableScopes"`
}

type rolePermission struct {
	Actions        []safe.Text `json:"actions"`
	NotActions     []safe.Text `json:"notActions,omitempty"`
	DataActions    []safe.Text `json:"dataActions,omitempty"`
	NotDataActions []safe.Text `json:"notDataActions,omitempty"`
}

// customRole is the type of a role that a tenant makes itself.
const customRole = "CustomRole"

// RoleDefinitions lists the roles of an exact name that can be assigned at a
// scope, custom and built-in; with no name, all custom ones. A custom role of another
// subscription is not shown here although its name is taken in the whole tenant, and one
// that was written minutes ago may not be shown either.
func (c *Client) RoleDefinitions(ctx context.Context, tenant, scope, roleName safe.Text) ([]model.RoleDefinition, error) {
	about := about{operation: "look for the role", subject: roleName, scope: scope}
	client, err := armauthorization.NewRoleDefinitionsClient(c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return nil, c.failure(err, tenant, about)
	}
	filter := "roleName eq " + quote(roleName) // the SDK encodes it
	if roleName.IsEmpty() {
		filter = "type eq " + quote(safe.New(customRole))
	}
	found, err := rest.All(ctx, client.NewListPager(pathOf(scope), &armauthorization.RoleDefinitionsClientListOptions{Filter: &filter}),
		func(p armauthorization.RoleDefinitionsClientListResponse) []*armauthorization.RoleDefinition {
			return p.Value
		})
	if err != nil {
		return nil, c.failure(err, tenant, about)
	}
	var out []model.RoleDefinition
	for _, d := range found {
		role, err := convertRole(*d)
		if err != nil {
			return nil, c.failure(err, tenant, about)
		}
		if roleName.IsEmpty() || role.RoleName.EqualFold(roleName) {
			out = append(out, role)
		}
	}
	return out, nil
}

// RoleDefinition reads one role by its ARM id.
func (c *Client) RoleDefinition(ctx context.Context, tenant, id safe.Text) (model.RoleDefinition, error) {
	about := about{operation: "read role definition", subject: id, scope: id}
	client, err := armauthorization.NewRoleDefinitionsClient(c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return model.RoleDefinition{}, c.failure(err, tenant, about)
	}
	got, err := client.GetByID(ctx, pathOf(id), nil)
	if err != nil {
		return model.RoleDefinition{}, c.failure(err, tenant, about)
	}
	role, err := convertRole(got.RoleDefinition)
	if err != nil {
		return model.RoleDefinition{}, c.failure(err, tenant, about)
	}
	return role, nil
}

func rolePath(scope, guid safe.Text) string {
	return pathOf(scope) + "/providers/Microsoft.Authorization/roleDefinitions" + pathOf(guid)
}

// PutRoleWrite makes the request that creates a role, or replaces the one with the
// same GUID (d.Name). Scope is a subscription that is among d's assignable scopes.
// What d holds is written whole: a member left out would be taken from the role.
func (c *Client) PutRoleWrite(scope safe.Text, d model.RoleDefinition) model.Write {
	body := roleBody{Properties: roleProperties{
		RoleName: d.RoleName, Type: d.Type.Or(customRole), Description: d.Description,
		Permissions: []rolePermission{}, AssignableScopes: append([]safe.Text{}, d.AssignableScopes...),
	}}
	for _, p := range d.Permissions {
		body.Properties.Permissions = append(body.Properties.Permissions, rolePermission{
			Actions: append([]safe.Text{}, p.Actions...), NotActions: p.NotActions,
			DataActions: p.DataActions, NotDataActions: p.NotDataActions,
		})
	}
	w := c.rest.Write(http.MethodPut, rolePath(scope, d.Name), version(), body)
	w.Kind, w.Makes = model.ObjectRole, "the role definition "+d.RoleName.String()+" in "+scope.String()
	return w
}

// PutRole sends the write of PutRoleWrite. The role of the answer is the one to go
// on with: a search by name may not find it for minutes.
func (c *Client) PutRole(ctx context.Context, tenant safe.Text, w model.Write) (model.RoleDefinition, error) {
	return send(ctx, c, tenant, w, writing("write the role of", w), func(body []byte) (model.RoleDefinition, error) {
		var d armauthorization.RoleDefinition
		if err := c.rest.Decode(body, &d); err != nil {
			return model.RoleDefinition{}, err
		}
		return convertRole(d)
	})
}

// DeleteRoleWrite makes the request that deletes a role by its ARM id.
func (c *Client) DeleteRoleWrite(id safe.Text) model.Write {
	w := c.rest.Write(http.MethodDelete, pathOf(id), version(), nil)
	w.Kind, w.Makes = model.ObjectRole, "the role definition "+model.LastSegment(id).String()+" is deleted"
	return w
}

// DeleteRole sends the write of DeleteRoleWrite. A role that is gone is no error.
func (c *Client) DeleteRole(ctx context.Context, tenant safe.Text, w model.Write) error {
	return c.remove(ctx, tenant, w, writing("delete the role of", w))
}

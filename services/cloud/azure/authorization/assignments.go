package authorization

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/google/uuid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// assignmentBody is what a role assignment is written with. The principal's type
// keeps Azure from refusing a principal that Entra has not spread yet.
type assignmentBody struct {
	Properties struct {
		RoleDefinitionID safe.Text `json:"roleDefinitionId"`
		PrincipalID      safe.Text `json:"principalId"`
		PrincipalType    safe.Text `json:"principalType"`
	} `json:"properties"`
}

// servicePrincipal is the type of principal that an application is.
const servicePrincipal = "ServicePrincipal"

// Assignments lists the role assignments of a principal at, above and below a
// scope; with no principal, those of everybody.
func (c *Client) Assignments(ctx context.Context, tenant, scope, principal safe.Text) ([]model.RoleAssignment, error) {
	about := about{operation: "list role assignments at", subject: scope, scope: scope}
	// The subscription of this client is for other calls; an empty one is refused.
	client, err := armauthorization.NewRoleAssignmentsClient("none", c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return nil, c.failure(err, tenant, about)
	}
	options := &armauthorization.RoleAssignmentsClientListForScopeOptions{}
	if !principal.IsEmpty() {
		// The SDK puts this filter into the query as it is.
		filter := strings.ReplaceAll(url.QueryEscape("principalId eq "+quote(principal)), "+", "%20")
		options.Filter = &filter
	}
	found, err := rest.All(ctx, client.NewListForScopePager(pathOf(scope), options),
		func(p armauthorization.RoleAssignmentsClientListForScopeResponse) []*armauthorization.RoleAssignment {
			return p.Value
		})
	if err != nil {
		return nil, c.failure(err, tenant, about)
	}
	out := make([]model.RoleAssignment, 0, len(found))
	for _, a := range found {
		assignment, err := convertAssignment(*a)
		if err != nil {
			return nil, c.failure(err, tenant, about)
		}
		out = append(out, assignment)
	}
	return out, nil
}

// Assignment reads one role assignment by its ARM id.
func (c *Client) Assignment(ctx context.Context, tenant, id safe.Text) (model.RoleAssignment, error) {
	about := about{operation: "read role assignment", subject: id, scope: id}
	client, err := armauthorization.NewRoleAssignmentsClient("none", c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return model.RoleAssignment{}, c.failure(err, tenant, about)
	}
	got, err := client.GetByID(ctx, pathOf(id), nil)
	if err != nil {
		return model.RoleAssignment{}, c.failure(err, tenant, about)
	}
	assignment, err := convertAssignment(got.RoleAssignment)
	if err != nil {
		return model.RoleAssignment{}, c.failure(err, tenant, about)
	}
	return assignment, nil
}

// PutAssignmentWrite makes the request that gives a.PrincipalID the role
// a.RoleDefinitionID at a.Scope; a.Name is the assignment's GUID. Without a type
// the principal is an application's. A condition is not written: what a set-up
// gives has none.
func (c *Client) PutAssignmentWrite(a model.RoleAssignment) model.Write {
	var body assignmentBody
	body.Properties.RoleDefinitionID, body.Properties.PrincipalID = a.RoleDefinitionID, a.PrincipalID
	body.Properties.PrincipalType = a.PrincipalType.Or(servicePrincipal)
	path := pathOf(a.Scope) + "/providers/Microsoft.Authorization/roleAssignments" + pathOf(a.Name)
	w := c.rest.Write(http.MethodPut, path, version(), body)
	w.Kind, w.Makes = model.ObjectAssignment, "the role assignment for "+a.PrincipalID.String()+" on "+model.LastSegment(a.Scope).String()
	return w
}

// PutAssignment sends the write of PutAssignmentWrite. Where the same principal has
// the role at the scope under another name, the failure's code is
// RoleAssignmentExists: what was wanted is there.
func (c *Client) PutAssignment(ctx context.Context, tenant safe.Text, w model.Write) (model.RoleAssignment, error) {
	return send(ctx, c, tenant, w, writing("assign the role on", w), func(body []byte) (model.RoleAssignment, error) {
		var a armauthorization.RoleAssignment
		if err := c.rest.Decode(body, &a); err != nil {
			return model.RoleAssignment{}, err
		}
		return convertAssignment(a)
	})
}

// DeleteAssignmentWrite makes the request that deletes a role assignment by its
// ARM id.
func (c *Client) DeleteAssignmentWrite(id safe.Text) model.Write {
	w := c.rest.Write(http.MethodDelete, pathOf(id), version(), nil)
	w.Kind, w.Makes = model.ObjectAssignment, "the role assignment "+model.LastSegment(id).String()+" is deleted"
	return w
}

// DeleteAssignment sends the write of DeleteAssignmentWrite. An assignment that is
// gone is no error.
func (c *Client) DeleteAssignment(ctx context.Context, tenant safe.Text, w model.Write) error {
	return c.remove(ctx, tenant, w, writing("remove the role from", w))
}

// ExistingAssignment is the ARM id of the assignment that Azure names in a
// RoleAssignmentExists, empty where it names none. Azure writes the id of it as 32 digits
// without hyphens.
func ExistingAssignment(f model.Failure, scope safe.Text) safe.Text {
	for word := range strings.FieldsFuncSeq(f.Detail.Raw(), func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF-", r) }) {
		if id, err := uuid.Parse(word); err == nil {
			return safe.New(scope.Raw() + "/providers/Microsoft.Authorization/roleAssignments/" + id.String())
		}
	}
	return safe.Text{}
}

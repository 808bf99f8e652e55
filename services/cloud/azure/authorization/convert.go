package authorization

import (
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Every member of the SDK's models is a pointer that may be nil.

// noObject is an answer that holds something else than what was asked for.
type noObject string

func (e noObject) Error() string { return "it holds no " + string(e) }

func convertRole(d armauthorization.RoleDefinition) (model.RoleDefinition, error) {
	p := d.Properties
	if d.ID == nil || p == nil {
		return model.RoleDefinition{}, noObject("role definition")
	}
	out := model.RoleDefinition{
		ID: rest.Text(d.ID), Name: rest.Text(d.Name), RoleName: rest.Text(p.RoleName), Description: rest.Text(p.Description),
		Type: rest.Text(p.RoleType), AssignableScopes: rest.Texts(p.AssignableScopes),
	}
	if out.Name.IsEmpty() {
		out.Name = model.LastSegment(out.ID)
	}
	for _, set := range p.Permissions {
		if set != nil {
			out.Permissions = append(out.Permissions, convertPermission(set))
		}
	}
	return out, nil
}

func convertPermission(p *armauthorization.Permission) model.PermissionSet {
	return model.PermissionSet{
		Actions: rest.Texts(p.Actions), NotActions: rest.Texts(p.NotActions),
		DataActions: rest.Texts(p.DataActions), NotDataActions: rest.Texts(p.NotDataActions),
	}
}

func convertAssignment(a armauthorization.RoleAssignment) (model.RoleAssignment, error) {
	p := a.Properties
	if a.ID == nil || p == nil {
		return model.RoleAssignment{}, noObject("role assignment")
	}
	out := model.RoleAssignment{
		ID: rest.Text(a.ID), Name: rest.Text(a.Name), Scope: rest.Text(p.Scope), RoleDefinitionID: rest.Text(p.RoleDefinitionID),
		PrincipalID: rest.Text(p.PrincipalID), Condition: rest.Text(p.Condition),
	}
	if p.PrincipalType != nil {
		out.PrincipalType = safe.New(string(*p.PrincipalType))
	}
	if out.Name.IsEmpty() {
		out.Name = model.LastSegment(out.ID)
	}
	return out, nil
}

package authorization

import (
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"

	"peerdeck/model"
	"peerdeck/model/safe"
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
		ID: text(d.ID), Name: text(d.Name), RoleName: text(p.RoleName), Description: text(p.Description),
		Type: text(p.RoleType), AssignableScopes: texts(p.AssignableScopes),
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
		Actions: texts(p.Actions), NotActions: texts(p.NotActions),
		DataActions: texts(p.DataActions), NotDataActions: texts(p.NotDataActions),
	}
}

func convertAssignment(a armauthorization.RoleAssignment) (model.RoleAssignment, error) {
	p := a.Properties
	if a.ID == nil || p == nil {
		return model.RoleAssignment{}, noObject("role assignment")
	}
	out := model.RoleAssignment{
		ID: text(a.ID), Name: text(a.Name), Scope: text(p.Scope), RoleDefinitionID: text(p.RoleDefinitionID),
		PrincipalID: text(p.PrincipalID), Condition: text(p.Condition),
	}
	if p.PrincipalType != nil {
		out.PrincipalType = safe.New(string(*p.PrincipalType))
	}
	if out.Name.IsEmpty() {
		out.Name = model.LastSegment(out.ID)
	}
	return out, nil
}

func text(s *string) safe.Text {
	if s == nil {
		return safe.Text{}
	}
	return safe.New(*s)
}

func texts(list []*string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		if s != nil {
			out = append(out, safe.New(*s))
		}
	}
	return out
}

package terraform

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	kindRole       = "azurerm_role_definition"
	kindAssignment = "azurerm_role_assignment"
)

// account is a subscription in which something is managed: a provider of its own.
type account struct {
	alias                string
	tenant, subscription safe.Text
}

// in is the alias of the provider for a subscription.
func (w *writing) in(tenant, subscription safe.Text) string {
	for _, a := range w.accounts {
		if a.subscription.EqualFold(subscription) {
			return a.alias
		}
	}
	a := account{alias: w.names.of("provider", subscription, "sub"), tenant: tenant, subscription: subscription}
	w.accounts = append(w.accounts, a)
	return a.alias
}

// access writes the roles of Kong's application and where it has them. Each is written
// once, however many VNETs it reaches.
func (w *writing) access(all []Access) {
	roles := map[string]bool{}
	assignments := map[string]bool{}
	for _, a := range all {
		w.grants(a, roles, assignments)
	}
}

func (w *writing) grants(a Access, roles, assignments map[string]bool) {
	subject := "VNET " + a.VNet.Name.String()
	if a.Failure != nil {
		w.note(true, subject, "what Kong's application may do there could not be read whole: "+a.Failure.Error())
	}
	if a.Nobody {
		w.note(true, subject, "Kong's application is not in the tenant "+a.VNet.TenantID.String()+", so no role of it can be taken over; the consent is no resource of these providers")
	}
	if len(a.Grants) == 0 && a.Failure == nil && !a.Nobody {
		w.note(true, subject, "Kong's application has no role there")
	}
	for _, g := range a.Grants {
		if id := strings.ToLower(g.Role.ID.Raw()); g.Role.Type.EqualFold(safe.New("CustomRole")) && !roles[id] {
			roles[id] = true
			w.role(a.VNet, g.Role)
		}
		if id := strings.ToLower(g.Assignment.ID.Raw()); !assignments[id] {
			assignments[id] = true
			w.assignment(a.VNet, g)
		}
	}
}

// subscriptionOf is the subscription in a scope, or else that of the VNET.
func subscriptionOf(scope safe.Text, vnet model.VNetRef) safe.Text {
	parts := strings.Split(scope.Raw(), "/")
	for i := range len(parts) - 1 {
		if strings.EqualFold(parts[i], "subscriptions") && parts[i+1] != "" {
			return safe.New(parts[i+1])
		}
	}
	return vnet.SubscriptionID
}

func (w *writing) role(vnet model.VNetRef, r model.RoleDefinition) {
	subject := "role " + r.RoleName.String()
	if len(r.AssignableScopes) == 0 {
		w.note(true, subject, "Azure names no scope for it, and the provider wants one; its id is "+r.ID.String())
		return
	}
	if len(r.AssignableScopes) > 1 {
		w.note(false, subject, "others use it too: it can be assigned in "+phrase.Count(len(r.AssignableScopes), "place")+"; a change of it is a change for all of them")
	}
	scope := r.AssignableScopes[0]
	alias := w.in(vnet.TenantID, subscriptionOf(scope, vnet))
	name := w.names.of(kindRole, r.RoleName, "role")
	w.imported(kindRole, name, quoted(safe.New(r.ID.Raw()+"|"+scope.Raw())))
	b := w.body().AppendNewBlock("resource", []string{kindRole, name}).Body()
	b.SetAttributeRaw("provider", reference("azurerm", alias))
	b.SetAttributeRaw("role_definition_id", quoted(r.Name.Or(model.LastSegment(r.ID).Raw())))
	b.SetAttributeRaw("name", quoted(r.RoleName))
	b.SetAttributeRaw("scope", quoted(scope))
	if !r.Description.IsEmpty() {
		b.SetAttributeRaw("description", quoted(r.Description))
	}
	for _, p := range r.Permissions {
		set := b.AppendNewBlock("permissions", nil).Body()
		for _, part := range []struct {
			name string
			list []safe.Text
		}{{"actions", p.Actions}, {"not_actions", p.NotActions}, {"data_actions", p.DataActions}, {"not_data_actions", p.NotDataActions}} {
			if len(part.list) > 0 {
				set.SetAttributeRaw(part.name, list(part.list))
			}
		}
	}
	b.SetAttributeRaw("assignable_scopes", list(r.AssignableScopes))
	kept(b)
	w.body().AppendNewline()
}

func (w *writing) assignment(vnet model.VNetRef, g Grant) {
	a := g.Assignment
	if !a.Scope.EqualFold(vnet.ID()) {
		w.note(false, "role assignment on "+a.Scope.String(), "it is inherited by the VNET "+vnet.Name.String()+", and by all else below that scope")
	}
	alias := w.in(vnet.TenantID, subscriptionOf(a.Scope, vnet))
	name := w.names.of(kindAssignment, model.LastSegment(a.Scope), "scope")
	w.imported(kindAssignment, name, quoted(a.ID))
	comment(w.body(), "The principal is Kong's application, the enterprise application "+model.KongAppID+" in the tenant.")
	b := w.body().AppendNewBlock("resource", []string{kindAssignment, name}).Body()
	b.SetAttributeRaw("provider", reference("azurerm", alias))
	b.SetAttributeRaw("name", quoted(a.Name.Or(model.LastSegment(a.ID).Raw())))
	b.SetAttributeRaw("scope", quoted(a.Scope))
	comment(b, "As Azure has it: another spelling of the same role would replace the assignment.")
	b.SetAttributeRaw("role_definition_id", quoted(a.RoleDefinitionID))
	b.SetAttributeRaw("principal_id", quoted(a.PrincipalID))
	if !a.PrincipalType.IsEmpty() {
		b.SetAttributeRaw("principal_type", quoted(a.PrincipalType))
	}
	if !a.Condition.IsEmpty() {
		b.SetAttributeRaw("condition", quoted(a.Condition))
		b.SetAttributeRaw("condition_version", word("2.0"))
	}
	kept(b)
	w.body().AppendNewline()
}

// environment is how azurerm names a cloud of Azure; empty for the public one, which it
// takes by itself. The resources that are managed here are the same in both parts of Azure
// Government.
func environment(c azurecloud.Cloud) string {
	switch c {
	case azurecloud.Government, azurecloud.DoD:
		return "usgovernment"
	case azurecloud.China:
		return "china"
	default:
		return ""
	}
}

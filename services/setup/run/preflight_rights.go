package run

import (
	"context"
	"fmt"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

// right is what the signed-in account needs for a later step.
type right struct {
	action, scope, what string
	on                  safe.Text
}

// rights looks what the signed-in account may do. Roles that must be activated
// first, conditions, locks and policies do not show here, so yes is "likely".
func (p *preflight) rights(ctx context.Context) error {
	ref := p.plan.request.VNet
	if p.facts.vnet.ID.IsEmpty() {
		return nil
	}
	sets := map[safe.Text][]model.PermissionSet{}
	unread := map[safe.Text]error{}
	for _, r := range []right{
		{"Microsoft.Authorization/roleDefinitions/write", "the subscription", "create or change the role", subscriptionScope(ref.SubscriptionID)},
		{"Microsoft.Authorization/roleAssignments/write", ref.Name.String(), "assign the role", ref.ID()},
		{"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read", ref.Name.String(), "watch Azure's half", ref.ID()},
	} {
		if _, read := sets[r.on]; !read && unread[r.on] == nil {
			got, err := try(ctx, p.engine, p.id(), func(ctx context.Context) ([]model.PermissionSet, error) {
				return p.o.Clouds.Roles.Permissions(ctx, ref.TenantID, r.on)
			})
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			sets[r.on], unread[r.on] = got, err
		}
		p.judge(r, sets[r.on], unread[r.on])
	}
	return nil
}

// judge tells about one right.
func (p *preflight) judge(r right, sets []model.PermissionSet, unread error) {
	const title = "Your rights"
	id := "right-" + r.action
	switch {
	case unread != nil:
		p.tell(setup.Finding{
			ID: id, Severity: model.SeverityUnknown, Title: title,
			Text: fmt.Sprintf("cannot tell whether you may %s on %s (%s)", r.what, r.scope, failure(unread).Cause),
		})
	case model.Allowed(sets, r.action):
		p.goodf(id, title, "likely that you may %s on %s", r.what, r.scope)
	default:
		p.warn(id, title, fmt.Sprintf("you may not %s on %s.", r.what, r.scope),
			"Activate an eligible role (PIM) and retry, or hand the Azure part to somebody who is Owner or User Access Administrator there (h). What is done already needs no right.")
	}
}

package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// rights looks what the signed-in account may do. Roles that must be activated
// first, conditions, locks and policies do not show here, so yes is "likely".
func (p *preflight) rights(ctx context.Context) error {
	ref := p.plan.request.VNet
	if p.facts.vnet.ID.IsEmpty() {
		return nil
	}
	sets := map[safe.Text][]model.PermissionSet{}
	unread := map[safe.Text]error{}
	for _, r := range setup.RightsFor(ref, subscriptionScope(ref.SubscriptionID)) {
		if _, read := sets[r.On]; !read && unread[r.On] == nil {
			got, err := try(ctx, p.engine, p.id(), func(ctx context.Context) ([]model.PermissionSet, error) {
				return p.o.Clouds.Roles.Permissions(ctx, ref.TenantID, r.On)
			})
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			sets[r.On], unread[r.On] = got, err
		}
		var why *model.Failure
		if err := unread[r.On]; err != nil {
			f := failure(err)
			why = &f
		}
		p.tell(r.Judge(sets[r.On], why))
	}
	return nil
}

package azure

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func (c *Client) failure(err error, ref model.VNetRef) model.Failure {
	f := c.rest.Describe(err, ref.TenantID)
	f.Operation, f.Subject = "read VNET", ref.Name
	return explain(f, ref.Name, ref.TenantID, ref.SubscriptionID)
}

// explain puts Azure's codes into words. Azure's own messages name ids of a
// hundred characters before they come to the point.
func explain(f model.Failure, what, tenant, subscription safe.Text) model.Failure {
	return f.Explain(model.RefusedCall{Service: string(model.WriteARM), Tenant: tenant, Subscription: subscription, Place: what})
}

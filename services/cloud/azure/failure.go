package azure

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/safe"
)

func (c *Client) failure(err error, ref model.VNetRef) model.Failure {
	f := c.rest.Describe(err, ref.TenantID)
	f.Operation, f.Subject = "read VNET", ref.Name
	explain(&f, ref.Name, ref.SubscriptionID)
	return f
}

// explain puts Azure's codes into words. Azure's own messages name ids of a
// hundred characters before they come to the point.
func explain(f *model.Failure, what, subscription safe.Text) {
	switch f.Code.Raw() {
	case "AuthorizationFailed", "LinkedAuthorizationFailed":
		f.Cause = safe.New(fmt.Sprintf("you may not read %s (%s)", what.Raw(), f.Code.Raw()))
		f.Cure = fmt.Sprintf("Ask its administrator for the role Reader on %s; a role that was activated just now takes minutes.", what)
	case "SubscriptionNotFound", "InvalidSubscriptionId":
		f.Cause = safe.New(fmt.Sprintf("Azure knows no subscription %s, or does not show it to you", subscription.Raw()))
		f.Cure = "Check the subscription id of the peering, and that you are signed in to its tenant."
	}
}

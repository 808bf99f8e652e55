package entra

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func (c *Client) failure(err error, tenant safe.Text, operation string, subject safe.Text, write bool) model.Failure {
	f := c.rest.Describe(err, tenant)
	f.Operation, f.Subject = operation, subject
	if f.Kind == model.FailurePermission && f.Code.IsEmpty() {
		f.Code = safe.New("Authorization_RequestDenied") // Graph says no more than 403
	}
	return f.Explain(model.RefusedCall{Service: string(model.WriteGraph), Tenant: tenant, Place: safe.New("the directory"), Write: write, Creates: write, Object: model.ObjectPrincipal})
}

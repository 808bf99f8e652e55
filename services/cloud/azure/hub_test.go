package azure_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

// What is wrong with a read of a hub is said: names that are missing, a hub that is not
// there, one that may not be read, and an answer that is none.
func TestAHubThatCannotBeRead(t *testing.T) {
	t.Parallel()
	whole := model.HubRef{TenantID: safe.New(home), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("h")}
	nameless := whole
	nameless.Name = safe.Text{}
	for name, c := range map[string]struct {
		ref    model.HubRef
		status int
		body   string
		want   model.FailureKind
		gone   bool
	}{
		"no name":   {nameless, 200, `{}`, model.FailureInvalid, false},
		"not there": {whole, 404, `{"error":{"code":"ResourceNotFound","message":"gone"}}`, model.FailureNotFound, true},
		"no group":  {whole, 404, `{"error":{"code":"ResourceGroupNotFound","message":"gone"}}`, model.FailureNotFound, true},
		"refused":   {whole, 403, `{"error":{"code":"AuthorizationFailed","message":"no"}}`, model.FailurePermission, false},
		"empty":     {whole, 200, `{"value":[]}`, model.FailureContract, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := azure.New(resttest.Always(t, c.status, c.body).Options()).Hub(t.Context(), c.ref)
			f, failed := model.AsFailure(err)
			if !failed || f.Kind != c.want || model.NoVNet(f) != c.gone {
				t.Errorf("%v (%s), want %s, gone: %v", err, f.Kind, c.want, c.gone)
			}
		})
	}
}

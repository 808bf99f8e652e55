package azure_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

// A search asks in a bounded number of subscriptions, those that work first, and tells of
// those that it could not read or did not ask.
func TestSearch(t *testing.T) {
	t.Parallel()
	var subs []string
	for i := range 30 {
		state := "Enabled"
		if i == 0 {
			state = "Disabled"
		}
		subs = append(subs, fmt.Sprintf(`{"subscriptionId":"s%02d","displayName":"sub-%02d","state":%q}`, i, i, state))
	}
	l := resttest.Listen(t, func(r *http.Request) resttest.Answer {
		switch {
		case r.URL.Path == "/subscriptions":
			return resttest.Answer{Status: 200, Body: `{"value":[` + strings.Join(subs, ",") + `]}`}
		case strings.HasPrefix(r.URL.Path, "/subscriptions/s03/"):
			return resttest.Answer{Status: 403, Body: `{"error":{"code":"AuthorizationFailed","message":"no"}}`}
		default:
			return resttest.Answer{Status: 200, Body: `{"value":[` + netJSON + `]}`}
		}
	})
	got, err := azure.New(l.Options()).Search(t.Context(), safe.New(home))
	if err != nil || got.Subscriptions != 24 || got.Left != 5 || len(got.VNets) != 24 || len(got.Unread) != 1 || got.Unread[0].Raw() != "sub-03" {
		t.Errorf("%d subscriptions, %d left, %d VNETs, unread %v, %v", got.Subscriptions, got.Left, len(got.VNets), got.Unread, err)
	}
	for _, r := range l.Arrived() {
		if strings.Contains(r.URI, "/s00/") {
			t.Error("a disabled subscription was asked before those that work")
		}
	}
	_, err = azure.New(resttest.Always(t, 403, `{"error":{"code":"AuthorizationFailed","message":"no"}}`).Options()).Search(t.Context(), safe.New(home))
	if f, failed := model.AsFailure(err); !failed || f.Kind != model.FailurePermission {
		t.Errorf("%v", err)
	}
}

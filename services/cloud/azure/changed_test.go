package azure_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

const changedVNet = "/subscriptions/s1/resourcegroups/rg/providers/microsoft.network/virtualnetworks/vnet-hub"

// The table of resource changes is read page by page, in the subscriptions that are named; a
// row that cannot be read takes nothing away, and a peering counts for its VNET too.
func TestChanged(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	asked := 0
	l := resttest.Listen(t, func(*http.Request) resttest.Answer {
		if asked++; asked == 1 {
			return resttest.Answer{Status: 200, Body: `{"data":[{"at":"2026-11-28T10:00:00Z","target":"` + strings.ToUpper(changedVNet) + `/virtualNetworkPeerings/kong-1","kind":"Delete","who":"carol@azure.example","client":"Azure Portal","correlation":"c1"},{"at":"soon"},null,7],"$skipToken":"more"}`}
		}
		return resttest.Answer{Status: 200, Body: `{"data":[{"at":"2026-11-28T11:00:00Z","target":"` + changedVNet + `","who":"later"}]}`}
	})
	list, from, err := azure.New(l.Options()).Changed(t.Context(), safe.New(home), safe.Texts("s1"), now)
	if err != nil || asked != 2 || len(list) != 2 || !from.Equal(now.Add(-changes.GraphKeeps)) {
		t.Fatalf("%d requests: %+v, %v, %v", asked, list, from, err)
	}
	for i, arrived := range l.Arrived() {
		var body struct {
			Subscriptions []string       `json:"subscriptions"`
			Query         string         `json:"query"`
			Options       map[string]any `json:"options"`
		}
		if err := json.Unmarshal([]byte(arrived.Body), &body); err != nil || arrived.Method != http.MethodPost || !strings.HasPrefix(arrived.URI, "/providers/Microsoft.ResourceGraph/resources?") ||
			len(body.Subscriptions) != 1 || body.Subscriptions[0] != "s1" || !strings.HasPrefix(body.Query, "resourcechanges") || (body.Options["$skipToken"] == "more") != (i == 1) {
			t.Errorf("%+v: %v", arrived, err)
		}
	}
	if r := list[1]; list[0].Who.String() != "later" || r.Who.String() != "carol@azure.example" || r.From.String() != "Azure Portal" || r.Trace.String() != "c1" ||
		len(r.Objects) != 2 || r.Objects[0] != changedVNet+"/virtualnetworkpeerings/kong-1" || r.Objects[1] != changedVNet {
		t.Errorf("%+v", list)
	}
}

func TestChangesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		kind   model.FailureKind
	}{
		"refused":    {403, `{"error":{"code":"AuthorizationFailed","message":"no"}}`, model.FailurePermission},
		"no data":    {200, `{}`, model.FailureContract},
		"no answer":  {200, `<html>`, model.FailureContract},
		"not an arm": {404, `{"error":{"code":"InvalidResourceType","message":"no"}}`, model.FailureNotFound},
	} {
		_, _, err := azure.New(resttest.Always(t, c.status, c.body).Options()).Changed(t.Context(), safe.New(home), safe.Texts("s1"), time.Now())
		f, ok := model.AsFailure(err)
		if !ok || f.Kind != c.kind || f.Operation != "read resource changes of tenant" || (c.kind == model.FailurePermission) != (f.Cure == model.CureResourceGraph) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

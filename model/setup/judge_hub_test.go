package setup_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// A hub that does not route takes no connection; one whose router is being made may soon.
func TestJudgeHub(t *testing.T) {
	t.Parallel()
	for routing, c := range map[model.HubRoutingState]struct {
		code        string
		stops, asks bool
	}{
		model.HubRoutingProvisioned:  {"setup-hub", false, false},
		model.HubRoutingFailed:       {"setup-hub-routing", true, false},
		model.HubRoutingNone:         {"setup-hub-routing", true, false},
		model.HubRoutingProvisioning: {"setup-hub-routing", false, true},
		"":                           {"setup-hub-routing", false, true},
	} {
		got := setup.JudgeHub(model.VirtualHub{Name: safe.New("hub-we"), Routing: routing})
		if string(got.Code) != c.code || got.Stops != c.stops || got.Asks != c.asks || !strings.Contains(got.Cause, "hub-we") {
			t.Errorf("%q: %+v", routing, got)
		}
	}
}

// The role is known by its name, with and without the suffix of the wizard, or by its id.
func TestRoleMatches(t *testing.T) {
	t.Parallel()
	d := model.RoleDefinition{ID: safe.New("/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/207B296f-cf25-4d23-9eba-9a2c41dc62ca"), RoleName: safe.New("Kong Cloud Gateway Peering Creator - Kong")}
	for asked, want := range map[string]bool{
		"Kong Cloud Gateway Peering Creator": true, "kong cloud gateway peering creator - kong": true, "207b296f-cf25-4d23-9eba-9a2c41dc62ca": true,
		"/subscriptions/other/providers/Microsoft.Authorization/roleDefinitions/207b296f-cf25-4d23-9eba-9a2c41dc62ca": true, "Reader": false,
	} {
		if got := setup.RoleMatches(d, safe.New(asked)); got != want {
			t.Errorf("%s: %v", asked, got)
		}
	}
}

// The question says that the role is never made here, and what is there instead.
func TestHubRoleMissing(t *testing.T) {
	t.Parallel()
	r := goodRequest()
	r.Hub, r.RoleName = true, safe.New("Creator")
	for name, c := range map[string]struct {
		others []safe.Text
		why    *model.Failure
		says   string
	}{
		"none":        {nil, nil, "does not have the role Creator"},
		"others":      {[]safe.Text{safe.New("Reader")}, nil, "it has Reader"},
		"cannot tell": {nil, &model.Failure{Cause: safe.New("you may not look.")}, "cannot be told: you may not look."},
	} {
		got := setup.HubRoleMissing(r, c.others, c.why)
		if !strings.Contains(got.Text, c.says) || !strings.Contains(got.Text, "not public") || !strings.Contains(got.Text, "virtualHubs/vnet-hub") || len(got.Options) != len(got.Labels) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if c := setup.HubRoleUnknown(r); c.Code != "setup-hub-role" || !c.Asks {
		t.Errorf("%+v", c)
	}
	if c := setup.HubRefused(model.Failure{Kind: model.FailureNotFound, Cause: safe.New("gone")}); c.Code != "setup-hub" || !c.Stops {
		t.Errorf("%+v", c)
	}
}

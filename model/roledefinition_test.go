package model_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func set(actions ...string) model.PermissionSet {
	var s model.PermissionSet
	for _, a := range actions {
		if not, ok := strings.CutPrefix(a, "!"); ok {
			s.NotActions = append(s.NotActions, safe.New(not))
		} else {
			s.Actions = append(s.Actions, safe.New(a))
		}
	}
	return s
}

// The roles are those that Azure has built in, as far as they matter here.
func TestAllowed(t *testing.T) {
	t.Parallel()
	owner, reader := set("*"), set("*/read")
	contributor := set("*", "!Microsoft.Authorization/*/Delete", "!Microsoft.Authorization/*/Write", "!Microsoft.Authorization/elevateAccess/Action")
	network := set("Microsoft.Authorization/*/read", "Microsoft.Network/*")
	assign, define := "Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleDefinitions/write"
	peer := "Microsoft.Network/virtualNetworks/peer/action"
	for name, c := range map[string]struct {
		sets   []model.PermissionSet
		action string
		want   bool
	}{
		"owner assigns":                      {[]model.PermissionSet{owner}, assign, true},
		"contributor does not assign":        {[]model.PermissionSet{contributor}, assign, false},
		"contributor peers":                  {[]model.PermissionSet{contributor}, peer, true},
		"contributor and owner":              {[]model.PermissionSet{contributor, owner}, assign, true},
		"a NotAction takes from its own":     {[]model.PermissionSet{contributor, set("Microsoft.Authorization/roleAssignments/*")}, assign, true},
		"RBAC administrator assigns":         {[]model.PermissionSet{set("Microsoft.Authorization/roleAssignments/write", "*/read")}, assign, true},
		"RBAC administrator defines no role": {[]model.PermissionSet{set("Microsoft.Authorization/roleAssignments/write", "*/read")}, define, false},
		"reader reads":                       {[]model.PermissionSet{reader}, "Microsoft.Network/virtualNetworks/read", true},
		"reader does not peer":               {[]model.PermissionSet{reader}, peer, false},
		"network contributor peers":          {[]model.PermissionSet{network}, peer, true},
		"case does not matter":               {[]model.PermissionSet{set("microsoft.NETWORK/virtualnetworks/PEER/action")}, peer, true},
		"a prefix alone does not":            {[]model.PermissionSet{set("Microsoft.Network/virtualNetworks")}, peer, false},
		"a star in the middle":               {[]model.PermissionSet{set("Microsoft.*/virtualNetworks/*/action")}, peer, true},
		"no overlap of the parts":            {[]model.PermissionSet{set("Microsoft.Network/virtualNetworks/peer*peer/action")}, peer, false},
		"nothing":                            {nil, peer, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := model.Allowed(c.sets, c.action); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// A role that was completed has all rights, in the subscription too, has lost
// nothing, and completing it again changes nothing.
func TestWithCompletes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := func(label string) []string {
			return rapid.SliceOfDistinct(rapid.SampledFrom(append(model.PeeringActions(), "!Microsoft.Network/virtualNetworks/read", "Microsoft.Network/*", "Other/read")), func(s string) string { return s }).Draw(t, label)
		}
		d := model.RoleDefinition{Permissions: []model.PermissionSet{set(part("first")...), set(part("second")...)}, AssignableScopes: []safe.Text{safe.New("/subscriptions/A")}}
		sub := safe.New(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "subscription"))
		scopes, sets := slices.Clone(d.AssignableScopes), len(d.Permissions)
		full := d.With(sub, model.PeeringActions())
		taken := slices.ContainsFunc(d.Permissions, func(s model.PermissionSet) bool { return len(s.NotActions) > 0 })
		if (len(full.Missing(model.PeeringActions())) != 0 && !taken) || !full.HasScope(sub) || !full.HasScope(safe.New("a")) {
			t.Fatalf("%+v", full)
		}
		if !slices.Equal(d.AssignableScopes, scopes) || len(full.Permissions) != sets || !slices.EqualFunc(full.Permissions, d.Permissions, func(a, b model.PermissionSet) bool {
			return slices.Equal(a.Actions[:len(b.Actions)], b.Actions) && slices.Equal(a.NotActions, b.NotActions)
		}) {
			t.Fatal("what was there has changed")
		}
		again := full.With(sub, model.PeeringActions())
		if len(again.Permissions[0].Actions) != len(full.Permissions[0].Actions) || len(again.Permissions) != len(full.Permissions) || len(again.AssignableScopes) != len(full.AssignableScopes) {
			t.Fatalf("twice is not once: %+v", again)
		}
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	vnet := safe.New("/subscriptions/S/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v")
	for scope, want := range map[string]bool{
		"/subscriptions/s": true, "/subscriptions/S/": true, "/subscriptions/S/resourcegroups/RG": true, vnet.Raw(): true, "/": true,
		"/providers/Microsoft.Management/managementGroups/corp": true,
		"/subscriptions/S2": false, "/subscriptions/S/resourceGroups/r": false, vnet.Raw() + "/subnets/x": false,
	} {
		if got := model.Covers(safe.New(scope), vnet); got != want {
			t.Errorf("%s: %v", scope, got)
		}
	}
	a, b := safe.New("/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/G"), safe.New("/providers/Microsoft.Authorization/roleDefinitions/g")
	if !model.SameRole(a, b) || model.SameRole(a, safe.New("h")) {
		t.Error("roles are told apart by the last part of their id")
	}
}

func TestRoleNames(t *testing.T) {
	t.Parallel()
	for asked, other := range map[string]string{"Peering": "Peering - Kong", "Peering - Kong": "Peering"} {
		if got := model.RoleNames(safe.New(asked)); len(got) != 2 || got[0].Raw() != asked || got[1].Raw() != other {
			t.Errorf("%s gave %v", asked, got)
		}
	}
}

// A role that is widened keeps all that it had.
func TestWithKeepsDataActions(t *testing.T) {
	t.Parallel()
	had := model.PermissionSet{Actions: []safe.Text{safe.New("a/read")}, NotActions: []safe.Text{safe.New("b/read")}, DataActions: []safe.Text{safe.New("c/read")}, NotDataActions: []safe.Text{safe.New("d/read")}}
	d := model.RoleDefinition{Permissions: []model.PermissionSet{had}}.With(safe.New("sub"), model.PeeringActions())
	if len(d.Permissions) != 1 || d.Permissions[0].DataActions[0].Raw() != "c/read" || d.Permissions[0].NotDataActions[0].Raw() != "d/read" || d.Permissions[0].NotActions[0].Raw() != "b/read" {
		t.Errorf("got %+v", d.Permissions)
	}
	if missing := d.Missing(model.PeeringActions()); len(missing) != 0 {
		t.Errorf("still missing %v", missing)
	}
}

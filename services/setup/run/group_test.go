package run_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A role that names the resource group alone lies where it can be written and seen;
// the subscription above it is no place for it.
func TestRoleOfAResourceGroup(t *testing.T) {
	t.Parallel()
	p := consented(t)
	request := p.request(setup.DNSNone)
	group := safe.New("/subscriptions/" + request.VNet.SubscriptionID.Raw() + "/resourceGroups/" + request.VNet.ResourceGroup.Raw())
	roles := p.options(p.store).Clouds.Roles
	w := roles.PutRoleWrite(group, model.RoleDefinition{
		Name: safe.New("6f6c2a0e-51a4-4c0e-9a63-2f1de1c1a001"), RoleName: safe.New(model.DefaultRoleName), Description: safe.New("by hand"),
		Permissions: []model.PermissionSet{{Actions: texts("Microsoft.Network/virtualNetworks/read")}}, AssignableScopes: []safe.Text{group},
	})
	if _, err := roles.PutRole(t.Context(), request.VNet.TenantID, w); err != nil {
		t.Fatal(err)
	}
	before := len(p.world.Roles(sandbox.LabsDomain))
	run := p.start(p.runner, request, p.willing)
	p.must(run, setup.RunDone)
	got := p.world.Roles(sandbox.LabsDomain)
	mine := slices.IndexFunc(got, func(v sandbox.RoleView) bool { return v.Name == model.DefaultRoleName })
	if len(got) != before || len(got[mine].Scopes) != 1 || len(got[mine].Actions) != len(model.PeeringActions()) {
		t.Errorf("%+v\n%s", got, p.story(p.runner))
	}
	again := p.start(p.runner, request, p.willing)
	if p.must(again, setup.RunDone); again.Writes != 0 {
		t.Errorf("the second run wrote %d times\n%s", again.Writes, p.story(p.runner))
	}
}

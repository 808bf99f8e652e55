package authorization_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// options are those of a client at one of the sandbox's hosts.
func options(t *testing.T, s *sandbox.Server, host string) rest.Options {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	return rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(sandbox.Token), Login: sandboxtest.Endpoint(t, s.Login), Sender: sender}),
		Endpoint: sandboxtest.Endpoint(t, host), Sender: sender, Retry: transport.Once(),
	}
}

func code(err error) string {
	f, _ := model.AsFailure(err)
	return f.Code.Raw()
}

// The steps of a set-up in a subscription where the role's name is taken by a role
// that does not show there, and the way back.
func TestASetUpAndItsEndInTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	c := authorization.New(options(t, s, s.ARM))
	ctx, home := t.Context(), text(s.World.TenantID(sandbox.HomeDomain))
	data, prod := text("/subscriptions/"+s.World.SubscriptionID("acme-data")), text("/subscriptions/"+s.World.SubscriptionID("acme-prod"))
	house := text(s.World.VNetID("acme-data", "vnet-warehouse"))
	name := text(model.DefaultRoleName + model.RoleNameSuffix)

	for _, scope := range []safe.Text{data, house, prod} {
		sets, err := c.Permissions(ctx, home, scope)
		if err != nil || !model.Allowed(sets, "Microsoft.Authorization/roleAssignments/write") {
			t.Errorf("%s: %+v, %v", scope, sets, err)
		}
	}
	if found, err := c.RoleDefinitions(ctx, home, data, name); err != nil || len(found) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
	mine := model.RoleDefinition{Name: text(guid), RoleName: name, Description: text(model.RoleDescription)}.With(model.LastSegment(data), model.PeeringActions())
	if _, err := c.PutRole(ctx, home, c.PutRoleWrite(data, mine)); code(err) != "RoleDefinitionWithSameNameExists" {
		t.Errorf("got %v", err)
	}
	found, err := c.RoleDefinitions(ctx, home, prod, name)
	if err != nil || len(found) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	wide := found[0].With(model.LastSegment(data), model.PeeringActions())
	role, err := c.PutRole(ctx, home, c.PutRoleWrite(prod, wide))
	if err != nil || !role.HasScope(model.LastSegment(data)) || len(role.Missing(model.PeeringActions())) != 0 {
		t.Fatalf("%+v, %v", role, err)
	}
	if again, err := c.RoleDefinition(ctx, home, role.ID); err != nil || !again.HasScope(model.LastSegment(prod)) {
		t.Errorf("%+v, %v", again, err)
	}

	kong, there, err := entra.New(options(t, s, s.Graph)).Principal(ctx, home, text(setup.KongAppID))
	if err != nil || !there || kong.Enabled != model.Yes {
		t.Fatalf("%+v, %v, %v", kong, there, err)
	}
	before, err := c.Assignments(ctx, home, house, kong.ID)
	if err != nil {
		t.Fatal(err)
	}
	w := c.PutAssignmentWrite(model.RoleAssignment{Name: text(guid), Scope: house, RoleDefinitionID: role.ID, PrincipalID: kong.ID})
	for range 2 {
		if a, err := c.PutAssignment(ctx, home, w); err != nil || !model.SameRole(a.RoleDefinitionID, role.ID) || !a.Scope.EqualFold(house) {
			t.Fatalf("%+v, %v", a, err)
		}
	}
	other := text("6c0c8a51-4c4e-5d6f-8a1b-0f3d2c1b4a59")
	if _, err := c.PutAssignment(ctx, home, c.PutAssignmentWrite(model.RoleAssignment{Name: other, Scope: house, RoleDefinitionID: role.ID, PrincipalID: kong.ID})); code(err) != "RoleAssignmentExists" {
		t.Errorf("got %v", err)
	}
	after, err := c.Assignments(ctx, home, house, kong.ID)
	if err != nil || len(after) != len(before)+1 {
		t.Errorf("%d, then %d, %v", len(before), len(after), err)
	}
	all, err := c.Assignments(ctx, home, house, safe.Text{})
	if err != nil || len(all) <= len(after) {
		t.Errorf("%d of all, %v", len(all), err)
	}
	if err := c.DeleteRole(ctx, home, c.DeleteRoleWrite(role.ID)); code(err) != "RoleDefinitionHasAssignments" {
		t.Errorf("got %v", err)
	}
	id := text(house.Raw() + provider + "roleAssignments/" + guid)
	if _, err := c.Assignment(ctx, home, id); err != nil {
		t.Error(err)
	}
	for range 2 { // the second finds nothing, which is as good
		if err := c.DeleteAssignment(ctx, home, c.DeleteAssignmentWrite(id)); err != nil {
			t.Error(err)
		}
	}
	if _, err := c.Assignment(ctx, home, id); code(err) != "RoleAssignmentNotFound" {
		t.Errorf("got %v", err)
	}
}

// A role of one's own comes and goes; rights that are not there are told.
func TestRightsInTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	c := authorization.New(options(t, s, s.ARM))
	ctx, home := t.Context(), text(s.World.TenantID(sandbox.HomeDomain))
	sub := func(name string) safe.Text { return text("/subscriptions/" + s.World.SubscriptionID(name)) }
	role := model.RoleDefinition{Name: text(guid), RoleName: text("it's mine")}.With(model.LastSegment(sub("acme-prod")), model.PeeringActions())
	made, err := c.PutRole(ctx, home, c.PutRoleWrite(sub("acme-prod"), role))
	if err != nil || !made.RoleName.EqualFold(role.RoleName) {
		t.Fatalf("%+v, %v", made, err)
	}
	if found, err := c.RoleDefinitions(ctx, home, sub("acme-prod"), role.RoleName); err != nil || len(found) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	for range 2 {
		if err := c.DeleteRole(ctx, home, c.DeleteRoleWrite(made.ID)); err != nil {
			t.Error(err)
		}
	}
	if _, err := c.RoleDefinition(ctx, home, made.ID); code(err) != "RoleDefinitionDoesNotExist" {
		t.Errorf("got %v", err)
	}
	for name, want := range map[string]string{"acme-audit": "AuthorizationFailed", "acme-delegated": "AuthorizationFailed"} {
		there := model.RoleDefinition{Name: text(guid), RoleName: text("x")}.With(model.LastSegment(sub(name)), model.PeeringActions())
		_, err := c.PutRole(ctx, home, c.PutRoleWrite(sub(name), there))
		if f, _ := model.AsFailure(err); f.Code.Raw() != want || !strings.Contains(f.Cure, "User Access Administrator") {
			t.Errorf("%s: %+v", name, f)
		}
	}
	both := role.With(model.LastSegment(sub("acme-audit")), nil)
	_, err = c.PutRole(ctx, home, c.PutRoleWrite(sub("acme-prod"), both))
	if f, _ := model.AsFailure(err); f.Code.Raw() != "LinkedAuthorizationFailed" || !strings.Contains(f.Cause.Raw(), sub("acme-audit").Raw()) || len(f.Cause.Raw()) > 200 {
		t.Errorf("got %+v", f)
	}
	guarded := text(s.World.VNetID("acme-guarded", "vnet-guarded"))
	kong := text(s.World.Principals(sandbox.HomeDomain)[0].ObjectID)
	contributor := text("/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7")
	_, err = c.PutAssignment(ctx, home, c.PutAssignmentWrite(model.RoleAssignment{Name: text(guid), Scope: guarded, RoleDefinitionID: contributor, PrincipalID: kong}))
	if f, _ := model.AsFailure(err); f.Code.Raw() != "AuthorizationFailed" || !strings.Contains(f.Cure, "given with a condition") {
		t.Errorf("got %+v", f)
	}
}

// What a person can see of Azure, and whether a subscription is of a tenant.
func TestSubscriptionsInTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	c := azure.New(options(t, s, s.ARM))
	ctx, home := t.Context(), text(s.World.TenantID(sandbox.HomeDomain))
	all, err := c.Subscriptions(ctx, home)
	if err != nil || len(all) < 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, one := range all {
		if got, err := c.Subscription(ctx, home, one.ID); err != nil || got != one || !got.TenantID.EqualFold(home) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if vnets, err := c.VNets(ctx, home, text(s.World.SubscriptionID("acme-prod"))); err != nil || len(vnets) < 2 {
		t.Errorf("%+v, %v", vnets, err)
	}
	for name, want := range map[string]string{"acme-vault": "AuthorizationFailed", "labs-sandbox": "InvalidAuthenticationTokenTenant"} {
		if _, err := c.Subscription(ctx, home, text(s.World.SubscriptionID(name))); code(err) != want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := c.VNets(ctx, home, text(s.World.SubscriptionID(name))); code(err) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

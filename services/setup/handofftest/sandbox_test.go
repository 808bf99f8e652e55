//go:build unix

package handofftest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// place is a tenant of the sandbox, with somebody signed in to it.
type place struct {
	t      *testing.T
	s      *sandbox.Server
	tenant string // its domain
	state  string
	token  string
}

func enter(t *testing.T, o sandbox.Options, tenant string) *place {
	t.Helper()
	p := &place{t: t, s: sandboxtest.Start(t, o), tenant: tenant, state: filepath.Join(t.TempDir(), "selected"), token: sandbox.Token}
	if tenant != sandbox.HomeDomain {
		p.token = p.s.World.GuestToken(tenant)
	}
	p.selects("acme-prod", "labs-sandbox")
	return p
}

func (p *place) selects(names ...string) {
	p.t.Helper()
	id := p.s.World.SubscriptionID(names[0])
	if p.tenant != sandbox.HomeDomain {
		id = p.s.World.SubscriptionID(names[len(names)-1])
	}
	if err := os.WriteFile(p.state, []byte(id), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) handoff(subscription, group, vnet string) handoff.Handoff {
	h := sample()
	h.Request.VNet = model.VNetRef{
		TenantID: safe.New(p.s.World.TenantID(p.tenant)), SubscriptionID: safe.New(p.s.World.SubscriptionID(subscription)),
		ResourceGroup: safe.New(group), Name: safe.New(vnet),
	}
	h.Link = setup.ConsentLink(safe.New(p.s.Login), h.Request.VNet.TenantID, h.Request.App())
	return h
}

func (p *place) env() []string {
	return []string{"AZ_ARM=" + p.s.ARM, "AZ_GRAPH=" + p.s.Graph, "AZ_TOKEN=" + p.token, "AZ_STATE=" + p.state, "PEERDECK_PAUSE=0", "PEERDECK_TRIES=5000"}
}

// run runs a script and expects an exit code and the number of writes.
func (p *place) run(script string, code, writes int, says string, args ...string) {
	p.t.Helper()
	count := func() int { return p.s.World.Writes("arm") + p.s.World.Writes("graph") }
	before := count()
	selected, err := os.ReadFile(p.state)
	if err != nil {
		p.t.Fatal(err)
	}
	out, errs, got := shell(p.t, script, p.env(), args...)
	if got != code || count()-before != writes || !strings.Contains(out+errs, says) {
		p.t.Errorf("exit %d and %d writes, want %d and %d, and %q:\n%s\n%s", got, count()-before, code, writes, says, out, errs)
	}
	if now, err := os.ReadFile(p.state); err != nil || string(now) != string(selected) {
		p.t.Errorf("the selected subscription is now %s (%v)", now, err)
	}
}

// kongs lists the assignments of Kong's roles on a VNET.
func (p *place) kongs(subscription, vnet string) []sandbox.AssignmentView {
	return slices.DeleteFunc(p.s.World.Assignments(p.s.World.VNetID(subscription, vnet)), func(a sandbox.AssignmentView) bool {
		return !strings.HasPrefix(a.RoleName, model.DefaultRoleName)
	})
}

func (p *place) roles() []sandbox.RoleView {
	return slices.DeleteFunc(p.s.World.Roles(p.tenant), func(r sandbox.RoleView) bool { return !strings.HasPrefix(r.Name, model.DefaultRoleName) })
}

func TestScriptFromNothing(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.LabsDomain)
	h := p.handoff("labs-sandbox", "rg-network", "vnet-labs")
	script := handoff.Script(h)
	p.run(script, 6, 0, "Missing: the role", "--check")
	p.run(script, 4, 0, h.Link.Raw())
	p.run(script, 2, 0, "no option --frobnicate", "--frobnicate")
	p.run(script, 0, 3, "Made the role", "--create-principal")
	roles, assigned, principals := p.roles(), p.kongs("labs-sandbox", "vnet-labs"), p.s.World.Principals(p.tenant)
	if len(roles) != 1 || roles[0].Name != model.DefaultRoleName || !slices.Equal(roles[0].Actions, model.PeeringActions()) || !slices.Equal(roles[0].Scopes, []string{"/subscriptions/" + h.Request.VNet.SubscriptionID.Raw()}) {
		t.Errorf("roles %+v", roles)
	}
	if len(assigned) != 1 || len(principals) != 1 || assigned[0].PrincipalID != principals[0].ObjectID || assigned[0].PrincipalType != "ServicePrincipal" || assigned[0].RoleID != roles[0].ID {
		t.Errorf("assignments %+v, principals %+v", assigned, principals)
	}
	p.run(script, 0, 0, "assigned already", "--create-principal")
	p.run(script, 0, 0, "Nothing is missing", "--check")
	// A second VNET takes an assignment and no second role.
	p.run(handoff.Script(p.handoff("labs-sandbox", "rg-network", "vnet-labs-data")), 0, 1, "Assigned the role")
	if len(p.roles()) != 1 {
		t.Errorf("roles %+v", p.roles())
	}
}

// The role of acme-prod has the other name and does not show in acme-data.
func TestScriptInASecondSubscription(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.HomeDomain)
	p.run(handoff.Script(p.handoff("acme-prod", "rg-network", "vnet-dmz")), 0, 1, "with all it needs")
	second := handoff.Script(p.handoff("acme-data", "rg-analytics", "vnet-analytics"))
	p.run(second, 6, 0, "Missing in the role", "--check")
	p.run(second, 0, 2, "Completed the role")
	p.run(second, 0, 0, "assigned already")
	roles := p.roles()
	want := []string{"/subscriptions/" + p.s.World.SubscriptionID("acme-prod"), "/subscriptions/" + p.s.World.SubscriptionID("acme-data")}
	if len(roles) != 1 || roles[0].Name != model.DefaultRoleName+model.RoleNameSuffix || !slices.Equal(roles[0].Scopes, want) || len(roles[0].Actions) != 5 {
		t.Errorf("roles %+v", roles)
	}
	if got := p.kongs("acme-data", "vnet-analytics"); len(got) != 1 || got[0].RoleID != roles[0].ID {
		t.Errorf("assignments %+v", got)
	}
}

func TestScriptCompletesARole(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.LabsDomain)
	h := p.handoff("labs-sandbox", "rg-network", "vnet-labs")
	scope := "/subscriptions/" + h.Request.VNet.SubscriptionID.Raw()
	p.run(`az role definition create --output none --role-definition '{"Name": "Kong Cloud Gateway Peering Creator - Kong", "Description": "mine",
		"permissions": [{"actions": ["Microsoft.Network/virtualNetworks/read", "microsoft.network/virtualNetworks/virtualnetworkpeerings/*"],
		"notActions": ["Microsoft.Network/virtualNetworks/subnets/*"]}], "AssignableScopes": ["`+scope+`"]}'`, 0, 1, "")
	p.run(handoff.Script(h), 0, 3, "Completed the role", "--create-principal")
	p.run(handoff.Script(h), 0, 0, "with all it needs")
	want := []string{
		"Microsoft.Network/virtualNetworks/read", "microsoft.network/virtualNetworks/virtualnetworkpeerings/*",
		"Microsoft.Network/virtualNetworks/peer/action",
	}
	if roles := p.roles(); len(roles) != 1 || !slices.Equal(roles[0].Actions, want) {
		t.Errorf("roles %+v", roles)
	}
}

// A role that takes away what a peering needs cannot be completed; the script says
// so and leaves it alone.
func TestScriptLeavesARoleThatDenies(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.LabsDomain)
	h := p.handoff("labs-sandbox", "rg-network", "vnet-labs")
	scope := "/subscriptions/" + h.Request.VNet.SubscriptionID.Raw()
	p.run(`az role definition create --output none --role-definition '{"Name": "Kong Cloud Gateway Peering Creator", "Description": "mine",
		"permissions": [{"actions": ["Microsoft.Network/virtualNetworks/*"], "notActions": ["Microsoft.Network/virtualNetworks/peer/action"]}],
		"AssignableScopes": ["`+scope+`"]}'`, 0, 1, "")
	p.run(handoff.Script(h), 1, 1, "takes away Microsoft.Network/virtualNetworks/peer/action", "--create-principal")
}

// lookedAt is a clock that moves when somebody looks at it, so that waiting is a
// matter of requests and not of time.
type lookedAt struct {
	mu  sync.Mutex
	now time.Time
}

func (c *lookedAt) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(50 * time.Millisecond)
	return c.now
}

func TestScriptWaitsWhileAzureSpreads(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{Replication: 5 * time.Second, Clock: &lookedAt{now: sandboxtest.Epoch()}}, sandbox.LabsDomain)
	p.run(handoff.Script(p.handoff("labs-sandbox", "rg-network", "vnet-labs")), 0, 3, "next try in", "--create-principal")
	if roles, assigned := p.roles(), p.kongs("labs-sandbox", "vnet-labs"); len(roles) != 1 || len(assigned) != 1 {
		t.Errorf("roles %+v, assignments %+v", roles, assigned)
	}
}

func TestScriptThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		subscription, group, vnet string
		change                    func(*handoff.Handoff, *place)
		code                      int
		says                      string
	}{
		"reader":       {"acme-audit", "rg-audit", "vnet-audit", nil, 5, "rights in each of them"},
		"condition":    {"acme-guarded", "rg-guarded", "vnet-guarded", nil, 5, "This account may not do that"},
		"no such VNET": {"acme-prod", "rg-network", "vnet-none", nil, 1, "vnet-none"},
		"other tenant": {"acme-prod", "rg-network", "vnet-dmz", func(h *handoff.Handoff, _ *place) {
			h.Request.VNet.TenantID = safe.New("33333333-2222-3333-4444-555555555555")
		}, 3, "belongs to the tenant"},
		"not signed in": {"acme-prod", "rg-network", "vnet-dmz", func(_ *handoff.Handoff, p *place) { p.token = "wrong" }, 3, "az login --tenant"},
		"unknown": {"nowhere", "rg-network", "vnet-dmz", func(h *handoff.Handoff, _ *place) {
			h.Request.VNet.SubscriptionID = safe.New("33333333-2222-3333-4444-555555555555")
		}, 3, "cannot see the subscription"},
		"name elsewhere": {"acme-prod", "rg-network", "vnet-dmz", func(h *handoff.Handoff, _ *place) { h.Request.RoleName = safe.New("Owner") }, 5, "names are unique in a tenant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			p := enter(t, sandbox.Options{}, sandbox.HomeDomain)
			h := p.handoff(c.subscription, c.group, c.vnet)
			if c.change != nil {
				c.change(&h, p)
			}
			writes := 0
			if name == "condition" {
				writes = 1 // the role may be completed, and not be handed on
			}
			p.run(handoff.Script(h), c.code, writes, c.says)
		})
	}
}

func TestFault35ScriptWithoutAz(t *testing.T) {
	t.Parallel()
	script := strings.Replace(handoff.Script(sample()), "set -eu\n", "set -eu\nPATH=/usr/bin:/bin\n", 1)
	out, errs, code := shell(t, script, nil)
	if _, err := os.Stat("/usr/bin/az"); err == nil {
		t.Skip("there is a real az here")
	}
	if code != 3 || out != "" || !strings.Contains(errs, "az, is not here") {
		t.Errorf("exit %d, %s, %s", code, out, errs)
	}
}

// Each block of the text runs as it stands, and together they do what the script
// does.
func TestCommandsOfTheText(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.LabsDomain)
	h := p.handoff("labs-sandbox", "rg-network", "vnet-labs")
	all := blocks(t, handoff.Markdown(h))
	p.run(all[0], 0, 1, setup.KongAppID)
	p.run(all[1], 0, 1, model.DefaultRoleName)
	p.run(all[3], 0, 1, "roleAssignments")
	p.run(all[4], 0, 0, "roleAssignments")
	p.run(handoff.Script(h), 0, 0, "assigned already")
}

func TestTextAddsASubscription(t *testing.T) {
	t.Parallel()
	p := enter(t, sandbox.Options{}, sandbox.HomeDomain)
	h := p.handoff("acme-data", "rg-analytics", "vnet-analytics")
	h.Request.RoleName = safe.New(model.DefaultRoleName + model.RoleNameSuffix)
	block := strings.Replace(blocks(t, handoff.Markdown(h))[2], "ID-OF-THE-SUBSCRIPTION-THAT-HAS-THE-ROLE", p.s.World.SubscriptionID("acme-prod"), 1)
	p.run(block, 0, 1, "")
	if roles := p.roles(); len(roles) != 1 || len(roles[0].Scopes) != 2 {
		t.Errorf("roles %+v", roles)
	}
	p.run(handoff.Script(h), 0, 1, "with all it needs")
}

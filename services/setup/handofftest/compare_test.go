//go:build unix

package handofftest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// request is what the engine is asked for, where a hand-off is about.
func (e *engine) request(h handoff.Handoff) setup.Request {
	r := h.Request
	r.Network, r.Peering = safe.New("uk-lab"), safe.New("compared")
	return r
}

// azureNow is all that a set-up can change in Azure, as its own answers tell it:
// every custom role that the subscription shows, every assignment that is in force
// on the VNET, and Kong's application. Left out are times, and the GUIDs of roles and
// assignments: az draws them by lot, peerdeck computes them, and nothing but the
// objects themselves hangs on them. An assignment names its role by the role's name.
func (e *engine) azureNow(ref model.VNetRef) string {
	e.t.Helper()
	names := map[string]string{}
	var roles, given []map[string]any
	filter := "?$filter=" + url.QueryEscape("type eq 'CustomRole'") + "&" + roleAPI
	for _, d := range e.values(e.s.ARM + "/subscriptions/" + ref.SubscriptionID.Raw() + definitions + filter) {
		p := properties(d)
		names[strings.ToLower(d["name"].(string))] = p["roleName"].(string)
		roles = append(roles, p)
	}
	for _, a := range e.values(e.s.ARM + ref.ID().Raw() + assignments + "?$filter=atScope()&" + roleAPI) {
		p := properties(a)
		id := model.LastSegment(safe.New(p["roleDefinitionId"].(string))).Raw()
		if name, custom := names[strings.ToLower(id)]; custom {
			p["roleDefinitionId"] = name
		}
		given = append(given, p)
	}
	all := map[string]any{
		"roles": roles, "assignments": given, "principals": e.s.World.Principals(e.tenant), "roles in the tenant": len(e.s.World.Roles(e.tenant)),
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		e.t.Fatal(err)
	}
	return string(text)
}

// hasRole gives a subscription a role of Kong's name with one set of rights.
func (e *engine) hasRole(ref model.VNetRef, set string) {
	e.t.Helper()
	e.place.run(`az role definition create --output none --role-definition '{"Name": "`+model.DefaultRoleName+`", "Description": "mine",
		"permissions": [`+set+`], "AssignableScopes": ["/subscriptions/`+ref.SubscriptionID.Raw()+`"]}'`, 0, 1, "")
}

func (e *engine) values(address string) []map[string]any {
	e.t.Helper()
	a := azure{token: e.token}
	found, err := list(a.send(http.MethodGet, address, nil))
	if err != nil {
		e.t.Fatal(err)
	}
	var out []map[string]any
	for _, f := range found {
		out = append(out, f.(map[string]any))
	}
	return out
}

func properties(object map[string]any) map[string]any {
	p := object["properties"].(map[string]any)
	for _, left := range []string{"createdOn", "updatedOn"} {
		delete(p, left)
	}
	return p
}

// The script in one world and the engine in an equal one end with the same roles,
// assignments and application; and after the one, the other finds nothing to do.
func TestScriptAndEngineDoTheSame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tenant, subscription, group, vnet string
		role                              string // a set of rights that a role of the name has before
		writes                            int    // of the script; the consent is one of them where it is missing
	}{
		"nothing there":          {sandbox.LabsDomain, "labs-sandbox", "rg-network", "vnet-labs", "", 3},
		"all but the assignment": {sandbox.HomeDomain, "acme-prod", "rg-network", "vnet-dmz", "", 1},
		"second subscription":    {sandbox.HomeDomain, "acme-data", "rg-analytics", "vnet-analytics", "", 2},
		"a role that lacks actions": {
			sandbox.LabsDomain, "labs-sandbox", "rg-network", "vnet-labs",
			`{"actions": ["Microsoft.Network/virtualNetworks/read", "microsoft.network/virtualNetworks/virtualNetworkPeerings/*"]}`, 3,
		},
		"done already": {sandbox.LabsDomain, "labs-sandbox", "rg-network", "vnet-labs", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 3)
			var worlds [2]*engine // the script works in the first, the engine in the second
			var now [2]string
			var h handoff.Handoff
			for i := range worlds {
				e := enterWithEngine(t, c.tenant)
				worlds[i], h = e, e.handoff(c.subscription, c.group, c.vnet)
				if c.role != "" {
					e.hasRole(h.Request.VNet, c.role)
				}
				if c.writes == 0 {
					e.setUp(e.request(h), setup.StepPeering)
				}
				now[i] = e.azureNow(h.Request.VNet)
			}
			if now[0] != now[1] {
				t.Fatalf("the worlds are not equal at the beginning:\n%s\n%s", now[0], now[1])
			}
			scripted, engined := worlds[0], worlds[1]
			before, engineBefore := now[0], engined.writes()
			scripted.place.run(handoff.Script(scripted.handoff(c.subscription, c.group, c.vnet)), 0, c.writes, "All is done", "--create-principal")
			// The consent of the engine's world is an administrator's, which the world
			// does not count as a write of Azure or Graph.
			run := engined.setUp(engined.request(h), setup.StepPeering)
			for i, e := range worlds {
				now[i] = e.azureNow(h.Request.VNet)
			}
			if now[0] != now[1] {
				t.Errorf("after the script:\n%s\nafter the engine:\n%s", now[0], now[1])
			}
			if (now[0] == before) != (c.writes == 0) || run.Writes != engined.writes()-engineBefore {
				t.Errorf("the engine counts %d writes, the world %d, and the script has changed:\n%s\nto:\n%s", run.Writes, engined.writes()-engineBefore, before, now[0])
			}
			// Each in the world of the other.
			done := scripted.writes()
			if run := scripted.setUp(scripted.request(h), setup.StepPeering); run.Writes != 0 || scripted.writes() != done {
				t.Errorf("the engine wrote %d times after the script: %+v", scripted.writes()-done, run.Made)
			}
			engined.place.run(handoff.Script(engined.handoff(c.subscription, c.group, c.vnet)), 0, 0, "assigned already", "--create-principal")
			for i, e := range worlds {
				if again := e.azureNow(h.Request.VNet); again != now[i] {
					t.Errorf("world %d changed from:\n%s\nto:\n%s", i, now[i], again)
				}
			}
		})
	}
}

// The commands that a screen offers to copy, one after another in place of the
// requests, make what the engine makes, with the same ids; the engine then finds
// nothing to do.
func TestCopiedCommandsDoTheSame(t *testing.T) {
	t.Parallel()
	requested, copied := enterWithEngine(t, sandbox.LabsDomain), enterWithEngine(t, sandbox.LabsDomain)
	h := copied.handoff("labs-sandbox", "rg-network", "vnet-labs")
	r := copied.request(h)
	r.DNS = setup.DNSResolver
	r.Mappings = []model.DNSMapping{{Domains: []safe.Text{safe.New("labs.example.org")}, Servers: []safe.Text{safe.New("10.64.0.4")}}}
	copied.copies(setup.StepConsent, []model.Write{copied.clouds.Directory.CreatePrincipalWrite(r.App())})
	steps := []setup.StepID{setup.StepRole, setup.StepAssignment, setup.StepPeering, setup.StepDNS}
	if !slices.ContainsFunc([]string{"/usr/bin/curl", "/bin/curl"}, func(path string) bool { _, err := os.Stat(path); return err == nil }) {
		t.Log("curl is not installed: the commands for Konnect are not run")
		steps = steps[:2]
	}
	for _, step := range steps {
		run := copied.setUp(r, step)
		copied.copies(step, run.Step(step).Plan)
	}
	last := setup.StepPeering
	if len(steps) > 2 {
		last = "" // to the end
	}
	if run := copied.setUp(r, last); run.Writes != 0 {
		t.Errorf("the engine had to write %d times after the commands: %+v", run.Writes, run.Made)
	}
	requested.setUp(r, last)
	for name, now := range map[string]func(*engine) any{
		"Azure":       func(e *engine) any { return e.azureNow(r.VNet) },
		"roles":       func(e *engine) any { return e.s.World.Roles(e.tenant) },
		"assignments": func(e *engine) any { return e.s.World.Assignments(r.VNet.ID().Raw()) },
		"peerings": func(e *engine) any {
			list := e.s.World.Peerings(r.Network.Raw())
			for i := range list {
				list[i].ID = "" // Konnect chooses it
			}
			return list
		},
		"resolvers": func(e *engine) any {
			list := e.s.World.Resolvers(r.Network.Raw())
			for i := range list {
				list[i].ID = ""
			}
			return list
		},
	} {
		a, errA := json.Marshal(now(requested))
		b, errB := json.Marshal(now(copied))
		if errA != nil || errB != nil || string(a) != string(b) {
			t.Errorf("%s: by requests %s, by commands %s (%v, %v)", name, a, b, errA, errB)
		}
	}
}

// copies runs the commands of planned requests, each of which writes once.
func (e *engine) copies(step setup.StepID, plan []model.Write) {
	e.t.Helper()
	if len(plan) != 1 {
		e.t.Fatalf("%s plans %+v", step, plan)
	}
	before := e.writes() + e.s.World.Writes("konnect")
	out, errs, code := shell(e.t, plan[0].Command(), append(e.env(), "KONNECT_TOKEN="+sandbox.Token))
	if wrote := e.writes() + e.s.World.Writes("konnect") - before; code != 0 || wrote != 1 {
		e.t.Fatalf("%s: exit %d and %d writes:\n%s\n%s\n%s", step, code, wrote, plan[0].Command(), out, errs)
	}
}

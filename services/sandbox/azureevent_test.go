package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestAzureEventsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"{principal: consented}":                                          "needs a tenant",
		"{delete_role: x}":                                                "needs a tenant",
		"{grant: Owner}":                                                  "needs a subscription",
		"{tenant: nowhere, principal: consented}":                         `tenant "nowhere"`,
		"{tenant: labs.acme.example, principal: lost}":                    "consented, disabled",
		"{tenant: labs.acme.example, directory: king}":                    "admin, member, guest",
		"{tenant: labs.acme.example}":                                     "nothing that happens",
		"{subscription: acme-prod}":                                       "nothing that happens",
		"{subscription: acme-prod, vnet: vnet-hub}":                       "nothing that happens",
		"{subscription: nowhere, grant: Owner}":                           `subscription "nowhere"`,
		"{subscription: acme-prod, vnet: none, grant: Owner}":             `VNET "none"`,
		"{subscription: acme-prod, grant: Owner, to: everybody}":          "account, kong",
		"{subscription: acme-prod, grant: Owner, network: nobody}":        `network "nobody"`,
		"{tenant: labs.acme.example, principal: consented, network: x-y}": `network "x-y"`,
	} {
		events, err := sandbox.ParseScenario([]byte("events: [" + text + "]"))
		if err == nil {
			_, err = sandbox.New(sandbox.Options{Events: events})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want words with %q", text, err, says)
		}
	}
}

func TestRightsComeAndGo(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w, tok := v.s.World, sandbox.Token
	pim := v.vnet("acme-pim", "vnet-pim")
	give := func(status int, says string) {
		t.Helper()
		v.wants(status, says, "PUT", v.at(pim, "roleAssignments/"+guid1), tok, assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", w.Principals(sandbox.HomeDomain)[0].ObjectID, ""))
	}
	give(403, "If access was recently granted")
	w.Apply(sandbox.Event{Subscription: "acme-pim", VNet: "vnet-pim", Grant: "User Access Administrator"})
	give(201, guid1)
	w.Apply(sandbox.Event{Subscription: "acme-pim", VNet: "vnet-pim", Withdraw: "User Access Administrator"})
	give(403, "AuthorizationFailed")

	hub := v.vnet("acme-prod", "vnet-hub")
	if got := w.Assignments(hub); len(got) != 1 || got[0].RoleName != kongOne {
		t.Fatalf("%+v", got)
	}
	w.Apply(sandbox.Event{Tenant: sandbox.HomeDomain, DeleteRole: kongOne})
	if got := w.Assignments(hub); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	v.wants(200, `"value":[]`, "GET", v.at(hub, "roleDefinitions")+filter("roleName eq '"+kongOne+"'"), tok, nil)
}

// A fault can be meant for one method, and carry a code of the service.
func TestAFaultForOneMethod(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w, dmz := v.s.World, v.vnet("acme-prod", "vnet-dmz")
	one := v.at(dmz, "roleAssignments/"+guid1)
	body := assignment(w.Roles(sandbox.HomeDomain)[0].ID, w.Principals(sandbox.HomeDomain)[0].ObjectID, "ServicePrincipal")
	w.AddFault(sandbox.Fault{Service: "arm", Path: "roleAssignments", Method: "put", Status: 400, Code: "PrincipalNotFound", Times: 1})
	w.AddFault(sandbox.Fault{Service: "arm", Path: "roleAssignments", Method: "PUT", Status: 429, RetryAfter: "7", Times: 1})
	v.wants(404, "RoleAssignmentNotFound", "GET", one, sandbox.Token, nil)
	v.wants(400, "PrincipalNotFound", "PUT", one, sandbox.Token, body)
	if status, header, _ := v.send("PUT", one, sandbox.Token, body); status != 429 || header.Get("Retry-After") != "7" {
		t.Errorf("%d %v", status, header)
	}
	if w.Writes("arm") != 0 {
		t.Error("a write was counted that did not happen")
	}
	v.wants(201, guid1, "PUT", one, sandbox.Token, body)
}

// The answer to a write can be lost while the write is done.
func TestAnAnswerThatIsLost(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w := v.s.World
	body := attach("new", w.TenantID(sandbox.HomeDomain), w.SubscriptionID("acme-prod"), "rg-network", "vnet-dmz")
	all := v.network("uk-lab") + "/transit-gateways"
	w.AddFault(sandbox.Fault{Method: "POST", Status: 502, After: true, Times: 1})
	v.wants(502, "502", "POST", all, sandbox.Token, body)
	if got := w.Peerings("uk-lab"); len(got) != 1 || w.Writes("konnect") != 1 {
		t.Errorf("%+v, %d writes", got, w.Writes("konnect"))
	}
	v.wants(409, "already exists", "POST", all, sandbox.Token, body)
	w.AddFault(sandbox.Fault{Delay: time.Microsecond, After: true, Times: 1})
	v.wants(200, "new", "GET", all, sandbox.Token, nil)
}

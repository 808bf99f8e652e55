package sandbox_test

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

const none = "33333333-3333-4333-8333-333333333333"

func TestRoleDefinitions(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	prod, data, tok := v.sub("acme-prod"), v.sub("acme-data"), sandbox.Token
	hub, house := v.vnet("acme-prod", "vnet-hub"), v.vnet("acme-data", "vnet-warehouse")
	existing := v.s.World.Roles(sandbox.HomeDomain)[0]
	named := func(scope, name string) string {
		return v.at(scope, "roleDefinitions") + filter("roleName eq '"+strings.ReplaceAll(name, "'", "''")+"'")
	}

	// The role of acme-prod shows there and below, and not in acme-data.
	for _, scope := range []string{prod, prod + "/resourcegroups/RG-Network", hub} {
		v.wants(200, existing.ID, "GET", named(scope, kongOne), tok, nil)
		v.wants(200, existing.ID, "GET", v.at(scope, "roleDefinitions/"+existing.ID), tok, nil)
	}
	for _, scope := range []string{data, house} {
		v.wants(200, `{"value":[]}`, "GET", named(scope, kongOne), tok, nil)
		v.wants(404, "RoleDefinitionDoesNotExist", "GET", v.at(scope, "roleDefinitions/"+existing.ID), tok, nil)
	}
	v.wants(409, "RoleDefinitionWithSameNameExists", "PUT", v.at(data, "roleDefinitions/"+guid1), tok, role(kongOne, data))
	v.wants(201, data, "PUT", v.at(data, "roleDefinitions/"+existing.ID), tok, role(kongOne, prod, data))
	v.wants(200, existing.ID, "GET", named(house, kongOne), tok, nil)
	v.wants(400, "RoleDefinitionHasAssignments", "PUT", v.at(data, "roleDefinitions/"+existing.ID), tok, role(kongOne, data))

	v.wants(201, guid1, "PUT", v.at(prod, "roleDefinitions/"+guid1), tok, role("it's mine", prod))
	v.wants(201, guid1, "PUT", v.at(prod, "roleDefinitions/"+guid1), tok, role("it's mine", prod))
	v.wants(200, guid1, "GET", named(prod, "it's mine"), tok, nil)
	v.wants(200, "Network Contributor", "GET", named(prod, "network contributor"), tok, nil)
	if text := v.wants(200, guid1, "GET", v.at(prod, "roleDefinitions")+filter("type eq 'CustomRole'"), tok, nil); strings.Contains(text, "BuiltInRole") {
		t.Errorf("built-in roles in a list of custom ones: %s", text)
	}
	group := prod + "/resourceGroups/rg-network"
	v.wants(201, guid2, "PUT", v.at(group, "roleDefinitions/"+guid2), tok, role("of a group", group))
	v.wants(200, `{"value":[]}`, "GET", named(prod, "of a group"), tok, nil)
	v.wants(200, guid2, "GET", v.at(prod, "roleDefinitions")+filter("atScopeAndBelow() and type eq 'CustomRole'"), tok, nil)
	v.wants(400, "BadRequestFormat", "GET", v.at(prod, "roleDefinitions")+filter("colour eq 'red'"), tok, nil)
}

func TestRolesThatAzureRefuses(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	prod := v.sub("acme-prod")
	strange := func(change func(p map[string]any)) map[string]any {
		body := role("x", prod)
		change(body["properties"].(map[string]any))
		return body
	}
	actions := func(list ...string) any { return []any{map[string]any{"actions": list}} }
	for _, c := range []struct {
		scope, name string
		body        any
		status      int
		says        string
	}{
		{prod, guid1, "{", 400, "InvalidRequestContent"},
		{prod, "no-guid", role("x", prod), 400, "InvalidRoleDefinitionId"},
		{prod, guid1, role("", prod), 400, "InvalidRoleDefinitionName"},
		{prod, guid1, role(strings.Repeat("x", 513), prod), 400, "InvalidRoleDefinitionName"},
		{prod, guid1, role("x"), 400, "AssignableScopes"},
		{prod, guid1, role("x", "/"), 400, "AssignableScopes"},
		{prod, guid1, role("x", "/subscriptions/*"), 400, "AssignableScopes"},
		{prod, guid1, role("x", v.vnet("acme-prod", "vnet-hub")), 400, "AssignableScopes"},
		{prod, guid1, strange(func(p map[string]any) { p["permissions"] = []any{} }), 400, "Permissions"},
		{prod, guid1, strange(func(p map[string]any) { p["permissions"] = actions("Microsoft.*/x/*") }), 400, "InvalidActionOrNotAction"},
		{prod, guid1, strange(func(p map[string]any) { p["permissions"] = actions("nonsense") }), 400, "InvalidActionOrNotAction"},
		{prod, guid1, strange(func(p map[string]any) { p["description"] = strings.Repeat("x", 2049) }), 400, "Description"},
		{prod, guid1, role("Owner", prod), 409, "RoleDefinitionWithSameNameExists"},
		{prod, guid1, role("x", prod, v.sub("acme-audit")), 403, "LinkedAuthorizationFailed"},
		{prod, guid1, role("x", prod, v.sub("labs-sandbox")), 403, "LinkedAuthorizationFailed"},
		{v.sub("acme-audit"), guid1, role("x", v.sub("acme-audit")), 403, "AuthorizationFailed"},
		{v.sub("acme-delegated"), guid1, role("x", v.sub("acme-delegated")), 403, "roleDefinitions/write"},
		{v.sub("acme-data"), guid1, role("x", prod), 400, "AssignableScopes"},
		{prod + "/resourceGroups/nowhere", guid1, role("x", prod), 404, "ResourceGroupNotFound"},
		{prod, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", role("x", prod), 400, "built-in"},
	} {
		v.wants(c.status, c.says, "PUT", v.at(c.scope, "roleDefinitions/"+c.name), sandbox.Token, c.body)
	}
	v.wants(400, "built-in", "DELETE", v.at(prod, "roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"), sandbox.Token, nil)
	v.wants(405, "HttpMethodNotSupported", "POST", v.at(prod, "roleDefinitions"), sandbox.Token, "{}")
	v.wants(501, "NotInSandbox", "PUT", v.s.ARM+v.vnet("acme-prod", "vnet-hub")+"?api-version=2025-05-01", sandbox.Token, "{}")
	if n := v.s.World.Writes("arm"); n != 0 {
		t.Errorf("%d writes were counted", n)
	}
}

func TestRoleAssignments(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, AssignmentLimit: 100})}
	w, tok := v.s.World, sandbox.Token
	prod, data := v.sub("acme-prod"), v.sub("acme-data")
	dmz, analytics := v.vnet("acme-prod", "vnet-dmz"), v.vnet("acme-data", "vnet-analytics")
	kong, custom := w.Principals(sandbox.HomeDomain)[0].ObjectID, w.Roles(sandbox.HomeDomain)[0].ID
	put := func(status int, says, scope, name string, body any) {
		t.Helper()
		v.wants(status, says, "PUT", v.at(scope, "roleAssignments/"+name), tok, body)
	}
	put(404, "RoleDefinitionDoesNotExist", dmz, guid1, assignment(none, kong, ""))
	put(404, "RoleDefinitionDoesNotExist", analytics, guid1, assignment(custom, kong, ""))
	put(400, "PrincipalNotFound", dmz, guid1, assignment(custom, none, ""))
	put(400, "UnmatchedPrincipalType", dmz, guid1, assignment(custom, kong, "User"))
	put(400, "InvalidPrincipalType", dmz, guid1, assignment(custom, kong, "Dragon"))
	put(400, "InvalidPrincipalId", dmz, guid1, assignment(custom, "kong", ""))
	put(400, "InvalidRoleAssignmentId", dmz, "mine", assignment(custom, kong, ""))
	put(400, "InvalidRoleDefinitionId", dmz, guid1, assignment("owner", kong, ""))
	put(400, "InvalidRequestContent", dmz, guid1, "nonsense")
	put(404, "ResourceNotFound", prod+"/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/none", guid1, assignment(custom, kong, ""))
	put(201, guid1, dmz, guid1, assignment(custom, kong, ""))
	put(200, guid1, strings.ToUpper(dmz), guid1, assignment(custom, kong, "ServicePrincipal"))
	put(400, "RoleAssignmentUpdateNotPermitted", dmz, guid1, assignment(custom, w.Principals(sandbox.HomeDomain)[0].AppID, "ServicePrincipal"))
	put(409, "The role assignment already exists.", dmz, guid2, assignment(custom, kong, ""))
	put(201, none, dmz, guid2, assignment(custom, none, "ServicePrincipal"))
	v.wants(403, "AuthorizationFailed", "PUT", v.at(v.vnet("acme-audit", "vnet-audit"), "roleAssignments/"+none), tok, assignment(custom, kong, ""))
	v.wants(201, none, "PUT", v.at(v.vnet("acme-delegated", "vnet-delegated"), "roleAssignments/"+none), tok, assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", kong, ""))
	guarded := v.vnet("acme-guarded", "vnet-guarded")
	contributor := "4d97b98b-1d4f-4787-a291-c67834d212e7"
	v.wants(403, "or an ABAC condition not fulfilled", "PUT", v.at(guarded, "roleAssignments/"+none), tok, assignment(contributor, kong, ""))
	v.wants(201, "", "PUT", v.at(guarded, "roleAssignments/44444444-3333-4333-8333-333333333333"), tok, assignment("acdd72a7-3385-48ef-bd42-f606fba81ae7", kong, ""))

	list := func(scope, f string, wants ...string) {
		t.Helper()
		text := v.wants(200, `"value"`, "GET", v.at(scope, "roleAssignments")+filter(f), tok, nil)
		for i, id := range []string{guid1, "acme-owner"} {
			if id == "acme-owner" {
				id = `"scope":"` + prod + `"`
			}
			if got := strings.Contains(text, id); got != (wants[i] == "yes") {
				t.Errorf("%s %q: %s is there: %v", scope, f, id, got)
			}
		}
	}
	list(dmz, "", "yes", "yes")
	list(dmz, "atScope()", "yes", "yes")
	list(dmz, "principalId eq '"+kong+"'", "yes", "no")
	list(prod, "principalId eq '"+kong+"'", "yes", "no")
	list(prod, "atScope()", "no", "yes")
	list(prod, "assignedTo('"+kong+"')", "yes", "no")
	list(prod, "atScope() and assignedTo('"+kong+"')", "no", "no")
	list(data, "", "no", "no")
	v.wants(400, "BadRequestFormat", "GET", v.at(dmz, "roleAssignments")+filter("principalId eq '"+kong+"' and atScope()"), tok, nil)
	v.wants(400, "BadRequestFormat", "GET", v.at(dmz, "roleAssignments")+filter("principalId eq kong"), tok, nil)
	v.wants(200, guid1, "GET", v.at(dmz, "roleAssignments/"+guid1), tok, nil)
	v.wants(404, "RoleAssignmentNotFound", "GET", v.at(prod, "roleAssignments/"+guid1), tok, nil)
}

func TestTooManyAssignments(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), AssignmentLimit: 1})}
	w := v.s.World
	v.wants(400, "RoleAssignmentLimitExceeded", "PUT", v.at(v.vnet("acme-prod", "vnet-dmz"), "roleAssignments/"+guid1), sandbox.Token,
		assignment(w.Roles(sandbox.HomeDomain)[0].ID, w.Principals(sandbox.HomeDomain)[0].ObjectID, ""))
}

// A write spreads: until it has, every other reader sees what was there before.
func TestReplication(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, Replication: 10 * time.Second})}
	prod, dmz, tok := v.sub("acme-prod"), v.vnet("acme-prod", "vnet-dmz"), sandbox.Token
	kong := v.s.World.Principals(sandbox.HomeDomain)[0].ObjectID
	one := v.at(prod, "roleDefinitions/"+guid1)
	v.wants(201, guid1, "PUT", one, tok, role("mine", prod))
	v.wants(404, "RoleDefinitionDoesNotExist", "GET", one, tok, nil)
	v.wants(200, guid1, "GET", one, tok, nil)
	v.wants(200, `"value":[]`, "GET", v.at(prod, "roleDefinitions")+filter("roleName eq 'mine'"), tok, nil)
	v.wants(404, "RoleDefinitionDoesNotExist", "PUT", v.at(dmz, "roleAssignments/"+guid2), tok, assignment(guid1, kong, "ServicePrincipal"))
	clock.Advance(10 * time.Second)
	v.wants(200, guid1, "GET", one, tok, nil)
	v.wants(200, guid1, "GET", one, tok, nil)
	v.wants(201, guid2, "PUT", v.at(dmz, "roleAssignments/"+guid2), tok, assignment(guid1, kong, "ServicePrincipal"))
	// An assignment shows in lists late, and then for good.
	v.wants(200, guid2, "GET", v.at(dmz, "roleAssignments/"+guid2), tok, nil)
	for range 3 {
		if text := v.wants(200, "value", "GET", v.at(dmz, "roleAssignments"), tok, nil); strings.Contains(text, guid2) {
			t.Errorf("a list knows it at once: %s", text)
		}
	}
	clock.Advance(10 * time.Second)
	for range 3 {
		v.wants(200, guid2, "GET", v.at(dmz, "roleAssignments"), tok, nil)
	}
	v.wants(201, "renamed", "PUT", one, tok, role("renamed", prod))
	v.wants(200, "mine", "GET", one, tok, nil)
	v.wants(200, "renamed", "GET", one, tok, nil)
}

// Azure finds a new principal some time after Graph does, unless it is told what
// it is.
func TestAPrincipalThatIsNew(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, Replication: 10 * time.Second})}
	w := v.s.World
	tok, one := w.GuestToken(sandbox.LabsDomain), v.at(v.vnet("labs-sandbox", "vnet-labs"), "roleAssignments/"+guid1)
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	body := func(kind string) any {
		return assignment("4d97b98b-1d4f-4787-a291-c67834d212e7", w.Principals(sandbox.LabsDomain)[0].ObjectID, kind)
	}
	list, _, _ := v.byApp()
	clock.Advance(11 * time.Second)
	v.wants(200, kongApp, "GET", list, tok, nil)
	v.wants(400, "PrincipalNotFound", "PUT", one, tok, body(""))
	v.wants(201, guid1, "PUT", one, tok, body("ServicePrincipal"))
	clock.Advance(10 * time.Second)
	v.wants(200, guid1, "PUT", one, tok, body(""))
}

func TestWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, v.at(v.sub("acme-prod"), "roleDefinitions/"+guid1), strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+sandbox.Token)
	r.Close = true
	resp, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("%d", resp.StatusCode)
	}
}

// A blank in the query has to be escaped; a listener refuses the request line.
func TestABlankInTheQuery(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	host := strings.TrimPrefix(v.s.ARM, "http://")
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte("GET /subscriptions?$filter=principalId eq 'x'&api-version=2025-05-01 HTTP/1.1\r\nHost: " + host + "\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestPermissionsAndLists(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w, tok := v.s.World, sandbox.Token
	prod, audit := v.sub("acme-prod"), v.sub("acme-audit")
	v.wants(200, `"actions":["*"]`, "GET", v.at(prod, "permissions"), tok, nil)
	v.wants(200, `"actions":["*"]`, "GET", v.at(prod+"/resourcegroups/rg-network", "permissions"), tok, nil)
	v.wants(200, `"actions":["*"]`, "GET", v.at(prod+"/resourcegroups/rg-network/providers/Microsoft.Network//virtualNetworks/vnet-hub", "permissions"), tok, nil)
	v.wants(200, `"actions":["*/read"]`, "GET", v.at(audit, "permissions"), tok, nil)
	v.wants(403, "AuthorizationFailed", "GET", v.at(v.sub("acme-vault"), "permissions"), tok, nil)
	v.wants(404, "ResourceGroupNotFound", "GET", v.at(prod+"/resourcegroups/none", "permissions"), tok, nil)

	read := func(path string) string { return v.s.ARM + path + "?api-version=2022-09-01" }
	text := v.wants(200, "acme-pim", "GET", read("/subscriptions"), tok, nil)
	if strings.Contains(text, "acme-vault") || strings.Contains(text, "labs-sandbox") {
		t.Errorf("a subscription without rights, or of another tenant: %s", text)
	}
	v.wants(200, "labs-sandbox", "GET", read("/subscriptions"), w.GuestToken(sandbox.LabsDomain), nil)
	v.wants(200, sandbox.LabsDomain, "GET", read("/tenants"), tok, nil)
	v.wants(200, "rg-network", "GET", read(prod+"/resourcegroups"), tok, nil)
	v.wants(200, "rg-network", "GET", read(prod+"/resourceGroups/RG-NETWORK"), tok, nil)
	v.wants(200, "vnet-dmz", "GET", read(prod+"/providers/Microsoft.Network/virtualNetworks"), tok, nil)
	v.wants(403, "AuthorizationFailed", "GET", read(v.sub("acme-vault")+"/providers/Microsoft.Network/virtualNetworks"), tok, nil)
	v.wants(403, "AuthorizationFailed", "GET", read(v.sub("acme-vault")), tok, nil)
	v.wants(401, "InvalidAuthenticationTokenTenant", "GET", read(v.sub("labs-sandbox")), tok, nil)
	v.wants(404, "SubscriptionNotFound", "GET", read("/subscriptions/"+none), tok, nil)
	v.wants(404, "ResourceNotFound", "GET", read(prod+"/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/none"), tok, nil)
	v.wants(404, "InvalidResourceType", "GET", read(prod+"/providers/Microsoft.Network/disks"), tok, nil)
	v.wants(404, "InvalidResourceNamespace", "GET", read(prod+"/providers/Acme.Compute/disks"), tok, nil)
	v.wants(501, "NotInSandbox", "GET", read(prod+"/providers/Microsoft.Compute/disks"), tok, nil)
	v.wants(501, "NotInSandbox", "GET", v.at(prod+"/resourceGroups/rg-network/providers/Microsoft.Compute/disks/x", "permissions"), tok, nil)
	v.wants(501, "NotInSandbox", "DELETE", read("/subscriptions"), tok, nil)
}

func TestLongLists(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), Networks: 200})}
	address, pages, seen := v.s.ARM+v.sub("acme-data")+"/providers/Microsoft.Network/virtualNetworks?api-version=2025-05-01", 0, map[string]bool{}
	for address != "" && pages < 10 {
		var page struct {
			Value []struct {
				ID string `json:"id"`
			} `json:"value"`
			Next string `json:"nextLink"`
		}
		if err := json.Unmarshal([]byte(v.wants(200, "value", "GET", address, sandbox.Token, nil)), &page); err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Value {
			seen[item.ID] = true
		}
		address, pages = page.Next, pages+1
	}
	if pages != 2 || len(seen) != 2*185+3 {
		t.Errorf("%d pages, %d VNETs", pages, len(seen))
	}
	v.wants(400, "InvalidSkipToken", "GET", v.s.ARM+v.sub("acme-data")+"/resourcegroups?api-version=2025-04-01&$skiptoken=x", sandbox.Token, nil)
	v.wants(400, "InvalidApiVersionParameter", "GET", v.s.ARM+"/subscriptions?api-version=latest", sandbox.Token, nil)
}

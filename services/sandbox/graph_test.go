package sandbox_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// byApp asks for Kong's application in the three ways that there are.
func (v visitor) byApp() (list, one, deleted string) {
	base := v.s.Graph + "/v1.0/"
	q := "?$filter=" + url.QueryEscape("appId eq '"+kongApp+"'")
	return base + "servicePrincipals" + q, base + "servicePrincipals(appId='" + kongApp + "')", base + "directory/deletedItems/microsoft.graph.servicePrincipal" + q
}

func TestThePrincipalsStates(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, Replication: 5 * time.Second})}
	w := v.s.World
	tok := w.GuestToken(sandbox.LabsDomain)
	list, one, deleted := v.byApp()
	become := func(state string) {
		w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: state})
		clock.Advance(6 * time.Second)
	}
	v.wants(200, `"value":[]`, "GET", list, tok, nil)
	v.wants(404, "Request_ResourceNotFound", "GET", one, tok, nil)
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	v.wants(200, `"value":[]`, "GET", list, tok, nil)
	clock.Advance(6 * time.Second)
	first := w.Principals(sandbox.LabsDomain)[0].ObjectID
	v.wants(200, first, "GET", list, tok, nil)
	v.wants(200, `"accountEnabled":true`, "GET", one, tok, nil)
	v.wants(200, kongApp, "GET", v.s.Graph+"/v1.0/servicePrincipals/"+first, tok, nil)
	v.wants(200, first, "GET", v.s.Graph+"/v1.0/servicePrincipals?$filter="+url.QueryEscape("servicePrincipalNames/any(c:c eq '"+kongApp+"')"), tok, nil)
	if text := v.wants(200, first, "GET", one+"?$select=id,appId", tok, nil); strings.Contains(text, "accountEnabled") {
		t.Errorf("more than was asked for: %s", text)
	}
	become("disabled")
	v.wants(200, `"accountEnabled":false`, "GET", one, tok, nil)
	become("enabled")
	v.wants(200, `"accountEnabled":true`, "GET", one, tok, nil)
	become("deleted")
	v.wants(200, `"value":[]`, "GET", list, tok, nil)
	v.wants(404, "", "GET", one, tok, nil)
	v.wants(200, first, "GET", deleted, tok, nil)
	become("restored")
	v.wants(200, first, "GET", one, tok, nil)
	become("recreated")
	if text := v.wants(200, kongApp, "GET", one, tok, nil); strings.Contains(text, first) {
		t.Errorf("it has its old object id: %s", text)
	}
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "guest"})
	for _, address := range []string{list, one, deleted} {
		text := v.wants(403, "Authorization_RequestDenied", "GET", address, tok, nil)
		var body struct {
			Error struct {
				InnerError map[string]string `json:"innerError"`
			} `json:"error"`
		}
		if err := json.Unmarshal([]byte(text), &body); err != nil || body.Error.InnerError["request-id"] == "" || body.Error.InnerError["date"] == "" {
			t.Errorf("%s, %v", text, err)
		}
	}
}

func TestPrincipalsAreMadeWithoutABrowser(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w := v.s.World
	labs := w.GuestToken(sandbox.LabsDomain)
	all := v.s.Graph + "/v1.0/servicePrincipals"
	body := map[string]any{"appId": kongApp}
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "member"})
	v.wants(403, "Authorization_RequestDenied", "POST", all, labs, body)
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "admin"})
	v.wants(400, "Request_BadRequest", "POST", all, labs, map[string]any{"appId": guid1})
	v.wants(400, "BadRequest", "POST", all, labs, "{")
	v.wants(201, "$entity", "POST", all, labs, body)
	v.wants(409, "Request_MultipleObjectsWithSameKeyValue", "POST", all, labs, body)
	v.wants(409, "Request_MultipleObjectsWithSameKeyValue", "POST", all, sandbox.Token, body)
	v.wants(401, "InvalidAuthenticationToken", "POST", all, "nobody", body)
	v.wants(404, "Request_ResourceNotFound", "DELETE", all+"/"+guid1, labs, nil)
	v.wants(501, "NotInSandbox", "GET", v.s.Graph+"/v1.0/users", labs, nil)
	v.wants(501, "NotInSandbox", "GET", all+"Elsewhere", labs, nil)
	v.wants(400, "BadRequest", "GET", all+"?$filter=appId%20eq%20x", labs, nil)
	v.wants(400, "Request_UnsupportedQuery", "GET", all+"?$filter=colour%20eq%20'red'", labs, nil)
	if n := w.Writes("graph"); n != 1 {
		t.Errorf("%d writes", n)
	}
}

func TestTheConsentPage(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	page := func(tenant, app string) string {
		return v.s.Login + "/" + url.PathEscape(tenant) + "/adminconsent?client_id=" + url.QueryEscape(app)
	}
	v.wants(400, "AADSTS90002", "GET", page("nowhere.example", kongApp), "", nil)
	v.wants(400, "AADSTS90002", "GET", page("common", kongApp), "", nil)
	v.wants(400, "AADSTS900144", "GET", page(sandbox.LabsDomain, ""), "", nil)
	v.wants(400, "AADSTS700016", "GET", page(sandbox.LabsDomain, guid1), "", nil)
	for _, hostile := range []string{page("<script>x</script>", kongApp), page(sandbox.LabsDomain, "<script>x</script>")} {
		if text := v.wants(400, "&lt;script&gt;", "GET", hostile, "", nil); strings.Contains(text, "<script>") {
			t.Errorf("the page runs what it is given: %s", text)
		}
	}
	v.wants(200, "<form", "GET", page(sandbox.LabsDomain, kongApp), "", nil)
	if n := len(v.s.World.Principals(sandbox.LabsDomain)); n != 0 {
		t.Errorf("looking at the page let %d in", n)
	}
	v.wants(200, "granted", "POST", page(sandbox.LabsDomain, kongApp), "", nil)
	v.wants(200, "granted", "POST", page(sandbox.LabsDomain, kongApp), "", nil)
	if n := len(v.s.World.Principals(sandbox.LabsDomain)); n != 1 {
		t.Errorf("two clicks made %d", n)
	}
}

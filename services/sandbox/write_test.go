package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// The ids that a test gives to what it makes.
const (
	guid1   = "11111111-1111-4111-8111-111111111111"
	guid2   = "22222222-2222-4222-8222-222222222222"
	kongApp = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"
	kongOne = "Kong Cloud Gateway Peering Creator - Kong"
)

// send asks a world to change something, or reads with another token.
func (v visitor) send(method, address, token string, body any) (int, http.Header, string) {
	v.t.Helper()
	var data io.Reader = http.NoBody
	switch b := body.(type) {
	case nil:
	case string:
		data = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			v.t.Fatal(err)
		}
		data = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(v.t.Context(), method, address, data)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	r.Close = true
	resp, err := new(http.Client).Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

// wants checks one exchange: the status, and words of the answer.
func (v visitor) wants(status int, says, method, address, token string, body any) string {
	v.t.Helper()
	got, _, text := v.send(method, address, token, body)
	if got != status || !strings.Contains(text, says) {
		v.t.Errorf("%s %s: %d %s\nwant %d with %q", method, address, got, text, status, says)
	}
	return text
}

// at makes the address of an ARM scope's access control.
func (v visitor) at(scope, what string) string {
	return v.s.ARM + scope + "/providers/Microsoft.Authorization/" + what + "?api-version=2022-04-01"
}

func (v visitor) sub(name string) string {
	return "/subscriptions/" + v.s.World.SubscriptionID(name)
}

func (v visitor) vnet(sub, name string) string { return v.s.World.VNetID(sub, name) }

func filter(text string) string { return "&%24filter=" + url.QueryEscape(text) }

func role(name string, scopes ...string) map[string]any {
	return map[string]any{"properties": map[string]any{
		"roleName": name, "type": "CustomRole", "description": "d", "assignableScopes": scopes,
		"permissions": []any{map[string]any{"actions": []string{
			"Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
			"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
			"Microsoft.Network/virtualNetworks/peer/action",
		}}},
	}}
}

func assignment(roleID, principal, kind string) map[string]any {
	p := map[string]any{"roleDefinitionId": "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/" + roleID, "principalId": principal}
	if kind != "" {
		p["principalType"] = kind
	}
	return map[string]any{"properties": p}
}

func attach(name, tenant, sub, group, vnet string) map[string]any {
	return map[string]any{"name": name, "transit_gateway_attachment_config": map[string]any{
		"kind": "azure-vnet-peering-attachment", "tenant_id": tenant, "subscription_id": sub, "resource_group_name": group, "vnet_name": vnet,
	}}
}

func (v visitor) network(name string) string {
	return v.s.Konnect + "/v2/cloud-gateways/networks/" + v.list(everything)["id of "+name]
}

// A whole set-up, each service asked as the program asks it.
func TestAWholeSetUp(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	w := v.s.World
	labs := w.TenantID(sandbox.LabsDomain)
	token := w.GuestToken(labs)
	sub, vnet := v.sub("labs-sandbox"), v.vnet("labs-sandbox", "vnet-labs")

	v.wants(201, "initializing", "POST", v.network("uk-lab")+"/transit-gateways", sandbox.Token, attach("labs", labs, w.SubscriptionID("labs-sandbox"), "RG-network", "vnet-labs"))
	clock.Advance(20 * time.Second)
	if got := w.Peerings("uk-lab")[0]; got.State != "pending-user-action" || got.Half != "none" {
		t.Fatalf("without consent: %+v", got)
	}
	consent := v.s.Login + "/" + labs + "/adminconsent?client_id=" + kongApp
	v.wants(200, "Accept", "GET", consent, "", nil)
	v.wants(200, "granted", "POST", consent, "", nil)
	v.wants(201, guid1, "PUT", v.at(sub, "roleDefinitions/"+guid1), token, role("Kong", sub))
	principal := w.Principals(labs)[0].ObjectID
	v.wants(201, principal, "PUT", v.at(vnet, "roleAssignments/"+guid2), token, assignment(guid1, principal, "ServicePrincipal"))
	for _, want := range []sandbox.PeeringView{{State: "initializing", Half: "Initiated"}, {State: "initializing", Half: "Connected"}, {State: "ready", Half: "Connected"}} {
		clock.Advance(4 * time.Second)
		if got := w.Peerings("uk-lab")[0]; got.State != want.State || got.Half != want.Half {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if w.Writes("arm") != 2 || w.Writes("konnect") != 1 || w.Writes("login") != 1 || w.Writes("graph") != 0 {
		t.Errorf("writes: %d arm, %d konnect", w.Writes("arm"), w.Writes("konnect"))
	}
	v.wants(204, "", "DELETE", v.network("uk-lab")+"/transit-gateways/"+w.Peerings("uk-lab")[0].ID, sandbox.Token, nil)
	if got := w.Peerings("uk-lab")[0]; got.State != "terminating" || got.Half != "Disconnected" {
		t.Errorf("%+v", got)
	}
	clock.Advance(4 * time.Second)
	if got := w.Peerings("uk-lab"); len(got) != 0 {
		t.Errorf("still there: %+v", got)
	}
	v.wants(400, "RoleDefinitionHasAssignments", "DELETE", v.at(sub, "roleDefinitions/"+guid1), token, nil)
	v.wants(200, guid2, "DELETE", v.at(vnet, "roleAssignments/"+guid2), token, nil)
	v.wants(204, "", "DELETE", v.at(vnet, "roleAssignments/"+guid2), token, nil)
	v.wants(200, guid1, "DELETE", v.at(sub, "roleDefinitions/"+guid1), token, nil)
	v.wants(204, "", "DELETE", v.at(sub, "roleDefinitions/"+guid1), token, nil)
}

package clients_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

const kongApp = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"

// Graph, as the Azure CLI and others ask it.
func TestGraph(t *testing.T) {
	t.Parallel()
	const principals, deleted = "/v1.0/servicePrincipals", "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"
	filter := func(text string) call { return raw("GET", principals+"?$filter="+url.QueryEscape(text), nil) }
	kong := func(before, behind string) func(*azure) string {
		return func(a *azure) string { return before + a.kong + behind }
	}
	enter(t, sandbox.Options{}).run([]row{
		{name: "by appId", says: `"accountEnabled":true`, do: filter("appId eq '" + kongApp + "'")},
		{name: "by name", says: kongApp, do: filter("displayName eq 'kong-cgw-azure-vnet-peering-app'")},
		{name: "by the beginning of the name", says: kongApp, do: filter("startswith(displayName,'Kong-')")},
		{name: "by one of its names", says: kongApp, do: filter("servicePrincipalNames/any(c:c eq '" + kongApp + "')")},
		{name: "by id", says: kongApp, do: func(ctx context.Context, a *azure) (any, error) { return filter("id eq '"+a.kong+"'")(ctx, a) }},
		{name: "by another appId", says: `"value":[]`, do: filter("appId eq '" + guid1 + "'")},
		{name: "by what there is not", status: 400, code: "Request_UnsupportedQuery", do: filter("colour eq 'red'")},
		{name: "by the key of the application", says: kongApp, hides: "displayName", do: raw("GET", principals+"(appId='"+kongApp+"')?$select=id,appId", nil)},
		{name: "by the key of another application", status: 404, code: "Request_ResourceNotFound", do: raw("GET", principals+"(appId='"+guid1+"')", nil)},
		{name: "by the key", says: kongApp, do: at("GET", kong(principals+"/", ""), nil)},
		{name: "directoryObjects/getByIds", says: `"#microsoft.graph.servicePrincipal"`, do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", "/v1.0/directoryObjects/getByIds", map[string]any{"ids": []string{a.kong, guid1}, "types": []string{"user", "group", "servicePrincipal"}})(ctx, a)
		}},
		{name: "directoryObjects/getByIds of another type", says: `"value":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", "/v1.0/directoryObjects/getByIds", map[string]any{"ids": []string{a.kong}, "types": []string{"group"}})(ctx, a)
		}},
		{name: "directoryObjects/getByIds of nothing", status: 400, code: "Request_BadRequest", do: raw("POST", "/v1.0/directoryObjects/getByIds", map[string]any{})},
		{name: "directoryObjects", says: kongApp, do: at("GET", kong("/v1.0/directoryObjects/", ""), nil)},
		{name: "me", says: `"alice@acme.example"`, do: raw("GET", "/v1.0/me", nil)},
		{name: "a user by name", says: `"Alice`, do: raw("GET", "/v1.0/users/alice@acme.example", nil)},
		{name: "an application is no user", status: 404, code: "Request_ResourceNotFound", do: at("GET", kong("/v1.0/users/", ""), nil)},
		{name: "switching off", status: 204, do: at("PATCH", kong(principals+"/", ""), map[string]any{"accountEnabled": false})},
		{name: "switched off", says: `"accountEnabled":false`, do: at("GET", kong(principals+"/", ""), nil)},
		{name: "deleting", status: 204, do: at("DELETE", kong(principals+"/", ""), nil)},
		{name: "deleted", says: kongApp, do: raw("GET", deleted, nil)},
		{name: "no more there", says: `"value":[]`, do: filter("appId eq '" + kongApp + "'")},
		{name: "restoring", says: kongApp, do: at("POST", kong(deleted+"/", "/restore"), nil)},
		{name: "there again", says: kongApp, do: filter("appId eq '" + kongApp + "'")},
		{name: "a second one", status: 409, code: "Request_MultipleObjectsWithSameKeyValue", do: raw("POST", principals, map[string]any{"appId": kongApp})},
		{name: "as a member", status: 403, code: "Authorization_RequestDenied", do: with(sandbox.Event{Tenant: sandbox.HomeDomain, Directory: "member"}, at("DELETE", kong(principals+"/", ""), nil))},
		{name: "as a guest", status: 403, code: "Authorization_RequestDenied", do: with(sandbox.Event{Tenant: sandbox.HomeDomain, Directory: "guest"}, filter("appId eq '"+kongApp+"'"))},
	})
}

package sandbox

import (
	"net/http"
	"strings"
)

// graph is Microsoft Graph: whether Kong's application is in a tenant.
func (w *World) graph() service {
	return service{world: w, name: "graph", answer: answerGraph, refuse: func(w *World, _ *http.Request, status int) reply {
		return graphError(w, status, strings.ReplaceAll(http.StatusText(status), " ", ""), "The server encountered an error.")
	}}
}

func answerGraph(w *World, r *http.Request) reply {
	token, ok := bearer(r)
	signedIn, known := w.tokenTenant(token)
	if !ok || !known {
		return graphError(w, http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is empty or invalid.")
	}
	if r.Method != http.MethodGet || r.URL.Path != "/v1.0/servicePrincipals" {
		return graphError(w, http.StatusNotFound, "Request_ResourceNotFound", "The sandbox knows /v1.0/servicePrincipals, in this release.")
	}
	value := []any{}
	for appID, p := range signedIn.principals {
		if r.URL.Query().Get("$filter") == "appId eq '"+appID+"'" {
			value = append(value, map[string]any{
				"id": p.objectID, "appId": appID, "displayName": p.name, "accountEnabled": true, "appOwnerOrganizationId": w.id("tenant", "kong"),
			})
		}
	}
	return ok200(map[string]any{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals", "value": value})
}

func graphError(w *World, status int, code, message string) reply {
	return reply{status: status, kind: jsonType, header: map[string]string{"Request-Id": w.id("request", w.trace())}, body: map[string]any{
		"error": map[string]any{"code": code, "message": message},
	}}
}

package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// graph is Microsoft Graph: whether Kong's application is in a tenant, and how it
// gets there without a browser.
func (w *World) graph() service {
	answer := func(w *World, r *http.Request) reply { return graphDressed(w, answerGraph(w, r)) }
	return service{world: w, name: "graph", answer: answer, refuse: func(w *World, _ *http.Request, status int) reply {
		switch status {
		case http.StatusForbidden:
			return graphDressed(w, graphDenied(w))
		case http.StatusTooManyRequests:
			return graphDressed(w, graphError(w, status, "TooManyRequests", "Too many requests."))
		default:
			return graphDressed(w, graphError(w, status, strings.ReplaceAll(http.StatusText(status), " ", ""), "The server encountered an error."))
		}
	}}
}

// graphDressed adds the headers with which Graph's answers come.
func graphDressed(w *World, a reply) reply {
	if a.header["Request-Id"] == "" {
		w.traces++
		a = withHeader(a, "Request-Id", w.id("request", w.trace()))
	}
	a = withHeader(a, "Cache-Control", "no-cache")
	a = withHeader(a, "Strict-Transport-Security", "max-age=31536000")
	a = withHeader(a, "X-Ms-Ags-Diagnostic", `{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"5","ScaleUnit":"000","RoleInstance":"SANDBOX"}}`)
	if a.status < http.StatusBadRequest {
		a = withHeader(a, "Odata-Version", "4.0")
		if a.body != nil {
			a.kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
		}
	}
	return a
}

const (
	principalsPath = "/v1.0/servicePrincipals"
	objectsPath    = "/v1.0/directoryObjects"
	usersPath      = "/v1.0/users"
	mePath         = "/v1.0/me"
	deletedPath    = "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"
)

func answerGraph(w *World, r *http.Request) reply {
	token, ok := bearer(r)
	t, known := w.tokenTenant(token)
	if !ok || !known {
		return graphError(w, http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token is empty or invalid.")
	}
	path := strings.TrimSuffix(r.URL.Path, "/")
	if path == mePath && r.Method == http.MethodGet {
		return ok200(selected(r, w.renderUser()))
	}
	if !underPath(path, principalsPath) && !underPath(path, deletedPath) && !underPath(path, objectsPath) && !underPath(path, usersPath) {
		return graphError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox knows service principals and the signed-in account only.")
	}
	if t.directory == directoryGuest {
		return graphDenied(w)
	}
	switch {
	case underPath(path, objectsPath) || underPath(path, usersPath):
		return w.directoryObjects(r, t, path)
	case underPath(path, deletedPath) && path != deletedPath:
		return w.deletedPrincipal(r, t, strings.TrimPrefix(path, deletedPath+"/"))
	case r.Method == http.MethodGet && path == principalsPath:
		return w.listPrincipals(r, t, false, principalsPath)
	case r.Method == http.MethodGet && path == deletedPath:
		return w.listPrincipals(r, t, true, deletedPath)
	case r.Method == http.MethodGet && !underPath(path, deletedPath):
		return w.getPrincipal(r, t, strings.TrimPrefix(path, principalsPath))
	case r.Method == http.MethodPost && path == principalsPath:
		return w.postPrincipal(r, t)
	case (r.Method == http.MethodPatch || r.Method == http.MethodDelete) && path != principalsPath && !underPath(path, deletedPath):
		return w.changePrincipal(r, t, strings.TrimPrefix(path, principalsPath))
	default:
		return graphError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox does not simulate "+r.Method+" here.")
	}
}

// underPath reports whether a path is an entity set, or one entity of it: Graph
// writes its key in parentheses or behind a slash.
func underPath(path, set string) bool {
	rest, ok := strings.CutPrefix(path, set)
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '(')
}

// listPrincipals lists the applications that are there, or those that are deleted.
func (w *World) listPrincipals(r *http.Request, t *tenant, deleted bool, set string) reply {
	clauses, err := parseFilter(plainFilter(r.URL.Query().Get("$filter")))
	if err != nil {
		return graphError(w, http.StatusBadRequest, "BadRequest", "Invalid filter clause: the filter is not understood.")
	}
	value := []any{}
	for _, p := range t.principals {
		keep := p.deleted == deleted && w.visible(p)
		for _, c := range clauses {
			fits, known := p.fits(c)
			if !known {
				return graphError(w, http.StatusBadRequest, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause specified for property '"+c.field+"'.")
			}
			keep = keep && fits
		}
		if keep {
			value = append(value, selected(r, w.renderPrincipal(p)))
		}
	}
	if !deleted && len(value) == 0 {
		w.awaited(t)
	}
	return ok200(map[string]any{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#" + strings.TrimPrefix(set, "/v1.0/") + chosen(r), "value": value})
}

// plainFilter puts the one lambda that the Azure CLI sends into plain words: an
// application's names begin with its id.
func plainFilter(text string) string {
	rest, lambda := strings.CutPrefix(text, "servicePrincipalNames/any(c:c eq ")
	value, closed := strings.CutSuffix(rest, ")")
	if lambda && closed {
		return "appId eq " + value
	}
	// A call with the property as its first argument.
	if rest, starts := strings.CutPrefix(text, "startswith(displayName,"); starts {
		return "startswithDisplayName(" + strings.TrimLeft(rest, " ")
	}
	return text
}

// fits reports whether a condition lets a principal through; known is false for one that is
// not understood.
func (p *principal) fits(c clause) (fits, known bool) {
	switch {
	case c.call && c.field == "startswithdisplayname":
		return strings.HasPrefix(strings.ToLower(p.name), strings.ToLower(c.value)), true
	case c.call:
		return false, false
	case c.field == "appid":
		return strings.EqualFold(p.appID, c.value), true
	case c.field == "id":
		return strings.EqualFold(p.objectID, c.value), true
	case c.field == "displayname":
		return strings.EqualFold(p.name, c.value), true
	default:
		return false, false
	}
}

func (w *World) visible(p *principal) bool { return !w.clock.Now().Before(p.visibleAt) }

// getPrincipal answers for one application, by (appId='…') or by its object id.
func (w *World) getPrincipal(r *http.Request, t *tenant, key string) reply {
	p, id, understood := w.principalAt(t, key)
	switch {
	case !understood:
		return graphError(w, http.StatusBadRequest, "BadRequest", "The key of the entity is not understood.")
	case p != nil:
		body := selected(r, w.renderPrincipal(p))
		body["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals/$entity"
		return ok200(body)
	case strings.HasPrefix(key, "(") && strings.Contains(key, "="):
		w.awaited(t)
	}
	return graphMissing(w, id)
}

func graphMissing(w *World, id string) reply {
	return graphError(w, http.StatusNotFound, "Request_ResourceNotFound", "Resource '"+id+"' does not exist or one of its queried reference-property objects are not present.")
}

// principalAt finds an application by the key of a path; nil for one that is not there. It
// also returns the id that was asked for.
func (w *World) principalAt(t *tenant, key string) (found *principal, id string, understood bool) {
	appID, byApp := strings.CutPrefix(strings.ReplaceAll(strings.TrimPrefix(key, "/"), "appid=", "appId="), "(appId='")
	appID, closed := strings.CutSuffix(appID, "')")
	if byApp && !closed {
		return nil, "", false
	}
	id = strings.Trim(key, "/()'")
	if byApp {
		id = appID
	}
	for _, p := range t.principals {
		if !p.deleted && w.visible(p) && (byApp && strings.EqualFold(p.appID, id) || !byApp && strings.EqualFold(p.objectID, id)) {
			return p, id, true
		}
	}
	return nil, id, true
}

// awaited sets the demo's administrator going, who lets Kong in some time after
// somebody began to wait for it.
func (w *World) awaited(t *tenant) {
	if t.consentAfter > 0 {
		w.after(w.clock.Now(), t.consentAfter, func(w *World, now time.Time) { w.consent(t, now) })
		t.consentAfter = 0
	}
}

// postPrincipal puts an application into the tenant. No consent is recorded by it.
func (w *World) postPrincipal(r *http.Request, t *tenant) reply {
	var body struct {
		AppID string `json:"appId"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, mostBody)).Decode(&body); err != nil {
		return graphError(w, http.StatusBadRequest, "BadRequest", "Unable to read JSON request payload.")
	}
	switch {
	case t.directory != directoryAdmin:
		return graphDenied(w)
	case !strings.EqualFold(body.AppID, kongAppID):
		return graphError(w, http.StatusBadRequest, "Request_BadRequest", "The appId '"+body.AppID+"' of the service principal does not reference a valid application object.")
	case t.kong() != nil:
		return graphError(w, http.StatusConflict, "Request_MultipleObjectsWithSameKeyValue", "The service principal cannot be created, updated, or restored because the service principal name "+kongAppID+" is already in use.")
	}
	w.consent(t, w.clock.Now())
	made := w.renderPrincipal(t.kong())
	made["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals/$entity"
	return reply{status: http.StatusCreated, kind: jsonType, body: made}
}

func (w *World) renderPrincipal(p *principal) map[string]any {
	return map[string]any{
		"id": p.objectID, "appId": p.appID, "displayName": p.name, "accountEnabled": !p.disabled, "servicePrincipalType": "Application",
		"appDisplayName": p.name, "appOwnerOrganizationId": w.id("tenant", "kong"), "servicePrincipalNames": []string{p.appID},
	}
}

// chosen is how the context of an answer names the members that $select names.
func chosen(r *http.Request) string {
	if wanted := r.URL.Query().Get("$select"); wanted != "" {
		return "(" + wanted + ")"
	}
	return ""
}

// selected keeps the members that $select names.
func selected(r *http.Request, body map[string]any) map[string]any {
	wanted := r.URL.Query().Get("$select")
	if wanted == "" {
		return body
	}
	kept := map[string]any{}
	for name := range strings.SplitSeq(wanted, ",") {
		if value, has := body[strings.TrimSpace(name)]; has {
			kept[strings.TrimSpace(name)] = value
		}
	}
	return kept
}

func graphDenied(w *World) reply {
	return graphError(w, http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
}

func graphError(w *World, status int, code, message string) reply {
	id := w.id("request", w.trace())
	return reply{status: status, kind: jsonType, header: map[string]string{"Request-Id": id, "Client-Request-Id": id}, body: map[string]any{
		"error": map[string]any{"code": code, "message": message, "innerError": map[string]any{
			"date": w.clock.Now().UTC().Format("2006-01-02T15:04:05"), "request-id": id, "client-request-id": id,
		}},
	}}
}

package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
)

// directoryObjects answers for objects of a tenant whatever they are: by their id, and many at
// once. Who is asked after and is not there is left out.
func (w *World) directoryObjects(r *http.Request, t *tenant, path string) reply {
	id := strings.Trim(path[strings.LastIndexAny(path, "/(")+1:], "()'")
	switch {
	case r.Method == http.MethodPost && strings.EqualFold(path, objectsPath+"/getByIds"):
		return w.objectsByID(r, t)
	case r.Method != http.MethodGet || path == objectsPath || path == usersPath:
		return graphError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox does not simulate "+r.Method+" here.")
	}
	ofUsers := underPath(path, usersPath)
	for _, o := range w.objects(t) {
		isUser := asText(o["@odata.type"]) == "#microsoft.graph.user"
		named := strings.EqualFold(asText(o["id"]), id) || isUser && strings.EqualFold(asText(o["userPrincipalName"]), id)
		if named && (isUser || !ofUsers) {
			return ok200(selected(r, o))
		}
	}
	return graphMissing(w, id)
}

// objects are all objects of a tenant that can be seen, each with its type.
func (w *World) objects(t *tenant) []map[string]any {
	out := []map[string]any{w.renderUser()}
	out[0]["@odata.type"] = "#microsoft.graph.user"
	for _, p := range t.principals {
		if !p.deleted && w.visible(p) {
			o := w.renderPrincipal(p)
			o["@odata.type"] = "#microsoft.graph.servicePrincipal"
			out = append(out, o)
		}
	}
	return out
}

func (w *World) objectsByID(r *http.Request, t *tenant) reply {
	var body struct {
		IDs   []string `json:"ids"`
		Types []string `json:"types"`
	}
	const most = 1000
	if err := json.NewDecoder(io.LimitReader(r.Body, mostBody)).Decode(&body); err != nil || len(body.IDs) == 0 || len(body.IDs) > most {
		return graphError(w, http.StatusBadRequest, "Request_BadRequest", "Invalid value specified for property 'ids'.")
	}
	value := []any{}
	for _, o := range w.objects(t) {
		kind := strings.TrimPrefix(asText(o["@odata.type"]), "#microsoft.graph.")
		wanted := len(body.Types) == 0 || slices.ContainsFunc(body.Types, func(t string) bool { return strings.EqualFold(t, kind) || strings.EqualFold(t, "directoryObject") })
		if wanted && slices.ContainsFunc(body.IDs, func(id string) bool { return strings.EqualFold(id, asText(o["id"])) }) {
			value = append(value, o)
		}
	}
	return ok200(map[string]any{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#directoryObjects", "value": value})
}

// changePrincipal switches an application on or off, or deletes it.
func (w *World) changePrincipal(r *http.Request, t *tenant, key string) reply {
	p, id, understood := w.principalAt(t, key)
	switch {
	case !understood:
		return graphError(w, http.StatusBadRequest, "BadRequest", "The key of the entity is not understood.")
	case t.directory != directoryAdmin:
		return graphDenied(w)
	case p == nil:
		return graphMissing(w, id)
	case r.Method == http.MethodDelete:
		p.deleted = true
		return reply{status: http.StatusNoContent}
	}
	var body struct {
		Enabled *bool `json:"accountEnabled"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, mostBody)).Decode(&body); err != nil {
		return graphError(w, http.StatusBadRequest, "BadRequest", "Unable to read JSON request payload.")
	}
	if body.Enabled == nil {
		return graphError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox changes accountEnabled and nothing else.")
	}
	p.disabled = !*body.Enabled
	return reply{status: http.StatusNoContent}
}

// deletedPrincipal restores a deleted application, or tells of it.
func (w *World) deletedPrincipal(r *http.Request, t *tenant, rest string) reply {
	id, action, _ := strings.Cut(rest, "/")
	i := slices.IndexFunc(t.principals, func(p *principal) bool { return p.deleted && strings.EqualFold(p.objectID, id) })
	switch {
	case i < 0:
		return graphMissing(w, id)
	case r.Method == http.MethodGet && action == "":
		return ok200(selected(r, w.renderPrincipal(t.principals[i])))
	case r.Method != http.MethodPost || action != "restore":
		return graphError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox does not simulate "+r.Method+" here.")
	case t.directory != directoryAdmin:
		return graphDenied(w)
	case t.kong() != nil:
		return graphError(w, http.StatusConflict, "Request_MultipleObjectsWithSameKeyValue", "The service principal cannot be restored because the service principal name "+kongAppID+" is already in use.")
	}
	t.principals[i].deleted = false
	return ok200(w.renderPrincipal(t.principals[i]))
}

func (w *World) renderUser() map[string]any {
	return map[string]any{"id": w.user, "displayName": "Alice Miller", "userPrincipalName": userEmail, "mail": userEmail, "accountEnabled": true}
}

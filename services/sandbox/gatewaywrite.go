package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/google/uuid"
)

// writePlane answers what changes something below one control plane.
func (w *World) writePlane(r *http.Request, path []string, token string) reply {
	p, refusal, ok := w.plane(path[0], token)
	switch {
	case !ok:
		return refusal
	case p.members != nil:
		// What a group's data planes are told is said by its members alone.
		return coreError(http.StatusForbidden, 7, "usage constraint error", []coreDetail{{kind: detailEntity, message: "operation not permitted on a control plane group"}})
	case len(path) < 3 || path[1] != "core-entities" || !slices.Contains(gatewayKinds(), path[2]):
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox does not simulate "+r.Method+" here: it writes services, routes, upstreams and targets of a control plane.")
	}
	kind, name, parent := path[2], "", ""
	switch len(path) {
	case 3:
	case 4:
		name = path[3]
	case 5, 6:
		parent, kind = path[3], path[4]
		if len(path) == 6 {
			name = path[5]
		}
	default:
		return w.nothingHere()
	}
	member := parentOf(path[2], kind)
	if parent != "" && member == "" || parent == "" && kind == kindTargets {
		return w.nothingHere()
	}
	var within *entity
	if parent != "" {
		if within = p.entity(path[2], parent); within == nil {
			return coreNotFound()
		}
	}
	switch {
	case r.Method == http.MethodPost && name == "":
		return w.postCore(r, p, kind, member, within)
	case r.Method == http.MethodPut && name != "":
		return w.putCore(r, p, kind, name, member, within)
	case r.Method == http.MethodDelete && name != "":
		return w.deleteCore(p, kind, name)
	default:
		return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
	}
}

// parentOf is the member by which what lies below something refers to it; empty where
// nothing of the kind lies below it.
func parentOf(kind, below string) string {
	switch kind + "/" + below {
	case kindServices + "/" + kindRoutes:
		return "service"
	case kindUpstreams + "/" + kindTargets:
		return "upstream"
	default:
		return ""
	}
}

func (w *World) postCore(r *http.Request, p *controlPlane, kind, member string, within *entity) reply {
	body, refusal, ok := readCoreBody(r)
	if !ok {
		return refusal
	}
	if within != nil {
		body[member] = map[string]any{"id": within.id}
	}
	id, _ := body["id"].(string)
	if id == "" {
		id = w.id(kind, p.id, "new", w.trace())
	}
	return w.keepCore(p, kind, id, nil, body, http.StatusCreated)
}

func (w *World) putCore(r *http.Request, p *controlPlane, kind, name, member string, within *entity) reply {
	body, refusal, ok := readCoreBody(r)
	if !ok {
		return refusal
	}
	if within != nil {
		body[member] = map[string]any{"id": within.id}
	}
	old, id := p.entity(kind, name), name
	switch {
	case old != nil:
		id = old.id
	case uuid.Validate(name) != nil:
		id, body["name"] = w.id(kind, p.id, "new", w.trace()), name
	}
	return w.keepCore(p, kind, id, old, body, http.StatusOK)
}

// keepCore checks what was sent and keeps it, in place of old where there is one.
func (w *World) keepCore(p *controlPlane, kind, id string, old *entity, body map[string]any, status int) reply {
	for _, own := range []string{"id", "created_at", "updated_at"} {
		delete(body, own)
	}
	if wrong := checkCore(kind, id, body); len(wrong) > 0 {
		return coreInvalid(wrong...)
	}
	e := &entity{id: id, kind: kind, body: withDefaults(kind, withoutURL(body)), created: w.clock.Now().UTC(), updated: w.clock.Now().UTC()}
	if wrong := p.constraints(e, old); len(wrong) > 0 {
		return coreConstraint(wrong...)
	}
	if old != nil {
		before := *old
		old.change(e.body, e.updated)
		w.written(kind, old, &before, e.updated)
		return reply{status: status, kind: jsonType, body: renderEntity(old)}
	}
	p.add(e)
	w.written(kind, e, nil, e.created)
	return reply{status: status, kind: jsonType, body: renderEntity(e)}
}

// constraints are what stands in the way of keeping something: another one of the same name
// or id, and references to what is not there.
func (p *controlPlane) constraints(e, old *entity) []coreDetail {
	var wrong []coreDetail
	for _, o := range p.entities[e.kind] {
		if o == old {
			continue
		}
		if name := e.text("name"); name != "" && o.text("name") == name {
			wrong = append(wrong, coreDetail{kind: detailReference, field: "name", message: "name (type: unique) constraint failed for value '" + name + "': "})
		}
		if o.id == e.id {
			wrong = append(wrong, coreDetail{kind: detailReference, field: "id", message: "id (type: unique) constraint failed for value '" + e.id + "': "})
		}
	}
	for member, kind := range map[string]string{"service": kindServices, "upstream": kindUpstreams} {
		if id := e.of(member); id != "" && p.entity(kind, id) == nil {
			wrong = append(wrong, coreDetail{kind: detailReference, field: member + ".id", message: member + ".id (type: foreign) constraint failed for value '" + id + "': "})
		}
	}
	return wrong
}

// deleteCore deletes something. A service that routes refer to stays; targets go with their
// upstream. What is not there is as good as deleted, as the contract says.
func (w *World) deleteCore(p *controlPlane, kind, name string) reply {
	e := p.entity(kind, name)
	if e == nil {
		return reply{status: http.StatusNoContent}
	}
	for _, route := range p.entities[kindRoutes] {
		if kind == kindServices && route.of("service") == e.id {
			return coreConstraint(coreDetail{kind: detailReference, field: "service.id", message: "service.id (type: foreign) constraint failed: an existing route entity references this service entity"})
		}
	}
	w.forget(p, e)
	if kind == kindUpstreams {
		for _, t := range slices.Clone(p.entities[kindTargets]) {
			if t.of("upstream") == e.id {
				w.forget(p, t)
			}
		}
	}
	return reply{status: http.StatusNoContent}
}

func (w *World) forget(p *controlPlane, e *entity) {
	p.entities[e.kind] = slices.DeleteFunc(slices.Clone(p.entities[e.kind]), func(o *entity) bool { return o == e })
	w.removed(e.kind, p, e, w.clock.Now())
}

func readCoreBody(r *http.Request) (map[string]any, reply, bool) {
	d := json.NewDecoder(io.LimitReader(r.Body, mostBody))
	var body map[string]any
	err := d.Decode(&body)
	if err == nil {
		_, err = d.Token()
	}
	if !errors.Is(err, io.EOF) || body == nil {
		return nil, coreError(http.StatusBadRequest, codeInvalid, "request body is not a JSON object", nil), false
	}
	return body, reply{}, true
}

package sandbox

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// The sizes of a page that the contract has for lists of a control plane.
const (
	defaultCorePage = 100
	largestCorePage = 1000
)

// plane finds the control plane of a path, or the refusal: 404 for one that is not there (any
// more), 403 for one that the token may not read. Which form both have is assumed: the
// contract has them for some of the lists alone.
func (w *World) plane(id, token string) (*controlPlane, reply, bool) {
	if uuid.Validate(id) != nil {
		return nil, invalid(w, invalidParameter{Field: "controlPlaneId", Rule: "is_uuid", Reason: "must be a UUID", Source: "path"}), false
	}
	for _, p := range w.planes {
		if p.id != id || p.gone {
			continue
		}
		if p.refused || token == ViewerToken {
			return nil, problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action."), false
		}
		return p, reply{}, true
	}
	return nil, w.nothingHere(), false
}

// readPlane answers reads below one control plane.
func (w *World) readPlane(r *http.Request, path []string, token string) reply {
	p, refusal, ok := w.plane(path[0], token)
	switch {
	case !ok:
		return refusal
	case len(path) == 1:
		return ok200(renderPlane(p))
	case len(path) == 2 && path[1] == "group-memberships":
		return w.listMembers(r, p)
	case len(path) >= 3 && path[1] == "core-entities":
		return w.readCore(r, p, path[2:])
	default:
		return w.nothingHere()
	}
}

func (w *World) readCore(r *http.Request, p *controlPlane, path []string) reply {
	if !slices.Contains(gatewayKinds(), path[0]) {
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox does not simulate "+path[0]+" of a control plane.")
	}
	list := lagging(w, path[0], p, p.entities[path[0]], hidesLists)
	switch {
	case len(path) == 1:
		return w.corePage(r, p, list)
	case path[0] == kindTargets:
		return w.nothingHere()
	case len(path) == 2:
		if e := p.entity(path[0], path[1]); e != nil && !w.hidden(e, hidesReads) {
			return ok200(renderEntity(e))
		}
		return coreNotFound()
	}
	parent, kind, member := p.entity(path[0], path[1]), path[2], ""
	switch path[0] + "/" + kind {
	case kindServices + "/" + kindRoutes:
		member = "service"
	case kindUpstreams + "/" + kindTargets:
		member = "upstream"
	}
	if parent == nil || member == "" {
		return coreNotFound()
	}
	list = nil
	for _, e := range lagging(w, kind, p, p.entities[kind], hidesLists) {
		if e.of(member) == parent.id {
			list = append(list, e)
		}
	}
	if len(path) == 3 {
		return w.corePage(r, p, list)
	}
	for _, e := range list {
		if e == p.entity(kind, path[3]) && len(path) == 4 {
			return ok200(renderEntity(e))
		}
	}
	return coreNotFound()
}

// corePage cuts a page: the mark of the next one says where it begins, in a form that means
// nothing to anybody else.
func (w *World) corePage(r *http.Request, p *controlPlane, list []*entity) reply {
	query := r.URL.Query()
	size, err := strconv.Atoi(cmp.Or(query.Get("size"), strconv.Itoa(defaultCorePage)))
	if err != nil || size < 1 || size > largestCorePage {
		return coreInvalid(coreDetail{field: "size", message: "size must be between 1 and 1000"})
	}
	if most := cmp.Or(p.page, w.corePageSize); most > 0 {
		size = min(size, most)
	}
	first := 0
	if mark := query.Get("offset"); mark != "" {
		text, err := base64.RawURLEncoding.DecodeString(mark)
		first, err = strconv.Atoi(strings.TrimPrefix(string(text)+ifFailed(err), "from:"))
		if err != nil || first < 0 {
			return coreInvalid(coreDetail{field: "offset", message: "offset is invalid"})
		}
	}
	list = coreFiltered(list, query.Get("filter[name][eq]"), query.Get("filter[name][contains]"), query.Get("tags"))
	first = min(first, len(list))
	data := make([]map[string]any, 0, size)
	for _, e := range list[first:min(first+size, len(list))] {
		data = append(data, renderEntity(e))
	}
	body := map[string]any{"data": data}
	if first+size < len(list) {
		mark := base64.RawURLEncoding.EncodeToString([]byte("from:" + strconv.Itoa(first+size)))
		body["offset"], body["next"] = mark, r.URL.Path+"?offset="+mark
	}
	return ok200(body)
}

// ifFailed makes a text no number.
func ifFailed(err error) string {
	if err != nil {
		return "?"
	}
	return ""
}

func coreFiltered(list []*entity, name, part, tags string) []*entity {
	var out []*entity
	for _, e := range list {
		if (name == "" || e.text("name") == name) && strings.Contains(e.text("name"), part) && hasTags(e, tags) {
			out = append(out, e)
		}
	}
	return out
}

// hasTags reports whether something has all of some tags (a,b) or one of them (a/b).
func hasTags(e *entity, want string) bool {
	if want == "" {
		return true
	}
	have, _ := e.body["tags"].([]any)
	has := func(tag string) bool { return slices.Contains(have, any(tag)) }
	if strings.Contains(want, ",") {
		return !slices.ContainsFunc(strings.Split(want, ","), func(tag string) bool { return !has(tag) })
	}
	return slices.ContainsFunc(strings.Split(want, "/"), has)
}

// listMembers answers which control planes are members of a group, all in one page.
func (w *World) listMembers(r *http.Request, p *controlPlane) reply {
	if p.members == nil {
		return invalid(w, invalidParameter{Field: "controlPlaneId", Rule: "invalid", Reason: "must be a control plane group", Source: "path"})
	}
	size, bad := pageParameter(r.URL.Query().Get("page[size]"), defaultPageSize, "page[size]")
	if bad != nil {
		return invalid(w, *bad)
	}
	first, _ := pageParameter(r.URL.Query().Get("page[after]"), 0, "page[after]")
	first = min(first, len(p.members))
	size = min(size, largestPageSize, len(p.members)-first)
	data := make([]map[string]any, 0, size)
	for _, m := range p.members[first : first+size] {
		data = append(data, renderPlane(m))
	}
	page := map[string]any{"size": size, "next": nil}
	if first == 0 {
		page["total"] = len(p.members)
	}
	if first+size < len(p.members) {
		page["next"] = r.URL.Path + "?page[after]=" + strconv.Itoa(first+size)
	}
	return ok200(map[string]any{"meta": map[string]any{"page": page}, "data": data})
}

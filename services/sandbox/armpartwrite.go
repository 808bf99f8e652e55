package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// writable reports whether what is of a type can be written here: what the commands of the
// findings write.
func writable(kind string) bool {
	return slices.Contains([]string{"networkSecurityGroups/securityRules", "routeTables", "routeTables/routes", "loadBalancers/backendAddressPools"}, kind)
}

// writePart writes a rule of a security group, a route, the flags of a route table, or the
// backends of a load balancer.
func (q armRequest) writePart(sub *subscription, k dnsKind, p resourcePath) reply {
	kind := p.kind()
	if t, known := q.w.typeNamed(nsNetwork, kind); known {
		kind = t.name
	}
	deletes := q.Method == http.MethodDelete
	switch {
	case !p.one():
		return armError(q.w, http.StatusMethodNotAllowed, "HttpMethodNotSupported", "The method "+q.Method+" is not supported here.")
	case q.Method != http.MethodPut && !deletes, deletes && (kind == "routeTables" || strings.HasPrefix(kind, "loadBalancers")):
		return q.notBuilt()
	}
	verb := "write"
	if deletes {
		verb = "delete"
	}
	s := armScope{sub: sub, group: p.group, text: sub.scope() + "/resourceGroups/" + p.group + networkProvider + k.name + "/" + p.names[0]}
	if refusal, ok := q.open(&s, "Microsoft.Network/"+kind+"/"+verb); !ok {
		return refusal
	}
	if refusal, ok := q.mayChange(sub, s.text, deletes); !ok {
		return refusal
	}
	above, created := q.w.found(k, sub, p), false
	if above == nil && kind == "routeTables" {
		q.w.newTable(sub, p)
		above, created = q.w.found(k, sub, p), true
	}
	if above == nil {
		return q.noResource(k.name, p)
	}
	if refusal, ok := q.free(above); !ok {
		return refusal
	}
	write := map[string]func(*armResource, resourcePath) (refusal reply, status int){
		"networkSecurityGroups/securityRules": q.writeRule, "routeTables/routes": q.writeRoute, "routeTables": q.writeTable, "loadBalancers/backendAddressPools": q.writePool,
	}[kind]
	refusal, status := write(above, p)
	switch status {
	case 0:
		return refusal
	case http.StatusNoContent:
		return written(q.w, reply{status: status})
	}
	if created {
		status = http.StatusCreated
	}
	op := q.beginPart(sub, above, kind, p.names[len(p.names)-1], deletes)
	if deletes {
		return op.accept(q, reply{status: status}, true)
	}
	return op.accept(q, reply{status: status, kind: jsonType, body: q.w.found(k, sub, p).part(p)}, false)
}

// beginPart begins the change of a part. What is deleted is there until the operation ends.
func (q armRequest) beginPart(sub *subscription, above *armResource, kind, child string, deletes bool) *operation {
	key, state := groupKey(sub, above.group, above.name), "Updating"
	if deletes {
		state = "Deleting"
	}
	op := q.begin(sub, asText(above.body["location"]), func(w *World, _ time.Time) {
		if deletes {
			w.drop(kind, key, child)
		}
	})
	q.w.begins(asText(above.body["id"]), child, state, op)
	return op
}

// drop takes a rule out of a security group, or a route out of a table.
func (w *World) drop(kind, key, name string) {
	if kind == "networkSecurityGroups/securityRules" {
		w.rules[key] = slices.DeleteFunc(slices.Clone(w.rules[key]), func(r securityRule) bool { return strings.EqualFold(r.name, name) })
		return
	}
	w.routes[key] = slices.DeleteFunc(slices.Clone(w.routes[key]), func(r userRoute) bool { return strings.EqualFold(r.name, name) })
}

// found is the resource that a path begins with, nil for none.
func (w *World) found(k dnsKind, sub *subscription, p resourcePath) *armResource {
	for _, r := range k.all(w, sub, p.group) {
		if strings.EqualFold(r.name, p.names[0]) {
			return &r
		}
	}
	return nil
}

// part is the body of the resource, or of what lies below it; a write is under way.
func (r armResource) part(p resourcePath) map[string]any {
	body := r.body
	if len(p.names) > 1 {
		for kind, list := range r.children {
			for _, item := range list {
				if one, ok := item.(map[string]any); ok && strings.EqualFold(kind, p.types[1]) && strings.EqualFold(asText(one["name"]), p.names[1]) {
					body = one
				}
			}
		}
	}
	if properties, ok := body["properties"].(map[string]any); ok {
		properties["provisioningState"] = "Updating"
	}
	return body
}

// read decodes the body of a write.
func (q armRequest) read(into any) (reply, bool) {
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(into); err != nil {
		return armError(q.w, http.StatusBadRequest, "InvalidRequestFormat", "Cannot parse the request."), false
	}
	return reply{}, true
}

// wrong is the refusal of a value.
func (q armRequest) wrong(code, message string) (reply, int) {
	return armError(q.w, http.StatusBadRequest, code, message), 0
}

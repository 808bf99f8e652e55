package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// resourcePath is what stands behind a subscription for a resource of a provider: types
// and names in turn, one name less for a list.
type resourcePath struct {
	group, namespace string
	types, names     []string
}

// parseResource takes a path apart. It reports false for one that leads to no resource.
func parseResource(path []string) (resourcePath, bool) {
	var p resourcePath
	if len(path) > 2 && strings.EqualFold(path[0], "resourceGroups") {
		p.group, path = path[1], path[2:]
	}
	if len(path) < 3 || !strings.EqualFold(path[0], "providers") {
		return p, false
	}
	p.namespace = path[1]
	for i, part := range path[2:] {
		if i%2 == 0 {
			p.types = append(p.types, part)
		} else {
			p.names = append(p.names, part)
		}
	}
	return p, true
}

// kind is the type, with those above it.
func (p resourcePath) kind() string { return strings.Join(p.types, "/") }

// one reports whether the path is that of one resource, not of a list.
func (p resourcePath) one() bool { return len(p.types) == len(p.names) }

// resource answers for the resources of a provider: of the network's, which is the only one
// that has some here.
func (q armRequest) resource(sub *subscription, p resourcePath) reply {
	location := ""
	if p.group != "" && len(p.names) > 0 {
		_, location, _ = q.w.group(sub, p.group)
	}
	kind, known := q.w.typeNamed(p.namespace, p.kind())
	if !known {
		return q.noType(p.namespace)
	}
	if refusal, ok := q.versionOf(p.namespace, p.kind(), location); !ok {
		return refusal
	}
	first, below, _ := strings.Cut(kind.name, "/")
	switch {
	case first == "locations":
		return q.locations(sub, p)
	case p.group == "" && len(p.names) > 0:
		return q.noType(p.namespace)
	case first == "virtualNetworks" && p.group == "":
		return q.readOnly(func() reply { return q.listAllVNets(sub) })
	case first == "virtualNetworks":
		return q.vnets(sub, p, below)
	case first == "virtualHubs" && below == "effectiveRoutes":
		return q.effectiveRoutes(sub, p)
	case first == "networkInterfaces" && below != "":
		return q.effectiveOfCard(sub, p, below)
	}
	if kind.name == "privateDnsZones/A" && q.Method != http.MethodGet && p.one() {
		return q.writeRecord(sub, p)
	}
	for _, k := range dnsKinds() {
		if k.name == first && q.Method != http.MethodGet && writable(kind.name) {
			return q.writePart(sub, k, p)
		}
		if k.name == first {
			return q.readOnly(func() reply { return q.dnsResource(sub, k, p) })
		}
	}
	return q.noType(p.namespace)
}

func (q armRequest) readOnly(answer func() reply) reply {
	if q.Method != http.MethodGet {
		return q.notBuilt()
	}
	return answer()
}

// listResources lists the resources of all kinds, of a group or of all of a subscription.
func (q armRequest) listResources(sub *subscription, group string) reply {
	s := armScope{sub: sub, group: group, text: sub.scope()}
	if group != "" {
		s.text += "/resourceGroups/" + group
	}
	if refusal, ok := q.open(&s, actReadResources); !ok {
		return refusal
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil {
		return q.badQueryFilter()
	}
	var all []map[string]any
	for _, v := range standingVNets(q.w.vnetsOf(sub, group)) {
		all = append(all, renderVNet(v))
	}
	for _, k := range dnsKinds() {
		for _, r := range k.all(q.w, sub, group) {
			all = append(all, r.body)
		}
	}
	list := []any{}
	for _, r := range all {
		keep, ok := keepResource(r, clauses)
		if !ok {
			return q.badQueryFilter()
		}
		if keep {
			list = append(list, map[string]any{"id": r["id"], "name": r["name"], "type": r["type"], "location": r["location"]})
		}
	}
	return q.listed(list)
}

// keepResource reports whether a filter lets a resource through; ok is false when it does
// not know a condition.
func keepResource(r map[string]any, clauses []clause) (keep, ok bool) {
	keep = true
	for _, c := range clauses {
		var have string
		switch {
		case c.call:
			return false, false
		case c.field == "resourcetype":
			have = asText(r["type"])
		case c.field == "name" || c.field == "location":
			have = asText(r[c.field])
		case c.field == "resourcegroup":
			parts := strings.Split(asText(r["id"]), "/")
			have = parts[slices.Index(parts, "resourceGroups")+1]
		default:
			return false, false
		}
		keep = keep && strings.EqualFold(have, c.value)
	}
	return keep, true
}

func (q armRequest) badQueryFilter() reply {
	return armError(q.w, http.StatusBadRequest, "InvalidFilterInQueryString", "Invalid $filter '"+q.URL.Query().Get("$filter")+"' specified in the query string.")
}

package sandbox

import (
	"net/http"
	"strings"
)

// resourceGroups answers for the groups of a subscription, and for what is in one.
func (q armRequest) resourceGroups(sub *subscription, path []string) reply {
	if refusal, ok := q.versionOf(nsResources, "resourceGroups", ""); !ok {
		return refusal
	}
	switch {
	case q.Method != http.MethodGet:
		return q.notBuilt()
	case len(path) == 0:
		return q.listGroups(sub)
	case len(path) == 1:
		return q.group(sub, path[0])
	case strings.EqualFold(path[1], "resources"):
		return q.listResources(sub, path[0])
	default:
		return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found.")
	}
}

func (q armRequest) listGroups(sub *subscription) reply {
	if !q.w.userMay(sub.tenant, sub.scope(), actReadGroups) {
		return q.forbidden(actReadGroups, sub.scope())
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil {
		return q.badQueryFilter()
	}
	at := map[string]string{}
	for _, v := range q.w.vnets {
		if v.sub == sub {
			at[v.group] = max(at[v.group], v.location)
		}
	}
	for _, h := range q.w.placesOfHubs(sub, "") {
		at[h.group] = max(at[h.group], h.location)
	}
	list := make([]any, 0, len(at))
	for _, name := range sortedKeys(at) {
		keep := true
		for _, c := range clauses {
			switch c.field {
			case "location":
				keep = keep && strings.EqualFold(at[name], c.value)
			case "tagname", "tagvalue": // no group here has tags
				keep = false
			default:
				return q.badQueryFilter()
			}
		}
		if keep {
			list = append(list, renderGroup(sub, name, at[name]))
		}
	}
	return q.listed(list)
}

func (q armRequest) group(sub *subscription, name string) reply {
	s := armScope{sub: sub, group: name, text: sub.scope() + "/resourceGroups/" + name}
	if refusal, ok := q.open(&s, actReadGroups); !ok {
		return refusal
	}
	spelt, location, _ := q.w.group(sub, name)
	return withHeaders(q.w, ok200(renderGroup(sub, spelt, location)))
}

// listLocations lists the regions that a subscription may use: those that the world has
// VNETs in.
func (q armRequest) listLocations(sub *subscription) reply {
	if !q.w.readable(sub) {
		return q.forbidden(actReadSubscription, sub.scope())
	}
	list := []any{}
	for _, name := range q.w.regions() {
		list = append(list, map[string]any{
			"id": sub.scope() + "/locations/" + name, "name": name, "type": "Region", "displayName": name, "regionalDisplayName": name,
			"metadata": map[string]any{"regionType": "Physical", "regionCategory": "Recommended"},
		})
	}
	return withHeaders(q.w, ok200(map[string]any{"value": list}))
}

func (w *World) regions() []string {
	found := map[string]bool{}
	for _, v := range w.vnets {
		found[v.location] = true
	}
	return sortedKeys(found)
}

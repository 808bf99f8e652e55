package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long the clouds keep their records.
const (
	auditKeeps  = 7 * 24 * time.Hour
	changeKeeps = 14 * 24 * time.Hour
)

// auditEntry is a line of Konnect's audit log. What form the real one has is not published.
type auditEntry struct {
	at            time.Time
	who, from     string
	trace         string
	method, path  string
	resource, ids string // what it was done to, and its id
}

// azureChange is a row of Resource Graph's table of resource changes.
type azureChange struct {
	at                     time.Time
	target                 string // resource id
	kind                   string // Create, Update, Delete
	who, client, operation string
	correlation            string
	vnet                   *vnet
}

// By is who makes the change of an event, as the clouds' own records tell it.
type By struct {
	Konnect string        `yaml:"konnect"` // in Konnect's audit log
	Azure   string        `yaml:"azure"`   // in Azure's table of resource changes
	From    string        `yaml:"from"`    // an address for Konnect, a program for Azure
	Ago     time.Duration `yaml:"ago"`     // so long before the event
}

// recordWrite keeps who changed what over the wire.
func (w *World) recordWrite(service string, r *http.Request, a reply) {
	now := w.clock.Now().UTC()
	switch service {
	case "konnect":
		ids := ""
		for part := range strings.SplitSeq(r.URL.Path, "/") {
			if isGUID(part) {
				ids = part
			}
		}
		if made, ok := a.body.(map[string]any); ok && r.Method == http.MethodPost {
			if id, ok := made["id"].(string); ok {
				ids = id
			}
		}
		host, _, _ := strings.Cut(r.RemoteAddr, ":")
		w.audit = append(w.audit, auditEntry{at: now, who: userEmail, from: host, trace: w.recordTrace(), method: r.Method, path: r.URL.Path, resource: "cloud-gateways", ids: ids})
	case "arm":
		w.changed = append(w.changed, azureChange{
			at: now, target: r.URL.Path, kind: map[string]string{http.MethodDelete: "Delete"}[r.Method], who: userEmail, client: "peerdeck", correlation: w.recordTrace(), vnet: w.vnetBelow(r.URL.Path),
		})
	}
}

// vnetBelow is the VNET that a path leads into; nil for none.
func (w *World) vnetBelow(path string) *vnet {
	for _, v := range w.vnets {
		if strings.HasPrefix(strings.ToLower(path)+"/", strings.ToLower(v.id())+"/") {
			return v
		}
	}
	return nil
}

// recordTrace is a new id of a request.
func (w *World) recordTrace() string {
	w.recorded++
	return w.id("record", strconv.Itoa(w.recorded))
}

// recordEvent keeps who made the change of an event.
func (w *World) recordEvent(e Event, n *network, now time.Time) {
	if e.By == nil {
		return
	}
	at := now.Add(-e.By.Ago)
	id := n.id
	p := n.peering(e.Peering)
	if p != nil {
		id = p.id
	}
	for _, d := range n.dns {
		if e.DNS != "" && (d.name == e.DNS || d.id == e.DNS) {
			id = d.id
		}
	}
	if e.By.Konnect != "" {
		w.audit = append(w.audit, auditEntry{at: at, who: e.By.Konnect, from: e.By.From, trace: w.recordTrace(), method: http.MethodPatch, path: "/v2/cloud-gateways/networks/" + n.id, resource: "cloud-gateways", ids: id})
	}
	if e.By.Azure != "" && p != nil && p.vnet != nil {
		w.recordOf(p.vnet, e.By.Azure, e.By.From, at)
	}
}

// recordOf keeps that somebody changed a VNET in Azure.
func (w *World) recordOf(v *vnet, who, client string, at time.Time) {
	w.changed = append(w.changed, azureChange{
		at: at, target: v.id(), kind: "Update", who: who, client: client, operation: "Microsoft.Network/virtualNetworks/write", correlation: w.recordTrace(), vnet: v,
	})
}

// auditLog answers for Konnect's audit log, the newest first. A viewer may not read it.
func (w *World) auditLog(r *http.Request, token string) reply {
	if token == ViewerToken {
		return problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action.")
	}
	oldest := w.clock.Now().Add(-auditKeeps)
	kept := slices.DeleteFunc(slices.Clone(w.audit), func(e auditEntry) bool { return e.at.Before(oldest) })
	slices.SortStableFunc(kept, func(a, b auditEntry) int { return b.at.Compare(a.at) })
	return listed(w, r, kept, nil, func(e auditEntry) map[string]any {
		return map[string]any{
			"id": e.trace, "event_ts": stamp(e.at), "event_product": "konnect", "event_class_id": "konnect", "action": strings.ToLower(e.method), "method": e.method,
			"request": e.path, "resource": e.resource, "resource_id": e.ids, "principal_id": w.user, "principal_email": e.who, "client_ip": e.from, "trace_id": e.trace, "status": http.StatusOK,
		}
	})
}

// resourceGraph answers a question to Resource Graph for resource changes. Its language is
// not carried out: the rows are those of the subscriptions that the account may read, in the
// columns that the question projects.
func (q armRequest) resourceGraph() reply {
	var ask struct {
		Subscriptions []string `json:"subscriptions"`
		Query         string   `json:"query"`
	}
	if json.NewDecoder(q.Body).Decode(&ask) != nil || ask.Query == "" {
		return armError(q.w, http.StatusBadRequest, "BadRequest", "Please provide below info when asking for support: the query is missing.")
	}
	if !strings.HasPrefix(strings.TrimSpace(strings.ToLower(ask.Query)), "resourcechanges") {
		return armError(q.w, http.StatusBadRequest, "InvalidQuery", "Query is invalid: the simulated Resource Graph knows the table resourcechanges alone.")
	}
	oldest := q.now.Add(-changeKeeps)
	rows := []any{}
	for _, c := range slices.Backward(q.w.changed) {
		v := c.vnet
		if v == nil || c.at.Before(oldest) || !slices.ContainsFunc(ask.Subscriptions, func(id string) bool { return strings.EqualFold(id, v.sub.id) }) {
			continue
		}
		if !v.sub.tenant.takes(q.tenant) || !q.w.userMay(v.sub.tenant, v.id(), "Microsoft.Network/virtualNetworks/read") {
			continue
		}
		rows = append(rows, map[string]any{
			"at": stamp(c.at), "target": strings.ToLower(c.target), "kind": c.kind, "who": c.who, "client": c.client, "operation": c.operation, "correlation": c.correlation,
		})
	}
	return ok200(map[string]any{"totalRecords": len(rows), "count": len(rows), "resultTruncated": "false", "facets": []any{}, "data": rows})
}

// isResourceGraph reports whether a path below providers is that of Resource Graph.
func isResourceGraph(path []string) bool {
	return len(path) == 2 && strings.EqualFold(path[0], "Microsoft.ResourceGraph") && strings.EqualFold(path[1], "resources")
}

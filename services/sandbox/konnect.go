package sandbox

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// konnect is the Konnect host: the Cloud Gateways API, identity, and the control
// planes of every region (the real ones have a host for each region).
func (w *World) konnect() service {
	return service{world: w, name: "konnect", answer: answerKonnect, refuse: refuseKonnect}
}

func answerKonnect(w *World, r *http.Request) reply {
	if r.URL.Path == "/v2/cloud-gateways/availability.json" && r.Method == http.MethodGet {
		return reply{status: http.StatusOK, kind: jsonType, body: availability()}
	}
	token, ok := bearer(r)
	if !ok || (token != Token && token != ViewerToken && token != SystemToken) {
		return problem(w, http.StatusUnauthorized, "Unauthorized", "Unauthorized")
	}
	segments := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if isQuestion(r) {
		return w.queryRequests(r, token)
	}
	if r.Method != http.MethodGet {
		return w.writeKonnect(r, segments, token)
	}
	switch {
	case r.URL.Path == "/v3/organizations/me":
		return ok200(map[string]any{
			"id": w.id("organization"), "name": organizationName, "owner_id": w.user, "login_path": organizationName,
			"created_at": stamp(w.began.AddDate(-1, 0, 0)), "updated_at": stamp(w.began.AddDate(0, -1, 0)),
			"state": "active", "retention_period_days": 90,
		})
	case r.URL.Path == "/v3/users/me":
		if token == SystemToken {
			// The contract lists no system account token for this call.
			return problem(w, http.StatusUnauthorized, "Unauthorized", "Unauthorized")
		}
		return ok200(map[string]any{
			"id": w.user, "email": userEmail, "full_name": "Alice Miller", "preferred_name": "Alice", "active": true,
			"inferred_region": "eu", "created_at": stamp(w.began.AddDate(-1, 0, 0)), "updated_at": stamp(w.began.AddDate(0, -1, 0)),
		})
	case r.URL.Path == "/v3/users/"+w.user+"/assigned-roles":
		if token == SystemToken {
			return problem(w, http.StatusForbidden, "Forbidden", "Forbidden")
		}
		return ok200(w.assignedRoles(token))
	case r.URL.Path == "/v3/audit-logs":
		return w.auditLog(r, token)
	case r.URL.Path == "/v2/control-planes":
		return w.listPlanes(r)
	case len(segments) >= 3 && segments[0] == "v2" && segments[1] == "control-planes":
		return w.readPlane(r, segments[2:], token)
	case len(segments) >= 3 && segments[0] == "v2" && segments[1] == "cloud-gateways":
		return w.cloudGateways(r, segments[2:], token)
	default:
		return problem(w, http.StatusNotFound, "Not Found", "Not Found")
	}
}

func (w *World) cloudGateways(r *http.Request, path []string, token string) reply {
	switch {
	case path[0] == "provider-accounts" && len(path) == 1:
		return listed(w, r, w.accounts, filterFields[*account]{
			"provider": {func(a *account) string { return a.provider }, textFilter},
		}, renderAccount)
	case path[0] == "provider-accounts" && len(path) == 2:
		for _, a := range w.accounts {
			if a.id == path[1] {
				return ok200(renderAccount(a))
			}
		}
	case path[0] == "configurations" && len(path) == 1:
		return w.listConfigurations(r)
	case path[0] == "networks" && len(path) == 1:
		return listed(w, r, lagging(w, lagNetworks, w, w.networks, hidesLists), filterFields[*network]{
			"name":  {func(n *network) string { return n.name }, textFilter},
			"state": {func(n *network) string { return n.state }, stateFilter},
		}, renderNetwork)
	case path[0] == "networks" && len(path) == 2:
		if n := w.byID[path[1]]; n != nil && !w.hidden(n, hidesReads) {
			return ok200(renderNetwork(n))
		}
	case path[0] == "networks":
		return w.ofNetwork(r, path, token)
	}
	return problem(w, http.StatusNotFound, "Not Found", "Not Found")
}

func (w *World) ofNetwork(r *http.Request, path []string, token string) reply {
	n := w.byID[path[1]]
	if n == nil {
		if _, err := uuid.Parse(path[1]); err != nil && len(path) == 3 {
			return invalid(w, invalidParameter{Field: "networkId", Rule: "is_uuid", Reason: "must be a UUID", Source: "path"})
		}
		return problem(w, http.StatusNotFound, "Not Found", "Not Found")
	}
	switch path[2] {
	case "transit-gateways":
		if len(path) == 3 {
			return listed(w, r, lagging(w, lagPeerings, n, n.peerings, hidesLists), filterFields[*peering]{
				"name":  {func(p *peering) string { return p.name }, textFilter},
				"state": {func(p *peering) string { return p.state }, bareStateFilter},
			}, renderPeering)
		}
		if p := n.peering(path[3]); p != nil && p.id == path[3] && len(path) == 4 && !w.hidden(p, hidesReads) {
			return ok200(renderPeering(p))
		}
	case "private-dns":
		if token == ViewerToken {
			return problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action.")
		}
		if len(path) == 3 {
			return listed(w, r, w.seenDNS(n), filterFields[*privateDNS]{
				"name":  {func(d *privateDNS) string { return d.name }, textFilter},
				"state": {func(d *privateDNS) string { return d.state }, bareStateFilter},
			}, renderDNS)
		}
		if d := n.privateDNS(path[3]); d != nil && d.id == path[3] && len(path) == 4 && !w.hidden(d, hidesReads) {
			return ok200(renderDNS(d.seen(w.clock.Now())))
		}
	case "configuration-references":
		if len(path) == 3 {
			return listed(w, r, n.configurations, filterFields[*configuration]{}, func(c *configuration) map[string]any {
				return renderConfiguration(c, n)
			})
		}
	}
	return problem(w, http.StatusNotFound, "Not Found", "Not Found")
}

// placed is a configuration on a network.
type placed struct {
	*configuration

	on *network
}

// listConfigurations answers which configurations there are, on all networks.
func (w *World) listConfigurations(r *http.Request) reply {
	var all []placed
	for _, n := range w.networks {
		for _, c := range n.configurations {
			if !c.plane.refused {
				all = append(all, placed{c, n})
			}
		}
	}
	return listed(w, r, all, filterFields[placed]{
		"control_plane_id":  {func(p placed) string { return p.plane.id }, stateFilter},
		"control_plane_geo": {func(p placed) string { return p.plane.geo }, stateFilter},
	}, func(p placed) map[string]any { return renderConfiguration(p.configuration, p.on) })
}

func (w *World) listPlanes(r *http.Request) reply {
	var planes []*controlPlane
	geo, _, regional := strings.Cut(r.Host, ".api.")
	for _, p := range w.planes {
		if !p.gone && !p.refused && (!regional || p.geo == geo) {
			planes = append(planes, p)
		}
	}
	return listed(w, r, planes, filterFields[*controlPlane]{
		"id":   {func(p *controlPlane) string { return p.id }, textFilter},
		"name": {func(p *controlPlane) string { return p.name }, textFilter},
	}, renderPlane)
}

func ok200(body any) reply { return reply{status: http.StatusOK, kind: jsonType, body: body} }

// problem makes an error body of the contract. Its type is left out: the
// contract's examples have none.
func problem(w *World, status int, title, detail string) reply {
	return reply{status: status, kind: problemType, body: map[string]any{
		"status": status, "title": title, "instance": w.trace(), "detail": detail,
	}}
}

// invalidParameter is one member of invalid_parameters.
type invalidParameter struct {
	Field   string `json:"field"`
	Rule    string `json:"rule,omitempty"`
	Reason  string `json:"reason"`
	Source  string `json:"source,omitempty"`
	Minimum *int   `json:"minimum,omitempty"`
	Maximum *int   `json:"maximum,omitempty"`
	Choices []any  `json:"choices,omitempty"`
}

func invalid(w *World, parameters ...invalidParameter) reply {
	return reply{status: http.StatusBadRequest, kind: problemType, body: map[string]any{
		"status": http.StatusBadRequest, "title": "Invalid Request", "instance": w.trace(), "detail": "Invalid Parameters",
		"invalid_parameters": parameters,
	}}
}

func refuseKonnect(w *World, _ *http.Request, status int) reply {
	switch status {
	case http.StatusBadRequest:
		return invalid(w, invalidParameter{Field: "name", Rule: "invalid", Reason: "is not valid", Source: "body"})
	case http.StatusUnauthorized:
		return problem(w, status, "Unauthorized", "Unauthorized")
	case http.StatusForbidden:
		return problem(w, status, "Forbidden", "You do not have permission to perform this action.")
	case http.StatusNotFound:
		return problem(w, status, "Not Found", "Not Found")
	case http.StatusConflict:
		return problem(w, status, "Conflict", "Conflict")
	case http.StatusTooManyRequests:
		return problem(w, status, "Rate Limited", "Too many requests.")
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		// What stands before the API answers these, and it speaks no JSON.
		return reply{status: status, kind: "text/html", body: "<html><body>" + strconv.Itoa(status) + " " + http.StatusText(status) + "</body></html>"}
	default:
		return problem(w, status, http.StatusText(status), http.StatusText(status))
	}
}

// assignedRoles are the roles of the person behind a token: the viewer's reads networks
// and their peerings, and no private DNS.
func (w *World) assignedRoles(token string) map[string]any {
	role := "Network Admin"
	if token == ViewerToken {
		role = "Network Viewer"
	}
	data := []any{map[string]any{
		"id": w.id("assigned-role", role), "role_name": role, "entity_id": w.id("organization"), "entity_type_name": "Networks", "entity_region": "*",
	}}
	return map[string]any{"data": data, "meta": map[string]any{"page": map[string]any{"number": 1, "size": len(data), "total": len(data)}}}
}

package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// apiRequest is a request that a data plane has served, as Konnect's record of API requests
// has it. The record's form is that of Kong's document of it, which is not among the
// documents that the sandbox is checked against.
type apiRequest struct {
	at               time.Time
	service, node    string
	status, upstream int // upstream is 0 where it gave no status
	source           string
	upstreamMS       int
}

// PlaneRequests are requests that data planes have served, at one time.
type PlaneRequests struct {
	Service  string        `yaml:"service"`  // name of the gateway service
	Count    int           `yaml:"count"`    // how many; 1 when it is left out
	Ago      time.Duration `yaml:"ago"`      // so long before the event
	Status   int           `yaml:"status"`   // that clients were given; 200 when it is left out
	Upstream int           `yaml:"upstream"` // that the upstream gave; 0 for none
	Took     time.Duration `yaml:"took"`     // the upstream
}

const mostRequestsKept = 5000

// serve lets data planes have served requests.
func (w *World) serve(p *controlPlane, q PlaneRequests, now time.Time) {
	e := p.entity(kindServices, q.Service)
	if e == nil {
		return
	}
	status, source := q.Status, "upstream"
	if status == 0 {
		status = http.StatusOK
	}
	if q.Upstream == 0 {
		source = "kong"
	}
	for i := range max(q.Count, 1) {
		p.requests = append(p.requests, apiRequest{
			at: now.Add(-q.Ago).Add(-time.Duration(i) * time.Second), service: e.id, node: w.id("node", p.id, strconv.Itoa(i%2)),
			status: status, upstream: q.Upstream, source: source, upstreamMS: int(q.Took.Milliseconds()),
		})
	}
	slices.SortStableFunc(p.requests, func(a, b apiRequest) int { return b.at.Compare(a.at) })
	p.requests = p.requests[:min(len(p.requests), mostRequestsKept)]
}

// isQuestion reports whether a request asks by POST and changes nothing.
func isQuestion(r *http.Request) bool {
	return r.Method == http.MethodPost && (r.URL.Path == "/v2/api-requests" || strings.EqualFold(r.URL.Path, "/providers/Microsoft.ResourceGraph/resources"))
}

// requestFilter is a filter of a question. Those by control plane alone are simulated.
type requestFilter struct {
	Field    string   `json:"field"`
	Operator string   `json:"operator"`
	Value    []string `json:"value"`
}

func (f requestFilter) takes(p *controlPlane) bool {
	return f.Field == "control_plane" && f.Operator == "in" && slices.Contains(f.Value, p.id)
}

// queryRequests answers a question for API requests.
func (w *World) queryRequests(r *http.Request, token string) reply {
	var q struct {
		Filters []requestFilter `json:"filters"`
		Range   struct {
			Type  string `json:"type"`
			Range string `json:"time_range"`
		} `json:"time_range"`
		Order  string `json:"order"`
		Size   *int   `json:"size"`
		Offset int    `json:"offset"`
	}
	d := json.NewDecoder(io.LimitReader(r.Body, mostBody))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return invalid(w, invalidParameter{Field: "body", Rule: "invalid", Reason: "is not a query: " + err.Error(), Source: "body"})
	}
	spans := map[string]time.Duration{"15M": 15 * minute, "1H": hour, "": hour, "6H": 6 * hour, "12H": 12 * hour, "24H": 24 * hour, "7D": 7 * 24 * hour}
	span, known := spans[q.Range.Range]
	const most, usual = 1000, 100
	size := usual
	if q.Size != nil {
		size = *q.Size
	}
	switch {
	case !known || q.Range.Type != "relative" && q.Range.Type != "":
		return invalid(w, invalidParameter{Field: "time_range", Rule: "enum", Reason: "must be one of the allowed values", Source: "body"})
	case size < 1 || size > most || q.Offset < 0:
		return invalid(w, invalidParameter{Field: "size", Rule: "max", Reason: "must be between 1 and 1000", Source: "body"})
	case token == ViewerToken:
		return problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action.")
	}
	now := w.clock.Now().UTC()
	var found []map[string]any
	for _, p := range w.planes {
		if p.gone || p.refused || !slices.ContainsFunc(q.Filters, func(f requestFilter) bool { return f.takes(p) }) {
			continue
		}
		for _, a := range p.requests {
			if a.at.After(now.Add(-span)) {
				found = append(found, renderRequest(p, a))
			}
		}
	}
	first := min(q.Offset, len(found))
	results := found[first:min(first+size, len(found))]
	if results == nil {
		results = []map[string]any{}
	}
	return ok200(map[string]any{
		"meta":    map[string]any{"query_id": w.trace(), "size": len(results), "offset": q.Offset, "time_range": map[string]any{"start": stamp(now.Add(-span)), "end": stamp(now)}},
		"results": results,
	})
}

func renderRequest(p *controlPlane, a apiRequest) map[string]any {
	body := map[string]any{
		"request_start": stamp(a.at), "control_plane": p.id, "gateway_service": p.id + ":" + a.service, "data_plane_node": p.id + ":" + a.node, "data_plane_node_version": "3.12.0.0",
		"response_http_status": strconv.Itoa(a.status), "response_source": a.source, "latencies_kong_gateway_ms": 1, "latencies_upstream_ms": nil, "upstream_status": nil,
	}
	if a.upstream != 0 {
		body["upstream_status"], body["latencies_upstream_ms"] = a.upstream, a.upstreamMS
	}
	return body
}

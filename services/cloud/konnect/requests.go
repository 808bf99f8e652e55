package konnect

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// What is asked for of Konnect's record of API requests: the newest of a day, in one page of
// the size that Kong's document allows at most.
const (
	recordWord = "24H"
	recordSpan = 24 * time.Hour
	recordMost = 1000
)

// recordQuery is a question for API requests. Source: Kong's document of the Konnect API
// Request Analytics API 2.0.0, operation query-requests, filters by field.
type recordQuery struct {
	Filters []recordFilter `json:"filters"`
	Range   struct {
		Type  string `json:"type"`
		Range string `json:"time_range"`
	} `json:"time_range"`
	Order  string `json:"order"`
	Size   int    `json:"size"`
	Offset int    `json:"offset"`
}

type recordFilter struct {
	Field    string      `json:"field"`
	Operator string      `json:"operator"`
	Value    []safe.Text `json:"value"`
}

// Requests reads what the data planes of a control plane saw lately: a question that changes
// nothing, sent by POST as Konnect wants it. It has no error: what cannot be read is so by
// the record's own part.
func (c *Client) Requests(ctx context.Context, plane model.ControlPlane) gateway.Record {
	out := gateway.Record{Span: recordSpan}
	fail := func(err error) gateway.Record {
		f, _ := model.AsFailure(err)
		out.Read.Failure = &f
		return out
	}
	r, err := c.ofPlane("read the API requests of control plane", plane)
	if err != nil {
		return fail(err)
	}
	r.method, r.path, r.asks, r.role = http.MethodPost, []string{"v2", "api-requests"}, true, roleAnalytics
	q := recordQuery{Filters: []recordFilter{{Field: "control_plane", Operator: "in", Value: []safe.Text{plane.ID}}}, Order: "descending", Size: recordMost}
	q.Range.Type, q.Range.Range = "relative", recordWord
	r.body = transport.Body(q)
	var answer struct {
		Results *[]json.RawMessage `json:"results"`
	}
	if err := c.one(ctx, r, &answer); err != nil {
		return fail(err)
	}
	if answer.Results == nil {
		return fail(r.failure(model.Failure{Kind: model.FailureContract, Cause: safe.New("the answer has no requests in it")}))
	}
	for _, raw := range *answer.Results {
		request, err := decodeRequest(raw)
		if err != nil {
			f := r.failure(transport.Unreadable(err, len(raw), "Konnect", r.base.Host()))
			out.Read.Failure = &f // the others are what they are
			continue
		}
		out.Requests = append(out.Requests, request)
	}
	out.More, out.Read.At = len(*answer.Results) >= recordMost, c.now()
	return out
}

// requestWire is an API request, with the members that are documented and not looked at named
// so that they are not taken for unknown ones.
type requestWire struct {
	Start     safe.Text `json:"request_start"`
	Service   safe.Text `json:"gateway_service"`
	Node      safe.Text `json:"data_plane_node"`
	Version   safe.Text `json:"data_plane_node_version"`
	Status    whole     `json:"response_http_status"`
	Source    safe.Text `json:"response_source"`
	Upstream  whole     `json:"upstream_status"`
	Upstreams whole     `json:"latencies_upstream_ms"`
	Gateway   whole     `json:"latencies_kong_gateway_ms"`
	URI       safe.Text `json:"upstream_uri"`
}

// documented are the members that Kong's document has beside those that are read.
func documented() []string {
	return []string{
		"api", "api_package", "api_product", "api_product_version", "application", "auth_type", "client_ip", "consumer", "control_plane", "control_plane_group", "country_code",
		"header_host", "header_user_agent", "http_method", "latencies_response_ms", "portal", "request_body_size", "request_id", "request_uri", "response_body_size",
		"response_header_content_length", "response_header_content_type", "route", "service_port", "service_protocol", "trace_id", "status_code",
		"request_start", "gateway_service", "data_plane_node", "data_plane_node_version", "response_http_status", "response_source", "upstream_status",
		"latencies_upstream_ms", "latencies_kong_gateway_ms", "upstream_uri",
	}
}

func decodeRequest(raw json.RawMessage) (gateway.Request, error) {
	w := requestWire{Status: unknownWhole, Upstream: unknownWhole, Upstreams: unknownWhole, Gateway: unknownWhole}
	if err := readObject(raw, &w); err != nil {
		return gateway.Request{}, err
	}
	all, err := object(raw)
	if err != nil {
		return gateway.Request{}, err
	}
	out := gateway.Request{
		At: requestTime(w.Start), ServiceID: behindPlane(w.Service), Node: behindPlane(w.Node), Version: w.Version, Status: max(int(w.Status), 0), Source: w.Source,
		Upstream: max(int(w.Upstream), 0), UpstreamMS: int(w.Upstreams), GatewayMS: int(w.Gateway), UpstreamURI: w.URI,
	}
	for _, f := range fields(all, documented()) {
		if !strings.HasPrefix(f.Label.Raw(), "ratelimit_") {
			out.Extra = append(out.Extra, f)
		}
	}
	return out, nil
}

// behindPlane takes the id of a control plane away that stands before another id.
func behindPlane(id safe.Text) safe.Text {
	_, own, found := strings.Cut(id.Raw(), ":")
	if !found {
		return id
	}
	return safe.New(own)
}

// requestTime reads the time of a request, which the document calls a text: RFC 3339, or
// milliseconds since 1970. Anything else is unknown.
func requestTime(text safe.Text) time.Time {
	if at, err := time.Parse(time.RFC3339, text.Raw()); err == nil {
		return at.UTC()
	}
	const least = 1e11 // less is no time of this century in milliseconds
	if n, err := strconv.ParseInt(text.Raw(), 10, 64); err == nil && n > least {
		return time.UnixMilli(n).UTC()
	}
	return time.Time{}
}

package konnect_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What the data planes saw is read newest first, with the question that Kong documents, and
// nothing is changed by it.
func TestRequestsOfDataPlanes(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k := client(t, s, token(sandbox.Token))
	p := k.Plane(t.Context(), planeNamed(t, k, "eu-prod", "orders-eu"))
	ids := map[safe.Text]string{}
	for _, one := range p.Services {
		ids[one.ID] = one.Name.Raw()
	}
	count := map[string]int{}
	last := time.Now().Add(time.Hour)
	for _, r := range p.Seen.Requests {
		count[ids[r.ServiceID]]++
		if r.At.After(last) || r.Node.IsEmpty() || strings.Contains(r.Node.Raw(), ":") || len(r.Extra) > 0 {
			t.Errorf("%+v", r)
		}
		last = r.At
		if ids[r.ServiceID] == "ledger" && (r.Upstream != 200 || r.UpstreamMS != 12 || r.Status != 200) || ids[r.ServiceID] == "partner" && (r.Upstream != 0 || r.UpstreamMS != -1 || r.Status != 504) {
			t.Errorf("%+v", r)
		}
	}
	if !p.Seen.Read.Read() || p.Seen.More || count["ledger"] != 40 || count["partner"] != 6 || count["orders"] != 27 {
		t.Errorf("%+v %v", p.Seen.Read, count)
	}
	if got := s.World.Writes("konnect"); got != 0 {
		t.Errorf("%d writes", got)
	}
	if f := client(t, s, token(sandbox.ViewerToken)).Requests(t.Context(), p.ControlPlane).Read.Failure; f == nil || f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "Analytics Viewer") {
		t.Errorf("%+v", f)
	}
	s.World.AddFault(sandbox.Fault{Service: "konnect", Path: "/api-requests", Status: 503, Times: 1})
	if r := k.Requests(t.Context(), p.ControlPlane); !r.Read.Read() {
		t.Errorf("a question is asked again as any reading: %+v", r.Read.Failure)
	}
}

// The question is the documented one, whatever the answer is.
func TestTheQuestionForRequests(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		answer string
		status int
		want   gateway.Request
		failed bool
		read   bool
	}{
		"whole": {
			`{"meta":{},"results":[{"request_start":"2026-11-22T11:59:00Z","gateway_service":"p:s","data_plane_node":"p:n","response_http_status":"502","upstream_status":502,"latencies_upstream_ms":7,"ratelimit_limit":1,"colour":"red"}]}`,
			200,
			gateway.Request{Status: 502, Upstream: 502, UpstreamMS: 7, ServiceID: safe.New("s"), Node: safe.New("n")},
			false, true,
		},
		"other types":     {`{"results":[{"request_start":1795348740000,"gateway_service":null,"response_http_status":504,"upstream_status":"","latencies_upstream_ms":"x"}]}`, 200, gateway.Request{Status: 504, UpstreamMS: -1}, false, true},
		"one makes none":  {`{"results":[{"response_http_status":"200"},null]}`, 200, gateway.Request{Status: 200, UpstreamMS: -1}, true, true},
		"no results":      {`{"meta":{}}`, 200, gateway.Request{}, true, false},
		"no such service": {`{"message":"no Route matched with those values"}`, 404, gateway.Request{}, true, false},
	} {
		k := answering(t, "", func(rw http.ResponseWriter, r *http.Request) {
			var q struct {
				Filters []struct {
					Field    string   `json:"field"`
					Operator string   `json:"operator"`
					Value    []string `json:"value"`
				} `json:"filters"`
				Range map[string]string `json:"time_range"`
				Order string            `json:"order"`
				Size  int               `json:"size"`
			}
			if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.Method != http.MethodPost || r.URL.Path != "/v2/api-requests" || len(q.Filters) != 1 || q.Filters[0].Field != "control_plane" ||
				q.Filters[0].Operator != "in" || q.Filters[0].Value[0] != "p" || q.Range["type"] != "relative" || q.Range["time_range"] != "24H" || q.Order != "descending" || q.Size != 1000 {
				t.Errorf("%s: asked %s %s %+v, %v", about, r.Method, r.URL, q, err)
			}
			rw.Header().Set("Content-Type", "application/json")
			rw.WriteHeader(c.status)
			_, _ = rw.Write([]byte(c.answer))
		})
		got := k.Requests(t.Context(), planeOf("eu"))
		if got.Read.Read() != c.read || (got.Read.Failure != nil) != c.failed {
			t.Errorf("%s: %+v", about, got.Read)
		}
		if !c.read {
			continue
		}
		r := got.Requests[0]
		if r.Status != c.want.Status || r.Upstream != c.want.Upstream || r.UpstreamMS != c.want.UpstreamMS || r.ServiceID != c.want.ServiceID || r.Node != c.want.Node {
			t.Errorf("%s: %+v", about, r)
		}
		if about == "whole" && (len(r.Extra) != 1 || r.Extra[0].Label.Raw() != "colour" || r.At.IsZero()) {
			t.Errorf("%+v", r)
		}
	}
}

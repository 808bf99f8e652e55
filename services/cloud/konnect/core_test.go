package konnect_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// answering makes a client whose Konnect is a function.
func answering(t *testing.T, region string, answer http.HandlerFunc) *konnect.Client {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	sender := transport.New()
	t.Cleanup(sender.Close)
	return konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, s.URL), Region: region, Token: token("x"), Sender: sender, Version: "test", Retry: transport.Once(),
		Now: sandboxtest.Epoch,
	})
}

func say(rw http.ResponseWriter, body any) {
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(body)
}

func planeOf(geo string) model.ControlPlane {
	return model.ControlPlane{ID: safe.New("p"), Geo: safe.New(geo), Name: safe.New("orders"), ClusterType: safe.New("CLUSTER_TYPE_CONTROL_PLANE")}
}

// Lists of a control plane end, whatever the marks of their pages say, and it is known
// whether they were whole.
func TestPagesByOffset(t *testing.T) {
	t.Parallel()
	service := func(n int) map[string]any { return map[string]any{"id": fmt.Sprintf("s%d", n), "host": "h"} }
	for name, c := range map[string]struct {
		page     func(offset string) map[string]any
		services int
		complete bool
		most     int // requests
	}{
		"one page": {func(string) map[string]any { return map[string]any{"data": []any{service(1)}} }, 1, true, 1},
		"null marks": {func(string) map[string]any {
			return map[string]any{"data": []any{service(1)}, "next": nil, "offset": nil}
		}, 1, true, 1},
		"three pages": {func(offset string) map[string]any {
			n := len(offset)
			p := map[string]any{"data": []any{service(n)}}
			if n < 2 {
				p["offset"], p["next"] = offset+"x", "/services?offset="+offset+"x"
			}
			return p
		}, 3, true, 3},
		"the next address alone": {func(offset string) map[string]any {
			if offset == "" {
				return map[string]any{"data": []any{service(1)}, "next": "https://elsewhere.example/services?size=10&offset=b%3D"}
			}
			return map[string]any{"data": []any{service(len(offset))}}
		}, 2, true, 2},
		"a mark that comes again": {func(string) map[string]any {
			return map[string]any{"data": []any{service(1)}, "offset": "a"}
		}, 1, false, 2},
		"two marks in turn": {func(offset string) map[string]any {
			if offset == "a" {
				return map[string]any{"data": []any{service(2)}, "offset": "b"}
			}
			return map[string]any{"data": []any{service(1)}, "offset": "a"}
		}, 2, false, 3},
		"new marks without an end, and the same again": {func(offset string) map[string]any {
			return map[string]any{"data": []any{service(1)}, "offset": offset + "x"}
		}, 1, false, 5},
		"new marks without an end, and nothing": {func(offset string) map[string]any {
			return map[string]any{"data": []any{}, "offset": offset + "x"}
		}, 0, false, 5},
		"new marks without an end, and new services": {func(offset string) map[string]any {
			return map[string]any{"data": []any{service(len(offset))}, "offset": offset + "x"}
		}, 500, false, 500},
		"an empty page in the middle": {func(offset string) map[string]any {
			switch len(offset) {
			case 0:
				return map[string]any{"data": []any{}, "offset": "x"}
			default:
				return map[string]any{"data": []any{service(1)}}
			}
		}, 1, true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			k := answering(t, "", func(rw http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				if r.URL.Path != "/v2/control-planes/p/core-entities/services" || r.URL.Query().Get("size") != "1000" {
					t.Errorf("asked %s", r.URL)
				}
				say(rw, c.page(r.URL.Query().Get("offset")))
			})
			got, err := k.Services(t.Context(), planeOf("eu"))
			if err != nil || len(got.Items) != c.services || got.Complete != c.complete || int(requests.Load()) > c.most {
				t.Errorf("%d services, complete %v, %v, %d requests", len(got.Items), got.Complete, err, requests.Load())
			}
		})
	}
}

func TestServicesOfEveryShape(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("h", 300)
	for name, c := range map[string]struct {
		json string
		want gateway.Service
	}{
		"whole": {
			`{"id":"a","name":"orders","protocol":"https","host":"orders.example.org","port":443,"path":"/v1","enabled":false,"tls_verify":true,"tags":["x"],"created_at":1700000000,"updated_at":1700000001}`,
			gateway.Service{Name: safe.New("orders"), Protocol: safe.New("https"), Host: safe.New("orders.example.org"), Port: 443, Path: safe.New("/v1")},
		},
		"a port as a text":      {`{"id":"a","host":"h","port":"8080"}`, gateway.Service{Host: safe.New("h"), Port: 8080, Enabled: true}},
		"a port that is none":   {`{"id":"a","host":"h","port":"http"}`, gateway.Service{Host: safe.New("h"), Port: -1, Enabled: true}},
		"a port too large":      {`{"id":"a","host":"h","port":70000}`, gateway.Service{Host: safe.New("h"), Port: -1, Enabled: true}},
		"no port":               {`{"id":"a","host":"h","port":null}`, gateway.Service{Host: safe.New("h"), Port: -1, Enabled: true}},
		"no host":               {`{"id":"a"}`, gateway.Service{Port: -1, Enabled: true}},
		"a host of 300 letters": {`{"id":"a","host":"` + long + `"}`, gateway.Service{Host: safe.New(long), Port: -1, Enabled: true}},
		"an address of IPv6":    {`{"id":"a","host":"[fd00::1]"}`, gateway.Service{Host: safe.New("[fd00::1]"), Port: -1, Enabled: true}},
		"an unknown protocol":   {`{"id":"a","host":"h","protocol":"quic","colour":"red","tags":7,"enabled":"maybe"}`, gateway.Service{Host: safe.New("h"), Protocol: safe.New("quic"), Port: -1, Enabled: true}},
		"no id":                 {`{"host":"h"}`, gateway.Service{Host: safe.New("h"), Port: -1, Enabled: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := answering(t, "", func(rw http.ResponseWriter, _ *http.Request) {
				say(rw, map[string]any{"data": []any{json.RawMessage(c.json), nil}})
			})
			got, err := k.Services(t.Context(), planeOf("eu"))
			if err != nil || len(got.Items) != 1 || len(got.Problems) != 1 {
				t.Fatalf("%+v, %v", got, err)
			}
			s := got.Items[0]
			if s.Name != c.want.Name || s.Host != c.want.Host || s.Port != c.want.Port || s.Protocol != c.want.Protocol || s.Path != c.want.Path || s.Enabled != c.want.Enabled {
				t.Errorf("got %+v", s)
			}
			if name == "whole" && (s.TLSVerify == nil || !*s.TLSVerify || len(s.Tags) != 1 || s.CreatedAt.Unix() != 1700000000 || s.UpdatedAt.Unix() != 1700000001) {
				t.Errorf("got %+v", s)
			}
		})
	}
}

// Targets come in one list, joined by their upstream's id; where there is no such list, each
// upstream is asked.
func TestTargetsOfUpstreams(t *testing.T) {
	t.Parallel()
	ups := map[string]any{"data": []any{map[string]any{"id": "u1", "name": "pool"}, map[string]any{"id": "u2", "name": "empty"}, map[string]any{"name": "no id"}}}
	at := func(id, address, upstream string, created float64) map[string]any {
		m := map[string]any{"id": id, "target": address, "created_at": created, "weight": 5}
		if upstream != "" {
			m["upstream"] = map[string]any{"id": upstream}
		}
		return m
	}
	for name, c := range map[string]struct {
		targets map[string]any // nil: there is no such list
		first   []string
		read    [3]bool
		failed  bool
	}{
		"one list":               {map[string]any{"data": []any{at("t1", "10.0.0.1:80", "u1", 1), at("t2", "10.0.0.2:80", "u1", 1), at("t3", "10.0.0.9:80", "gone", 1)}}, []string{"10.0.0.1:80", "10.0.0.2:80"}, [3]bool{true, true, false}, false},
		"the newest is in force": {map[string]any{"data": []any{at("t1", "10.0.0.1:80", "u1", 1.25), at("t2", "10.0.0.1:80", "u1", 1.5)}}, []string{"10.0.0.1:80"}, [3]bool{true, true, false}, false},
		"nobody knows whose":     {map[string]any{"data": []any{at("t1", "10.0.0.1:80", "u1", 1), at("t2", "10.0.0.2:80", "", 1)}}, []string{"10.0.0.1:80"}, [3]bool{false, false, false}, true},
		"no such list":           {nil, []string{"10.1.0.1:80"}, [3]bool{true, true, false}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := answering(t, "", func(rw http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "/core-entities/upstreams"):
					say(rw, ups)
				case strings.HasSuffix(r.URL.Path, "/core-entities/targets") && c.targets != nil:
					say(rw, c.targets)
				case strings.HasSuffix(r.URL.Path, "/upstreams/u1/targets"):
					say(rw, map[string]any{"data": []any{at("t1", "10.1.0.1:80", "u1", 1)}})
				case strings.Contains(r.URL.Path, "/upstreams/"):
					say(rw, map[string]any{"data": []any{}})
				case strings.HasSuffix(r.URL.Path, "/core-entities/targets"):
					rw.WriteHeader(http.StatusNotFound)
				default:
					say(rw, map[string]any{"data": []any{}})
				}
			})
			p := k.Plane(t.Context(), planeOf("eu"))
			if len(p.Upstreams) != 3 || !p.UpstreamsRead.Read() || (p.UpstreamsRead.Failure != nil) != c.failed {
				t.Fatalf("%+v", p)
			}
			var got []string
			for _, t := range p.Upstreams[0].Targets {
				got = append(got, t.Target.Raw())
			}
			if strings.Join(got, " ") != strings.Join(c.first, " ") {
				t.Errorf("targets %v", got)
			}
			for i, u := range p.Upstreams {
				if u.TargetsRead != c.read[i] {
					t.Errorf("%s: read %v", u.Name, u.TargetsRead)
				}
			}
			if name == "the newest is in force" && p.Upstreams[0].Targets[0].ID.Raw() != "t2" {
				t.Errorf("%+v", p.Upstreams[0].Targets)
			}
		})
	}
}

// Each list of a control plane fails by itself; what came before a failure is kept, with it.
func TestAPlaneIsReadInParts(t *testing.T) {
	t.Parallel()
	k := answering(t, "", func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/services") && r.URL.Query().Get("offset") == "":
			say(rw, map[string]any{"data": []any{map[string]any{"id": "a", "host": "h"}}, "offset": "b"})
		case strings.HasSuffix(r.URL.Path, "/services"):
			rw.Header().Set("Retry-After", "7")
			rw.WriteHeader(http.StatusTooManyRequests)
		case strings.HasSuffix(r.URL.Path, "/routes"):
			rw.Header().Set("Content-Type", "application/json")
			rw.WriteHeader(http.StatusForbidden)
			_, _ = rw.Write([]byte(`{"code":7,"message":"usage constraint error","details":[{"messages":["operation not permitted on KIC cluster"]}]}`))
		default:
			say(rw, map[string]any{"data": []any{}})
		}
	})
	p := k.Plane(t.Context(), planeOf("eu"))
	if len(p.Services) != 1 || !p.ServicesRead.Read() || p.ServicesRead.Failure == nil || p.ServicesRead.Failure.RetryAfter != 7*time.Second {
		t.Errorf("services: %+v", p.ServicesRead)
	}
	f := p.RoutesRead.Failure
	if p.RoutesRead.Read() || f == nil || f.Kind != model.FailurePermission || !strings.Contains(f.Cause.Raw(), "not permitted on KIC cluster") || !strings.Contains(f.Cure, "Viewer of this control plane") {
		t.Errorf("routes: %+v", f)
	}
	if !p.UpstreamsRead.Read() || p.UpstreamsRead.Failure != nil {
		t.Errorf("upstreams: %+v", p.UpstreamsRead)
	}
}

// The region becomes a part of the host that gets the token: nothing but a region does.
func TestNoPlaneOutsideARegion(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	k := answering(t, "eu", func(rw http.ResponseWriter, _ *http.Request) { asked.Add(1); say(rw, map[string]any{"data": []any{}}) })
	for _, geo := range []string{"", "eu.evil.example/", "EU", "us"} {
		p := k.Planes(t.Context(), planeOf(geo))
		if len(p) != 1 || p[0].ServicesRead.Failure == nil || p[0].RoutesRead.Failure == nil || p[0].UpstreamsRead.Failure == nil {
			t.Errorf("%q: %+v", geo, p)
		}
		_, err := k.CreateService(t.Context(), planeOf(geo), k.CreateServiceWrite(planeOf(geo), gateway.Service{Host: safe.New("h")}))
		if err == nil {
			t.Errorf("%q: a service was made", geo)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("%d requests", asked.Load())
	}
}

// A group has no services of its own: those of its members are what its data planes serve.
func TestAGroupIsReadByItsMembers(t *testing.T) {
	t.Parallel()
	member := func(id string) map[string]any {
		return map[string]any{"id": id, "name": "m-" + id, "config": map[string]any{"cluster_type": "CLUSTER_TYPE_CONTROL_PLANE"}}
	}
	k := answering(t, "", func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/v2/control-planes/p":
			say(rw, map[string]any{"id": "p", "name": "all", "config": map[string]any{"cluster_type": "CLUSTER_TYPE_CONTROL_PLANE_GROUP"}})
		case strings.HasSuffix(r.URL.Path, "/group-memberships") && r.URL.Query().Get("page[after]") == "":
			say(rw, map[string]any{"data": []any{member("a")}, "meta": map[string]any{"page": map[string]any{"size": 100, "total": 2, "next": "/x?page[after]=b"}}})
		case strings.HasSuffix(r.URL.Path, "/group-memberships"):
			say(rw, map[string]any{"data": []any{member("b")}, "meta": map[string]any{"page": map[string]any{"size": 100, "next": nil}}})
		case strings.HasPrefix(r.URL.Path, "/v2/control-planes/p/"):
			t.Errorf("asked %s", r.URL)
		case strings.HasSuffix(r.URL.Path, "/a/core-entities/services"):
			say(rw, map[string]any{"data": []any{map[string]any{"id": "s", "host": "h"}}})
		default:
			say(rw, map[string]any{"data": []any{}})
		}
	})
	plane := planeOf("eu")
	plane.ClusterType = safe.Text{}
	got := k.Planes(t.Context(), plane)
	if len(got) != 2 || got[0].Label().Raw() != "m-a" || got[0].Group.Name.Raw() != "all" || len(got[0].Services) != 1 || !got[1].ServicesRead.Read() {
		t.Errorf("%+v", got)
	}
}

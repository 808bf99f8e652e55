package konnect_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// planeNamed finds a control plane that a network of the sandbox uses.
func planeNamed(tb testing.TB, k *konnect.Client, network, name string) model.ControlPlane {
	tb.Helper()
	refs, err := k.References(context.Background(), networkNamed(tb, k, network).ID)
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range refs.Items {
		p, err := k.ControlPlane(context.Background(), r.Geo, r.ControlPlaneID)
		if err == nil && p.Name.Raw() == name {
			return p
		}
	}
	tb.Fatalf("%s has no control plane %s", network, name)
	return model.ControlPlane{}
}

func names(p gateway.Plane) []string {
	var out []string
	for _, s := range p.Services {
		out = append(out, s.Name.Raw())
	}
	return out
}

// What the sandbox's control planes tell is read whole, in small pages too, and what may not
// be read says why.
func TestControlPlanesOfTheSandbox(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]int{"whole pages": 0, "small pages": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sandboxtest.Start(t, sandbox.Options{PageOfPlane: page})
			k := client(t, s, token(sandbox.Token))
			got := k.Planes(t.Context(), planeNamed(t, k, "eu-prod", "orders-eu"))
			if len(got) != 1 || len(got[0].Services) != 10 || len(got[0].Routes) != 10 || len(got[0].Upstreams) != 1 || len(got[0].Upstreams[0].Targets) != 2 || !got[0].Upstreams[0].TargetsRead {
				t.Fatalf("%+v", got)
			}
			for _, r := range got[0].Routes {
				if r.ServiceID.IsEmpty() || len(r.Paths) != 1 || !r.StripPath || r.PreserveHost || len(r.Protocols) != 2 {
					t.Errorf("%+v", r)
				}
			}
			for _, part := range []model.Part{got[0].ServicesRead, got[0].RoutesRead, got[0].UpstreamsRead} {
				if !part.Read() || part.Failure != nil {
					t.Errorf("%+v", part)
				}
			}
		})
	}
}

func TestControlPlanesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k := client(t, s, token(sandbox.Token))
	refs, err := k.References(t.Context(), networkNamed(t, k, "eu-prod").ID)
	if err != nil {
		t.Fatal(err)
	}
	refused := refs.Items[slices.IndexFunc(refs.Items, func(r model.ConfigurationReference) bool { return r.Geo.Raw() == "us" })]
	p := k.Planes(t.Context(), model.ControlPlane{ID: refused.ControlPlaneID, Geo: refused.Geo})
	if f := p[0].ServicesRead.Failure; len(p) != 1 || f == nil || f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "Viewer of this control plane") {
		t.Errorf("%+v", p)
	}
	orders := planeNamed(t, k, "eu-prod", "orders-eu")
	viewer := client(t, s, token(sandbox.ViewerToken))
	if f := viewer.Plane(t.Context(), orders).RoutesRead.Failure; f == nil || f.Status != http.StatusForbidden {
		t.Errorf("%+v", f)
	}
	s.World.Apply(sandbox.Event{Plane: &sandbox.Plane{Name: "orders-eu", Delete: true}})
	if f := k.Plane(t.Context(), orders).UpstreamsRead.Failure; f == nil || f.Kind != model.FailureNotFound || !strings.Contains(f.Cure, "deleted elsewhere") {
		t.Errorf("%+v", f)
	}
	if list, err := k.Configurations(t.Context(), orders); err != nil || len(list.Items) != 1 || list.Items[0].APIAccess.Raw() != "private+public" {
		t.Errorf("%+v, %v", list, err)
	}
}

// A group of the sandbox is read by its members.
func TestAGroupOfTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	s.World.Apply(sandbox.Event{Network: "us-prod", Plane: &sandbox.Plane{Name: "all-us", Geo: "us", Group: []string{"shop-us", "acme-us"}}})
	k := client(t, s, token(sandbox.Token))
	group := planeNamed(t, k, "us-prod", "all-us")
	got := k.Planes(t.Context(), group)
	if !group.Group() || len(got) != 2 || !slices.Equal(names(got[0]), []string{"orders", "edi", "ledger-us", "sap", "shop", "vault"}) || got[1].Group.Name.Raw() != "all-us" {
		t.Errorf("%+v", got)
	}
	if _, err := k.CreateService(t.Context(), group, k.CreateServiceWrite(group, gateway.Service{Name: safe.New("x"), Host: safe.New("h"), Port: 80})); err == nil {
		t.Error("a group took a service")
	}
}

// A service and its route are made, read back and taken away; what is in the way is told in
// Konnect's words.
func TestMakingAServiceAndItsRoute(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k, ctx := client(t, s, token(sandbox.Token)), t.Context()
	plane := planeNamed(t, k, "eu-prod", "orders-eu")
	want := gateway.Service{Name: safe.New("crm"), Protocol: safe.New("https"), Host: safe.New("crm.corp.example.org"), Port: 443, Path: safe.New("/v2"), Enabled: true}
	made, err := k.CreateService(ctx, plane, k.CreateServiceWrite(plane, want))
	if err != nil {
		t.Fatal(err)
	}
	again, err := k.Service(ctx, plane, made.ID)
	if err != nil || again.Name != want.Name || again.Host != want.Host || again.Port != 443 || again.Path != want.Path || !again.Enabled {
		t.Errorf("%+v, %v", again, err)
	}
	if list, err := k.ServicesNamed(ctx, plane, safe.New("crm")); err != nil || len(list.Items) != 1 || list.Items[0].ID != made.ID {
		t.Errorf("%+v, %v", list, err)
	}
	_, err = k.CreateService(ctx, plane, k.CreateServiceWrite(plane, want))
	if f := failure(t, err); f.Kind != model.FailureConflict || !strings.Contains(f.Cause.Raw(), "unique") || f.Retryable || len(f.Invalid) != 1 || f.Invalid[0].Field.Raw() != "name" {
		t.Errorf("%+v", f)
	}
	route, err := k.CreateRoute(ctx, plane, k.CreateRouteWrite(plane, made.ID, gateway.Route{
		Name: safe.New("crm"), Paths: []safe.Text{safe.New("/crm")}, Protocols: []safe.Text{safe.New("https")}, StripPath: true,
	}))
	if err != nil || route.ServiceID != made.ID {
		t.Fatalf("%+v, %v", route, err)
	}
	if read, err := k.Route(ctx, plane, route.ID); err != nil || read.Name.Raw() != "crm" || !read.StripPath {
		t.Errorf("%+v, %v", read, err)
	}
	if f := failure(t, k.DeleteService(ctx, plane, k.DeleteServiceWrite(plane, made.ID))); f.Status != http.StatusBadRequest || !strings.Contains(f.Cause.Raw(), "references this service") {
		t.Errorf("%+v", f)
	}
	for range 2 {
		if err := k.DeleteRoute(ctx, plane, k.DeleteRouteWrite(plane, route.ID)); err != nil {
			t.Error(err)
		}
		if err := k.DeleteService(ctx, plane, k.DeleteServiceWrite(plane, made.ID)); err != nil {
			t.Error(err)
		}
	}
	if _, err := k.Service(ctx, plane, made.ID); failure(t, err).Kind != model.FailureNotFound {
		t.Error(err)
	}
}

// What is made shows late where lists lag, and by its id at once.
func TestAServiceThatShowsLate(t *testing.T) {
	t.Parallel()
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	s.World.Apply(sandbox.Event{Lag: &sandbox.Lag{Of: []string{"services"}, For: time.Minute}})
	k, ctx := client(t, s, token(sandbox.Token)), t.Context()
	plane := planeNamed(t, k, "eu-prod", "orders-eu")
	made, err := k.CreateService(ctx, plane, k.CreateServiceWrite(plane, gateway.Service{Name: safe.New("crm"), Host: safe.New("h"), Port: 80, Enabled: true}))
	if err != nil {
		t.Fatal(err)
	}
	listed := func() int {
		list, err := k.ServicesNamed(ctx, plane, safe.New("crm"))
		if err != nil {
			t.Fatal(err)
		}
		return len(list.Items)
	}
	if _, err := k.Service(ctx, plane, made.ID); err != nil || listed() != 0 {
		t.Errorf("%v, %d in the list", err, listed())
	}
	clock.Advance(2 * time.Minute)
	if listed() != 1 {
		t.Error("it does not show")
	}
}

// A lost answer leaves one service, not two: nothing is sent again.
func TestALostAnswerIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k, ctx := client(t, s, token(sandbox.Token)), t.Context()
	plane := planeNamed(t, k, "eu-prod", "orders-eu")
	s.World.AddFault(sandbox.Fault{Service: "konnect", Method: http.MethodPost, Kind: "reset", After: true})
	_, err := k.CreateService(ctx, plane, k.CreateServiceWrite(plane, gateway.Service{Name: safe.New("crm"), Host: safe.New("h"), Port: 80, Enabled: true}))
	if f := failure(t, err); !f.Unsure() {
		t.Errorf("%+v", f)
	}
	list, err := k.ServicesNamed(ctx, plane, safe.New("crm"))
	if got := s.World.WritesOf(sandbox.Request{Service: "konnect", Method: http.MethodPost}); err != nil || len(list.Items) != 1 || got != 1 {
		t.Errorf("%d services, %d writes, %v", len(list.Items), got, err)
	}
}

// A write goes to no other host than that of its region.
func TestAWriteOfAPlaneStaysAtHome(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k := client(t, s, token(sandbox.Token))
	plane := planeNamed(t, k, "eu-prod", "orders-eu")
	w := k.CreateServiceWrite(plane, gateway.Service{Host: safe.New("h"), Port: 80, Enabled: true})
	w.URL = safe.New(strings.Replace(w.URL.Raw(), "127.0.0.1", "127.0.0.2", 1))
	if _, err := k.CreateService(t.Context(), plane, w); failure(t, err).Kind != model.FailureContract {
		t.Error(err)
	}
	regional := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, "https://global.api.konghq.com"), Token: token("x")})
	if w := regional.CreateServiceWrite(plane, gateway.Service{Host: safe.New("h"), Port: -1, Enabled: true}); !strings.HasPrefix(w.URL.Raw(), "https://eu.api.konghq.com/v2/control-planes/") || strings.Contains(w.Body.Raw(), "port") {
		t.Errorf("%+v", w)
	}
}

// The big world has thousands of services, and each is read once.
func TestThousandsOfServices(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Networks: 300})
	k := client(t, s, token(sandbox.Token))
	p := k.Plane(t.Context(), planeNamed(t, k, "media-00015", "crowd-eu"))
	if len(p.Services) != 5000 || len(p.Routes) != 5000 || len(p.Upstreams) != 1000 {
		t.Errorf("%d services, %d routes, %d upstreams", len(p.Services), len(p.Routes), len(p.Upstreams))
	}
}

// What the sandbox refuses of a service and a route, and how; each answer is held to the
// contract on its way.
func TestWhatKonnectRefusesOfServicesAndRoutes(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	k := client(t, s, token(sandbox.Token))
	plane := planeNamed(t, k, "eu-prod", "orders-eu")
	orders := k.Plane(t.Context(), plane).Services[0].ID.Raw()
	sender := transport.New()
	t.Cleanup(sender.Close)
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"POST", "services", `{}`, 400, `"field":"host"`},
		{"POST", "services", `[`, 400, "not a JSON object"},
		{"POST", "services", `{"host":"h","colour":"red"}`, 400, "additionalProperties"},
		{"POST", "services", `{"host":"` + strings.Repeat("h", 300) + `"}`, 400, "length must be"},
		{"POST", "services", `{"host":"a b"}`, 400, "valid hostname"},
		{"POST", "services", `{"host":"h:80"}`, 400, "port"},
		{"POST", "services", `{"host":"h","port":70000}`, 400, `"field":"port"`},
		{"POST", "services", `{"host":"h","protocol":"quic"}`, 400, `"field":"protocol"`},
		{"POST", "services", `{"host":"h","path":"v1"}`, 400, "must begin with"},
		{"POST", "services", `{"host":"h","path":"/a//b"}`, 400, "//"},
		{"POST", "services", `{"host":"h","protocol":"tcp","path":"/a"}`, 400, "path can be set only"},
		{"POST", "services", `{"host":"h","name":"a b"}`, 400, `"field":"name"`},
		{"POST", "services", `{"host":"h","name":"orders"}`, 400, "type: unique"},
		{"POST", "services", `{"host":"fd00::1","name":"six"}`, 201, `"host":"fd00::1"`},
		{"POST", "services", `{"url":"https://u.example.org/x","name":"byurl","host":"x"}`, 201, `"port":443`},
		{"POST", "services/" + orders + "/routes", `{"name":"bare","protocols":["http"]}`, 400, "at least one of"},
		{"POST", "services/" + orders + "/routes", `{"name":"mixed","protocols":["http","tcp"],"paths":["/x"]}`, 400, "cannot be used together"},
		{"POST", "services/" + orders + "/routes", `{"name":"lower","methods":["get"]}`, 400, "[A-Z]"},
		{"POST", "services/" + orders + "/routes", `{"name":"path","paths":["x"]}`, 400, "must begin with"},
		{"POST", "services/" + orders + "/routes", `{"name":"regex","paths":["~/("]}`, 400, "invalid regex"},
		{"POST", "services/" + orders + "/routes", `{"name":"star","hosts":["a.*.b"]}`, 400, "wildcard"},
		{"POST", "services/" + orders + "/routes", `{"name":"orders-route","paths":["/x"]}`, 400, "type: unique"},
		{"POST", "services/" + orders + "/routes", `{"name":"sni","protocols":["https"],"snis":["*.example.org"],"strip_path":false}`, 201, `"strip_path":false`},
		{"POST", "services/nobody/routes", `{"name":"none","paths":["/x"]}`, 404, "Not found"},
		{"POST", "routes", `{"name":"foreign","paths":["/x"],"service":{"id":"7f9fd312-a987-4628-b4c5-bb4f4fddd5f7"}}`, 400, "type: foreign"},
		{"POST", "routes", `{"name":"expression","expression":"http.path == \"/x\"","protocols":["http"]}`, 201, "http.path"},
		{"POST", "upstreams", `{"name":"second.internal"}`, 201, "second.internal"},
		{"POST", "upstreams/second.internal/targets", `{"target":"10.20.0.142:8000"}`, 201, `"weight":100`},
		{"GET", "upstreams/second.internal/targets", "", 200, "10.20.0.142"},
		{"GET", "services/" + orders + "/routes", "", 200, "orders-route"},
		{"GET", "services?filter[name][contains]=orde", "", 200, "orders.corp"},
		{"GET", "services?tags=a,b", "", 200, `"data":[]`},
		{"GET", "services?size=2000", "", 400, "size"},
		{"GET", "services?offset=x", "", 400, "offset"},
		{"PUT", "services/orders", `{"name":"orders","host":"orders.corp.example.org","port":443,"protocol":"https"}`, 200, orders},
		{"PUT", "services/newname", `{"host":"h"}`, 200, `"name":"newname"`},
		{"GET", "consumers", "", 501, "does not simulate"},
	} {
		req := httptest.NewRequestWithContext(t.Context(), c.method, s.Konnect+"/v2/control-planes/"+plane.ID.Raw()+"/core-entities/"+c.path, strings.NewReader(c.body))
		req.RequestURI = ""
		req.Header.Set("Authorization", "Bearer "+sandbox.Token)
		if c.body != "" {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := sender.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || resp.StatusCode != c.status || !bytes.Contains(body, []byte(c.says)) {
			t.Errorf("%s %s %s: %d, %s", c.method, c.path, c.body, resp.StatusCode, body)
		}
	}
}

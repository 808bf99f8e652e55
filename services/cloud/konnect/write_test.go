package konnect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// arrival is a request as a listener sees it.
type arrival struct {
	method, uri, auth, kind, body string
}

// listener answers every request with the same and keeps what arrived.
type listener struct {
	mu      sync.Mutex
	arrived []arrival
	status  int
	kind    string
	answer  string
	url     string
}

func listen(t *testing.T, status int, answer string) *listener {
	t.Helper()
	l := &listener{status: status, answer: answer, kind: "application/json"}
	if status >= http.StatusBadRequest {
		l.kind = "application/problem+json"
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.mu.Lock()
		l.arrived = append(l.arrived, arrival{r.Method, r.RequestURI, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), string(body)})
		l.mu.Unlock()
		if l.answer != "" {
			w.Header().Set("Content-Type", l.kind)
		}
		w.WriteHeader(l.status)
		_, _ = io.WriteString(w, l.answer)
	}))
	t.Cleanup(s.Close)
	l.url = s.URL
	return l
}

func (l *listener) all() []arrival {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.arrived
}

func writer(t *testing.T, url string) *konnect.Client {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	return konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, url), Token: token("t"), Sender: sender, Version: "test", Retry: transport.Once()})
}

const (
	stamps   = `"entity_version":1,"created_at":"2026-11-22T12:00:00Z","updated_at":"2026-11-22T12:00:00Z"`
	someID   = "3b0f8c4e-6f0a-4b57-9d0c-0a6d4e6b7c11"
	madeOne  = `{"id":"` + someID + `","name":"hub","state":"initializing","dns_config":[],"transit_gateway_attachment_config":{"kind":"azure-vnet-peering-attachment","tenant_id":"t","subscription_id":"s","resource_group_name":"g","vnet_name":"v"},` + stamps + `}`
	resolver = `{"id":"` + someID + `","name":"dns","state":"initializing","state_metadata":{},"private_dns_attachment_config":{"kind":"azure-outbound-resolver","dns_config":{"a.example":{"remote_dns_server_ip_addresses":["10.1.0.4"]}}},` + stamps + `}`
)

func texts(words ...string) []safe.Text {
	var out []safe.Text
	for _, w := range words {
		out = append(out, safe.New(w))
	}
	return out
}

func request(mode setup.DNSMode) setup.Request {
	return setup.Request{
		Peering: safe.New("to <hub> & \"more\"\u202e"), DNS: mode,
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-1111-4111-8111-111111111111"), SubscriptionID: safe.New("22222222-2222-4222-8222-222222222222"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
		Mappings: []model.DNSMapping{
			{Domains: texts("a.example", "b.example"), Servers: texts("10.1.0.4", "10.1.0.5")},
			{Domains: texts("b.example"), Servers: texts("10.1.0.5", "10.1.0.6")},
		},
	}
}

// written is every write of the client, how it is sent, and a good answer to it.
type written struct {
	write  func(c *konnect.Client) model.Write
	send   func(ctx context.Context, c *konnect.Client, w model.Write) error
	status int
	answer string
	kind   model.ObjectKind
	body   string // compact JSON
}

func writes() map[string]written {
	network, id := safe.New(someID), safe.New("9a1c1f52-7b2e-4a36-8e57-0d8a1a1c2f33")
	maps := request(setup.DNSNone).Mappings
	peering := func(ctx context.Context, c *konnect.Client, w model.Write) error {
		_, err := c.CreatePeering(ctx, network, w)
		return err
	}
	const attachment = `"transit_gateway_attachment_config":{"kind":"azure-vnet-peering-attachment","resource_group_name":"rg-network","subscription_id":"22222222-2222-4222-8222-222222222222","tenant_id":"11111111-1111-4111-8111-111111111111","vnet_name":"vnet-hub"}`
	const table = `"private_dns_attachment_config":{"dns_config":{"a.example":{"remote_dns_server_ip_addresses":["10.1.0.4","10.1.0.5"]},"b.example":{"remote_dns_server_ip_addresses":["10.1.0.4","10.1.0.5","10.1.0.6"]}},"kind":"azure-outbound-resolver"}`
	name := "\"name\":\"to <hub> & \\\"more\\\"\u202e\","
	return map[string]written{
		"peering": {func(c *konnect.Client) model.Write { return c.CreatePeeringWrite(network, request(setup.DNSResolver)) }, peering, 201, madeOne, model.ObjectPeering, "{" + name + attachment + "}"},
		"peering with mappings": {
			func(c *konnect.Client) model.Write { return c.CreatePeeringWrite(network, request(setup.DNSPeering)) }, peering, 201, madeOne, model.ObjectPeering,
			`{"dns_config":[{"domain_proxy_list":["a.example","b.example"],"remote_dns_server_ip_addresses":["10.1.0.4","10.1.0.5"]},{"domain_proxy_list":["b.example"],"remote_dns_server_ip_addresses":["10.1.0.5","10.1.0.6"]}],` + name + attachment + "}",
		},
		"no peering": {
			func(c *konnect.Client) model.Write { return c.DeletePeeringWrite(network, id) },
			func(ctx context.Context, c *konnect.Client, w model.Write) error {
				return c.DeletePeering(ctx, network, w)
			}, 204, "", model.ObjectPeering, "",
		},
		"resolver": {
			func(c *konnect.Client) model.Write { return c.CreateResolverWrite(network, safe.New("dns"), maps) },
			func(ctx context.Context, c *konnect.Client, w model.Write) error {
				_, err := c.CreateResolver(ctx, network, w)
				return err
			}, 201, resolver, model.ObjectResolver, `{"name":"dns",` + table + "}",
		},
		"changed resolver": {
			func(c *konnect.Client) model.Write { return c.PatchResolverWrite(network, id, maps, nil) },
			func(ctx context.Context, c *konnect.Client, w model.Write) error {
				_, err := c.PatchResolver(ctx, network, w)
				return err
			}, 200, resolver, model.ObjectResolver, "{" + table + "}",
		},
		"emptied resolver": {
			func(c *konnect.Client) model.Write { return c.PatchResolverWrite(network, id, nil, nil) },
			func(ctx context.Context, c *konnect.Client, w model.Write) error {
				_, err := c.PatchResolver(ctx, network, w)
				return err
			}, 200, resolver, model.ObjectResolver, `{"private_dns_attachment_config":{"dns_config":{},"kind":"azure-outbound-resolver"}}`,
		},
		"no resolver": {
			func(c *konnect.Client) model.Write { return c.DeletePrivateDNSWrite(network, id) },
			func(ctx context.Context, c *konnect.Client, w model.Write) error {
				return c.DeletePrivateDNS(ctx, network, w)
			}, 204, "", model.ObjectResolver, "",
		},
	}
}

// What is shown before sending is what arrives, once, and it is what was meant.
func TestWhatIsShownIsWhatIsSent(t *testing.T) {
	t.Parallel()
	for name, c := range writes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := listen(t, c.status, c.answer)
			client := writer(t, l.url)
			w := c.write(client)
			if err := c.send(t.Context(), client, w); err != nil {
				t.Fatal(err)
			}
			got := l.all()
			if len(got) != 1 || got[0].method != w.Method || l.url+got[0].uri != w.URL.Raw() || got[0].body != w.Body.Raw() || got[0].auth != "Bearer t" {
				t.Errorf("shown %+v, arrived %+v", w, got)
			}
			if w.Service != model.WriteKonnect || w.Kind != c.kind || w.Makes == "" || (w.Body.IsEmpty() != (got[0].kind == "")) {
				t.Errorf("got %+v", w)
			}
			if c.body == "" {
				return
			}
			var sent, want any
			if json.Unmarshal([]byte(w.Body.Raw()), &sent) != nil || json.Unmarshal([]byte(c.body), &want) != nil || !reflect.DeepEqual(sent, want) {
				t.Errorf("the body is %s", w.Body.Raw())
			}
			if !strings.Contains(w.Body.Raw(), "\n  ") || strings.Contains(w.Body.Raw(), "\u202e") {
				t.Errorf("the body is not fit to be shown: %q", w.Body.Raw())
			}
		})
	}
}

// The bodies are those of Kong's contract, and so are the answers that these
// tests give.
func TestWritesKeepTheContract(t *testing.T) {
	c := sandboxtest.NewContract(t)
	for name, one := range writes() {
		t.Run(name, func(t *testing.T) {
			w := one.write(writer(t, "http://127.0.0.1:1"))
			req := httptest.NewRequestWithContext(context.Background(), w.Method, w.URL.Raw(), bytes.NewReader([]byte(w.Body.Raw())))
			if !w.Body.IsEmpty() {
				req.Header.Set("Content-Type", "application/json")
			}
			header := http.Header{}
			if one.answer != "" {
				header.Set("Content-Type", "application/json")
			}
			if err := c.Check(req, one.status, header, []byte(one.answer)); err != nil {
				t.Error(err)
			}
		})
	}
}

// The answers of the contract, as the client takes them.
func TestRefusedWrites(t *testing.T) {
	t.Parallel()
	body := func(status, title, detail, more string) string {
		return strings.NewReplacer("{s}", status, "{t}", title, "{d}", detail, "{m}", more).Replace(`{"status":{s},"title":"{t}","instance":"konnect:trace:7","detail":"{d}"{m}}`)
	}
	for name, c := range map[string]struct {
		status int
		answer string
		kind   model.FailureKind
		says   string
		cure   string
		code   string
		again  bool
	}{
		"forbidden": {403, body("403", "Forbidden", "Insufficient permissions", ""), model.FailurePermission, "Insufficient permissions", "Network Admin", "", false},
		"quota":     {403, body("403", "Quota Exceeded", "transit gateways: maximum is 5", ""), model.FailurePermission, "maximum is 5", "Ask Kong for more", "Quota Exceeded", false},
		"invalid":   {400, body("400", "Bad Request", "Invalid parameters", `,"invalid_parameters":[{"field":"name","rule":"max_length","reason":"must be at most 120"}]`), model.FailureInvalid, "must be at most 120", "", "", false},
		"conflict":  {409, body("409", "Conflict", "The name is in use", ""), model.FailureConflict, "in use", "already", "", false},
		"throttled": {429, body("429", "Rate Limited", "Slow down", ""), model.FailureThrottled, "Slow down", "look again in", "", true},
		"broken":    {503, "upstream", model.FailureServer, "Unavailable", "Look again in", "", true},
		"revoked":   {401, body("401", "Unauthorized", "Invalid token", ""), model.FailureAuth, "refuses the token", "expired", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := listen(t, c.status, c.answer)
			client := writer(t, l.url)
			for what, w := range writes() {
				before := len(l.all())
				err := w.send(t.Context(), client, w.write(client))
				f, failed := model.AsFailure(err)
				// What is there may be at work; what was to be made anew is refused for good.
				changes := what != "resolver" && !strings.HasPrefix(what, "peering")
				if !failed || f.Kind != c.kind || f.Retryable != (c.again || (name == "conflict" && changes)) || f.Operation == "" || f.Code.Raw() != c.code ||
					!strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) {
					t.Errorf("%s: got %+v", what, f)
				}
				if name == "invalid" && (len(f.Invalid) != 1 || f.Invalid[0].Rule.Raw() != "max_length" || f.TraceID.Raw() != "konnect:trace:7") {
					t.Errorf("%s: got %+v", what, f)
				}
				if n := len(l.all()) - before; n != 1 {
					t.Errorf("%s was sent %d times", what, n)
				}
			}
		})
	}
}

// What is gone needs no deletion; what is not there cannot be changed.
func TestDeletingWhatIsGone(t *testing.T) {
	t.Parallel()
	l := listen(t, 404, `{"status":404,"title":"Not Found","instance":"konnect:trace:7","detail":"Not found"}`)
	client := writer(t, l.url)
	for name, w := range writes() {
		err := w.send(t.Context(), client, w.write(client))
		if gone := strings.HasPrefix(name, "no "); gone != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A write out of a file goes nowhere else with the token.
func TestWritesStayAtHome(t *testing.T) {
	t.Parallel()
	l, elsewhere := listen(t, 204, ""), listen(t, 204, "")
	client := writer(t, l.url)
	good := client.DeletePeeringWrite(safe.New("n"), safe.New("p"))
	for name, edit := range map[string]func(w *model.Write){
		"host":    func(w *model.Write) { w.URL = safe.New(elsewhere.url + "/v2/x") },
		"prefix":  func(w *model.Write) { w.URL = safe.New(l.url + ".evil.example/v2") },
		"user":    func(w *model.Write) { w.URL = safe.New(strings.Replace(l.url, "http://", "http://u:p@", 1)) },
		"scheme":  func(w *model.Write) { w.URL = safe.New(strings.Replace(l.url, "http:", "https:", 1)) },
		"nothing": func(w *model.Write) { w.URL = safe.Text{} },
		"service": func(w *model.Write) { w.Service = model.WriteARM },
		"no URL":  func(w *model.Write) { w.URL = safe.New("::") },
	} {
		w := good
		edit(&w)
		if f, failed := model.AsFailure(client.DeletePeering(t.Context(), safe.New("n"), w)); !failed || f.Kind != model.FailureContract || f.Cure == "" {
			t.Errorf("%s: got %+v", name, f)
		}
	}
	if len(l.all())+len(elsewhere.all()) != 0 {
		t.Error("it was sent")
	}
}

// A token that was renewed elsewhere is taken up, and the whole body goes again: the
// first request was refused, so nothing was made twice.
func TestARenewedTokenSendsTheBodyAgain(t *testing.T) {
	t.Parallel()
	var bodies []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") == "Bearer old" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, madeOne)
	}))
	t.Cleanup(s.Close)
	sender := transport.New()
	t.Cleanup(sender.Close)
	client := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.URL), Token: &renewing{}, Sender: sender, Version: "test"})
	w := client.CreatePeeringWrite(safe.New("n"), request(setup.DNSNone))
	if _, err := client.CreatePeering(t.Context(), safe.New("n"), w); err != nil {
		t.Fatal(err)
	}
	if len(bodies) != 2 || bodies[0] != w.Body.Raw() || bodies[1] != bodies[0] {
		t.Errorf("sent %q", bodies)
	}
}

// renewing gives an old token first.
type renewing struct{ asked int }

func (r *renewing) Token(context.Context) (secret.Secret, error) {
	r.asked++
	if r.asked == 1 {
		return secret.New("old"), nil
	}
	return secret.New("new"), nil
}

func (*renewing) Describe() string { return "a test" }

func (*renewing) Kind() model.IdentitySource { return model.FromFile }

// Ids and names stay one segment of the path.
func TestHostileNamesInPaths(t *testing.T) {
	t.Parallel()
	l := listen(t, 204, "")
	client := writer(t, l.url)
	w := client.DeletePeeringWrite(safe.New(".."), safe.New("a/../../b?c#d e%2f"))
	if err := client.DeletePeering(t.Context(), safe.New("n"), w); err != nil {
		t.Fatal(err)
	}
	if got := l.all()[0].uri; got != "/v2/cloud-gateways/networks/%2E%2E/transit-gateways/a%2F..%2F..%2Fb%3Fc%23d%20e%252f" || l.url+got != w.URL.Raw() {
		t.Errorf("it went to %s, shown %s", got, w.URL.Raw())
	}
}

func TestAvailability(t *testing.T) {
	t.Parallel()
	const doc = `{"versions":[],"instance_types":[],"serverless_v1_providers":[],"providers":[{"provider":"azure","regions":[
		{"region":"northeurope","name":"North Europe","availability_zones":["1","2"],"cidr_blocks":["10.0.0.0/8"],"reserved_cidr_blocks":["10.100.0.0/16","nonsense"]}]},{"provider":"aws","regions":[]}]}`
	l := listen(t, 200, doc)
	a, err := writer(t, l.url).Availability(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, ok := a.Region("azure", safe.New("northeurope"))
	if !ok || r.Name.Raw() != "North Europe" || len(r.Zones) != 2 || !r.CIDRs[0].Valid() || len(r.Reserved) != 2 || r.Reserved[1].Valid() {
		t.Errorf("got %+v", a)
	}
	if got := l.all()[0]; got.auth != "" || got.uri != "/v2/cloud-gateways/availability.json" {
		t.Errorf("a public document was asked for with %+v", got)
	}
}

// Whatever answers a write, it ends with a value or with a failure that says
// something.
func FuzzWriteAnswers(f *testing.F) {
	for _, s := range []string{"", "null", madeOne, resolver, `{"id":1}`, `{"providers":[{"regions":[{"cidr_blocks":[3]}]}]}`} {
		f.Add(s, 201)
		f.Add(s, 403)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 599 {
			status = 201
		}
		c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, "http://127.0.0.1:1"), Token: token("x"), Sender: parrot{status, []byte(body)}, Version: "test", Retry: transport.Once()})
		for name, w := range writes() {
			if err := w.send(t.Context(), c, w.write(c)); err != nil && err.Error() == "" {
				t.Errorf("%s fails without a word", name)
			}
		}
		if _, err := c.Availability(t.Context()); err != nil && err.Error() == "" {
			t.Error("it fails without a word")
		}
	})
}

package konnect_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// witness sends requests and checks what goes out and what comes back.
type witness struct {
	*transport.Client
	t        *testing.T
	contract *sandboxtest.Contract
}

func (w witness) Do(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	resp, err := w.Client.Do(r)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if err := w.contract.Check(r, resp.StatusCode, resp.Header, body); err != nil {
		w.t.Error(err)
	}
	return resp, nil
}

func TestClientAndSandboxKeepTheContract(t *testing.T) {
	c := sandboxtest.NewContract(t)
	s := sandboxtest.Start(t, sandbox.Options{Networks: 130, Story: true})
	sender := transport.New()
	t.Cleanup(sender.Close)
	ctx := context.Background()
	for _, tok := range []string{sandbox.Token, sandbox.ViewerToken, sandbox.SystemToken, "wrong"} {
		exercise(ctx, t, konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: token(tok), Sender: witness{sender, t, c}, Version: "test",
		}))
	}
	for operation, statuses := range map[string][]int{
		"list-networks": {200, 401}, "get-network": {200, 404}, "list-transit-gateways": {200, 404}, "get-transit-gateway": {200, 404},
		"list-private-dns": {200, 403, 404}, "get-private-dns": {200, 403, 404}, "list-network-configurations": {200, 404},
		"list-provider-accounts": {200, 401}, "get-organizations-me": {200, 401}, "get-users-me": {200, 401}, "list-control-planes": {200, 401},
	} {
		for _, status := range statuses {
			if !c.Seen(operation, status) {
				t.Errorf("%s was never seen with %d", operation, status)
			}
		}
	}
}

// exercise makes every call of the client. What it may not do is refused; the
// refusals are part of the contract too.
func exercise(ctx context.Context, t *testing.T, c *konnect.Client) {
	t.Helper()
	nowhere := safe.New("7f9fd312-a987-4628-b4c5-bb4f4fddd5f7")
	_, _ = c.Organization(ctx)
	_, _ = c.User(ctx)
	_, _ = c.Availability(ctx)
	_, _ = c.ProviderAccounts(ctx)
	_, _ = c.ControlPlanes(ctx, safe.New("eu"), []safe.Text{nowhere})
	_, _ = c.Network(ctx, nowhere)
	_, _ = c.Peerings(ctx, nowhere)
	_, _ = c.Peering(ctx, nowhere, nowhere)
	_, _ = c.PrivateDNS(ctx, nowhere)
	_, _ = c.PrivateDNSByID(ctx, nowhere, nowhere)
	_, _ = c.References(ctx, nowhere)
	networks, err := c.Networks(ctx, nil)
	if err != nil {
		return
	}
	for i, n := range networks.Items {
		if i > 25 {
			break
		}
		_, _ = c.Network(ctx, n.ID)
		if _, err := c.References(ctx, n.ID); err != nil {
			t.Error(err)
		}
		peerings, err := c.Peerings(ctx, n.ID)
		if err != nil {
			t.Error(err)
		}
		for _, p := range peerings.Items {
			_, _ = c.Peering(ctx, n.ID, p.ID)
		}
		attachments, _ := c.PrivateDNS(ctx, n.ID)
		for _, d := range attachments.Items {
			_, _ = c.PrivateDNSByID(ctx, n.ID, d.ID)
		}
		_, _ = c.PrivateDNSByID(ctx, n.ID, nowhere)
	}
}

// What the client does not send, others may: filters, odd pages, odd ids.
func TestSandboxKeepsTheContractForOtherClients(t *testing.T) {
	c := sandboxtest.NewContract(t)
	s := sandboxtest.Start(t, sandbox.Options{})
	n := networkNamed(t, client(t, s, token(sandbox.Token)), "eu-prod").ID.Raw()
	get := func(path, tok string) (int, []byte) {
		t.Helper()
		req := httptest.NewRequestWithContext(context.Background(), http.MethodGet, s.Konnect+path, nil)
		req.RequestURI = ""
		if tok != "" {
			req.Header.Set("Authorization", "Bearer "+tok)
		}
		sender := transport.New()
		defer sender.Close()
		resp, err := sender.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Check(req, resp.StatusCode, resp.Header, body); err != nil {
			t.Error(err)
		}
		return resp.StatusCode, body
	}
	filter := func(key, value string) string { return "?" + url.Values{key: {value}}.Encode() }
	networks := "/v2/cloud-gateways/networks"
	for _, q := range []struct {
		path   string
		status int
		total  string
	}{
		{"/v2/cloud-gateways/availability.json", 200, ""},
		{networks, 200, `"total":15`},
		{networks + filter("page[size]", "5000"), 200, `"size":100`},
		{networks + filter("page[number]", "99"), 200, `"data":[]`},
		{networks + filter("page[size]", "0"), 400, "page[size]"},
		{networks + filter("page[number]", "two"), 400, "is_integer"},
		{networks + filter("filter[name][eq]", "eu-prod"), 200, `"total":1`},
		{networks + filter("filter[name][contains]", "eu-"), 200, `"total":2`},
		{networks + filter("filter[name][ocontains]", "aws,gcp"), 200, `"total":3`},
		{networks + filter("filter[state][oeq]", "initializing,offline"), 200, `"total":2`},
		{networks + filter("filter[state][neq]", "ready"), 200, `"total":2`},
		{networks + filter("filter[colour][eq]", "red"), 400, "unknown_property"},
		{networks + filter("filter[state][contains]", "x"), 400, "unknown_property"},
		{networks + "?" + url.Values{"filter[name][eq]": {"a"}, "filter[name][neq]": {"b"}}.Encode(), 400, "one operator"},
		{networks + "/" + n + "/transit-gateways" + filter("filter[state]", "ready"), 200, `"total":2`},
		{networks + "/" + n + "/private-dns" + filter("filter[state][eq]", "error"), 200, `"total":0`},
		{networks + "/not-a-uuid/transit-gateways", 400, "is_uuid"},
		{networks + "/" + n + "/configuration-references", 200, `"total":3`},
		{"/v2/cloud-gateways/provider-accounts" + filter("filter[provider][eq]", "azure"), 200, `"total":1`},
		{"/v2/control-planes" + filter("filter[name][contains]", "acme"), 200, `"total":3`},
	} {
		status, body := get(q.path, sandbox.Token)
		if status != q.status || !strings.Contains(string(body), q.total) {
			t.Errorf("%s: %d, want %d with %s\n%.300s", q.path, status, q.status, q.total, body)
		}
	}
	for _, path := range []string{networks, networks + "/" + n, networks + "/" + n + "/transit-gateways", "/v3/organizations/me", "/v2/control-planes"} {
		if status, _ := get(path, ""); status != http.StatusUnauthorized {
			t.Errorf("%s without a token: %d", path, status)
		}
	}
	for _, status := range []int{400, 401, 403} {
		s.World.AddFault(sandbox.Fault{Status: status, Times: 1})
		if got, _ := get(networks, sandbox.Token); got != status {
			t.Errorf("got %d, want %d", got, status)
		}
	}
	s.World.AddFault(sandbox.Fault{Status: 404, Times: 1})
	if got, _ := get(networks+"/"+n, sandbox.Token); got != 404 {
		t.Errorf("got %d", got)
	}
}

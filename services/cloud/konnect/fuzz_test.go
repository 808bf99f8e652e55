package konnect_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// parrot answers every request with the same bytes.
type parrot struct {
	status int
	body   []byte
}

func (p parrot) Do(r *http.Request) (*http.Response, error) {
	kind := "application/json"
	if p.status >= http.StatusBadRequest {
		kind = "application/problem+json"
	}
	return &http.Response{
		StatusCode: p.status, Request: r, Header: http.Header{"Content-Type": {kind}}, ContentLength: int64(len(p.body)),
		Body: io.NopCloser(bytes.NewReader(p.body)),
	}, nil
}

// FuzzAnswers gives every call the same answer, whatever it is: each must come
// back with a value or with a failure that says something, and never end the
// program.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{
		"", "null", "[]", `{"data":null}`, `{"data":[null,1,{"id":7}]}`, `{"meta":{"page":{"total":1e99,"number":-1}},"data":[{"id":"a"}]}`,
		`{"id":"a","name":"b","state":"ready","cidr_block":[],"state_metadata":{"reason":{}}}`,
		`{"data":[{"id":"a","transit_gateway_attachment_config":{"kind":"azure-vnet-peering-attachment","tenant_id":3},"dns_config":[{"remote_dns_server_ip_addresses":{}}]}]}`,
		`{"data":[{"id":"a","private_dns_attachment_config":{"kind":"azure-outbound-resolver","dns_config":{"x":{"remote_dns_server_ip_addresses":["1"]}}}}]}`,
		`{"data":[{"id":"a","host":"h","port":"80"},{"host":[]}],"offset":"x","next":7}`,
		`{"results":[{"gateway_service":"a:b","upstream_status":"502"}],"data":[],"meta":{"page":{"next":"/x?page[after]=y"}}}`,
		`{"code":3,"message":"validation error","details":[{"field":"host","messages":["no"]},4]}`,
		`{"status":400,"title":"Bad Request","instance":"konnect:trace:1","invalid_parameters":[{"field":"name","rule":null,"choices":[1]},3]}`,
	} {
		f.Add(s, 200)
		f.Add(s, 400)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 499 || status == 429 || status == 408 {
			status = 200 + (status&1)*200 // what is retried takes its time
		}
		c := konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(t, "http://127.0.0.1:1"), Token: token("x"), Sender: parrot{status, []byte(body)}, Version: "test",
		})
		ctx, n := t.Context(), safe.New("n")
		var errs [12]error
		_, errs[0] = c.Networks(ctx, func([]model.Network, int) {})
		_, errs[1] = c.Peerings(ctx, n)
		_, errs[2] = c.PrivateDNS(ctx, n)
		_, errs[3] = c.References(ctx, n)
		_, errs[4] = c.ProviderAccounts(ctx)
		_, errs[5] = c.Organization(ctx)
		_, errs[6] = c.ControlPlanes(ctx, safe.New("eu"), []safe.Text{safe.New("p")})
		plane := model.ControlPlane{ID: n, Geo: safe.New("eu")}
		_, errs[7] = c.Services(ctx, plane)
		_, errs[8] = c.Routes(ctx, plane)
		_, errs[9] = c.Upstreams(ctx, plane)
		_, errs[10] = c.Members(ctx, plane)
		_, errs[11] = c.Configurations(ctx, plane)
		if seen := c.Requests(ctx, plane); !seen.Read.Read() && seen.Read.Failure == nil {
			t.Error("what was not read has no reason")
		}
		for _, p := range c.Planes(ctx, plane) {
			for _, part := range []model.Part{p.ServicesRead, p.RoutesRead, p.UpstreamsRead, p.Seen.Read} {
				if !part.Read() && part.Failure == nil {
					t.Error("a part that was not read has no reason")
				}
			}
		}
		for i, err := range errs {
			if err != nil && err.Error() == "" {
				t.Errorf("call %d fails without a word", i)
			}
		}
	})
}

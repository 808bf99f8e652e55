package replay

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/record"
)

// sender sends every request to the server of the recording, wherever it was to go: the
// clients keep the addresses that were recorded, and nothing leaves this machine. It gives
// back failures of the wire as they were described.
type sender struct {
	to      string // host:port of the server
	service bundle.Service
	host    string // of the service
	http    *http.Client
}

// Sender is what a client of a service sends with.
func (r *Replay) Sender(s bundle.Service) policy.Transporter {
	return sender{to: r.server.address, service: s, host: record.HostOf(r.bundle.Session.Hosts[s]), http: r.client}
}

// Do asks the recording.
func (s sender) Do(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.Host, out.URL.User = "http", s.to, s.to, nil
	out.Header = http.Header{headerService: {string(s.service)}}
	if tenant := record.TenantOf(req); tenant != "" {
		out.Header.Set(headerTenant, tenant)
	}
	if req.URL.Host != s.host {
		out.Header.Set(headerHost, req.URL.Host)
	}
	resp, err := s.http.Do(out)
	if err != nil {
		return nil, err
	}
	if told := resp.Header.Get(headerFailure); told != "" {
		_ = resp.Body.Close()
		return nil, failureOf(told)
	}
	if told := resp.Header.Get(headerCut); told != "" {
		resp.Body = cut{resp.Body, failureOf(told)}
	}
	resp.Header.Del(headerCut)
	resp.Request = req
	return resp, nil
}

// cut is a body that ends with a failure.
type cut struct {
	io.ReadCloser
	failure model.Failure
}

// Read reads what there was.
func (c cut) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if err == io.EOF {
		err = c.failure
	}
	return n, err
}

func failureOf(text string) model.Failure {
	var f bundle.Failure
	data, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err != nil {
		return model.Failure{Kind: model.FailureBug, Cause: safe.New("the recording holds a failure that cannot be read: " + err.Error())}
	}
	return f.Model()
}

// client reaches the server of a recording, and nothing else.
func client(address string) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, address)
			},
			MaxIdleConnsPerHost: 16, DisableCompression: true, MaxResponseHeaderBytes: 1 << 20,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

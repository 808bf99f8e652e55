package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Place is where a service is, and how its client calls it and its host when the wire
// fails.
type Place struct{ Base, Service, Host string }

// Sender returns a sender that keeps what passes through another one to a service.
func (r *Recorder) Sender(s bundle.Service, at Place, next policy.Transporter) policy.Transporter {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.session.Hosts[s] = at.Base
	return sender{r: r, service: s, at: at, host: HostOf(at.Base), next: next}
}

type sender struct {
	r       *Recorder
	service bundle.Service
	at      Place
	host    string
	next    policy.Transporter
}

// Do sends the request and keeps what came of it.
func (s sender) Do(req *http.Request) (*http.Response, error) {
	e := bundle.Exchange{Service: s.service, Method: req.Method, Path: pathOf(req), Tenant: TenantOf(req)}
	if req.URL.Host != s.host {
		e.Host = req.URL.Host
	}
	req, err := s.withBody(req, &e)
	if err != nil {
		return nil, err
	}
	e.At = s.r.now()
	began := time.Now()
	resp, err := s.next.Do(req)
	if err == nil {
		e.Status, e.Header = resp.StatusCode, headers(resp.Header)
		e.Body, err = readBody(resp)
	}
	e.Took = bundle.Duration(time.Since(began))
	switch {
	case err == nil:
		s.r.keep(e)
		return resp, nil
	case req.Context().Err() != nil: // it was ended from here, and no answer is what there is to keep
		s.r.cut()
	default:
		host := s.at.Host
		if e.Host != "" {
			host = e.Host
		}
		e.Failure = bundle.FailureOf(transport.WireFailure(err, s.at.Service, host))
		s.r.keep(e)
	}
	if e.Status != 0 {
		return resp, nil // the client meets the error where it reads the body
	}
	return nil, err
}

// withBody takes the body of a request and returns the request with it again. The given
// one stays as it is: whoever sends it may send it again.
func (s sender) withBody(req *http.Request, e *bundle.Exchange) (*http.Request, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return req, nil
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	e.Request = body
	out := req.WithContext(req.Context())
	out.Body = readCloser{bytes.NewReader(body), req.Body}
	return out, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// readBody reads an answer to its end, and puts what was read in its place, with the error
// that ended it.
func readBody(resp *http.Response) ([]byte, error) {
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), broken{err}))
	return body, err
}

// broken is the end of a body.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) {
	if b.err == nil {
		return 0, io.EOF
	}
	return 0, b.err
}

// cut notes that a request had no answer when the program ended.
func (r *Recorder) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.session.Cut = true
}

// headers are those of an answer that a bundle may hold.
func headers(h http.Header) []bundle.Header {
	var out []bundle.Header
	for _, name := range bundle.Headers() {
		for _, value := range h.Values(name) {
			out = append(out, bundle.Header{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(out, func(a, b bundle.Header) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func pathOf(req *http.Request) string {
	path := req.URL.RequestURI()
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return path
}

// TenantOf is the tenant that the token of a request is for. The token itself is looked at
// and not kept; one that is opaque tells nothing.
func TenantOf(req *http.Request) string {
	token, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	parts := strings.Split(token, ".")
	const ofJWT = 3
	if !ok || len(parts) != ofJWT {
		return ""
	}
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return ""
	}
	var of struct {
		Tenant string `json:"tid"`
	}
	if err := json.Unmarshal(claims, &of); err != nil || len(of.Tenant) > len("00000000-0000-0000-0000-000000000000") {
		return ""
	}
	return of.Tenant
}

// HostOf is the host of an address with its port.
func HostOf(base string) string {
	_, rest, found := strings.Cut(base, "://")
	if !found {
		rest = base
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

package activity

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Recorder returns a policy that logs every try of every request of a service.
// It belongs behind the retry policy and before the transport.
func (l *Log) Recorder(service string) policy.Policy {
	return recorder{log: l, service: service}
}

type recorder struct {
	log     *Log
	service string
}

// Do sends the request and logs what became of it.
func (r recorder) Do(req *policy.Request) (*http.Response, error) {
	raw := req.Raw()
	at, began := r.log.now(), time.Now()
	resp, err := req.Next()
	if unsent, ok := errors.AsType[interface {
		error
		Held() bool
	}](err); ok && unsent.Held() {
		return resp, err // nobody was asked
	}
	a := model.Activity{
		At: at, Took: time.Since(began), Kind: model.ActivityRequest, Service: r.service,
		Method: raw.Method, Target: safe.New(raw.URL.RequestURI()),
	}
	if err == nil {
		a.Status, a.Trace = resp.StatusCode, trace(resp)
	}
	r.log.Add(a)
	return resp, err
}

// trace returns the id by which the service's owner finds the request: for
// Konnect it stands in the body of an error, for Azure in a header.
func trace(resp *http.Response) safe.Text {
	for _, name := range []string{"X-Ms-Correlation-Request-Id", "X-Ms-Request-Id", "Request-Id", "X-Kong-Request-Id"} {
		if v := resp.Header.Get(name); v != "" {
			return safe.New(v)
		}
	}
	if resp.StatusCode < 400 || !strings.Contains(resp.Header.Get("Content-Type"), "json") {
		return safe.Text{}
	}
	var problem struct {
		Instance safe.Text `json:"instance"`
	}
	// The body was buffered below this policy, so reading it takes nothing away.
	if body, err := runtime.Payload(resp); err == nil {
		_ = json.Unmarshal(body, &problem)
	}
	return problem.Instance
}

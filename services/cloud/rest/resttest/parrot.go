package resttest

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Parrot gives the options of a client that gets the same answer to everything,
// without a listener: for fuzzing.
func Parrot(tb testing.TB, status int, body string) rest.Options {
	tb.Helper()
	at, err := endpoint.Parse("a test's address", "http://127.0.0.1:1")
	if err != nil {
		tb.Fatal(err)
	}
	p := parrot{status, body}
	return rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(Token), Login: at, Sender: p}),
		Endpoint: at, Sender: p, Retry: transport.Once(),
	}
}

type parrot struct {
	status int
	body   string
}

// Do answers.
func (p parrot) Do(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: p.status, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
		ContentLength: int64(len(p.body)), Body: io.NopCloser(strings.NewReader(p.body)),
	}, nil
}

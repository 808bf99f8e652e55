package sandboxtest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/google/uuid"
)

// Contract is what Kong has published of Konnect: four documents. They are no part of the
// project; the variable PEERDECK_CONTRACT_DIR names the folder that holds them.
type Contract struct {
	documents []*document

	mu   sync.Mutex
	seen map[string]map[int]bool // operation to statuses
}

// document is one of them, read when the first request needs it: reading takes longer than
// most tests.
type document struct {
	prefix string // of the paths that it is about
	router func() (routers.Router, error)
}

// ErrNoContract is that the documents are not at hand.
var ErrNoContract = errors.New("PEERDECK_CONTRACT_DIR is not set: Kong's OpenAPI documents are not at hand")

// published is read once for all tests of a process.
var published = sync.OnceValues(readContract) //nolint:gochecknoglobals // only tests import this package, and each would read 860 kB anew

// NewContract returns the contract, with nothing seen yet. The test is skipped where it is not
// at hand.
func NewContract(tb testing.TB) *Contract {
	tb.Helper()
	documents, err := published()
	if errors.Is(err, ErrNoContract) {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return &Contract{documents: documents, seen: map[string]map[int]bool{}}
}

func readContract() ([]*document, error) {
	dir := os.Getenv("PEERDECK_CONTRACT_DIR")
	if dir == "" {
		return nil, ErrNoContract
	}
	var out []*document
	for _, d := range []struct{ file, prefix string }{
		{"konnect-cloud-gateways-v2.yaml", "/v2/cloud-gateways"},
		{"konnect-identity-v3.yaml", "/v3/"},
		{"konnect-control-planes-v2.yaml", "/v2/control-planes"},
		{"konnect-control-planes-config-v2.yaml", "/v2/control-planes/"},
	} {
		file := filepath.Join(dir, d.file)
		if _, err := os.Stat(file); err != nil { //nolint:gosec // whoever runs the tests names the folder
			return nil, fmt.Errorf("PEERDECK_CONTRACT_DIR: %w", err)
		}
		out = append(out, &document{prefix: d.prefix, router: sync.OnceValues(func() (routers.Router, error) { return readDocument(file) })})
	}
	return out, nil
}

const anyHost = "contract.test"

func readDocument(file string) (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	// One server for all regions, so that the path alone decides.
	version := doc.Servers[0].URL[strings.LastIndex(doc.Servers[0].URL, "/"):]
	doc.Servers = openapi3.Servers{{URL: "http://" + anyHost + version}}
	return gorillamux.NewRouter(doc)
}

// errNoPath is that no document has the path or the method of a request.
var errNoPath = errors.New("is in no contract")

func (c *Contract) route(r *http.Request) (*routers.Route, map[string]string, error) {
	for _, d := range c.documents {
		if !strings.HasPrefix(r.URL.Path, d.prefix) {
			continue
		}
		router, err := d.router()
		if err != nil {
			return nil, nil, err
		}
		if route, params, err := router.FindRoute(r); err == nil {
			return route, params, nil
		}
	}
	return nil, nil, fmt.Errorf("%s %s %w", r.Method, r.URL.Path, errNoPath)
}

// Check holds a request and its answer to the contract, and remembers the answer's status. A
// request that is answered with 400 is meant to be wrong.
func (c *Contract) Check(r *http.Request, status int, header http.Header, answer []byte) error {
	ctx := context.WithoutCancel(r.Context())
	at := r.Clone(ctx)
	at.URL.Scheme, at.URL.Host, at.Host = "http", anyHost, anyHost
	route, params, err := c.route(at)
	if err != nil {
		return err
	}
	input := &openapi3filter.RequestValidationInput{Request: at, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, RejectWhenRequestBodyNotSpecified: true, SchemaValidationOptions: formats(),
	}}
	if err := openapi3filter.ValidateRequest(ctx, input); err != nil && !refusesRequest(status) && !fitsSeveral(err) {
		return fmt.Errorf("request %s %s: %w", r.Method, r.URL, err)
	}
	c.mu.Lock()
	if c.seen[route.Operation.OperationID] == nil {
		c.seen[route.Operation.OperationID] = map[int]bool{}
	}
	c.seen[route.Operation.OperationID][status] = true
	c.mu.Unlock()
	output := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: status, Header: header, Options: input.Options}
	output.SetBodyBytes(answer)
	if status == http.StatusNotImplemented || silent(route, status) {
		return nil // it is not simulated, or the contract does not say what it looks like
	}
	if err := openapi3filter.ValidateResponse(ctx, output); err != nil {
		return fmt.Errorf("response %d to %s %s: %w\n%s", status, r.Method, r.URL, err, answer)
	}
	return nil
}

// invented holds an answer to what the contract names: a validator lets other members pass
// wherever a schema does not forbid them.
func (c *Contract) invented(r *http.Request, status int, header http.Header, answer []byte) error {
	at := r.Clone(context.WithoutCancel(r.Context()))
	at.URL.Scheme, at.URL.Host, at.Host = "http", anyHost, anyHost
	route, _, err := c.route(at)
	if err != nil {
		return err
	}
	if unknown := invented(route, status, header, answer); len(unknown) > 0 {
		return fmt.Errorf("response %d to %s %s has members that the contract does not: %s\n%s", status, r.Method, r.URL, strings.Join(unknown, ", "), answer)
	}
	return nil
}

// silent reports whether the contract says nothing of a refusal: of what a control plane tells
// its data planes it has 401 alone, for most.
func silent(route *routers.Route, status int) bool {
	return status >= http.StatusBadRequest && strings.Contains(route.Path, "/core-entities/") && route.Operation.Responses.Value(strconv.Itoa(status)) == nil
}

// refusesRequest reports whether an answer says that the request was wrong, or is not simulated.
func refusesRequest(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusNotImplemented
}

// fitsSeveral reports whether a request is wrong only because the contract does not tell its own
// alternatives apart: a new name alone is a change of AWS's resolver and of Azure's.
func fitsSeveral(err error) bool {
	var schema *openapi3.SchemaError
	return errors.As(err, &schema) && schema.SchemaField == "oneOf" && errors.Is(schema.Origin, openapi3.ErrOneOfConflict)
}

// Seen reports whether an operation was answered with a status.
func (c *Contract) Seen(operation string, status int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[operation][status]
}

// formats are what the validator does not look at by itself, and what it looks at too gently.
func formats() []openapi3.SchemaValidationOption {
	of := func(name string, wrong func(string) error) openapi3.SchemaValidationOption {
		return openapi3.WithStringFormatValidator(name, openapi3.NewCallbackValidator(wrong))
	}
	return []openapi3.SchemaValidationOption{
		of("uuid", uuid.Validate),
		of("date-time", func(text string) error { _, err := time.Parse(time.RFC3339Nano, text); return err }),
		of("ipv4", func(text string) error {
			a, err := netip.ParseAddr(text)
			if err == nil && !a.Is4() {
				return fmt.Errorf("%s is no IPv4 address", text)
			}
			return err
		}),
	}
}

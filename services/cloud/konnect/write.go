package konnect

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// write makes a request that changes something. A nil body is none.
func (c *Client) write(method string, kind model.ObjectKind, makes string, body any, path ...string) model.Write {
	return writeAt(c.base, method, kind, makes, body, path...)
}

func writeAt(base endpoint.Endpoint, method string, kind model.ObjectKind, makes string, body any, path ...string) model.Write {
	w := model.Write{
		Service: model.WriteKonnect, Method: method, Kind: kind, Makes: makes,
		URL: safe.New(call{base: base, path: path}.url()),
	}
	if body != nil {
		w.Body = transport.Body(body)
	}
	return w
}

// written makes the call of a write from the call that says where it may go. The address and the body are those of the
// write, to the byte; an address elsewhere is refused, because the token goes with
// it and a write may come out of a file.
func written(r call, w model.Write) (call, error) {
	r.method, r.address, r.body = w.Method, w.URL.Raw(), w.Body
	at, err := url.Parse(r.address)
	if err == nil && w.Service == model.WriteKonnect && transport.AtHome(r.base.String(), at) {
		return r, nil
	}
	return call{}, r.failure(model.Failure{
		Kind: model.FailureContract, Cause: safe.New("the request would not go to " + r.base.Host()),
		Cure: model.CureNotSentKonnect,
	})
}

// sendFor sends a write and decodes the object that it made.
func sendFor[T any](ctx context.Context, c *Client, operation string, subject safe.Text, w model.Write, decode func(json.RawMessage) (safe.Text, T, error)) (T, error) {
	return sendAs(ctx, c, call{operation: operation, subject: subject, base: c.base}, w, decode)
}

func sendAs[T any](ctx context.Context, c *Client, as call, w model.Write, decode func(json.RawMessage) (safe.Text, T, error)) (T, error) {
	r, err := written(as, w)
	if err != nil {
		var none T
		return none, err
	}
	return readOne(ctx, c, r, decode)
}

// remove sends a deletion. What is gone already is as good.
func (c *Client) remove(ctx context.Context, operation string, subject safe.Text, w model.Write) error {
	return c.removeAs(ctx, call{operation: operation, subject: subject, base: c.base}, w)
}

func (c *Client) removeAs(ctx context.Context, as call, w model.Write) error {
	r, err := written(as, w)
	if err != nil {
		return err
	}
	_, err = c.do(ctx, r)
	if f, failed := model.AsFailure(err); failed && f.Status != http.StatusNotFound {
		return err
	}
	return nil
}

func gatewayPath(network safe.Text, rest ...string) []string {
	return append([]string{"v2", "cloud-gateways", "networks", network.Raw()}, rest...)
}

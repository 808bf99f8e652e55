package rest

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Ask asks with a POST for what Azure tells to no GET, and returns the body. It changes
// nothing there, so it may be asked again.
func (c *Client) Ask(ctx context.Context, tenant safe.Text, address string, body any) ([]byte, error) {
	return c.do(ctx, tenant, http.MethodPost, address, transport.Body(body))
}

// Operation is a question whose answer Azure has to find out first.
type Operation struct {
	poller *runtime.Poller[json.RawMessage]
}

// Begin asks such a question, with a body where it has one (nil for none). Like Ask it changes
// nothing there.
func (c *Client) Begin(ctx context.Context, tenant safe.Text, address string, body any) (*Operation, error) {
	pipeline, err := c.pipeline(tenant)
	if err != nil {
		return nil, err
	}
	req, err := runtime.NewRequest(ctx, http.MethodPost, address)
	if err != nil {
		return nil, err
	}
	req.Raw().Header.Set("Accept", "application/json")
	if body != nil {
		if err := req.SetBody(streaming.NopCloser(strings.NewReader(transport.Body(body).Raw())), "application/json"); err != nil {
			return nil, err
		}
	}
	resp, err := pipeline.Do(req) //nolint:bodyclose // the poller, or the error, reads and closes it
	if err != nil {
		return nil, err
	}
	if !runtime.HasStatusCode(resp, http.StatusOK, http.StatusAccepted) {
		return nil, runtime.NewResponseError(resp)
	}
	poller, err := runtime.NewPoller(resp, pipeline, &runtime.NewPollerOptions[json.RawMessage]{FinalStateVia: runtime.FinalStateViaLocation})
	if err != nil {
		return nil, c.Unreadable("it does not say where its end is asked after")
	}
	return &Operation{poller: poller}, nil
}

// Over reports whether the answer is there.
func (o *Operation) Over() bool { return o.poller.Done() }

// Look looks whether the answer is there, and says after how long Azure wants to be asked
// again; 0 where it does not say.
func (o *Operation) Look(ctx context.Context) (again time.Duration, err error) {
	if o.poller.Done() {
		return 0, nil
	}
	resp, err := o.poller.Poll(ctx)
	if err != nil {
		return 0, err
	}
	_ = resp.Body.Close() // the poller has read it
	if seconds, wrong := strconv.Atoi(resp.Header.Get("Retry-After")); wrong == nil && seconds > 0 {
		again = time.Duration(seconds) * time.Second
	}
	return again, nil
}

// Result is the body of the answer, once it is there.
func (o *Operation) Result(ctx context.Context) ([]byte, error) {
	return o.poller.Result(ctx)
}

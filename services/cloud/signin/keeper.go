package signin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// keeper sends the requests of a credential and keeps what went wrong last: Microsoft's
// library reads the body of a refusal away, and makes a text of an error of the wire. It
// also reaches a sign-in service on this machine over plain http, which the library does
// not.
type keeper struct {
	next      policy.Transporter
	host      string // of the authority, for messages
	plainHost string

	free chan struct{} // holds one item while a token is being got

	mu   sync.Mutex
	last *answerError
	wire error
}

// answerError is a refusal of a sign-in service, in its own words.
type answerError struct {
	status      int
	code        string // of OAuth: invalid_grant
	description string
	trace       string
	claims      string // what a new sign-in has to show
}

func (e *answerError) Error() string {
	if e.description != "" {
		return e.description
	}
	return e.code
}

// wireError is an exchange with a sign-in service that brought no answer.
type wireError struct {
	host string
	err  error
}

func (e *wireError) Error() string { return e.err.Error() }
func (e *wireError) Unwrap() error { return e.err }

// Do sends the request.
func (k *keeper) Do(r *http.Request) (*http.Response, error) {
	if k.plainHost != "" && r.URL.Host == k.plainHost {
		r.URL.Scheme = "http"
	}
	resp, err := k.next.Do(r)
	if err != nil {
		k.note(nil, err)
		return nil, err
	}
	if resp.StatusCode < 400 {
		return resp, nil
	}
	const enough = 64 << 10
	body, err := io.ReadAll(io.LimitReader(resp.Body, enough))
	_ = resp.Body.Close()
	if err != nil {
		k.note(nil, err)
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if said := refusal(resp.StatusCode, body); said.code != "authorization_pending" && said.code != "slow_down" {
		k.note(said, nil)
	}
	return resp, nil
}

// refusal reads the body of a refusal; one that is none of a sign-in service is told by
// its status.
func refusal(status int, body []byte) *answerError {
	var said struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
		Trace       string `json:"trace_id"`
		Claims      string `json:"claims"`
	}
	out := &answerError{status: status}
	if json.Unmarshal(body, &said) == nil {
		out.code, out.description, out.trace, out.claims = said.Code, said.Description, said.Trace, said.Claims
	}
	return out
}

func (k *keeper) note(said *answerError, wire error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.last, k.wire = said, wire
}

// explain puts what was kept in place of the library's text.
func (k *keeper) explain(err error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case err == nil:
		return nil
	case k.wire != nil && !errors.Is(k.wire, context.Canceled):
		return &wireError{host: k.host, err: k.wire}
	case k.last != nil:
		return k.last
	default:
		return err
	}
}

// keep is the credential with the errors that are worth telling.
func (k *keeper) keep(c azcore.TokenCredential) azcore.TokenCredential {
	return kept{credential: c, keeper: k}
}

type kept struct {
	credential azcore.TokenCredential
	keeper     *keeper
}

// GetToken gets a token, one at a time: so does the library, and what was kept is then of
// this one.
func (c kept) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	select {
	case c.keeper.free <- struct{}{}:
		defer func() { <-c.keeper.free }()
	case <-ctx.Done():
		return azcore.AccessToken{}, ctx.Err()
	}
	c.keeper.note(nil, nil)
	token, err := c.credential.GetToken(ctx, o)
	return token, c.keeper.explain(err)
}

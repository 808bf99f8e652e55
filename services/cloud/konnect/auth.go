package konnect

import (
	"context"
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/services/local/secret"
)

// renewEvery bounds how often a source is asked again after a refusal: a helper
// command may be slow, and a revoked token is refused at every poll.
const renewEvery = 10 * time.Second

// sourceError is an error of the token's source, as opposed to one of the wire.
type sourceError struct{ error }

// NonRetriable tells azcore that another try would ask the source in vain.
func (sourceError) NonRetriable() {}

func (e sourceError) Unwrap() error { return e.error }

// authorizer puts the token into each request. When Konnect refuses it, the
// source is asked once more, and the request is sent again if the token is a
// new one: a token that was renewed in a file is taken up without a restart.
type authorizer struct {
	source secret.Source

	lock    chan struct{} // holds one item while somebody is inside; waiting for it can be cancelled
	current secret.Secret
	renewed time.Time // when the source was last asked because of a refusal
}

func newAuthorizer(source secret.Source) *authorizer {
	return &authorizer{source: source, lock: make(chan struct{}, 1)}
}

// Do sends the request with the token.
func (a *authorizer) Do(req *policy.Request) (*http.Response, error) {
	ctx := req.Raw().Context()
	token, err := a.token(ctx, secret.Secret{})
	if err != nil {
		return nil, err
	}
	resp, err := send(req, token)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	renewed, rerr := a.token(ctx, token)
	if rerr != nil || renewed.Equal(token) {
		return resp, nil //nolint:nilerr // Konnect's own refusal says more than that there was no newer token
	}
	runtime.Drain(resp)
	if err := req.RewindBody(); err != nil {
		return nil, err
	}
	return send(req, renewed)
}

func send(req *policy.Request, token secret.Secret) (*http.Response, error) {
	clone := req.Clone(req.Raw().Context())
	clone.Raw().Header.Set("Authorization", "Bearer "+token.Reveal())
	return clone.Next()
}

// token returns the token, asking the source when there is none yet or when the
// one in hand was refused.
func (a *authorizer) token(ctx context.Context, refused secret.Secret) (secret.Secret, error) {
	select {
	case a.lock <- struct{}{}:
		defer func() { <-a.lock }()
	case <-ctx.Done():
		return secret.Secret{}, ctx.Err()
	}
	if !a.current.IsEmpty() && !a.current.Equal(refused) {
		return a.current, nil
	}
	if !refused.IsEmpty() {
		if time.Since(a.renewed) < renewEvery {
			return a.current, nil
		}
		a.renewed = time.Now()
	}
	token, err := a.source.Token(ctx)
	if err != nil {
		return a.current, sourceError{err}
	}
	a.current = token
	return token, nil
}

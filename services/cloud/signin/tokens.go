// Package signin gets Azure tokens: from a token that is given, from a sign-in
// with a device code, from the Azure CLI, or from the AZURE_* variables. Tokens
// are kept in memory only. The Azure CLI is a process of its own that takes a
// second for every token, so one cache stands before all of them.
package signin

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"peerdeck/model"
	"peerdeck/model/safe"
)

const (
	// renewBefore is the time before its end at which a token is renewed, so
	// that none runs out on its way and a clock may be off by some minutes.
	renewBefore = 5 * time.Minute
	// failFor is how long a refusal is remembered: at every poll of every VNET
	// the Azure CLI would be started to say no again.
	failFor = time.Minute
	// patience bounds one attempt to get a token.
	patience = 30 * time.Second
)

// way is one way to sign in.
type way interface {
	// credential returns the credential for a tenant; nil when nobody took this
	// way. The error says why it is not open, such as a variable that is not set.
	credential(tenant string) (azcore.TokenCredential, error)
	name() string
}

// Tokens gives tokens for any tenant. It is safe for use by many goroutines.
type Tokens struct {
	ways    []way
	session *session

	mu      sync.Mutex
	entries map[tokenKey]*entry
}

type tokenKey struct{ tenant, scopes string }

// entry is the token of one tenant and purpose.
type entry struct {
	busy    chan struct{} // holds one item while somebody gets the token
	token   azcore.AccessToken
	err     error
	failed  time.Time
	account safe.Text
}

func newTokens(s *session, ways ...way) *Tokens {
	return &Tokens{ways: ways, session: s, entries: map[tokenKey]*entry{}}
}

// For returns the credential of a tenant, for an SDK's client.
func (t *Tokens) For(tenant safe.Text) azcore.TokenCredential {
	return tenantCredential{tokens: t, tenant: strings.ToLower(tenant.Raw())}
}

// Account returns who is signed in to a tenant, as the token says, and why
// nobody is. Both are empty while no token was asked for.
func (t *Tokens) Account(tenant safe.Text) (safe.Text, *model.Failure) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, e := range t.entries {
		if key.tenant != strings.ToLower(tenant.Raw()) {
			continue
		}
		if e.err != nil {
			f := Failure(e.err, tenant)
			return safe.Text{}, &f
		}
		return e.account, nil
	}
	return safe.Text{}, nil
}

// Forget drops tokens and refusals, so that the next request asks again.
func (t *Tokens) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.entries)
}

type tenantCredential struct {
	tokens *Tokens
	tenant string
}

// GetToken is what azcore asks of a credential.
func (c tenantCredential) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return c.tokens.get(ctx, c.tenant, o)
}

func (t *Tokens) get(ctx context.Context, tenant string, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	key := tokenKey{tenant, strings.Join(o.Scopes, " ")}
	e := t.entry(key)
	select {
	case e.busy <- struct{}{}:
		defer func() { <-e.busy }()
	case <-ctx.Done():
		return azcore.AccessToken{}, ctx.Err()
	}
	t.mu.Lock()
	token, err, failed := e.token, e.err, e.failed
	t.mu.Unlock()
	// A claims challenge means that the token in hand is not enough.
	if o.Claims == "" {
		if err != nil && time.Since(failed) < failFor {
			return azcore.AccessToken{}, err
		}
		if err == nil && time.Until(token.ExpiresOn) > renewBefore {
			return token, nil
		}
	}
	token, err = t.fetch(ctx, tenant, o)
	if ctx.Err() != nil {
		return azcore.AccessToken{}, ctx.Err() // says nothing about the sign-in
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	e.token, e.err = token, err
	if err != nil {
		e.failed = time.Now()
	} else {
		e.account = accountOf(token.Token)
	}
	return token, err
}

func (t *Tokens) entry(key tokenKey) *entry {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entries[key]
	if e == nil {
		e = &entry{busy: make(chan struct{}, 1)}
		t.entries[key] = e
	}
	return e
}

// fetch tries the ways in turn. What it says when none is open is what the
// person can do something about: the refusal of the first way that was open.
func (t *Tokens) fetch(ctx context.Context, tenant string, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	o.TenantID = tenant
	var closed, refused error
	for _, w := range t.ways {
		credential, err := w.credential(tenant)
		if credential == nil && err == nil {
			continue
		}
		if err == nil {
			var token azcore.AccessToken
			if token, err = credential.GetToken(ctx, o); err == nil {
				return token, nil
			}
			if !isUnavailable(err) {
				if refused == nil {
					refused = wayError{way: w.name(), err: err}
				}
				continue
			}
		}
		if closed == nil {
			closed = wayError{way: w.name(), err: err}
		}
	}
	return azcore.AccessToken{}, cmp.Or(refused, closed, error(wayError{way: t.session.name(), err: errNobody()}))
}

func errNobody() error { return errors.New("nobody has signed in") }

// wayError is the refusal of one way to sign in.
type wayError struct {
	way string
	err error
}

func (e wayError) Error() string { return e.way + ": " + e.err.Error() }
func (e wayError) Unwrap() error { return e.err }

// IsRefusal reports whether an error says that there is no token to be had.
func IsRefusal(err error) bool {
	_, ok := errors.AsType[wayError](err)
	return ok
}

// NonRetriable keeps azcore from asking again within one call.
func (e wayError) NonRetriable() {}

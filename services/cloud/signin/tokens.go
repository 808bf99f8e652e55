// Package signin gets Azure tokens: from a token that is given, from a sign-in
// with a device code, from the Azure CLI, from the AZURE_* variables, from a workload
// identity or from a managed identity. Tokens are kept in memory only. Getting one takes a
// process or some exchanges, so one cache stands before all of them.
package signin

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

const (
	// renewBefore is the time before its end at which a token is renewed, so
	// that none runs out on its way and a clock may be off by some minutes.
	renewBefore = 5 * time.Minute
	// failFor is how long a refusal is remembered: at every poll of every VNET
	// the Azure CLI would be started to say no again.
	failFor = time.Minute
	// patience bounds one way to get a token. It is longer than what any of them allows
	// itself, so that its own words are heard.
	patience = 45 * time.Second
)

// way is one way to sign in.
type way interface {
	source() model.IdentitySource
	// words say what it is, with the names of what it takes.
	words() string
	// pointed reports whether the environment names this way, or a person took it: its
	// reason is then the one that is told first.
	pointed() bool
	// credential returns the credential for a tenant; nil when nobody took this
	// way. The error says why it is not open, such as a variable that is not set. An error
	// of either, or of the credential, that is a [model.Failure] is told as it is.
	credential(tenant string) (azcore.TokenCredential, error)
}

// Tokens gives tokens for any tenant. It is safe for use by many goroutines.
type Tokens struct {
	ways    []way
	session *session
	// recorded says what a sign-in of a recording came to; nil: people are asked.
	recorded func(tenant safe.Text, s model.WriteService) (model.Identity, secret.Secret)

	mu      sync.Mutex
	entries map[tokenKey]*entry
}

type tokenKey struct{ tenant, scopes string }

// entry is the token of one tenant and purpose.
type entry struct {
	busy     chan struct{} // holds one item while somebody gets the token
	token    azcore.AccessToken
	err      error
	failed   time.Time
	identity model.Identity
	// shown are the claims in answer to which the token was got; empty for one that was got
	// without a challenge.
	shown string
	// wanted is the challenge that stands until a person has acted; nil for none.
	wanted  *model.Challenge
	dropped time.Time // when a token was last dropped because a service refused it
}

func newTokens(s *session, ways ...way) *Tokens {
	return &Tokens{ways: ways, session: s, entries: map[tokenKey]*entry{}}
}

// For returns the credential of a tenant, for an SDK's client.
func (t *Tokens) For(tenant safe.Text) azcore.TokenCredential {
	return tenantCredential{tokens: t, tenant: strings.ToLower(tenant.Raw())}
}

// Identity returns who is signed in to a tenant and by what, or why nobody is. It is the
// zero value but for the tenant while no token was asked for. Where there are tokens for
// several audiences, that of ARM speaks, unless another one was refused.
func (t *Tokens) Identity(tenant safe.Text) model.Identity {
	out := model.Identity{Service: model.WriteARM, Tenant: tenant}
	for _, i := range t.Identities() {
		if !i.Tenant.EqualFold(tenant) {
			continue
		}
		if !out.IsKnown() || out.Failure == nil && i.Failure != nil {
			out = i
		}
	}
	out.Tenant = tenant
	return out
}

// Identities returns the identity of each tenant and audience that a token was asked for,
// by tenant, those for ARM first.
func (t *Tokens) Identities() []model.Identity {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []model.Identity
	for _, e := range t.entries {
		if e.identity.IsKnown() {
			out = append(out, e.identity)
		}
	}
	slices.SortFunc(out, func(a, b model.Identity) int {
		if c := a.Tenant.Compare(b.Tenant); c != 0 {
			return c
		}
		return strings.Compare(string(a.Service), string(b.Service)) // Azure, Graph
	})
	return out
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
	token, err, failed, wanted, only := e.token, e.err, e.failed, e.wanted, model.IdentitySource("")
	t.mu.Unlock()
	switch {
	case wanted != nil:
		return azcore.AccessToken{}, err // until a person has acted
	case o.Claims != "":
		if err := t.challenged(e, key, o.Claims); err != nil {
			return azcore.AccessToken{}, err
		}
		only = t.sourceOf(e) // the others show something else, or nothing
	default:
		if err != nil && time.Since(failed) < failFor {
			return azcore.AccessToken{}, err
		}
		if err == nil && time.Until(token.ExpiresOn) > renewBefore {
			return token, nil
		}
	}
	token, identity, err := t.fetch(ctx, tenant, o, only)
	if ctx.Err() != nil {
		return azcore.AccessToken{}, ctx.Err() // says nothing about the sign-in
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil && o.Claims != "" {
		return azcore.AccessToken{}, t.hold(e, key, o.Claims, identity.Tried)
	}
	e.token, e.err, e.identity, e.shown = token, err, identity, o.Claims
	if err != nil {
		e.failed = time.Now()
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

package signin

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A service that takes a token no longer says what another one has to show: claims. Azure's
// library asks for a token with them, once, and sends the request again. What cannot be had
// without a person is held: nothing is asked for the tenant and the audience until somebody
// signs in, or asks for everything anew.

// challenged is called when a service wants claims that the token in hand does not show. It
// returns an error where asking would be in vain: the token was got in answer to a
// challenge, or a person has to sign in elsewhere.
func (t *Tokens) challenged(e *entry, key tokenKey, claims string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch source := e.identity.Source; {
	case e.shown != "", source == model.FromAzureCLI, source == model.FromReadyMade, source == "":
		return t.hold(e, key, claims, nil)
	default:
		return nil
	}
}

// hold keeps a challenge until a person acts. The lock is held.
func (t *Tokens) hold(e *entry, key tokenKey, claims string, tried []model.Tried) error {
	c := model.Challenge{
		Service: serviceOf([]string{key.scopes}), Tenant: safe.New(key.tenant), Scope: key.scopes, Source: e.identity.Source, Claims: claims,
	}
	f := c.Failure().In(t.session.authority.cloud)
	e.wanted, e.err, e.failed = &c, refusedError{failure: f}, time.Now()
	e.identity.Failure, e.identity.Tried = &f, tried
	if !e.identity.IsKnown() || e.identity.Tenant.IsEmpty() {
		e.identity.Service, e.identity.Tenant, e.identity.Audience = c.Service, c.Tenant, audienceOf([]string{key.scopes})
	}
	return e.err
}

func (t *Tokens) sourceOf(e *entry) model.IdentitySource {
	t.mu.Lock()
	defer t.mu.Unlock()
	return e.identity.Source
}

// wanted is the challenge that a sign-in to a tenant has to meet, nil for none.
func (t *Tokens) wanted(tenant safe.Text) *model.Challenge {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out *model.Challenge
	for key, e := range t.entries {
		if key.tenant == strings.ToLower(tenant.Raw()) && e.wanted != nil && (out == nil || e.wanted.Service == model.WriteARM) {
			out = e.wanted
		}
	}
	return out
}

// Refused takes note that a service did not take a token. Claims are those that it wants
// instead, empty for none. A token that was got in answer to a challenge and is refused all
// the same is held; one that is refused without a word is got anew for the next request,
// once a minute at most.
func (t *Tokens) Refused(token, claims string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, e := range t.entries {
		if token == "" || e.token.Token != token || e.wanted != nil {
			continue
		}
		switch {
		case claims != "" && e.shown != "":
			_ = t.hold(e, key, claims, nil)
		case claims == "" && e.identity.Source != model.FromReadyMade && time.Since(e.dropped) > failFor:
			e.token.ExpiresOn, e.dropped = time.Time{}, time.Now()
		}
	}
}

// Held returns why a token is not to be sent any more, nil where it may be: the clients of
// Azure's library keep tokens of their own.
func (t *Tokens) Held(token string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.entries {
		if e.wanted != nil && e.token.Token == token {
			return e.err
		}
	}
	return nil
}

// Challenge describes a challenge that a service still has after a new sign-in.
func (t *Tokens) Challenge(tenant safe.Text, scope, claims string) model.Failure {
	i := t.Identity(tenant)
	return model.Challenge{Service: serviceOf([]string{scope}), Tenant: tenant, Scope: scope, Source: i.Source, Claims: claims}.Failure().In(t.session.authority.cloud)
}

// Claims reads a claims challenge out of the answer of a service: the claims as JSON, empty
// for none. Services and gateways spell it in more ways than Azure's library reads.
func Claims(header http.Header) string {
	for _, value := range header.Values("WWW-Authenticate") {
		found := regexp.MustCompile(`(?i)\bclaims\s*=\s*"?([A-Za-z0-9+/=_-]+)"?`).FindStringSubmatch(value)
		if found == nil {
			continue
		}
		text := strings.TrimRight(found[1], "=")
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if data, err := encoding.DecodeString(text); err == nil && len(data) > 0 && data[0] == '{' {
				return string(data)
			}
		}
	}
	return ""
}

// SpellClaims makes the challenge of an answer one that Azure's library reads. One whose
// claims nobody can read is taken out: the library would end with an error that names
// neither the service nor a way out.
func SpellClaims(header http.Header) {
	claims := Claims(header)
	switch {
	case claims != "":
		header.Set("WWW-Authenticate", `Bearer error="insufficient_claims", claims="`+base64.StdEncoding.EncodeToString([]byte(claims))+`"`)
	case strings.Contains(strings.ToLower(strings.Join(header.Values("WWW-Authenticate"), " ")), "claims="):
		header.Del("WWW-Authenticate")
	}
}

package signin

import (
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Recorded returns tokens that ask nobody: each sign-in to a service comes to what the
// function says, with a token that stands for the one that was got and opens nothing.
func Recorded(outcome func(tenant safe.Text, s model.WriteService) (model.Identity, secret.Secret)) *Tokens {
	t := newTokens(&session{byTenant: map[string]azcore.TokenCredential{}})
	t.recorded = outcome
	return t
}

// replayed is what a sign-in of a recording came to.
func (t *Tokens) replayed(asked model.Identity) (azcore.AccessToken, model.Identity, error) {
	const validity = 24 * time.Hour // by this machine's clock, so that it is not renewed
	was, token := t.recorded(asked.Tenant, asked.Service)
	was.Service, was.Tenant, was.Audience = asked.Service, asked.Tenant, asked.Audience
	if was.Failure != nil {
		return azcore.AccessToken{}, was, refusedError{failure: *was.Failure}
	}
	return azcore.AccessToken{Token: token.Reveal(), ExpiresOn: time.Now().Add(validity)}, was, nil
}

package signin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// given is a ready-made token. When it is for another tenant, Azure says so.
type given struct {
	token    secret.Secret // empty: there are those of single tenants alone
	byTenant map[string]secret.Secret
	scopes   []string
}

func (g given) source() model.IdentitySource { return model.FromReadyMade }
func (g given) words() string                { return model.FromReadyMade.Words() }
func (g given) pointed() bool                { return true }

func (g given) credential(tenant string) (azcore.TokenCredential, error) {
	if token, has := g.byTenant[strings.ToLower(tenant)]; has {
		g.token = token
	}
	if g.token.IsEmpty() {
		return nil, model.NoReadyMade(safe.New(tenant))
	}
	return g, nil
}

// GetToken gives the token, which says itself until when it holds. One that does not is
// taken for an hour.
func (g given) GetToken(_ context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	for _, s := range o.Scopes {
		if g.scopes != nil && !slices.Contains(g.scopes, s) {
			return azcore.AccessToken{}, model.ReadyMadeStays(audienceOf([]string{s}))
		}
	}
	until := read(g.token.Reveal()).expires()
	if until.IsZero() {
		until = time.Now().Add(time.Hour)
	}
	return azcore.AccessToken{Token: g.token.Reveal(), ExpiresOn: until}, nil
}

package signin

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fetch tries the ways in turn, or one source only. Each that gives no token is kept with
// its own reason.
func (t *Tokens) fetch(ctx context.Context, tenant string, o policy.TokenRequestOptions, only model.IdentitySource) (azcore.AccessToken, model.Identity, error) {
	o.TenantID = tenant
	who := safe.New(tenant)
	identity := model.Identity{Service: serviceOf(o.Scopes), Tenant: who, Audience: audienceOf(o.Scopes)}
	if t.recorded != nil {
		return t.replayed(identity)
	}
	for _, w := range t.ways {
		if only != "" && w.source() != only {
			continue
		}
		token, closed, why := try(ctx, w, o)
		if ctx.Err() != nil {
			return azcore.AccessToken{}, model.Identity{}, ctx.Err()
		}
		switch {
		case errors.Is(why, errNotTaken):
			continue
		case why == nil:
			identity.Source, identity.From = w.source(), safe.New(w.words())
			identity.Account, identity.Until = accountOf(token.Token), token.ExpiresOn
			return token, identity, nil
		}
		identity.Tried = append(identity.Tried, model.Tried{
			Source: w.source(), From: safe.New(w.words()), Pointed: w.pointed(), Closed: closed || isClosed(why),
			Failure: reason(why, asked{source: w.source(), tenant: who, client: clientOf(w), scope: strings.Join(o.Scopes, " ")}),
		})
	}
	f := model.NoSignIn(who, identity.Tried).In(t.session.authority.cloud)
	identity.Failure = &f
	return azcore.AccessToken{}, identity, refusedError{failure: f}
}

// errNotTaken: nobody took this way.
var errNotTaken = errors.New("nobody took this way")

// try asks one way. Closed says that there was nothing to ask.
func try(ctx context.Context, w way, o policy.TokenRequestOptions) (token azcore.AccessToken, closed bool, err error) {
	most := patience
	if own, has := w.(interface{ patience() time.Duration }); has {
		most = own.patience()
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	credential, err := w.credential(o.TenantID)
	switch {
	case err != nil:
		return token, true, err
	case credential == nil:
		return token, true, errNotTaken
	}
	token, err = credential.GetToken(ctx, o)
	return token, false, err
}

// clientOf is the application that a way signs in, empty for a person.
func clientOf(w way) safe.Text {
	if app, is := w.(interface{ client() safe.Text }); is {
		return app.client()
	}
	return safe.Text{}
}

// serviceOf is the service that a token for these scopes is for.
func serviceOf(scopes []string) model.WriteService {
	if strings.Contains(strings.Join(scopes, " "), "graph") {
		return model.WriteGraph
	}
	return model.WriteARM
}

func audienceOf(scopes []string) safe.Text {
	return safe.New(strings.TrimSuffix(strings.Join(scopes, " "), "/.default"))
}

// refusedError says that no way gave a token.
type refusedError struct{ failure model.Failure }

func (e refusedError) Error() string { return e.failure.Error() }
func (e refusedError) Unwrap() error { return e.failure }

// NonRetriable keeps azcore from asking again within one call.
func (e refusedError) NonRetriable() {}

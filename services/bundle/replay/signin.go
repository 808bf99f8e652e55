package replay

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Tokens are the sign-ins to Azure: each comes to what it came to. Their tokens open
// nothing; they tell the server of the recording whose they were.
func (r *Replay) Tokens() *signin.Tokens { return signin.Recorded(r.signedIn) }

func (r *Replay) signedIn(tenant safe.Text, to model.WriteService) (model.Identity, secret.Secret) {
	var found *bundle.SignIn
	for i := range r.bundle.SignIns {
		if s := &r.bundle.SignIns[i]; s.Service != bundle.Konnect && strings.EqualFold(s.Tenant, tenant.Raw()) && (found == nil || s.Service == bundle.ServiceOf(to)) {
			found = s
		}
	}
	if found == nil {
		f := model.NotSignedInRecorded(tenant)
		return model.Identity{Failure: &f}, secret.Secret{}
	}
	was := model.Identity{Source: model.IdentitySource(found.Kind), From: safe.New(found.Source), Account: safe.New(found.Account), Until: found.Until}
	if found.Failure != nil {
		f := found.Failure.Model()
		was.Failure = &f
	}
	return was, secret.New(token(found.Tenant, found.Account))
}

// token is a token that names a tenant and an account and opens nothing.
func token(tenant, account string) string {
	part := func(v map[string]string) string {
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	return part(map[string]string{"alg": "none"}) + "." + part(map[string]string{"tid": tenant, "upn": account}) + ".recorded"
}

// Source is where the Konnect token came from. It is none that opens anything.
func (r *Replay) Source() secret.Source {
	for _, s := range r.bundle.SignIns {
		if s.Service == bundle.Konnect {
			return source{of: s}
		}
	}
	return source{of: bundle.SignIn{Source: "a recording"}}
}

type source struct{ of bundle.SignIn }

// Token gives what stands for the token, or the error that the sender met.
func (s source) Token(context.Context) (secret.Secret, error) {
	if s.of.Failure != nil {
		return secret.Secret{}, s.of.Failure.Model()
	}
	return secret.New("recorded"), nil
}

// Kind is where the sender's came from.
func (s source) Kind() model.IdentitySource {
	if s.of.Kind == "" {
		return model.FromRecording
	}
	return model.IdentitySource(s.of.Kind)
}

// Describe says where the sender's came from.
func (s source) Describe() string { return safe.Clean(s.of.Source) }

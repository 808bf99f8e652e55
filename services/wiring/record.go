package wiring

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Recorded is what a recorder has kept, with what the program knows beside: for a bundle.
// The watcher must have ended. Command is what was run, as it was typed.
func (b *Bundle) Recorded(command []string) bundle.Bundle {
	s := b.settings
	out := bundle.Bundle{Manifest: bundle.Manifest{Program: b.version, MadeAt: time.Now().UTC(), Command: command, Context: s.Context.Name.Raw(), Names: true}}
	s.Record.Fill(&out)
	if b.recorded != nil {
		out.History = b.recorded.Changes()
	}
	for _, a := range b.Log.Since(0) {
		out.Activity = append(out.Activity, bundle.ActivityOf(a))
	}
	snapshot := b.Watcher.Latest()
	var networks []safe.Text
	for _, n := range snapshot.Networks {
		networks = append(networks, n.ID)
	}
	out.Probes = b.results.Kept(networks)
	out.SignIns = b.signIns()
	out.Journals = b.Journals()
	return out
}

// signIns are what the sign-ins came to.
func (b *Bundle) signIns() []bundle.SignIn {
	out := []bundle.SignIn{b.token.signIn()}
	for _, i := range b.Tokens.Identities() {
		one := bundle.SignIn{
			Service: bundle.ServiceOf(i.Service), Tenant: i.Tenant.Raw(), Kind: string(i.Source), Source: i.From.Raw(), Account: i.Account.Raw(), Until: i.Until,
		}
		if i.Failure != nil {
			one.Failure = bundle.FailureOf(*i.Failure)
		}
		out = append(out, one)
	}
	return out
}

// source hears what became of the Konnect token.
type source struct {
	secret.Source

	mu   sync.Mutex
	last secret.Secret
	err  error
}

// Token asks the source.
func (s *source) Token(ctx context.Context) (secret.Secret, error) {
	token, err := s.Source.Token(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last, s.err = token, err
	return token, err
}

func (s *source) signIn() bundle.SignIn {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := bundle.SignIn{Service: bundle.Konnect, Kind: string(s.Kind()), Source: s.Describe()}
	if s.err != nil {
		f, described := errors.AsType[model.Failure](s.err)
		if !described {
			f = model.Failure{Kind: model.FailureAuth, Cause: safe.New(s.err.Error())}
		}
		out.Failure = bundle.FailureOf(f)
	}
	return out
}

package entra_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// An application comes into a tenant without a browser, is deleted, and is looked
// for by somebody who may not look.
func TestTheApplicationInTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	w := s.World
	sender := transport.New()
	t.Cleanup(sender.Close)
	c := entra.New(rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(w.GuestToken(sandbox.LabsDomain)), Login: sandboxtest.Endpoint(t, s.Login), Sender: sender}),
		Endpoint: sandboxtest.Endpoint(t, s.Graph), Sender: sender, Retry: transport.Once(),
	})
	ctx, labs, app := t.Context(), safe.New(w.TenantID(sandbox.LabsDomain)), safe.New(setup.KongAppID)
	if _, there, err := c.Principal(ctx, labs, app); there || err != nil {
		t.Errorf("%v, %v", there, err)
	}
	write := c.CreatePrincipalWrite(app)
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "member"})
	if f, failed := model.AsFailure(second(c.CreatePrincipal(ctx, labs, write))); !failed || f.Kind != model.FailurePermission || f.RequestID.IsEmpty() {
		t.Errorf("got %+v", f)
	}
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "admin"})
	made, err := c.CreatePrincipal(ctx, labs, write)
	if err != nil || made.ID.IsEmpty() {
		t.Fatalf("%+v, %v", made, err)
	}
	if f, failed := model.AsFailure(second(c.CreatePrincipal(ctx, labs, write))); !failed || f.Kind != model.FailureConflict {
		t.Errorf("got %+v", f)
	}
	if p, there, err := c.Principal(ctx, labs, app); !there || err != nil || p.ID != made.ID || p.Owner.IsEmpty() {
		t.Errorf("%+v, %v, %v", p, there, err)
	}
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "deleted"})
	if p, there, err := c.Deleted(ctx, labs, app); !there || err != nil || p.ID != made.ID {
		t.Errorf("%+v, %v, %v", p, there, err)
	}
	w.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "guest"})
	if _, _, err := c.Principal(ctx, labs, app); err == nil {
		t.Error("a guest was told")
	}
}

func second[T any](_ T, err error) error { return err }

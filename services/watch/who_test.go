package watch_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
)

// bothRecords are what both clouds tell, by the real clients.
type bothRecords struct {
	*konnect.Client

	azure *azure.Client
}

func (b bothRecords) Changed(ctx context.Context, tenant safe.Text, subscriptions []safe.Text, now time.Time) ([]changes.Record, time.Time, error) {
	return b.azure.Changed(ctx, tenant, subscriptions, now)
}

// watching runs a watcher with a token, and returns what waits for an entry of the time line.
func watching(t *testing.T, s *sandbox.Server, token string) func(what string, fits func(changes.Entry) bool) changes.Entry {
	t.Helper()
	sender := transport.New()
	t.Cleanup(sender.Close)
	w := watcherThrough(t, s, sender, func(o *watch.Options) {
		k := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.Konnect), Sender: sender, Version: "test", Token: secret.Static{Value: secret.New(token), From: "a test"}})
		tokens := signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(s.World.HomeToken()), Sender: sender})
		o.Konnect, o.Records = k, bothRecords{k, azure.New(azure.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(t, s.ARM), Sender: sender})}
		o.Pace.Changing, o.Pace.Resting, o.Pace.Slow, o.Pace.Records = 50*time.Millisecond, 50*time.Millisecond, 50*time.Millisecond, 0
	})
	group := work.NewGroup(t.Context(), func(p work.Panic) { t.Errorf("%v\n%s", p.Value, p.Stack) })
	t.Cleanup(group.Stop)
	group.Go("watching", w.Run)
	for {
		snapshot, open := <-w.Snapshots()
		if !open || snapshot.Progress.Complete() {
			break
		}
	}
	return func(what string, fits func(changes.Entry) bool) changes.Entry {
		t.Helper()
		var last changes.View
		for {
			select {
			case <-w.Snapshots(): // somebody must take them
			case v := <-w.Changes():
				last = v
				for _, e := range v.Entries {
					if fits(e) {
						return e
					}
				}
			case <-t.Context().Done():
				t.Fatalf("%s: not in %+v", what, last.Entries)
			}
		}
	}
}

// A change of each cloud has its author, the address or program, and the id by which the
// cloud finds it.
func TestWhoChangedIt(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	wait := watching(t, s, sandbox.Token)
	s.World.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Azure: "Disconnected", By: &sandbox.By{Azure: "carol@azure.example", From: "Azure Portal"}})
	s.World.Apply(sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", State: "error", By: &sandbox.By{Konnect: "bob@acme.example", From: "203.0.113.24"}})
	s.World.Apply(sandbox.Event{Network: "de-core", Peering: "core-services", Azure: "Disconnected"})
	got := wait("Azure", func(e changes.Entry) bool { return e.Subject.String() == "inventory" && !e.By.Who.IsEmpty() })
	if got.By.Who.String() != "carol@azure.example" || got.By.From.String() != "Azure Portal" || got.By.Source.String() != changes.ResourceGraph || got.By.Trace.IsEmpty() || got.Sense != changes.Broke {
		t.Errorf("%+v", got)
	}
	got = wait("Konnect", func(e changes.Entry) bool { return e.Subject.String() == "hub-vnet" && !e.By.Who.IsEmpty() })
	if got.By.Who.String() != "bob@acme.example" || got.By.From.String() != "203.0.113.24" || got.By.Source.String() != changes.AuditLog || got.By.Trace.IsEmpty() {
		t.Errorf("%+v", got)
	}
	got = wait("nobody", func(e changes.Entry) bool {
		return e.Subject.String() == "core-services" && strings.Contains(e.Unknown, "name no change")
	})
	if !got.By.IsZero() || !strings.Contains(got.Unknown, "Konnect's audit log and Azure Resource Graph") {
		t.Errorf("%+v", got)
	}
}

// A token that may not read the audit log says so, and which right to ask for; what the other
// cloud tells is said all the same.
func TestRecordsThatMayNotBeRead(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	wait := watching(t, s, sandbox.ViewerToken)
	s.World.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Azure: "Disconnected", By: &sandbox.By{Konnect: "bob@acme.example"}})
	got := wait("a refusal", func(e changes.Entry) bool { return strings.Contains(e.Unknown, "cannot be read") })
	if !strings.Contains(got.Unknown, "Konnect's audit log cannot be read") || !strings.Contains(got.Unknown, "right to read its audit log") || !got.By.IsZero() {
		t.Errorf("%+v", got)
	}
	s.World.Apply(sandbox.Event{Network: "us-prod", Peering: "orders", Azure: "Disconnected", By: &sandbox.By{Azure: "carol@azure.example"}})
	wait("Azure", func(e changes.Entry) bool {
		return e.Subject.String() == "orders" && e.By.Who.String() == "carol@azure.example"
	})
}

package run

import (
	"context"
	"errors"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
	"github.com/peerdeck/peerdeck/services/local/browser"
	"github.com/peerdeck/peerdeck/services/local/saved"
	setupfile "github.com/peerdeck/peerdeck/services/setup/file"
)

// Service is a runner with what a person needs beside it: lists to pick from, files,
// the browser, and the hand-off.
type Service struct {
	*Runner
	browser *browser.Opener
}

// NewService returns the service of a runner.
func NewService(r *Runner, b *browser.Opener) *Service { return &Service{Runner: r, browser: b} }

// Start begins a run; see [Runner.Start].
func (d *Service) Start(r setup.Request, o setup.Options) error {
	return told(d.Runner.Start(r, o))
}

// Resume goes on with an earlier run; see [Runner.Resume].
func (d *Service) Resume(id string, o setup.Options) error { return told(d.Runner.Resume(id, o)) }

// Teardown removes what a run has made; see [Runner.Teardown].
func (d *Service) Teardown(id string) error { return told(d.Runner.Teardown(id)) }

// Do hands an order to the run in hand; see [Runner.Do].
func (d *Service) Do(c setup.RunCommand) error { return told(d.Runner.Do(c)) }

// told makes a failure of an error that a person has caused and can mend: the text
// says how.
func told(err error) error {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[model.Failure](err); ok {
		return f
	}
	return model.Failure{Kind: model.FailureConflict, Cause: safe.New(err.Error())}
}

// Subscriptions lists what the signed-in account can see in a tenant.
func (d *Service) Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error) {
	return d.o.Clouds.Azure.Subscriptions(ctx, tenant)
}

// VNets lists the VNETs of a subscription.
func (d *Service) VNets(ctx context.Context, tenant, subscription safe.Text) ([]model.VNet, error) {
	return d.o.Clouds.Azure.VNets(ctx, tenant, subscription)
}

// ReadFile loads a set-up file.
func (d *Service) ReadFile(_ context.Context, path string) (setup.Request, error) {
	r, err := setupfile.Read(path)
	return r, told(err)
}

// WriteFile saves a set-up file.
func (d *Service) WriteFile(_ context.Context, path string, r setup.Request) error {
	return told(setupfile.Write(path, r))
}

// SaveText writes a text to a new file, for its owner alone. A file that is there
// is left alone.
func (d *Service) SaveText(_ context.Context, path, text string) error {
	return saved.Private(path, text)
}

// OpenLink opens a link in the desktop's browser.
func (d *Service) OpenLink(ctx context.Context, link safe.Text) error {
	return told(d.browser.Open(ctx, link))
}

// Handoff is what the Azure administrator must do, as a script ("sh") or as
// Markdown ("md").
func (d *Service) Handoff(r setup.Request, form string) string {
	h := handoff.Handoff{Request: r.Normalised(), NetworkName: r.Network, Link: d.ConsentLink(r), Cloud: d.o.Clouds.Cloud}
	if form == "sh" {
		return handoff.Script(h)
	}
	return handoff.Markdown(h)
}

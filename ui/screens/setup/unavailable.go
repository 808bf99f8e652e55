package setup

import (
	"context"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

// Unavailable stands for the service where there can be none, such as without a
// folder for journals. Every answer says why.
type Unavailable struct{ Reason model.Failure }

// Start says why not.
func (u Unavailable) Start(setup.Request, setup.Options) error { return u.Reason }

// Resume says why not.
func (u Unavailable) Resume(string, setup.Options) error { return u.Reason }

// Teardown says why not.
func (u Unavailable) Teardown(string) error { return u.Reason }

// Do says why not.
func (u Unavailable) Do(setup.RunCommand) error { return u.Reason }

// Log has no lines.
func (u Unavailable) Log(uint64) []model.LogLine { return nil }

// Earlier lists none: there is nothing to be unfinished.
func (u Unavailable) Earlier(context.Context) ([]setup.RunSummary, error) { return nil, nil }

// Journal says why not.
func (u Unavailable) Journal(context.Context, string) ([]model.LogLine, error) {
	return nil, u.Reason
}

// Subscriptions says why not.
func (u Unavailable) Subscriptions(context.Context, safe.Text) ([]model.Subscription, error) {
	return nil, u.Reason
}

// VNets says why not.
func (u Unavailable) VNets(context.Context, safe.Text, safe.Text) ([]model.VNet, error) {
	return nil, u.Reason
}

// ReadFile says why not.
func (u Unavailable) ReadFile(context.Context, string) (setup.Request, error) {
	return setup.Request{}, u.Reason
}

// WriteFile says why not.
func (u Unavailable) WriteFile(context.Context, string, setup.Request) error { return u.Reason }

// SaveText says why not.
func (u Unavailable) SaveText(context.Context, string, string) error { return u.Reason }

// OpenLink says why not.
func (u Unavailable) OpenLink(context.Context, safe.Text) error { return u.Reason }

// Handoff says why not.
func (u Unavailable) Handoff(setup.Request, string) string { return u.Reason.Error() }

// ConsentLink has none.
func (u Unavailable) ConsentLink(setup.Request) safe.Text { return safe.Text{} }

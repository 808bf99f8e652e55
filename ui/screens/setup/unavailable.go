package setup

import (
	"context"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Unavailable stands for the service where there can be none, such as without a
// folder for journals. Every answer says why.
type Unavailable struct{ Reason model.Failure }

// Start says why not.
func (u Unavailable) Start(model.SetupRequest, model.SetupOptions) error { return u.Reason }

// Resume says why not.
func (u Unavailable) Resume(string, model.SetupOptions) error { return u.Reason }

// Teardown says why not.
func (u Unavailable) Teardown(string) error { return u.Reason }

// Do says why not.
func (u Unavailable) Do(model.RunCommand) error { return u.Reason }

// Log has no lines.
func (u Unavailable) Log(uint64) []model.RunLine { return nil }

// Earlier lists none: there is nothing to be unfinished.
func (u Unavailable) Earlier(context.Context) ([]model.RunSummary, error) { return nil, nil }

// Journal says why not.
func (u Unavailable) Journal(context.Context, string) ([]model.RunLine, error) {
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
func (u Unavailable) ReadFile(context.Context, string) (model.SetupRequest, error) {
	return model.SetupRequest{}, u.Reason
}

// WriteFile says why not.
func (u Unavailable) WriteFile(context.Context, string, model.SetupRequest) error { return u.Reason }

// SaveText says why not.
func (u Unavailable) SaveText(context.Context, string, string) error { return u.Reason }

// OpenLink says why not.
func (u Unavailable) OpenLink(context.Context, safe.Text) error { return u.Reason }

// Handoff says why not.
func (u Unavailable) Handoff(model.SetupRequest, string) string { return u.Reason.Error() }

// ConsentLink has none.
func (u Unavailable) ConsentLink(model.SetupRequest) safe.Text { return safe.Text{} }

package dns

import (
	"context"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// Unavailable stands for the service where there can be none, such as without a folder
// for drafts. Every answer says why.
type Unavailable struct{ Reason model.Failure }

// Apply says why not.
func (u Unavailable) Apply(dnstable.Order) error { return u.Reason }

// Unfinished has none.
func (u Unavailable) Unfinished(context.Context) ([]dnstable.Unfinished, error) { return nil, nil }

// Settle says why not.
func (u Unavailable) Settle(dnstable.Unfinished) error { return u.Reason }

// Cancel has nothing to end.
func (u Unavailable) Cancel() {}

// Write is no request.
func (u Unavailable) Write(dnstable.Order, model.PrivateDNS) model.Write { return model.Write{} }

// SaveDraft says why not.
func (u Unavailable) SaveDraft(context.Context, dnstable.Saved) error { return u.Reason }

// Draft has none: there is nothing to go on with.
func (u Unavailable) Draft(context.Context, safe.Text) ([]dnstable.Saved, []string, error) {
	return nil, nil, nil
}

// DropDraft has nothing to forget.
func (u Unavailable) DropDraft(context.Context, dnstable.Target) error { return nil }

// RestorePoints says why not.
func (u Unavailable) RestorePoints(context.Context, safe.Text) ([]dnstable.RestorePoint, error) {
	return nil, u.Reason
}

// Parse says why not.
func (u Unavailable) Parse(string) dnstable.Imported {
	return dnstable.Imported{Problem: u.Reason.Error()}
}

// ReadFile says why not.
func (u Unavailable) ReadFile(context.Context, string) (dnstable.Imported, error) {
	return dnstable.Imported{}, u.Reason
}

// Format says why not.
func (u Unavailable) Format(dnstable.Format, dnstable.Target, []dnstable.Row) (string, []string, error) {
	return "", nil, u.Reason
}

// WriteFile says why not.
func (u Unavailable) WriteFile(context.Context, string, dnstable.Format, dnstable.Target, []dnstable.Row, bool) error {
	return u.Reason
}

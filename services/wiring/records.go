package wiring

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
)

// records are what both clouds tell of who changed what.
type records struct {
	konnect *konnect.Client
	azure   *azure.Client
}

// AuditLog reads Konnect's.
func (r records) AuditLog(ctx context.Context, since time.Time) ([]changes.Record, time.Time, error) {
	return r.konnect.AuditLog(ctx, since)
}

// Changed reads Azure's, of a tenant.
func (r records) Changed(ctx context.Context, tenant safe.Text, subscriptions []safe.Text, now time.Time) ([]changes.Record, time.Time, error) {
	return r.azure.Changed(ctx, tenant, subscriptions, now)
}

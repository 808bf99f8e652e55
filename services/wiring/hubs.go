package wiring

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// hubs reads virtual hubs: the hub itself with its connections by the client of VNETs, and
// how it routes by the one that tries again in sight.
type hubs struct {
	*azure.Client
	facts *netfacts.Client
}

// HubWays reads how a hub routes.
func (h hubs) HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays {
	return h.facts.HubWays(ctx, ref, hub, effective, w)
}

// Package netfacts reads from Azure Resource Manager what lies on the ways through a VNET:
// the security groups and route tables of its subnets, network cards with their own groups,
// the rules of network managers, load balancers, application gateways, private endpoints,
// private DNS records, and what is really in effect at a network card. It only reads, and
// the role Reader is enough for most of it. Each part may fail by itself.
package netfacts

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// NetworkVersion is that of the SDK, into whose types the answers are read.
const NetworkVersion = "2025-05-01"

// VNets reads a VNET; the client of package azure does.
type VNets interface {
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
}

// Client reads the facts around a VNET. It is safe for use by many goroutines. It keeps
// nothing: whoever asks often keeps the answer for some minutes. The clients below it must
// not try again by themselves: it does so in sight of whoever reads.
type Client struct {
	rest   *rest.Client
	vnets  VNets
	now    func() time.Time
	shared *armread.Shared // of the subnets of several VNETs
}

// New returns a client. It sends nothing yet.
func New(o rest.Options, vnets VNets) *Client {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	return &Client{rest: rest.New(rest.ARM(o.Cloud), o), vnets: vnets, now: now, shared: armread.NewShared(now)}
}

// Forget drops what is known of the sign-ins, so that the next read asks again.
func (c *Client) Forget() {
	c.rest.Forget()
	c.shared.Forget()
}

func (c *Client) reading(ref model.VNetRef, w attempt.Waiter) armread.Reading {
	return armread.Reading{Rest: c.rest, Waiter: w, Ref: ref}
}

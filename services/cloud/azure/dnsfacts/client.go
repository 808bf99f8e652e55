// Package dnsfacts reads from Azure Resource Manager what matters for DNS over a
// peering: the security groups and route tables of the subnets that hold the servers,
// private resolvers with their inbound endpoints, forwarding rulesets, private zones
// with their links, and whether anything has the servers' addresses. What is no matter of DNS
// it has package netfacts read. It only reads, and
// the role Reader is enough for all of it. Each part may fail by itself.
package dnsfacts

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// VNets reads a VNET; the client of package azure does.
type VNets interface {
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
}

// Client reads the facts around a VNET. It is safe for use by many goroutines. It
// keeps nothing: whoever asks often keeps the answer for some minutes. The clients below
// it must not try again by themselves: it does so in sight of whoever reads.
type Client struct {
	rest  *rest.Client
	vnets VNets
}

// New returns a client. It sends nothing yet.
func New(o rest.Options, vnets VNets) *Client {
	return &Client{rest: rest.New(rest.ARM(o.Cloud), o), vnets: vnets}
}

// Forget drops what is known of the sign-ins, so that the next read asks again.
func (c *Client) Forget() { c.rest.Forget() }

// reading is one reading of facts.
type reading struct {
	armread.Reading

	servers []safe.Text
	domains []string // as DNS carries them
}

func (c *Client) reading(ref model.VNetRef, servers []safe.Text, w attempt.Waiter) reading {
	return reading{Reading: armread.Reading{Rest: c.rest, Waiter: w, Ref: ref}, servers: servers[:min(len(servers), mostServers)]}
}

package konnect

import (
	"context"
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Availability reads where Konnect runs networks, and with which address ranges.
// The document is public; it is asked for without the token.
func (c *Client) Availability(ctx context.Context) (model.Availability, error) {
	var w struct {
		Providers []struct {
			Provider safe.Text `json:"provider"`
			Regions  []struct {
				Region   safe.Text   `json:"region"`
				Name     safe.Text   `json:"name"`
				Zones    []safe.Text `json:"availability_zones"`
				CIDRs    []safe.Text `json:"cidr_blocks"`
				Reserved []safe.Text `json:"reserved_cidr_blocks"`
			} `json:"regions"`
		} `json:"providers"`
	}
	r := call{
		operation: "read Konnect's availability", base: c.base, method: http.MethodGet, public: true,
		path: []string{"v2", "cloud-gateways", "availability.json"},
	}
	if err := c.one(ctx, r, &w); err != nil {
		return model.Availability{}, err
	}
	var out model.Availability
	for _, p := range w.Providers {
		for _, g := range p.Regions {
			out.Regions = append(out.Regions, model.CloudRegion{
				Provider: model.Provider(p.Provider.String()), ID: g.Region, Name: g.Name, Zones: g.Zones,
				CIDRs: model.NewPrefixes(g.CIDRs), Reserved: model.NewPrefixes(g.Reserved),
			})
		}
	}
	return out, nil
}

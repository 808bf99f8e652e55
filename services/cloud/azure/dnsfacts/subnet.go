package dnsfacts

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
)

// rules reads the security groups of the subnets that hold servers.
func (r reading) rules(ctx context.Context, v model.VNet) azuredns.Facts {
	ids := armread.OfSubnets(r.subnets(v), func(s model.Subnet) safe.Text { return s.SecurityGroup })
	return azuredns.Facts{Facts: netfacts.Groups(ctx, r.Reading, ids)}
}

// routes reads the route tables of the subnets that hold servers.
func (r reading) routes(ctx context.Context, v model.VNet) azuredns.Facts {
	ids := armread.OfSubnets(r.subnets(v), func(s model.Subnet) safe.Text { return s.RouteTable })
	return azuredns.Facts{Facts: netfacts.Tables(ctx, r.Reading, ids)}
}

// adminRules reads the security admin rules that are in effect. They take a right that most
// accounts lack, and answers of the servers themselves outweigh them: where they cannot be
// read, that is no gap here. Who judges a way without asking anybody says that it is one.
func (r reading) adminRules(ctx context.Context, _ model.VNet) azuredns.Facts {
	return azuredns.Facts{Facts: azurenet.Facts{AdminRules: netfacts.AdminRules(ctx, r.Reading).AdminRules}}
}

// addresses asks for each server in a subnet whether anything has its address.
func (r reading) addresses(ctx context.Context, v model.VNet) azuredns.Facts {
	return azuredns.Facts{Facts: netfacts.Owners(ctx, r.Reading, v, r.servers)}
}

// subnets are those of the VNET that hold servers.
func (r reading) subnets(v model.VNet) []model.Subnet {
	var out []model.Subnet
	for _, s := range v.Subnets {
		holds := func(server safe.Text) bool {
			return slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return p.Contains(server) })
		}
		if slices.ContainsFunc(r.servers, holds) {
			out = append(out, s)
		}
	}
	return out
}

package azure

import "github.com/peerdeck/peerdeck/model/safe"

// platform is the check of Azure's own resolver as a server: it answers inside each VNET
// and not over a peering (Microsoft: Azure DNS Private Resolver, endpoints and rulesets).
func platform(server safe.Text) Check {
	return failed(CheckSubnet, CodePlatform, server.String()+" is Azure's own resolver: it answers inside each VNET only, and nothing reaches it over a peering",
		"Put the inbound endpoint of a private resolver in the place of "+server.String()+".")
}

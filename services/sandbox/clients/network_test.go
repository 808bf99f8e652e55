package clients_test

import (
	"context"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"peerdeck/services/sandbox"
)

const (
	group    = "rg-network"
	hub      = "vnet-hub"
	shared   = "rg-shared"
	resolver = "?api-version=2025-05-01"
)

// What armnetwork reads of a VNET, and of what is around it.
func TestNetworks(t *testing.T) {
	t.Parallel()
	enter(t, sandbox.Options{}).run([]row{
		{name: "VirtualNetworks.Get", says: `"vnet-hub" "10.20.4.0/24" "virtualNetworkPeerings" "snet-dns" "dnsServers"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().Get(ctx, group, hub, nil)
		}},
		{name: "VirtualNetworks.Get in other letters", says: `"vnet-hub"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().Get(ctx, "RG-Network", "VNET-HUB", nil)
		}},
		{name: "VirtualNetworks.Get with $expand", says: `"privateIPAddress":"10.20.0.4"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().Get(ctx, group, hub, &armnetwork.VirtualNetworksClientGetOptions{Expand: new("subnets/ipConfigurations")})
		}},
		{name: "VirtualNetworks.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().Get(ctx, group, "none", nil)
		}},
		{name: "VirtualNetworks.Get in no group", status: 404, code: "ResourceGroupNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().Get(ctx, "none", hub, nil)
		}},
		{name: "VirtualNetworks.List", says: `"vnet-hub" "vnet-dmz"`, hides: `"vnet-shared"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualNetworksClient().NewListPager(group, nil))
		}},
		{name: "VirtualNetworks.ListAll", says: `"vnet-hub" "vnet-shared"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualNetworksClient().NewListAllPager(nil))
		}},
		{name: "VirtualNetworks.ListUsage", says: `"SubnetSpace" "limit":11 "currentValue":3`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualNetworksClient().NewListUsagePager(group, hub, nil))
		}},
		{name: "VirtualNetworks.CheckIPAddressAvailability", says: `"available":false "availableIPAddresses"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualNetworksClient().CheckIPAddressAvailability(ctx, group, hub, "10.20.0.4", nil)
		}},
		{name: "Subnets.List", says: `"snet-dns" "snet-apps" "10.20.0.0/28"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewSubnetsClient().NewListPager(group, hub, nil))
		}},
		{name: "Subnets.Get", says: `snet-dns-nsg "Microsoft.Network/dnsResolvers" "ipConfigurations"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSubnetsClient().Get(ctx, group, hub, "SNET-DNS", nil)
		}},
		{name: "Subnets.Get of none", status: 404, code: "NotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSubnetsClient().Get(ctx, group, hub, "none", nil)
		}},
		{name: "SecurityGroups.List", says: `"snet-dns-nsg"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewSecurityGroupsClient().NewListPager(group, nil))
		}},
		{name: "SecurityGroups.Get", says: `"AllowDnsUdpFromGateway" "DenyAllInBound"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSecurityGroupsClient().Get(ctx, group, "snet-dns-nsg", nil)
		}},
		{name: "SecurityRules.List", says: `"AllowDnsTcpFromGateway"`, hides: "DenyAllInBound", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewSecurityRulesClient().NewListPager(group, "snet-dns-nsg", nil))
		}},
		{name: "SecurityRules.Get", says: `"priority":110`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSecurityRulesClient().Get(ctx, group, "snet-dns-nsg", "AllowDnsTcpFromGateway", nil)
		}},
		{name: "DefaultSecurityRules.List", says: `"AllowVnetInBound"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewDefaultSecurityRulesClient().NewListPager(group, "snet-dns-nsg", nil))
		}},
		{name: "RouteTables.Get", says: `"rt-apps" "routes":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewRouteTablesClient().Get(ctx, group, "rt-apps", nil)
		}},
		{name: "Routes.List", says: `"VirtualAppliance"`, do: with(sandbox.Event{Subscription: "acme-prod", VNet: hub, Around: &sandbox.Around{
			Subnet: "snet-apps", Routes: []sandbox.UserRoute{{Name: "out", Prefix: "0.0.0.0/0", NextHop: "VirtualAppliance", Address: "10.20.3.4"}},
		}}, func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewRoutesClient().NewListPager(group, "rt-apps", nil))
		})},
		{name: "Routes.Get", says: `"10.20.3.4"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewRoutesClient().Get(ctx, group, "rt-apps", "out", nil)
		}},
		{name: "Interfaces.List", says: `vm-dns-10-20-0-4`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewInterfacesClient().NewListPager(group, nil))
		}},
		{name: "Interfaces.Get", says: `"10.20.0.4"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewInterfacesClient().Get(ctx, group, "nic-dns-10-20-0-4", nil)
		}},
	})
}

// What has no module: the private resolver, over the pipeline of the modules.
func TestResolvers(t *testing.T) {
	t.Parallel()
	in := func(rest string) func(*azure) string {
		return func(a *azure) string { return a.home + "/resourceGroups/rg-core/providers/Microsoft.Network/" + rest }
	}
	enter(t, sandbox.Options{}).run([]row{
		{name: "resolvers of the subscription", says: `"dnspr-shared" "dnspr-core"`, do: at("GET", func(a *azure) string { return a.home + "/providers/Microsoft.Network/dnsResolvers" + resolver }, nil)},
		{name: "resolver", says: `"dnsResolverState"`, do: at("GET", in("dnsResolvers/dnspr-core"+resolver), nil)},
		{name: "inbound endpoints", says: `"10.29.0.4"`, do: at("GET", in("dnsResolvers/dnspr-core/inboundEndpoints"+resolver), nil)},
		{name: "outbound endpoints", says: `snet-dns-outbound "provisioningState"`, do: at("GET", in("dnsResolvers/dnspr-core/outboundEndpoints"+resolver), nil)},
		{name: "outbound endpoint", says: `"name":"outbound"`, do: at("GET", in("dnsResolvers/dnspr-core/outboundEndpoints/OUTBOUND"+resolver), nil)},
		{name: "rulesets", says: `"fwd-core" outboundEndpoints/outbound`, do: at("GET", in("dnsForwardingRulesets"+resolver), nil)},
		{name: "rules", says: `"ldap.core.example.org."`, do: at("GET", in("dnsForwardingRulesets/fwd-core/forwardingRules"+resolver), nil)},
		{name: "resolvers of a VNET", says: `dnsResolvers/dnspr-core`, hides: "dnspr-shared", do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", a.world.VNetID("acme-prod", "vnet-core")+"/listDnsResolvers"+resolver, nil)(ctx, a)
		}},
		{name: "resolvers of a VNET without", says: `{"value":[]}`, do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", a.hub+"/listDnsResolvers"+resolver, nil)(ctx, a)
		}},
		{name: "rulesets of a VNET", says: `virtualNetworkLinks/link-vnet-core`, do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", a.world.VNetID("acme-prod", "vnet-core")+"/listDnsForwardingRulesets"+resolver, nil)(ctx, a)
		}},
		{name: "rulesets of no VNET", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", a.hub+"-none/listDnsForwardingRulesets"+resolver, nil)(ctx, a)
		}},
	})
}

// Hubs of a Virtual WAN, and what they really route, which takes its time.
func TestHubs(t *testing.T) {
	t.Parallel()
	const wan, hub = "rg-wan", "hub-uae"
	enter(t, sandbox.Options{}).run([]row{
		{name: "VirtualHubs.List", says: `"hub-uae" "Provisioned"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualHubsClient().NewListPager(nil))
		}},
		{name: "VirtualHubs.ListByResourceGroup", says: `"hub-uae"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualHubsClient().NewListByResourceGroupPager(wan, nil))
		}},
		{name: "VirtualHubs.Get", says: `"addressPrefix" "virtualWan"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualHubsClient().Get(ctx, wan, hub, nil)
		}},
		{name: "VirtualWans.Get", says: `"virtualHubs"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualWansClient().Get(ctx, wan, "wan-acme-prod", nil)
		}},
		{name: "HubVirtualNetworkConnections.List", says: `"remoteVirtualNetwork" kong-uaenorth`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewHubVirtualNetworkConnectionsClient().NewListPager(wan, hub, nil))
		}},
		{name: "HubVirtualNetworkConnections.Get", says: `"routingConfiguration"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewHubVirtualNetworkConnectionsClient().Get(ctx, wan, hub, a.half("uae-hub"), nil)
		}},
		{name: "VirtualHubs.GetEffectiveVirtualHubRoutes", says: `"10.44.0.0/16"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewVirtualHubsClient().BeginGetEffectiveVirtualHubRoutes(ctx, wan, hub, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "VirtualHubs.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualHubsClient().Get(ctx, wan, "none", nil)
		}},
	})
}

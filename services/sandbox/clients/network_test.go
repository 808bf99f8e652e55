package clients_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/privatedns/armprivatedns"

	"github.com/peerdeck/peerdeck/services/sandbox"
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

// What lies on the ways through a VNET.
func TestWays(t *testing.T) {
	t.Parallel()
	const us = "rg-us"
	enter(t, sandbox.Options{}).run([]row{
		{name: "ApplicationSecurityGroups.List", says: `"asg-ledger"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewApplicationSecurityGroupsClient().NewListPager(group, nil))
		}},
		{name: "ApplicationSecurityGroups.ListAll", says: `"asg-ledger"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewApplicationSecurityGroupsClient().NewListAllPager(nil))
		}},
		{name: "ApplicationSecurityGroups.Get", says: `"asg-ledger" "northeurope"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewApplicationSecurityGroupsClient().Get(ctx, group, "ASG-ledger", nil)
		}},
		{name: "ApplicationSecurityGroups.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewApplicationSecurityGroupsClient().Get(ctx, group, "none", nil)
		}},
		{name: "Interfaces.Get in an application security group", says: `applicationSecurityGroups/asg-ledger virtualMachines/vm-ledger`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewInterfacesClient().Get(ctx, group, "nic-ledger", nil)
		}},
		{name: "Interfaces.Get with several addresses", says: `"10.20.4.11" "10.20.4.12" ipconfig2`, do: with(sandbox.Event{Subscription: "acme-prod", VNet: hub, Around: &sandbox.Around{
			Cards: []sandbox.AroundCard{{Name: "nic-two", Address: "10.20.4.11", More: []string{"10.20.4.12"}, Machine: "vm-two", Stopped: true}},
		}}, func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewInterfacesClient().Get(ctx, group, "nic-two", nil)
		})},
		{name: "SecurityGroups.Get with an application security group", says: `destinationApplicationSecurityGroups asg-ledger`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSecurityGroupsClient().Get(ctx, group, "nsg-ledger", nil)
		}},
		{name: "Interfaces.GetEffectiveRouteTable", says: `"VNetPeering" "10.0.0.0/16" "VnetLocal" "Internet"`, hides: `"User"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, group, "nic-ledger", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Interfaces.GetEffectiveRouteTable behind a table", says: `"User" "all-to-firewall" "10.9.14.4" "Invalid"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, us, "nic-ledger-us", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Interfaces.GetEffectiveRouteTable of a machine that does not run", status: 400, code: "NicMustBeAttachedToRunningVmToGetEffectiveRoutes", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, group, "nic-two", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Interfaces.GetEffectiveRouteTable of a private endpoint", status: 400, code: "NicMustBeAttachedToRunningVmToGetEffectiveRoutes", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, us, "nic-pe-vault", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Interfaces.GetEffectiveRouteTable of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, us, "none", nil)
			return ended(ctx, a, poller, err)
		}},
		// What comes has a map in the place of a text, which the module cannot read.
		{name: "effective security groups", status: 202, says: `null`, do: func(ctx context.Context, a *azure) (any, error) {
			return raw("POST", a.home+"/resourceGroups/"+us+"/providers/Microsoft.Network/networkInterfaces/nic-sap/effectiveNetworkSecurityGroups?api-version=2025-05-01", nil)(ctx, a)
		}},
		{name: "effective security groups of a machine that does not run", status: 400, code: "NicMustBeAttachedToRunningVmToGetEffectiveSecurityGroups", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginListEffectiveNetworkSecurityGroups(ctx, us, "nic-shop-2", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "ListNetworkManagerEffectiveSecurityAdminRules", says: `rules/deny-remote-desktop rules/monitoring-always "AlwaysAllow"`, do: adminRules(nil)},
		{name: "ListNetworkManagerEffectiveSecurityAdminRules in pages", says: `rules/deny-remote-desktop rules/monitoring-always "skipToken":"1"`, do: adminRules(new(int32(1)))},
		{name: "LoadBalancers.ListAll", says: `"ilb-gateway" "ilb-files"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewLoadBalancersClient().NewListAllPager(nil))
		}},
		{name: "LoadBalancers.List", says: `"ilb-gateway"`, hides: "ilb-files", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewLoadBalancersClient().NewListPager(us, nil))
		}},
		{name: "LoadBalancers.Get", says: `"10.9.2.4" "10.8.0.70" "frontendPort":443 "probes"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewLoadBalancersClient().Get(ctx, us, "ilb-gateway", nil)
		}},
		{name: "LoadBalancerBackendAddressPools.List", says: `"networkInterfaceIPConfiguration" "backendIPConfigurations" nic-files-1/ipConfigurations/ipconfig1`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewLoadBalancerBackendAddressPoolsClient().NewListPager(shared, "ilb-files", nil))
		}},
		{name: "LoadBalancerProbes.List", says: `"port":8443`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewLoadBalancerProbesClient().NewListPager(shared, "ilb-files", nil))
		}},
		{name: "LoadBalancerFrontendIPConfigurations.Get", says: `"10.22.1.4"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewLoadBalancerFrontendIPConfigurationsClient().Get(ctx, shared, "ilb-files", "front", nil)
		}},
		{name: "ApplicationGateways.ListAll", says: `"agw-orders" "10.9.6.10" "port":8080 "httpListeners"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewApplicationGatewaysClient().NewListAllPager(nil))
		}},
		{name: "ApplicationGateways.Get", says: `"operationalState":"Running"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewApplicationGatewaysClient().Get(ctx, us, "agw-orders", nil)
		}},
		{name: "PrivateEndpoints.ListBySubscription", says: `"pe-vault" "vaultus.vault.azure.net"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewPrivateEndpointsClient().NewListBySubscriptionPager(nil))
		}},
		{name: "PrivateEndpoints.Get", says: `nic-pe-vault "Approved"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewPrivateEndpointsClient().Get(ctx, us, "pe-vault", nil)
		}},
	})
}

// adminRules reads every page of the rules of network managers.
func adminRules(top *int32) call {
	return func(ctx context.Context, a *azure) (any, error) {
		client, err := armnetwork.NewManagementClient(a.sub, token{}, a.options)
		if err != nil {
			return nil, err
		}
		var out []armnetwork.ManagementClientListNetworkManagerEffectiveSecurityAdminRulesResponse
		for next := new(""); next != nil; {
			page, err := client.ListNetworkManagerEffectiveSecurityAdminRules(ctx, group, hub, armnetwork.QueryRequestOptions{SkipToken: next},
				&armnetwork.ManagementClientListNetworkManagerEffectiveSecurityAdminRulesOptions{Top: top})
			if err != nil {
				return nil, err
			}
			out, next = append(out, page), page.SkipToken
		}
		return out, nil
	}
}

// record gives a name of a private zone an address.
func record(name, address string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return a.zones.NewRecordSetsClient().CreateOrUpdate(ctx, "rg-us", "gateway.example.net", armprivatedns.RecordTypeA, name, armprivatedns.RecordSet{
			Properties: &armprivatedns.RecordSetProperties{TTL: new(int64(30)), ARecords: []*armprivatedns.ARecord{{IPv4Address: new(address)}}},
		}, nil)
	}
}

// subnetOf lets private endpoints in a subnet of us-prod's VNET obey its group.
func subnetOf(name string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		nsg := a.home + "/resourceGroups/rg-us/providers/Microsoft.Network/networkSecurityGroups/nsg-endpoints"
		poller, err := a.network.NewSubnetsClient().BeginCreateOrUpdate(ctx, "rg-us", "vnet-orders", name, armnetwork.Subnet{Properties: &armnetwork.SubnetPropertiesFormat{
			AddressPrefix: new("10.9.7.0/27"), NetworkSecurityGroup: &armnetwork.SecurityGroup{ID: &nsg}, PrivateEndpointNetworkPolicies: new(armnetwork.VirtualNetworkPrivateEndpointNetworkPoliciesEnabled),
		}}, nil)
		return ended(ctx, a, poller, err)
	}
}

// Rules, routes, backends, subnets and records are mended.
func TestPartsAreWritten(t *testing.T) {
	t.Parallel()
	const us = "rg-us"
	begin := func(ctx context.Context, a *azure, name string, priority int32, port string) (*runtime.Poller[armnetwork.SecurityRulesClientCreateOrUpdateResponse], error) {
		return a.network.NewSecurityRulesClient().BeginCreateOrUpdate(ctx, us, "nsg-sap", name, armnetwork.SecurityRule{Properties: &armnetwork.SecurityRulePropertiesFormat{
			Access: new(armnetwork.SecurityRuleAccessAllow), Direction: new(armnetwork.SecurityRuleDirectionInbound), Protocol: new(armnetwork.SecurityRuleProtocolTCP), Priority: new(priority),
			SourceAddressPrefix: new("10.8.0.0/16"), SourcePortRange: new("*"), DestinationAddressPrefix: new("10.9.4.10"), DestinationPortRange: new(port),
		}}, nil)
	}
	rule := func(name string, priority int32, port string) call {
		return func(ctx context.Context, a *azure) (any, error) {
			poller, err := begin(ctx, a, name, priority, port)
			return ended(ctx, a, poller, err)
		}
	}
	var open *runtime.Poller[armnetwork.SecurityRulesClientCreateOrUpdateResponse]
	enter(t, sandbox.Options{}).run([]row{
		{name: "SecurityRules.CreateOrUpdate", says: `"AllowSap" "priority":3999 "10.9.4.10"`, do: rule("AllowSap", 3999, "8000")},
		{name: "SecurityGroups.Get shows it", says: `"AllowSap"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSecurityGroupsClient().Get(ctx, us, "nsg-sap", nil)
		}},
		{name: "SecurityRules.CreateOrUpdate while another one is under way", status: 409, code: "AnotherOperationInProgress", do: func(ctx context.Context, a *azure) (any, error) {
			var err error
			if open, err = begin(ctx, a, "AllowOne", 3900, "8000"); err != nil {
				return nil, err
			}
			return begin(ctx, a, "AllowTwo", 3901, "8000")
		}},
		{name: "SecurityRules.Get of one that is being written", says: `"provisioningState":"Updating"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSecurityRulesClient().Get(ctx, us, "nsg-sap", "AllowOne", nil)
		}},
		{name: "SecurityRules.CreateOrUpdate to its end", says: `"provisioningState":"Succeeded"`, do: func(ctx context.Context, a *azure) (any, error) {
			return ended(ctx, a, open, nil)
		}},
		{name: "SecurityRules.CreateOrUpdate with a tag of before", status: 412, code: "PreconditionFailed", do: func(ctx context.Context, a *azure) (any, error) {
			got, err := a.network.NewSecurityGroupsClient().Get(ctx, us, "nsg-sap", nil)
			if err != nil {
				return nil, err
			}
			if _, err := rule("AllowThree", 3902, "8000")(ctx, a); err != nil {
				return nil, err
			}
			return rule("AllowFour", 3903, "8000")(policy.WithHTTPHeader(ctx, http.Header{"If-Match": {*got.Etag}}), a)
		}},
		{name: "SecurityRules.CreateOrUpdate with the tag of now", says: `"AllowFour"`, do: func(ctx context.Context, a *azure) (any, error) {
			got, err := a.network.NewSecurityGroupsClient().Get(ctx, us, "nsg-sap", nil)
			if err != nil {
				return nil, err
			}
			return rule("AllowFour", 3903, "8000")(policy.WithHTTPHeader(ctx, http.Header{"If-Match": {*got.Etag}}), a)
		}},
		{name: "SecurityRules.CreateOrUpdate with a number that is taken", status: 400, code: "SecurityRuleConflict", do: rule("Other", 3999, "8000")},
		{name: "SecurityRules.CreateOrUpdate with no number", status: 400, code: "SecurityRuleInvalidPriority", do: rule("Other", 99, "8000")},
		{name: "SecurityRules.CreateOrUpdate with no port", status: 400, code: "SecurityRuleInvalidPortRange", do: rule("Other", 3998, "web")},
		{name: "SecurityRules.Delete", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewSecurityRulesClient().BeginDelete(ctx, us, "nsg-sap", "AllowSap", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "SecurityRules.List without it", says: `"AllowHttpsFromGateway"`, hides: "AllowSap", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewSecurityRulesClient().NewListPager(us, "nsg-sap", nil))
		}},
		{name: "Routes.CreateOrUpdate of one that is there", says: `"10.8.128.0/17"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewRoutesClient().BeginCreateOrUpdate(ctx, us, "rt-fw", "all-to-firewall", armnetwork.Route{Properties: &armnetwork.RoutePropertiesFormat{
				AddressPrefix: new("10.8.128.0/17"), NextHopType: new(armnetwork.RouteNextHopTypeVirtualAppliance), NextHopIPAddress: new("10.9.14.4"),
			}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Routes.Delete", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewRoutesClient().BeginDelete(ctx, us, "rt-fw", "all-to-firewall", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "RouteTables.Get without it", says: `"rt-fw" "routes":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewRouteTablesClient().Get(ctx, us, "rt-fw", nil)
		}},
		{name: "RouteTables.CreateOrUpdate", says: `"disableBgpRoutePropagation":true "back"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewRouteTablesClient().BeginCreateOrUpdate(ctx, us, "rt-fw", armnetwork.RouteTable{Properties: &armnetwork.RouteTablePropertiesFormat{
				DisableBgpRoutePropagation: new(true), Routes: []*armnetwork.Route{{Name: new("back"), Properties: &armnetwork.RoutePropertiesFormat{
					AddressPrefix: new("10.8.0.0/16"), NextHopType: new(armnetwork.RouteNextHopTypeNone),
				}}},
			}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "LoadBalancerBackendAddressPools.CreateOrUpdate", says: `"10.8.0.132"`, hides: "10.8.0.70", do: func(ctx context.Context, a *azure) (any, error) {
			at := func(ip string) *armnetwork.LoadBalancerBackendAddress {
				return &armnetwork.LoadBalancerBackendAddress{Name: new(ip), Properties: &armnetwork.LoadBalancerBackendAddressPropertiesFormat{IPAddress: new(ip)}}
			}
			poller, err := a.network.NewLoadBalancerBackendAddressPoolsClient().BeginCreateOrUpdate(ctx, us, "ilb-gateway", "gateways", armnetwork.BackendAddressPool{Properties: &armnetwork.BackendAddressPoolPropertiesFormat{
				LoadBalancerBackendAddresses: []*armnetwork.LoadBalancerBackendAddress{at("10.8.0.68"), at("10.8.0.132")},
			}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "a route table of the newer version", says: `"disablePeeringRoute":"All"`, do: func(ctx context.Context, a *azure) (any, error) {
			at := a.home + "/resourceGroups/" + us + "/providers/Microsoft.Network/routeTables/rt-fw?api-version=2025-07-01"
			if _, err := raw("PUT", at, map[string]any{"location": "eastus2", "properties": map[string]any{"disablePeeringRoute": "All", "routes": []any{}}})(ctx, a); err != nil {
				return nil, err
			}
			return raw("GET", at, nil)(ctx, a)
		}},
		{name: "Interfaces.GetEffectiveRouteTable shows it", says: `"VnetLocal"`, hides: "VNetGlobalPeering", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, us, "nic-ledger-us", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "RouteTables.CreateOrUpdate of a new one", says: `"rt-copy" "disableBgpRoutePropagation":false`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewRouteTablesClient().BeginCreateOrUpdate(ctx, us, "rt-copy", armnetwork.RouteTable{Location: new("eastus2"), Properties: &armnetwork.RouteTablePropertiesFormat{}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Routes.CreateOrUpdate in it", says: `"rest"`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewRoutesClient().BeginCreateOrUpdate(ctx, us, "rt-copy", "rest", armnetwork.Route{Properties: &armnetwork.RoutePropertiesFormat{
				AddressPrefix: new("0.0.0.0/0"), NextHopType: new(armnetwork.RouteNextHopTypeVirtualAppliance), NextHopIPAddress: new("10.9.14.4"),
			}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "RouteTables.List shows both", says: `"rt-copy" "rt-fw" "rest"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewRouteTablesClient().NewListPager(us, nil))
		}},
		{name: "Subnets.CreateOrUpdate with the new table", says: `routeTables/rt-copy`, do: func(ctx context.Context, a *azure) (any, error) {
			table := a.home + "/resourceGroups/rg-us/providers/Microsoft.Network/routeTables/rt-copy"
			poller, err := a.network.NewSubnetsClient().BeginCreateOrUpdate(ctx, us, "vnet-orders", "snet-ledger", armnetwork.Subnet{Properties: &armnetwork.SubnetPropertiesFormat{
				AddressPrefix: new("10.9.3.0/26"), RouteTable: &armnetwork.RouteTable{ID: &table},
			}}, nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "Subnets.CreateOrUpdate of one that is there", says: `"privateEndpointNetworkPolicies":"Enabled" networkSecurityGroups/nsg-endpoints`, hides: "routeTable", do: subnetOf("snet-endpoints")},
		{name: "Subnets.CreateOrUpdate of none", status: 501, code: "NotInSandbox", do: subnetOf("none")},
		{name: "Subnets.Get shows it", says: `"privateEndpointNetworkPolicies":"Enabled" "10.9.7.0/27"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewSubnetsClient().Get(ctx, us, "vnet-orders", "snet-endpoints", nil)
		}},
		{name: "RecordSets.CreateOrUpdate of one that is there", status: 200, says: `"10.8.0.132"`, hides: "10.8.0.70", do: record("us-old", "10.8.0.132")},
		{name: "RecordSets.CreateOrUpdate", status: 201, says: `"fqdn":"new.gateway.example.net."`, do: record("new", "10.8.0.68")},
		{name: "RecordSets.CreateOrUpdate without an address", status: 400, code: "BadRequest", do: record("new", "none")},
		{name: "RecordSets.Delete", status: 200, do: func(ctx context.Context, a *azure) (any, error) {
			return a.zones.NewRecordSetsClient().Delete(ctx, us, "gateway.example.net", armprivatedns.RecordTypeA, "new", nil)
		}},
		{name: "RecordSets.Delete of none", status: 204, do: func(ctx context.Context, a *azure) (any, error) {
			return a.zones.NewRecordSetsClient().Delete(ctx, us, "gateway.example.net", armprivatedns.RecordTypeA, "new", nil)
		}},
		{name: "RecordSets.ListByType shows them", says: `"us-old" "10.8.0.132"`, hides: `"new"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewRecordSetsClient().NewListByTypePager(us, "gateway.example.net", armprivatedns.RecordTypeA, nil))
		}},
		{name: "a load balancer itself is not written here", status: 501, code: "NotInSandbox", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewLoadBalancersClient().BeginCreateOrUpdate(ctx, us, "ilb-gateway", armnetwork.LoadBalancer{}, nil)
			return ended(ctx, a, poller, err)
		}},
	})
}

// Who may only read does not learn what is effective, and reads of one kind can be denied.
func TestRightsOnWays(t *testing.T) {
	t.Parallel()
	denied := sandbox.Event{Subscription: "acme-prod", Deny: &sandbox.Deny{Name: "no-balancers", Actions: []string{
		"Microsoft.Network/loadBalancers/*", "Microsoft.Network/networkInterfaces/effectiveRouteTable/action", "Microsoft.Network/networkSecurityGroups/securityRules/write",
	}}}
	enter(t, sandbox.Options{}).run([]row{
		{name: "LoadBalancers.ListAll", status: 403, code: "DenyAssignmentAuthorizationFailed", do: with(denied, func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewLoadBalancersClient().NewListAllPager(nil))
		})},
		{name: "Interfaces.GetEffectiveRouteTable", status: 403, code: "DenyAssignmentAuthorizationFailed", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewInterfacesClient().BeginGetEffectiveRouteTable(ctx, group, "nic-ledger", nil)
			return ended(ctx, a, poller, err)
		}},
		{name: "SecurityRules.Delete is another action", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewSecurityRulesClient().BeginDelete(ctx, group, "nsg-ledger", "none", nil)
			if err != nil {
				return nil, err
			}
			return poller.Result(ctx)
		}},
		{name: "ApplicationGateways.ListAll", says: `"agw-orders"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewApplicationGatewaysClient().NewListAllPager(nil))
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

func effectiveOf(table string) *armnetwork.VirtualHubsClientBeginGetEffectiveVirtualHubRoutesOptions {
	return &armnetwork.VirtualHubsClientBeginGetEffectiveVirtualHubRoutesOptions{EffectiveRoutesParameters: &armnetwork.EffectiveRoutesParameters{
		ResourceID: new(table), VirtualWanResourceType: new("RouteTable"),
	}}
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
		{name: "VirtualHubs.GetEffectiveVirtualHubRoutes of a table", says: `"10.46.0.0/20" apps-uae`, do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewVirtualHubsClient().BeginGetEffectiveVirtualHubRoutes(ctx, wan, hub, effectiveOf(a.world.HubID("acme-prod", hub)+"/hubRouteTables/defaultRouteTable"))
			return ended(ctx, a, poller, err)
		}},
		{name: "VirtualHubs.GetEffectiveVirtualHubRoutes of none", hides: "10.44.0.0", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewVirtualHubsClient().BeginGetEffectiveVirtualHubRoutes(ctx, wan, hub, effectiveOf(a.world.HubID("acme-prod", hub)+"/hubRouteTables/noneRouteTable"))
			return ended(ctx, a, poller, err)
		}},
		{name: "VirtualHubs.GetEffectiveVirtualHubRoutes of no table", status: 400, code: "InvalidResourceReference", do: func(ctx context.Context, a *azure) (any, error) {
			poller, err := a.network.NewVirtualHubsClient().BeginGetEffectiveVirtualHubRoutes(ctx, wan, hub, effectiveOf("/subscriptions/x/hubRouteTables/y"))
			return ended(ctx, a, poller, err)
		}},
		{name: "HubRouteTables.List", says: `defaultRouteTable noneRouteTable "propagatingConnections"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewHubRouteTablesClient().NewListPager(wan, hub, nil))
		}},
		{name: "HubRouteTables.Get", says: `"labels" "default"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewHubRouteTablesClient().Get(ctx, wan, hub, "defaultRouteTable", nil)
		}},
		{name: "HubRouteTables.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewHubRouteTablesClient().Get(ctx, wan, hub, "none", nil)
		}},
		{name: "RoutingIntent.List", hides: "PrivateTraffic", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewRoutingIntentClient().NewListPager(wan, hub, nil))
		}},
		{name: "RoutingIntent.List with a firewall", says: `"PrivateTraffic" azureFirewalls/fw-uae`, do: func(ctx context.Context, a *azure) (any, error) {
			a.world.Apply(sandbox.Event{Network: "uae-hub", Peering: "virtual-wan", Hub: &sandbox.HubEvent{Intent: "fw-uae"}})
			return all(ctx, a.network.NewRoutingIntentClient().NewListPager(wan, hub, nil))
		}},
		{name: "VirtualHubs.Get with failed routing", says: `"routingState" "Failed" "azureFirewall"`, do: func(ctx context.Context, a *azure) (any, error) {
			a.world.Apply(sandbox.Event{Network: "uae-hub", Peering: "virtual-wan", Hub: &sandbox.HubEvent{Routing: "Failed"}})
			return a.network.NewVirtualHubsClient().Get(ctx, wan, hub, nil)
		}},
		{name: "VirtualHubs.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.network.NewVirtualHubsClient().Get(ctx, wan, "none", nil)
		}},
	})
}

package clients_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/privatedns/armprivatedns"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

const (
	blob        = "privatelink.blob.core.windows.net"
	vnetVersion = "2024-05-01"
)

func sets(kind armprivatedns.RecordType) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return all(ctx, a.zones.NewRecordSetsClient().NewListByTypePager(shared, blob, kind, nil))
	}
}

func set(kind armprivatedns.RecordType, name string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return a.zones.NewRecordSetsClient().Get(ctx, shared, blob, kind, name, nil)
	}
}

func TestZones(t *testing.T) {
	t.Parallel()
	held := sandbox.Event{Subscription: "acme-prod", VNet: "vnet-shared", Around: &sandbox.Around{Records: []sandbox.AroundRecord{
		{Zone: blob, Name: "acct", Addresses: []string{"10.22.0.20"}},
	}}}
	enter(t, sandbox.Options{}).run([]row{
		{name: "PrivateZones.List", says: `"privatelink.database.windows.net" "location":"global"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewPrivateZonesClient().NewListPager(nil))
		}},
		{name: "PrivateZones.ListByResourceGroup", says: `"privatelink.database.windows.net"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewPrivateZonesClient().NewListByResourceGroupPager(shared, nil))
		}},
		{name: "PrivateZones.ListByResourceGroup of none", says: `"value":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewPrivateZonesClient().NewListByResourceGroupPager(group, nil))
		}},
		{name: "PrivateZones.Get", says: `"numberOfRecordSets"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.zones.NewPrivateZonesClient().Get(ctx, shared, "PRIVATELINK.blob.core.windows.net", nil)
		}},
		{name: "PrivateZones.Get of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.zones.NewPrivateZonesClient().Get(ctx, shared, "none.example.org", nil)
		}},
		{name: "VirtualNetworkLinks.List", says: `"link-vnet-hub" "Completed"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewVirtualNetworkLinksClient().NewListPager(shared, blob, nil))
		}},
		{name: "VirtualNetworkLinks.Get", says: `"registrationEnabled":false`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.zones.NewVirtualNetworkLinksClient().Get(ctx, shared, blob, "link-vnet-hub", nil)
		}},
		{name: "RecordSets.Get where no event says what there is", says: `"ipv4Address"`, do: set(armprivatedns.RecordTypeA, "anything")},
		{name: "RecordSets.List", says: `"acct" "10.22.0.20" "soaRecord"`, do: with(held, func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewRecordSetsClient().NewListPager(shared, blob, nil))
		})},
		{name: "RecordSets.List with a suffix", says: `"acct"`, hides: "soaRecord", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.zones.NewRecordSetsClient().NewListPager(shared, blob, &armprivatedns.RecordSetsClientListOptions{Recordsetnamesuffix: new("acct")}))
		}},
		{name: "RecordSets.ListByType A", says: `"acct"`, hides: "soaRecord", do: sets(armprivatedns.RecordTypeA)},
		{name: "RecordSets.ListByType SOA", says: `"azureprivatedns.net"`, hides: `"acct"`, do: sets(armprivatedns.RecordTypeSOA)},
		{name: "RecordSets.ListByType CNAME", says: `"value":[]`, do: sets(armprivatedns.RecordTypeCNAME)},
		{name: "RecordSets.Get", says: `"fqdn":"acct.privatelink.blob.core.windows.net."`, do: set(armprivatedns.RecordTypeA, "ACCT")},
		{name: "RecordSets.Get of the SOA", says: `"minimumTtl":10`, do: set(armprivatedns.RecordTypeSOA, "@")},
		{name: "RecordSets.Get of none", status: 404, code: "ResourceNotFound", do: set(armprivatedns.RecordTypeA, "none")},
	})
}

func TestResources(t *testing.T) {
	t.Parallel()
	list := func(filter string) call {
		return func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewClient().NewListPager(&armresources.ClientListOptions{Filter: &filter}))
		}
	}
	enter(t, sandbox.Options{}).run([]row{
		{name: "Subscriptions.List", says: `"acme-prod" "acme-pim"`, hides: `"acme-vault"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.subscriptions.NewClient().NewListPager(nil))
		}},
		{name: "Subscriptions.Get", says: `"acme-prod" "Enabled"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.subscriptions.NewClient().Get(ctx, a.sub, nil)
		}},
		{name: "Subscriptions.Get of none", status: 404, code: "SubscriptionNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.subscriptions.NewClient().Get(ctx, guid1, nil)
		}},
		{name: "Subscriptions.Get without a right", status: 403, code: "AuthorizationFailed", do: func(ctx context.Context, a *azure) (any, error) {
			return a.subscriptions.NewClient().Get(ctx, a.world.SubscriptionID("acme-vault"), nil)
		}},
		{name: "Subscriptions.ListLocations", says: `"northeurope"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.subscriptions.NewClient().NewListLocationsPager(a.sub, nil))
		}},
		{name: "Tenants.List", says: `"acme.example"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.subscriptions.NewTenantsClient().NewListPager(nil))
		}},
		{name: "ResourceGroups.List", says: `"rg-network" "rg-wan"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewResourceGroupsClient().NewListPager(nil))
		}},
		{name: "ResourceGroups.List in pages", says: `"nextLink" "rg-network" "rg-wan"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewResourceGroupsClient().NewListPager(&armresources.ResourceGroupsClientListOptions{Top: new(int32(2))}))
		}},
		{name: "ResourceGroups.List by a tag", says: `"value":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewResourceGroupsClient().NewListPager(&armresources.ResourceGroupsClientListOptions{Filter: new("tagName eq 'team' and tagValue eq 'net'")}))
		}},
		{name: "ResourceGroups.Get", says: `"northeurope"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewResourceGroupsClient().Get(ctx, "RG-network", nil)
		}},
		{name: "ResourceGroups.CheckExistence", status: 204, says: `"Success":true`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewResourceGroupsClient().CheckExistence(ctx, group, nil)
		}},
		{name: "ResourceGroups.CheckExistence of none", status: 404, says: `"Success":false`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewResourceGroupsClient().CheckExistence(ctx, "none", nil)
		}},
		{name: "Resources.List", says: `"vnet-hub" "snet-dns-nsg" "privatelink.blob.core.windows.net" "hub-uae"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewClient().NewListPager(nil))
		}},
		{name: "Resources.List of a type", says: `"vnet-hub"`, hides: "snet-dns-nsg", do: list("resourceType eq 'Microsoft.Network/virtualNetworks'")},
		{name: "Resources.List of a name", says: `"vnet-hub"`, hides: "vnet-dmz", do: list("resourceType eq 'Microsoft.Network/virtualNetworks' and name eq 'vnet-hub'")},
		{name: "Resources.List of a group", says: `"vnet-hub"`, hides: "vnet-shared", do: list("resourceGroup eq 'rg-network'")},
		{name: "Resources.List by what there is not", status: 400, code: "InvalidFilterInQueryString", do: list("colour eq 'red'")},
		{name: "Resources.ListByResourceGroup", says: `"vnet-hub"`, hides: "vnet-shared", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewClient().NewListByResourceGroupPager(group, nil))
		}},
		{name: "Resources.GetByID", says: `"vnet-hub" "addressSpace"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewClient().GetByID(ctx, a.hub, vnetVersion, nil)
		}},
		{name: "Resources.CheckExistenceByID", status: 204, says: `"Success":true`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewClient().CheckExistenceByID(ctx, a.hub, vnetVersion, nil)
		}},
		{name: "Providers.Get", says: `"registrationState":"Registered" "virtualNetworks/virtualNetworkPeerings" "2025-05-01"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProvidersClient().Get(ctx, "microsoft.network", nil)
		}},
		{name: "Providers.Get of none", status: 404, code: "InvalidResourceNamespace", do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProvidersClient().Get(ctx, "Acme.Network", nil)
		}},
		{name: "Providers.List", says: `"Microsoft.Network" "Microsoft.Authorization" "RegistrationFree"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.resources.NewProvidersClient().NewListPager(nil))
		}},
		{name: "Providers.GetAtTenantScope", says: `"Microsoft.Network"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProvidersClient().GetAtTenantScope(ctx, "Microsoft.Network", nil)
		}},
		{name: "Providers.Register where it is", says: `"Registered"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProvidersClient().Register(ctx, "Microsoft.Network", nil)
		}},
		{name: "ProviderResourceTypes.List", says: `"dnsResolvers/outboundEndpoints"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProviderResourceTypesClient().List(ctx, "Microsoft.Network", nil)
		}},
	})
}

// What Azure Resource Manager says to requests that no module makes.
func TestRequestsThatAreWrong(t *testing.T) {
	t.Parallel()
	get := func(status int, code, path string) row {
		return row{name: path, status: status, code: code, do: at(http.MethodGet, func(a *azure) string { return a.home + path }, nil)}
	}
	const provider, vnet = "/resourceGroups/rg-network/providers/Microsoft.Network/", "virtualNetworks/vnet-hub"
	enter(t, sandbox.Options{}).run([]row{
		get(400, "MissingApiVersionParameter", provider+vnet),
		get(400, "InvalidApiVersionParameter", provider+vnet+"?api-version=latest"),
		get(400, "NoRegisteredProviderFound", provider+vnet+"?api-version=1999-01-01"),
		get(404, "InvalidResourceType", "/providers/Microsoft.Network/virtualNetworks?api-version=1999-01-01"),
		get(404, "InvalidResourceType", provider+"virtualNetwork/vnet-hub?api-version=2025-05-01"),
		get(404, "InvalidResourceType", provider+vnet+"/colours?api-version=2025-05-01"),
		get(404, "InvalidResourceNamespace", "/resourceGroups/rg-network/providers/Acme.Network/virtualNetworks/vnet-hub?api-version=2025-05-01"),
		get(400, "InvalidApiVersionParameter", "/resourceGroups?api-version=1999-01-01"),
		get(400, "InvalidTopInQueryString", "/resourceGroups?api-version=2022-09-01&$top=none"),
		get(404, "OperationNotFound", "/providers/Microsoft.Network/locations/northeurope/operations/"+guid1+"?api-version=2025-05-01"),
		get(501, "NotInSandbox", "/providers/Microsoft.Compute/virtualMachines?api-version=2025-05-01"),
		{name: "no token", status: 401, code: "AuthenticationFailed", do: func(ctx context.Context, a *azure) (any, error) {
			r, err := runtime.NewRequest(ctx, http.MethodGet, a.arm+a.hub+"?api-version=2025-05-01")
			if err != nil {
				return nil, err
			}
			resp, err := runtime.NewPipeline("clients", "v1.0.0", runtime.PipelineOptions{}, &a.options.ClientOptions).Do(r)
			if err != nil {
				return nil, err
			}
			defer func() { _ = resp.Body.Close() }()
			return nil, runtime.NewResponseError(resp)
		}},
	})
}

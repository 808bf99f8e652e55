package clients_test

import (
	"context"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

func write(vnet, name string, sync bool, half func(*azure) armnetwork.VirtualNetworkPeering) call {
	return func(ctx context.Context, a *azure) (any, error) {
		o := &armnetwork.VirtualNetworkPeeringsClientBeginCreateOrUpdateOptions{}
		if sync {
			o.SyncRemoteAddressSpace = new(armnetwork.SyncRemoteAddressSpaceTrue)
		}
		poller, err := a.network.NewVirtualNetworkPeeringsClient().BeginCreateOrUpdate(ctx, group, vnet, name, half(a), o)
		return ended(ctx, a, poller, err)
	}
}

func read(vnet, name string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return a.network.NewVirtualNetworkPeeringsClient().Get(ctx, group, vnet, name, nil)
	}
}

func drop(name string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		poller, err := a.network.NewVirtualNetworkPeeringsClient().BeginDelete(ctx, group, hub, name, nil)
		return ended(ctx, a, poller, err)
	}
}

// to is a half that leads to a VNET and allows traffic.
func leadingTo(remote func(*azure) string) func(*azure) armnetwork.VirtualNetworkPeering {
	return func(a *azure) armnetwork.VirtualNetworkPeering {
		return armnetwork.VirtualNetworkPeering{Properties: &armnetwork.VirtualNetworkPeeringPropertiesFormat{
			RemoteVirtualNetwork: &armnetwork.SubResource{ID: new(remote(a))}, AllowVirtualNetworkAccess: new(true),
		}}
	}
}

// The cures that peerdeck prints for Azure's half: sync, update and delete.
func TestHalves(t *testing.T) {
	t.Parallel()
	a := enter(t, sandbox.Options{})
	kongs := func(a *azure) armnetwork.VirtualNetworkPeering {
		half, err := a.network.NewVirtualNetworkPeeringsClient().Get(context.Background(), group, hub, a.halfID, nil)
		if err != nil {
			a.t.Fatal(err)
		}
		return half.VirtualNetworkPeering
	}
	forwarding := func(a *azure) armnetwork.VirtualNetworkPeering {
		half := kongs(a)
		half.Properties.AllowForwardedTraffic = new(true)
		return half
	}
	behind := sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", Sync: "LocalNotInSync"}
	locked := sandbox.Event{Subscription: "acme-prod", VNet: hub, Lock: &sandbox.Lock{Name: "keep", Level: "CanNotDelete"}}
	readOnly := sandbox.Event{Subscription: "acme-prod", VNet: hub, Lock: &sandbox.Lock{Name: "keep", Level: "ReadOnly"}}
	unlocked := sandbox.Event{Subscription: "acme-prod", VNet: hub, Lock: &sandbox.Lock{Name: "keep", Level: "none"}}
	toDMZ, toHub := func(a *azure) string { return a.dmz }, func(a *azure) string { return a.hub }
	a.run([]row{
		{name: "list", says: `"to-vnet-spoke-apps" "Connected"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.network.NewVirtualNetworkPeeringsClient().NewListPager(group, hub, nil))
		}},
		{name: "get of none", status: 404, code: "NotFound", do: read(hub, "none")},
		{name: "update without a sync", says: `"allowForwardedTraffic":true "LocalNotInSync"`, do: with(behind, write(hub, a.halfID, false, forwarding))},
		{name: "sync", says: `"FullyInSync" "allowForwardedTraffic":true "Succeeded"`, do: write(hub, a.halfID, true, kongs)},
		{name: "sync of one behind on both sides", says: `"RemoteNotInSync"`, hides: "LocalAnd", do: with(
			sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", Sync: "LocalAndRemoteNotInSync"}, write(hub, a.halfID, true, kongs))},
		{name: "update with a lock against deleting", says: `"Succeeded"`, do: with(locked, write(hub, a.halfID, false, kongs))},
		{name: "delete with a lock against deleting", status: 409, code: "ScopeLocked", do: drop(a.halfID)},
		{name: "update with a lock against all", status: 409, code: "ScopeLocked", do: with(readOnly, write(hub, a.halfID, false, kongs))},
		{name: "locks", says: `"level":"ReadOnly"`, do: at("GET", func(a *azure) string {
			return a.hub + "/providers/Microsoft.Authorization/locks?api-version=2016-09-01"
		}, nil)},
		{name: "delete of the lock", status: 200, do: at("DELETE", func(a *azure) string {
			return a.hub + "/providers/Microsoft.Authorization/locks/keep?api-version=2016-09-01"
		}, nil)},
		{name: "without a registration", status: 409, code: "MissingSubscriptionRegistration", do: with(
			sandbox.Event{Subscription: "acme-prod", Provider: &sandbox.ProviderState{Namespace: "Microsoft.Network", State: "NotRegistered"}}, write(hub, a.halfID, false, kongs))},
		{name: "register", says: `"Registering"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.resources.NewProvidersClient().Register(ctx, "Microsoft.Network", nil)
		}},
		{name: "registered", says: `"Registered"`, do: func(ctx context.Context, a *azure) (any, error) {
			a.pass()
			return a.resources.NewProvidersClient().Get(ctx, "Microsoft.Network", nil)
		}},
		{name: "another half to the same VNET", status: 400, code: "AnotherPeeringAlreadyReferencesRemoteVnet", do: with(unlocked, write(hub, "second", false, kongs))},
		{name: "update of a disconnected half", status: 400, code: "RemotePeeringIsDisconnected", do: with(
			sandbox.Event{Network: "eu-prod", Peering: "hub-vnet", Azure: "Disconnected"}, write(hub, a.halfID, true, kongs))},
		{name: "delete", do: drop(a.halfID)},
		{name: "get of the deleted", status: 404, code: "NotFound", do: read(hub, a.halfID)},
		{name: "delete of the deleted", status: 204, do: func(ctx context.Context, a *azure) (any, error) {
			_, err := a.network.NewVirtualNetworkPeeringsClient().BeginDelete(ctx, group, hub, a.halfID, nil)
			return nil, err
		}},
		{name: "making Kong's half anew", status: 403, code: "LinkedAuthorizationFailed", do: write(hub, a.halfID, false, leadingTo(func(a *azure) string {
			return "/subscriptions/" + a.world.SubscriptionID("acme-vault") + "/resourceGroups/kong/providers/Microsoft.Network/virtualNetworks/kong"
		}))},
		{name: "a half without a VNET", status: 400, code: "InvalidRequestFormat", do: write(hub, "empty", false, leadingTo(func(*azure) string { return "" }))},
		{name: "the first half between VNETs of one's own", says: `"Initiated"`, do: write(hub, "to-dmz", false, leadingTo(toDMZ))},
		{name: "the second half", says: `"Connected" "FullyInSync"`, do: write("vnet-dmz", "to-hub", false, leadingTo(toHub))},
		{name: "the first half, connected", says: `"Connected" "FullyInSync"`, do: read(hub, "to-dmz")},
		{name: "delete of the first half", do: drop("to-dmz")},
		{name: "the second half, disconnected", says: `"Disconnected"`, do: read("vnet-dmz", "to-hub")},
		{name: "the first half against a disconnected one", status: 400, code: "RemotePeeringIsDisconnected", do: write(hub, "to-dmz", false, leadingTo(toDMZ))},
		{name: "overlapping ranges", status: 400, code: "VnetAddressSpacesOverlap", do: func(ctx context.Context, a *azure) (any, error) {
			return write("vnet-legacy", "to-self", false, leadingTo(func(a *azure) string { return a.legacy }))(ctx, a)
		}},
		{name: "denied", status: 403, code: "DenyAssignmentAuthorizationFailed", do: with(
			sandbox.Event{Subscription: "acme-prod", VNet: hub, Deny: &sandbox.Deny{Name: "managed", Actions: []string{"Microsoft.Network/*"}, NotActions: []string{"*/read"}}}, drop("to-vnet-spoke-apps"))},
		{name: "DenyAssignments.ListForScope", says: `"denyAssignmentName":"managed"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewDenyAssignmentsClient().NewListForScopePager(a.hub, nil))
		}},
		{name: "DenyAssignments.List", says: `"denyAssignmentName":"managed"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewDenyAssignmentsClient().NewListPager(nil))
		}},
		{name: "without the right", status: 403, code: "AuthorizationFailed", do: with(sandbox.Event{Subscription: "acme-prod", Withdraw: "Owner"}, read(hub, "to-vnet-spoke-apps"))},
	})
}

package model

// The states are open sets: a value that is not listed here is kept as received
// (cleaned), shown, and judged "unknown". Meanings are those of Konnect's
// published contract; it gives no transition graph.

// NetworkState is the state of a Konnect network. There is no error value:
// trouble shows only in the network's reported status and reason.
type NetworkState string

// The network states of the contract.
const (
	NetworkCreated      NetworkState = "created"
	NetworkInitializing NetworkState = "initializing"
	NetworkOffline      NetworkState = "offline"
	NetworkReady        NetworkState = "ready"
	NetworkTerminating  NetworkState = "terminating"
	NetworkTerminated   NetworkState = "terminated"
)

// Changing reports whether the state is expected to change by itself.
func (s NetworkState) Changing() bool {
	return s == NetworkCreated || s == NetworkInitializing || s == NetworkTerminating
}

// PeeringState is the state of Konnect's half of a peering.
type PeeringState string

// The transit gateway states of the contract.
const (
	PeeringCreated           PeeringState = "created"
	PeeringInitializing      PeeringState = "initializing"
	PeeringPendingAcceptance PeeringState = "pending-acceptance"
	PeeringPendingUserAction PeeringState = "pending-user-action"
	PeeringReady             PeeringState = "ready"
	PeeringTerminating       PeeringState = "terminating"
	PeeringTerminated        PeeringState = "terminated"
	PeeringError             PeeringState = "error"
)

// Changing reports whether the state is expected to change, by itself or
// because somebody is asked to act.
func (s PeeringState) Changing() bool {
	switch s {
	case PeeringCreated, PeeringInitializing, PeeringPendingAcceptance, PeeringPendingUserAction, PeeringTerminating:
		return true
	default:
		return false
	}
}

// PrivateDNSState is the state of a private DNS attachment.
type PrivateDNSState string

// The private DNS states of the contract.
const (
	PrivateDNSCreated            PrivateDNSState = "created"
	PrivateDNSInitializing       PrivateDNSState = "initializing"
	PrivateDNSPendingAssociation PrivateDNSState = "pending-association"
	PrivateDNSReady              PrivateDNSState = "ready"
	PrivateDNSError              PrivateDNSState = "error"
	PrivateDNSTerminating        PrivateDNSState = "terminating"
	PrivateDNSTerminated         PrivateDNSState = "terminated"
)

// Changing reports whether the state is expected to change.
func (s PrivateDNSState) Changing() bool {
	switch s {
	case PrivateDNSCreated, PrivateDNSInitializing, PrivateDNSPendingAssociation, PrivateDNSTerminating:
		return true
	default:
		return false
	}
}

// VNetPeeringState is the state of a VNET peering as Azure reports it.
type VNetPeeringState string

// The peering states of armnetwork.
const (
	VNetInitiated    VNetPeeringState = "Initiated"
	VNetConnected    VNetPeeringState = "Connected"
	VNetDisconnected VNetPeeringState = "Disconnected"
)

// SyncLevel says whether both halves know each other's present address space.
type SyncLevel string

// The sync levels of armnetwork. Azure names them from the view of the VNET on
// which the peering is read.
const (
	SyncFull         SyncLevel = "FullyInSync"
	SyncLocalBehind  SyncLevel = "LocalNotInSync"
	SyncRemoteBehind SyncLevel = "RemoteNotInSync"
	SyncBothBehind   SyncLevel = "LocalAndRemoteNotInSync"
	SyncUnstated     SyncLevel = ""
)

// ProvisioningState is the state of Azure's last write to a resource.
type ProvisioningState string

// The provisioning states of armnetwork.
const (
	ProvisioningSucceeded ProvisioningState = "Succeeded"
	ProvisioningUpdating  ProvisioningState = "Updating"
	ProvisioningCreating  ProvisioningState = "Creating"
	ProvisioningDeleting  ProvisioningState = "Deleting"
	ProvisioningFailed    ProvisioningState = "Failed"
	ProvisioningCanceled  ProvisioningState = "Canceled"
	ProvisioningUnstated  ProvisioningState = ""
)

// Changing reports whether Azure is at work on the resource.
func (s ProvisioningState) Changing() bool {
	return s == ProvisioningUpdating || s == ProvisioningCreating || s == ProvisioningDeleting
}

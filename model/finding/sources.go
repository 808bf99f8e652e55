package finding

// Where facts are read from.
const (
	readsKonnect     = "Konnect, Cloud Gateways API"
	readsBoth        = "Konnect's half and Azure's half"
	readsAzure       = "Azure Resource Manager, the VNET and its peerings"
	readsHistory     = "Konnect, and the history that peerdeck keeps on this machine"
	readsPermissions = "Azure Resource Manager, permissions of the signed-in account"
)

// Documents that say so.
const (
	sourceKonnectAPI   = "Kong: Konnect Cloud Gateways API v2"
	sourceKonnectDoc   = "Kong: Dedicated Cloud Gateways, Azure VNET peering"
	sourcePeering      = "Microsoft: virtual network peering, states and sync levels"
	sourcePeerFaults   = "Microsoft: troubleshoot virtual network peering"
	sourceRBAC         = "Microsoft: troubleshoot Azure RBAC"
	sourceLimits       = "Microsoft: Azure subscription and service limits, networking"
	sourceSubnets      = "Microsoft: subnet peering"
	sourceEncryption   = "Microsoft: virtual network encryption"
	sourceSubscription = "Microsoft: Azure subscription states"
	sourceClouds       = "Microsoft: manage a virtual network peering, for clouds that are apart; Kong: regions on Azure"
	sourceNone         = "no document says; it is what peerdeck makes of both halves"
	sourceNoTime       = "no document says how long it takes; the limit is peerdeck's own choice"
	sourceReason       = "no document lists the reasons; they are read by Azure's error codes and by plain words"
)

package finding

// Where facts about virtual hubs are read from, and what says so.
const (
	readsHub      = "Azure Resource Manager, the virtual hub and its connections"
	readsHubWays  = "Azure Resource Manager, the hub's route tables, routing intent and effective routes"
	sourceHub     = "Microsoft: Virtual WAN, virtual hub routing and its states"
	sourceHubKong = "Kong: Dedicated Cloud Gateways, Azure Virtual WAN"
	sourceIntent  = "Microsoft: Virtual WAN hub routing intent and routing policies"
)

// hubEntries are about peerings with a hub of a Virtual WAN.
func hubEntries() []Entry {
	const role = "Check the consent, and that Kong's application has its role at the hub: the one from Konnect's wizard. Which actions it needs is not public."
	return about(OfPeering, []Entry{
		{
			Code: "azure-hub-connected", Severities: []Severity{OK}, Title: "Ready in Konnect, and the virtual hub is connected to Kong's VNET and routes",
			Means: "Azure gives a hub's connection no peering state: its last write succeeded, and the hub's routing is Provisioned.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "azure-no-hub", Severities: []Severity{Broken}, Title: "Konnect reported ready, and Azure has no such virtual hub",
			Means: "The hub was deleted, or the names are wrong.", Next: "If it is gone for good, make a new peering with the hub that takes its place.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "waiting-no-hub", Severities: []Severity{Attention}, Title: "Konnect is setting the peering up, and Azure has no such virtual hub",
			Means: "A name in the peering is wrong, or the hub was deleted.", Next: "Check the names; a peering with a wrong one must be made again.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "azure-hub-absent", Severities: []Severity{Broken}, Title: "Konnect reported ready, and no connection of the hub leads to the network",
			Means: "The connection was deleted, or leads to another VNET.", Next: "If it is not back in ten minutes, delete the peering in Konnect and create it again.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "azure-hub-cannot-tell", Severities: []Severity{Unknown}, Title: "It cannot be told which connection of the hub is the network's",
			Means: "Neither cloud names the other's object. What lies behind a connection would tell, and that takes the action Microsoft.Network/virtualHubs/effectiveRoutes/action, which Reader does not have.",
			Next:  "Get that right, or ask Kong which VNET is the network's.", Reads: readsHub, Source: sourceNone,
		},
		{
			Code: "azure-hub-routing-failed", Severities: []Severity{Broken}, Title: "The routing of the virtual hub failed",
			Means: "The hub's router is down: it passes nothing on, whatever its connections say.", Next: "Reset the hub's router in the portal.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-routing-none", Severities: []Severity{Broken}, Title: "The virtual hub has no router",
			Means: "Its routing state is None: it does not route between VNETs.", Next: "Look why its router was never made.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-routing", Severities: []Severity{Working}, Title: "Azure is setting the hub's routing up",
			Means: "A hub is connected when its routing is Provisioned.", Next: "Wait.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-deleting", Severities: []Severity{Broken}, Title: "Azure is deleting the virtual hub",
			Means: "The way to the gateways goes with it, and Konnect does not know.", Next: "Ask who deletes it.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-write-failed", Severities: []Severity{Attention}, Title: "Azure's last write to the virtual hub failed",
			Means: "The hub may not be as somebody wanted it.", Next: "Look in Azure's activity log why, and write the hub again.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-writing", Severities: []Severity{Working}, Title: "Connected, and Azure is writing to the virtual hub",
			Means: "It passes.", Next: "Wait some minutes.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-unknown", Severities: []Severity{Unknown}, Title: "Azure gives the virtual hub a state that peerdeck does not know, or none",
			Means: "Azure may have states that this release was not made for.", Next: "Look at the hub in Azure.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-connection-failed", Severities: []Severity{Broken}, Title: "The hub's connection to Kong's VNET failed",
			Means: "Its last write did not succeed, and so it is not connected.", Next: "Look in Azure's activity log why, and ask Kong with its words.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-connection-deleting", Severities: []Severity{Attention}, Title: "Azure is deleting the hub's connection to Kong's VNET",
			Means: "Traffic ends with it, and Konnect does not know.", Next: "Ask who deletes it.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-connection-writing", Severities: []Severity{Working}, Title: "Azure is writing the hub's connection to Kong's VNET",
			Means: "It is connected when the write has succeeded.", Next: "Wait some minutes.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-connection-unknown", Severities: []Severity{Unknown}, Title: "Azure gives the hub's connection a state that peerdeck does not know, or none",
			Means: "Azure may have states that this release was not made for.", Next: "Look at the connection in Azure.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "azure-hub-last-seen", Severities: []Severity{Unknown}, Title: "The virtual hub was connected and could not be read for some minutes",
			Means: "A half that was well passes for it for five minutes only.", Next: "Do what the failure says.", Reads: readsHub, Source: sourceNone,
		},
		{
			Code: "azure-hub-overlap", Severities: []Severity{Attention}, Title: "The hub is connected, and address ranges meet",
			Means: "The ranges of the network, of the hub and of the VNETs that are connected to it must not meet: of what they share, the hub routes only one way.",
			Next:  "One side needs another address range.", Reads: readsHubWays, Source: sourceHubKong,
		},
		{
			Code: "azure-hub-no-way-back", Severities: []Severity{Broken}, Title: "No VNET at the hub has a route to the gateways",
			Means: "The route table by which a VNET's connection is routed does not have the network's range: Kong's connection does not propagate to it, and nobody has written a route into it.",
			Next:  "Let Kong's connection propagate to that table, or write a route into it.", Reads: readsHubWays, Source: sourceHub,
		},
		{
			Code: "azure-hub-no-way-there", Severities: []Severity{Broken}, Title: "The gateways have a route to no VNET at the hub",
			Means: "The route table by which Kong's connection is routed has the range of none of them.", Next: "Let the VNETs' connections propagate to that table, or associate Kong's connection with another one.", Reads: readsHubWays, Source: sourceHub,
		},
		{
			Code: "azure-hub-some-apart", Severities: []Severity{Attention}, Title: "Some VNETs at the hub and the gateways have no routes to each other",
			Means: "Hubs are often made so on purpose, to keep VNETs apart.", Next: "If it is not meant so, let the connections propagate to each other's route tables.", Reads: readsHubWays, Source: sourceHub,
		},
		{
			Code: "azure-hub-alone", Severities: []Severity{Attention}, Title: "Nothing is behind the hub",
			Means: "No VNET, gateway or other hub is connected to it: the gateways reach nothing.", Next: "Connect the VNETs of the services to the hub.", Reads: readsHubWays, Source: sourceHubKong,
		},
		{
			Code: "azure-hub-firewall", Severities: []Severity{Unknown}, Title: "What passes over the hub goes through a firewall or an appliance, replies too",
			Means: "A routing intent or a route sends it there. Whether it is let pass is not known: rules of firewalls are not read.", Next: "Ask whoever keeps it to let the network's range pass, both ways.", Reads: readsHubWays, Source: sourceIntent,
		},
		{
			Code: "azure-hub-part-unknown", Severities: []Severity{Unknown}, Title: "The hub is connected, and not all of its routes could be read",
			Means: "A peering is called well only where every part of that is known.", Next: "Do what the failure says: reading routes needs more than Reader.", Reads: readsHubWays, Source: sourceRBAC,
		},
		{
			Code: "waiting-hub-connected", Severities: []Severity{Attention}, Title: "Konnect waits, and the hub is connected to Kong's VNET",
			Means: "Konnect has not seen it yet.", Next: "Wait some minutes, then ask Kong.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "waiting-hub-failed", Severities: []Severity{Attention}, Title: "Konnect is not ready, and Azure's last write to the hub's connection failed",
			Means: "Kong writes it, and may not have the right to.", Next: role, Reads: readsBoth, Source: sourceHubKong,
		},
		{
			Code: "waiting-hub-routing", Severities: []Severity{Attention}, Title: "Konnect is not ready, and the hub does not route",
			Means: "Nothing can be connected to a hub without a router.", Next: "Whoever administers the hub brings its router up first.", Reads: readsBoth, Source: sourceHub,
		},
		{
			Code: "waiting-hub-not-written", Severities: []Severity{Attention}, Title: "Konnect waits, and Kong has not connected its VNET to the hub",
			Means: "Kong may not write to the hub, or its rights are not in effect yet.", Next: role, Reads: readsBoth, Source: sourceHubKong,
		},
		{
			Code: "waiting-hub", Severities: []Severity{Attention}, Title: "Konnect waits for a step on the Azure side of a virtual hub",
			Means: "Konnect does not say which step is missing.", Next: role, Reads: readsBoth, Source: sourceKonnectAPI,
		},
	})
}

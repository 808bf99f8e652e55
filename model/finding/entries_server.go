package finding

// Where the facts about servers are read from.
const (
	readsRules     = "Azure Resource Manager, the security group of the server's subnet"
	readsRoutes    = "Azure Resource Manager, the route table of the server's subnet"
	readsAddresses = "Azure Resource Manager, which addresses of the VNET are taken"
	readsResolvers = "Azure Resource Manager, private resolvers, their endpoints and rulesets"
	readsZones     = "Azure Resource Manager, private zones of the subscription and their links"
)

// Documents about Azure's networks around a server.
const (
	sourceGroups    = "Microsoft: network security groups, how they filter traffic"
	sourceRoutes    = "Microsoft: virtual network traffic routing"
	sourceAddresses = "Microsoft: virtual networks, CheckIPAddressAvailability; reserved addresses of a subnet"
)

// serverEntries are what Azure's facts say of a DNS server.
func serverEntries() []Entry {
	return about(OfServer, append(serverPlaceEntries(), serverZoneEntries()...))
}

func serverPlaceEntries() []Entry {
	return []Entry{
		{
			Code: "server-platform-address", Severities: []Severity{Broken}, Title: "A row names Azure's own resolver as a server",
			Means: "168.63.129.16 answers inside each VNET only, and nothing reaches it over a peering.", Next: "Put the inbound endpoint of a private resolver in its place.", Reads: readsTable, Source: sourceResolver,
		},
		{
			Code: "server-no-subnet", Severities: []Severity{Broken}, Title: "A server lies in the VNET and in none of its subnets",
			Means: "No machine can have the address.", Next: "Correct the server's address in the mapping.", Reads: readsAzure, Source: sourceAddresses,
		},
		{
			Code: "server-port-closed", Severities: []Severity{Broken}, Title: "A security group closes port 53 to the gateway network",
			Means: "DNS needs UDP and TCP from the whole range of the network: data planes may have any address of it.", Next: "Allow port 53 from the network's range with a rule that comes before the one that denies it.", Reads: readsRules, Source: sourceGroups,
		},
		{
			Code: "server-route-away", Severities: []Severity{Attention, Broken}, Title: "A route leads answers to the gateway network away from the peering",
			Means: "A user's route for the network's range, or for a part of it, comes before that of the peering; a firewall that sees only the answers drops them. A table can keep the routes of peerings out altogether.", Next: "Let the route leave out the network's range, or let the appliance pass both directions.", Reads: readsRoutes, Source: sourceRoutes,
		},
		{
			Code: "server-address-free", Severities: []Severity{Broken}, Title: "Nothing in the VNET has the server's address",
			Means: "The server was deleted, or has another address since it was made anew.", Next: "Give the mapping the address that the server has now.", Reads: readsAddresses, Source: sourceAddresses,
		},
		{
			Code: "server-address-reserved", Severities: []Severity{Broken}, Title: "The server's address is one that Azure keeps for itself",
			Means: "The first four addresses of a subnet and its last are Azure's.", Next: "Correct the server's address in the mapping.", Reads: readsAddresses, Source: sourceAddresses,
		},
		{
			Code: "server-endpoint-state", Severities: []Severity{Attention}, Title: "The inbound endpoint at the server's address is not ready",
			Means: "It may not answer until its state is Succeeded.", Next: "Wait; if it is Failed, save it again in the portal, or make it anew.", Reads: readsResolvers, Source: sourceResolver,
		},
		{
			Code: "server-endpoint-subnet", Severities: []Severity{Attention}, Title: "The subnet of an inbound endpoint is not delegated to private resolvers",
			Means: "An inbound endpoint needs a subnet of its own that is delegated to Microsoft.Network/dnsResolvers; Azure makes none elsewhere, and does not mend one there.", Next: "Delegate the subnet.", Reads: readsAzure, Source: sourceResolver,
		},
		{
			Code: "server-loop", Severities: []Severity{Broken}, Title: "A forwarding rule leads back to the endpoint that is asked",
			Means: "The ruleset is linked to the VNET of the endpoint, which applies the rule again: the question goes in a circle.", Next: "Remove the link of the ruleset, or give the rule another target.", Reads: readsResolvers, Source: sourceResolver,
		},
		{
			Code: "server-not-known", Severities: []Severity{Unknown}, Title: "Something around the server could not be read, or cannot be told",
			Means: "Nothing is concluded from it.", Next: "Get the right to read it, or look at it in the portal.", Reads: "Azure Resource Manager, around the server", Source: sourceRBAC,
		},
	}
}

func serverZoneEntries() []Entry {
	return []Entry{
		{
			Code: "zone-unlinked", Severities: []Severity{Broken}, Title: "A private zone is not linked to the VNET of the server that is asked",
			Means: "An inbound endpoint answers from the zones that are linked to its own VNET; without the link the answer is that there is no such name, or the public one.", Next: "Link the private zone to the VNET.", Reads: readsZones, Source: sourceZones,
		},
		{
			Code: "zone-record-missing", Severities: []Severity{Broken, Attention}, Title: "A private zone is linked and has no record for the name",
			Means: "A linked zone answers for all of its names: without a record the answer is that there is no such name, or the public address where the link falls back to the internet.", Next: "Add the record of the private endpoint, or let the link fall back to the internet.", Reads: readsZones, Source: sourceFallback,
		},
		{
			Code: "zone-link", Severities: []Severity{Attention}, Title: "The link of a private zone is not complete",
			Means: "Names of the zone may not resolve before it is.", Next: "Wait some minutes; a link that has failed is deleted and made anew.", Reads: readsZones, Source: sourceZones,
		},
	}
}

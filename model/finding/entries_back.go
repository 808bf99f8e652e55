package finding

// Where the facts about the way back are read from.
const (
	readsGroups    = "Azure Resource Manager, the security groups of the subnet and of the network card"
	readsTables    = "Azure Resource Manager, the route table of the subnet, and effective routes where somebody asked for them"
	readsManager   = "Azure Resource Manager, the effective security admin rules of the VNET"
	readsEndpoints = "Azure Resource Manager, private endpoints and the network policies of their subnets"
	readsBalancers = "Azure Resource Manager, load balancers and application gateways with their backends"
)

// Documents about what stands between a gateway and what it asks.
const (
	sourceManager   = "Microsoft: Azure Virtual Network Manager, security admin rules"
	sourceEndpoints = "Microsoft: manage network policies for private endpoints"
	sourceBalancer  = "Microsoft: load balancer health probes; what is Azure Load Balancer"
)

// backEntries are what Azure's facts say of the way between a gateway and an address of the
// VNET, there and back.
func backEntries() []Entry {
	return about(OfBack, []Entry{
		{
			Code: "back-range-unrouted", Severities: []Severity{Broken}, Title: "Azure's half of a peering has no route for the network's range",
			Means: "A half keeps the ranges that it had when it was last in sync; replies to others are dropped. No route of a user's can lead over a peering.", Next: "Sync the half where Azure knows the present range; ask Kong for it otherwise.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "back-no-subnet", Severities: []Severity{Broken}, Title: "An address lies in the VNET and in none of its subnets",
			Means: "Nothing can have the address.", Next: "Correct the address, or make the subnet that it is to lie in.", Reads: readsAzure, Source: sourceAddresses,
		},
		{
			Code: "back-admin-rule", Severities: []Severity{Broken}, Title: "A security admin rule keeps the gateway network out",
			Means: "Security admin rules of Virtual Network Manager are asked before every security group: what they deny, no group can allow.", Next: "Ask whoever manages the network manager for an exception that comes before the rule.", Reads: readsManager, Source: sourceManager,
		},
		{
			Code: "back-port-closed", Severities: []Severity{Broken}, Title: "A security group closes the port to the gateway network",
			Means: "The security groups of the subnet and of the network card both have to let a request in; rules are asked by their priority, and the first that fits decides.", Next: "Allow the port from the network with a rule that comes before the one that denies it.", Reads: readsGroups, Source: sourceGroups,
		},
		{
			Code: "back-route-away", Severities: []Severity{Attention, Broken}, Title: "A route leads replies to the gateway network away from the peering",
			Means: "A user's route for the network's range, or for a part of it, comes before that of the peering; a firewall that sees only the replies drops them. A table can keep the routes of peerings out altogether.", Next: "Let the route leave out the network's range, or let the appliance pass both directions.", Reads: readsTables, Source: sourceRoutes,
		},
		{
			Code: "back-address-free", Severities: []Severity{Broken}, Title: "Nothing in the VNET has the address that requests go to",
			Means: "The server was deleted, or has another address since it was made anew.", Next: "Give the service the address that its server has now.", Reads: readsAddresses, Source: sourceAddresses,
		},
		{
			Code: "back-left-out", Severities: []Severity{OK}, Title: "A peering of subnets leaves a subnet out",
			Means: "Azure leaves routes to the network in such a subnet, and drops what follows them; nothing from the network arrives there.", Next: "Nothing, while no service is in it; the whole peering has to be made anew otherwise.", Reads: readsAzure, Source: sourceSubnets,
		},
		{
			Code: "back-endpoint-state", Severities: []Severity{Broken}, Title: "The private endpoint that has the address is not connected",
			Means: "A connection that is pending, rejected or disconnected carries nothing.", Next: "Let whoever owns the service approve the connection.", Reads: readsEndpoints, Source: sourceEndpoints,
		},
		{
			Code: "back-no-backend", Severities: []Severity{Broken}, Title: "Nothing is behind the front end that has the address",
			Means: "No rule or listener is for the port, or its pool has no backends.", Next: "Give the load balancer or application gateway a rule for the port and a pool with backends.", Reads: readsBalancers, Source: sourceBalancer,
		},
		{
			Code: "back-probe-closed", Severities: []Severity{Broken}, Title: "A security group keeps the probes of a load balancer out",
			Means: "A backend whose probes get no answer gets no requests. They come from 168.63.129.16, which the tag AzureLoadBalancer stands for.", Next: "Allow the tag AzureLoadBalancer before the rule that denies it.", Reads: readsGroups, Source: sourceBalancer,
		},
		{
			Code: "back-not-known", Severities: []Severity{Unknown}, Title: "Something on the way between the gateway and an address could not be read, or cannot be told",
			Means: "Nothing is concluded from it.", Next: "Get the right to read it, or look at it in the portal.", Reads: "Azure Resource Manager, around the address", Source: sourceRBAC,
		},
	})
}

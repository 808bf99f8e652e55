package finding

// Where the facts about paths are read from.
const (
	readsServices = "Konnect, the services, routes and upstreams of the control planes that use the network"
	readsWays     = "Konnect's services, the network's mapping tables, both halves of its peerings and the VNETs"
	readsAnswers  = "the servers of the mapping tables, as they answered last"
)

// Documents about where gateways send requests.
const (
	sourceUpstreams = "Kong: Dedicated Cloud Gateways, private networking"
	sourceEntities  = "Kong: Gateway entities, service, upstream and target"
	sourcePlanes    = "Kong: Control Planes Configuration API v2"
)

// pathEntries are about the way from a gateway network to a service.
func pathEntries() []Entry {
	return about(OfPath, append(pathHostEntries(), pathWayEntries()...))
}

// pathHostEntries are what the host of a service tells by itself.
func pathHostEntries() []Entry {
	const inKonnect = "Correct the service in Konnect."
	return []Entry{
		{
			Code: "path-internet", Severities: []Severity{Attention}, Title: "Requests of a service leave over the Internet, past every peering",
			Means: "Its host is a public address, or a name that no rule maps, so public DNS decides. That may be meant so: then nothing is to be done.",
			Next:  "If the service is a private one, give it its private address, or map its name to DNS servers in the VNET.", Reads: readsWays, Source: sourceUpstreams,
		},
		{
			Code: "path-unmapped", Severities: []Severity{Attention, Broken}, Title: "No rule maps the name of a service that looks like a private one",
			Means: "It lies beside a mapped domain, has one label, or ends as private names do. Data planes ask public DNS for it, which does not know it or names another machine.",
			Next:  "Map the name, or the domain that it lies in, to DNS servers in the VNET.", Reads: readsWays, Source: sourceUpstreams,
		},
		{
			Code: "path-privatelink", Severities: []Severity{Unknown, Attention}, Title: "A service's name is that of a service of Azure with private endpoints, and no rule maps what clients ask for",
			Means: "Public DNS leads from the service's own name over a private one. Whether the network's resolver looks at its rules again for the second name is documented nowhere.",
			Next:  "Map the zone that clients ask for to the inbound endpoint of a private resolver.", Reads: readsWays, Source: sourceUpstreams,
		},
		{
			Code: "path-unreachable", Severities: []Severity{Broken}, Title: "A service's address lies in no range that a peering of the network leads to",
			Means: "Peerings do not hand traffic on: a VNET that is peered with a peered VNET cannot be reached through it.", Next: "Peer the VNET that holds the address with the network, or move the service.", Reads: readsWays, Source: sourcePeering,
		},
		{
			Code: "path-own-range", Severities: []Severity{Broken}, Title: "A service's address lies in the gateway network's own range",
			Means: "Data planes look for it in their own network, and never over a peering.", Next: "Give the service the address that it has in a peered VNET; where the ranges overlap, one side needs another.", Reads: readsWays, Source: sourcePeering,
		},
		{
			Code: "path-special-address", Severities: []Severity{Broken}, Title: "A service's address is one that stands for no machine of yours",
			Means: "Loopback, link-local, multicast, reserved and example addresses, and Azure's own, lead from a data plane to no service.", Next: inKonnect, Reads: readsServices, Source: sourceEntities,
		},
		{
			Code: "path-bad-host", Severities: []Severity{Broken}, Title: "A service has no host, or a text in its place that is none",
			Means: "No request can be sent.", Next: inKonnect, Reads: readsServices, Source: sourceEntities,
		},
		{
			Code: "path-bad-port", Severities: []Severity{Broken}, Title: "A service has a port to which no connection can be made",
			Means: "The port 0, or none that is a number, is no port of a server.", Next: inKonnect, Reads: readsServices, Source: sourceEntities,
		},
		{
			Code: "path-reference", Severities: []Severity{Unknown}, Title: "A service's host is a reference that the data planes resolve",
			Means: "What it stands for is kept elsewhere, so where requests go cannot be told from here.", Next: "Ask for the name that it stands for with peerdeck paths --to NAME:PORT.", Reads: readsServices, Source: sourceEntities,
		},
		{
			Code: "path-no-target", Severities: []Severity{Broken}, Title: "A service's host is an upstream that sends requests nowhere",
			Means: "It has no target, or each of them has the weight 0.", Next: "Give the upstream a target with a weight in Konnect.", Reads: readsServices, Source: sourceEntities,
		},
		{
			Code: "path-tls-name", Severities: []Severity{Attention, Broken}, Title: "A service speaks TLS to an address, which is no TLS name",
			Means: "A data plane sends the host as the TLS name. With an address it sends none, and a certificate for a name does not match where it is checked.",
			Next:  "Give the service the name in the server's certificate, or let its routes keep the client's host.", Reads: readsServices, Source: sourceEntities,
		},
	}
}

// pathWayEntries are what the clouds and the DNS servers say of the way to a host.
func pathWayEntries() []Entry {
	return []Entry{
		{
			Code: "path-not-carried", Severities: []Severity{Broken}, Title: "A service lies in a range of the VNET that the peering does not carry",
			Means: "The range came to the VNET after the peering and the halves are not in sync, or the peering is one of other subnets.", Next: "Let the peering be synced, or move the service.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "path-peering", Severities: []Severity{Broken, Attention, Unknown, Working}, Title: "Requests of a service go over a peering that is not well",
			Means: "What is wrong with the peering stands in the sentence, and is told of by its own finding.", Next: "Do what the peering's finding says.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "path-network", Severities: []Severity{Attention, Unknown, Working}, Title: "The gateway network that requests would leave from is not ready",
			Means: "Nothing is sent before its data planes run.", Next: "Do what the network's finding says.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "path-resolver", Severities: []Severity{Broken, Attention, Unknown, Working}, Title: "The name of a service depends on a private DNS object that is not well",
			Means: "While it is not ready, its rules or its zone may not act.", Next: "Do what the finding of the private DNS object says.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "path-name-unasked", Severities: []Severity{Unknown}, Title: "A mapped name of a service was not asked for of late, or cannot be from here",
			Means: "Where its requests go is what the servers answer, and that is not known.", Next: "Trace the name, from a machine that has a way to the servers.", Reads: readsAnswers, Source: sourceNone,
		},
		{
			Code: "path-name-fails", Severities: []Severity{Attention, Broken}, Title: "A mapped name of a service does not resolve at its servers, or not at all of them",
			Means: "Requests that need the name fail, all of them or now and then.", Next: "Trace the name.", Reads: readsAnswers, Source: sourceNone,
		},
		{
			Code: "path-plane-unread", Severities: []Severity{Unknown}, Title: "The services of a control plane on the network cannot be read, or not all of them",
			Means: "Where they lead is not known, and nothing is well because it was not looked at.", Next: "Do what the failure says: mostly the token needs a role for the control plane.", Reads: readsServices, Source: sourcePlanes,
		},
		{
			Code: "path-plane-gone", Severities: []Severity{Unknown}, Title: "A control plane that the network's configurations name is not there",
			Means: "It was deleted a moment ago, or the token does not see it.", Next: "Take it out of the network's configurations if it was deleted.", Reads: readsServices, Source: sourcePlanes,
		},
		{
			Code: "path-rules-unread", Severities: []Severity{Working}, Title: "The security groups and route tables around a peered VNET are being read for the first time",
			Means: "Whether questions are let in there and replies come home is not known before.", Next: "Wait a moment.", Reads: readsRules, Source: sourceNone,
		},
		{
			Code: "path-last-reading", Severities: []Severity{Attention, Broken}, Title: "The last whole reading of the network's paths found something wrong with services",
			Means: "It counts for a day, and as long as nothing that it rests on has changed. Services that go over the Internet are not counted: that may be meant so.",
			Next:  "Read the paths again.", Reads: "the last reading of the paths, which is kept on this machine", Source: sourceNone,
		},
		{
			Code: "path-not-known", Severities: []Severity{Unknown}, Title: "Whether requests of a service arrive cannot be told",
			Means: "Something that would decide was not read, or is documented nowhere; the sentence names it.", Next: "Do what the finding says, then read again.", Reads: readsWays, Source: sourceNone,
		},
	}
}

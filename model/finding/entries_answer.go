package finding

// Where the facts about answers and their addresses are read from.
const (
	readsPlaces = "the answers of the DNS servers of the row, and the ranges of the peered VNETs in Azure"
	readsOwners = "the answers of the DNS servers of the row, and Azure Resource Manager, which addresses of the VNET are taken, and by what"
)

const sourceFallback = "Microsoft: Azure private DNS, fallback to internet"

// namePlaceEntries are about answers whose address is not where it should be.
func namePlaceEntries() []Entry {
	return []Entry{
		{
			Code: "N40", Severities: []Severity{Broken}, Title: "The address lies in the gateway network's own range",
			Means: "Data planes look for it in their own network, so nothing goes over the peering.", Next: "Correct the record; a service in another network needs an address in another range.", Reads: readsPlaces, Source: sourcePeering,
		},
		{
			Code: "N41", Severities: []Severity{Broken, Unknown}, Title: "The address lies in no range that a peering leads to",
			Means: "A peering leads to one VNET and not to those behind it. Where a gateway stands in that VNET, it cannot be told from here.", Next: "Give the name an address in a peered range, or peer the VNET that holds it.", Reads: readsPlaces, Source: sourcePeering,
		},
		{
			Code: "N42", Severities: []Severity{Broken}, Title: "The address lies in a range that the peering does not carry",
			Means: "A range that was given to the VNET after its peering is not known to the other half before both are synced; a peering of some subnets carries those alone.", Next: "Sync the peering.", Reads: readsPlaces, Source: sourcePeering,
		},
		{
			Code: "N43", Severities: []Severity{Broken}, Title: "The record has an old address",
			Means: "A private endpoint that is made anew has another address. A record that was not changed with it leads to nothing, or to what has the address now.", Next: "Give the record the address that the endpoint has now.", Reads: readsOwners, Source: sourceEndpoint,
		},
		{
			Code: "N44", Severities: []Severity{Attention}, Title: "An answer comes from a place that cannot give one",
			Means: "Azure's own resolver answers inside each VNET alone, and an address that nothing has gives no answer: what was heard is not what the gateway hears.", Next: "Take nothing from it before a machine in the VNET says the same.", Reads: readsOwners, Source: sourceResolver,
		},
	}
}

// namePrivateEntries are about names of Azure's services that have private endpoints.
func namePrivateEntries() []Entry {
	return []Entry{
		{
			Code: "N38", Severities: []Severity{Broken}, Title: "A private zone answers and has no record for the name",
			Means: "Where a private zone is linked, it answers for all of its names: one without a record is no such name, although the rest of the world may resolve it. Its link can let the public answer through. Where Azure's zones could be read, they say so themselves.", Next: "Add the record of the private endpoint, or let the link fall back to the internet.", Reads: readsServers, Source: sourceFallback,
		},
		{
			Code: "N39", Severities: []Severity{Attention}, Title: "Only the private zone of a service is mapped, and not what services ask for",
			Means: "Services ask for a name in the service's own zone, which Microsoft's table has for servers elsewhere to forward. Whether Kong's resolver looks at the rows again for the target of an alias is not documented.", Next: "Add a row for the service's own zone with the same servers.", Reads: readsTable, Source: sourceEndpoint,
		},
	}
}

// nameFaultEntries are about servers that say themselves what is wrong with their answer.
func nameFaultEntries() []Entry {
	return []Entry{
		{
			Code: "N45", Severities: []Severity{Broken}, Title: "The server says that the name is blocked",
			Means: "A block list, a filter or an order stands in the way, and the name may be well.", Next: "Ask the owner of the server to take the name out of its list.", Reads: readsServers, Source: sourceEDE,
		},
		{
			Code: "N46", Severities: []Severity{Attention}, Title: "The server gives an old answer and says so",
			Means: "It cannot reach what it asks itself, and answers with what it kept.", Next: "Look at its forwarders, and at the way to them.", Reads: readsServers, Source: "RFC 8767: serving stale data; RFC 8914: extended DNS errors",
		},
		{
			Code: "N47", Severities: []Severity{Broken}, Title: "The server cannot deal with an ordinary question",
			Means: "What listens there is no DNS server for this, or something on the way changes the question.", Next: "Look at what listens at port 53, and at its log.", Reads: readsServers, Source: sourceMessage,
		},
		{
			Code: "N48", Severities: []Severity{Broken}, Title: "The answer over UDP is another than the one over TCP",
			Means: "Something on the way answers one of them in the server's stead, or two servers stand at one address.", Next: "Find out which answer is the server's, and what makes the other.", Reads: readsServers, Source: sourceTCP,
		},
	}
}

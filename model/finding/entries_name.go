package finding

// Where the facts about names are read from.
const (
	readsServers  = "the answers of the DNS servers of the row"
	readsDebugger = "a trace of the name's request that somebody saved from Konnect's Debugger"
	readsTable    = "the mapping tables of the network, in Konnect"
)

// Documents about names and their servers.
const (
	sourceResolver = "Microsoft: Azure DNS Private Resolver, endpoints and rulesets"
	sourceZones    = "Microsoft: Azure private DNS, virtual network links"
	sourceEndpoint = "Microsoft: Azure Private Endpoint DNS integration"
	sourceWay      = "no document says; silence from a place without a way proves nothing"
	sourceMessage  = "RFC 1035, section 4.1.1: response codes"
	sourceNegative = "RFC 2308: negative caching of DNS queries"
	sourceEDE      = "RFC 8914: extended DNS errors"
	sourceEDNS     = "RFC 6891: extension mechanisms for DNS"
	sourceTCP      = "RFC 7766: DNS transport over TCP"
	sourceSerial   = "RFC 1982: serial number arithmetic; RFC 1996: NOTIFY"
	sourceDebugger = "Kong: Konnect Debugger, spans kong.dns and kong.find_upstream; the form of the file is documented nowhere"
	sourceForged   = "RFC 5452: measures for making DNS more resilient against forged answers"
)

// nameEntries are the table of symptoms. The numbers up to 28 are those of the notes on
// probing, and each keeps its meaning.
func nameEntries() []Entry {
	list := append(nameTableEntries(), nameWayEntries()...)
	list = append(list, nameCodeEntries()...)
	list = append(list, nameAnswerEntries()...)
	list = append(list, namePlaceEntries()...)
	list = append(list, namePrivateEntries()...)
	list = append(list, nameFaultEntries()...)
	list = append(list, nameReplicaEntries()...)
	return about(OfName, append(list, nameRetiredEntries()...))
}

func nameTableEntries() []Entry {
	return []Entry{
		{
			Code: "N23", Severities: []Severity{Attention}, Title: "The name matches no row",
			Means: "The gateway asks its default resolver, which knows public names only.", Next: "Add a row for the domain, or correct the one that was meant.", Reads: readsTable, Source: sourceResolver,
		},
		{
			Code: "N24", Severities: []Severity{OK, Attention}, Title: "A longer row takes the name",
			Means: "The row with the longest domain wins, whatever its place in the table.", Next: "Look at the servers of the longer row.", Reads: readsTable, Source: sourceResolver,
		},
		{
			Code: "N28", Severities: []Severity{OK}, Title: "A name of one label is found by the servers and not by this machine",
			Means: "Many systems never send names of one label to DNS servers, so the difference says nothing about the gateway.", Next: "Test it with the server named.", Reads: readsServers, Source: "systemd: systemd-resolved, single-label names",
		},
		{
			Code: "N29", Severities: []Severity{Attention}, Title: "The row is not applied",
			Means: "It stands in the draft on this machine only.", Next: "Apply the draft.", Reads: "the draft on this machine", Source: "peerdeck: a draft changes nothing in Konnect",
		},
	}
}

func nameWayEntries() []Entry {
	return []Entry{
		{
			Code: "N01", Severities: []Severity{Unknown}, Title: "No server answers, and no way to them is proven",
			Means: "The silence may be that of the way, and says nothing about the servers.", Next: "Ask from a machine in the VNET.", Reads: readsServers, Source: sourceWay,
		},
		{
			Code: "N02", Severities: []Severity{Broken}, Title: "No server answers, from where there is a way to them",
			Means: "They are down, port 53 is closed, or the addresses are wrong.", Next: "Check the servers, port 53 and the addresses.", Reads: readsServers, Source: sourceWay,
		},
		{
			Code: "N03", Severities: []Severity{Attention}, Title: "The servers answer from inside the VNET, and the gateway still fails",
			Means: "Something lets the VNET in and not the gateway's range: a security group, or the server's own list of clients.", Next: "Let the network's range in, in both.", Reads: readsServers, Source: "Microsoft: network security groups, service tags",
		},
		{
			Code: "N49", Severities: []Severity{OK, Unknown}, Title: "The gateway itself resolved the name",
			Means: "A trace of Konnect's Debugger tells what a data plane's own look-up gave. It stands in the place of servers that cannot be asked from here, for a day.", Next: "Save a new trace where it is older.", Reads: readsDebugger, Source: sourceDebugger,
		},
		{
			Code: "N50", Severities: []Severity{Broken, Attention, Unknown}, Title: "The gateway itself could not resolve the name",
			Means: "A data plane's own look-up failed, with the words that stand in the finding. Whatever this machine can reach, the gateway could not.", Next: "Do what the words mean: a record, a list of clients, port 53.", Reads: readsDebugger, Source: sourceDebugger,
		},
		{
			Code: "N51", Severities: []Severity{Broken, Unknown}, Title: "The gateway itself resolved the name and could not connect",
			Means: "The name is not what fails: the path to the address is, or the service.", Next: "Look at the way, hop by hop: peerdeck paths --to.", Reads: readsDebugger, Source: sourceDebugger,
		},
		{
			Code: "N30", Severities: []Severity{Broken}, Title: "A server lies where no way leads",
			Means: "A peering leads to one VNET and not to those behind it.", Next: "Give the row a server in the VNET, or route to it through the VNET.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "N31", Severities: []Severity{Attention, Unknown}, Title: "One server is silent, and others of its row answer",
			Means: "The first server of a row is asked first; a silent one makes each name slow, or fail.", Next: "Mend it, or take it out of the row until then.", Reads: readsServers, Source: sourceResolver,
		},
		{
			Code: "N32", Severities: []Severity{Broken}, Title: "The host answers, and nothing listens at port 53",
			Means: "There is a way to the machine; its DNS server does not run, or listens at another address.", Next: "Start the DNS server, or correct the row.", Reads: readsServers, Source: "RFC 1122, section 3.2.2.1: port unreachable",
		},
		{
			Code: "N37", Severities: []Severity{Unknown}, Title: "Answers come over UDP alone, and no way to the server is proven",
			Means: "Some networks answer every question to port 53 over UDP themselves.", Next: "Trust no answer before a second place says the same.", Reads: readsServers, Source: sourceForged,
		},
		{
			Code: "N27", Severities: []Severity{Broken}, Title: "What came was no answer to the question",
			Means: "Somebody forges answers, or an address translation is broken.", Next: "Trust no answer over this way until that is explained.", Reads: readsServers, Source: sourceForged,
		},
		{
			Code: "N19", Severities: []Severity{Broken}, Title: "The answer is cut, and TCP is closed",
			Means: "Names with large answers fail.", Next: "Open 53/TCP from the network's range.", Reads: readsServers, Source: sourceTCP,
		},
		{
			Code: "N18", Severities: []Severity{OK}, Title: "The answer is cut, and TCP brings it",
			Means: "The answer is too large for UDP, and nothing is wrong with that.", Reads: readsServers, Source: sourceTCP,
		},
		{
			Code: "N36", Severities: []Severity{Attention}, Title: "UDP answers and TCP does not",
			Means: "Answers that are cut over UDP fail.", Next: "Open 53/TCP from the network's range.", Reads: readsServers, Source: sourceTCP,
		},
		{
			Code: "N20", Severities: []Severity{Attention}, Title: "Only questions without EDNS are answered",
			Means: "The server is old, or a firewall drops such packets; resolvers lose time with it.", Next: "Bring the server up to date, or let such packets pass.", Reads: readsServers, Source: sourceEDNS,
		},
	}
}

func nameCodeEntries() []Entry {
	return []Entry{
		{
			Code: "N06", Severities: []Severity{Broken}, Title: "One server refuses, others answer",
			Means: "Its list of clients leaves the asker out, or it holds other zones.", Next: "Check its list of clients.", Reads: readsServers, Source: sourceMessage,
		},
		{
			Code: "N07", Severities: []Severity{Broken}, Title: "Every server refuses",
			Means: "They hold other zones, or their lists of clients leave the asker out.", Next: "Check the lists; if they are right, these are the wrong servers.", Reads: readsServers, Source: sourceMessage,
		},
		{
			Code: "N08", Severities: []Severity{Broken}, Title: "SERVFAIL by the server's own fault",
			Means: "The server fails by itself: the zone has expired or was not loaded, DNSSEC does not hold, or it found a circle. Where it says why with an extended error, its word decides.", Next: "Look at the zone on the server, and at its log.", Reads: readsServers, Source: sourceEDE,
		},
		{
			Code: "N09", Severities: []Severity{Broken}, Title: "SERVFAIL because of what lies behind the server",
			Means: "The server that it asks itself does not answer, by the time that it took or by its own word.", Next: "Look at its forwarders and the way to them, and ask them.", Reads: readsServers, Source: sourceEDE,
		},
		{
			Code: "N10", Severities: []Severity{Attention}, Title: "An inbound endpoint fails for one domain only",
			Means: "A ruleset may send the question back to the endpoint. Where Azure's rulesets could be read, they say so themselves.", Next: "Look for the ruleset, and remove its link to the endpoint's VNET.", Reads: readsServers, Source: sourceResolver,
		},
		{
			Code: "N11", Severities: []Severity{Attention}, Title: "An inbound endpoint knows no such name",
			Means: "The private zone may not be linked to the endpoint's VNET. Where Azure's zones could be read, they say so themselves.", Next: "Link the private DNS zone.", Reads: readsServers, Source: sourceZones,
		},
		{
			Code: "N14", Severities: []Severity{Broken}, Title: "The server only names other servers",
			Means: "It is no authority for the domain and asks nobody; a forwarder does not go where it points.", Next: "Put a server that offers recursion in the row, or one that holds the zone.", Reads: readsServers, Source: "RFC 1912, section 2.8: lame delegations",
		},
		{
			Code: "N33", Severities: []Severity{Attention}, Title: "Every server says that there is no such name",
			Means: "The name is misspelt, its record is missing, or the servers do not hold the zone.", Next: "Correct the name, or add the record. Servers keep the denial for a while.", Reads: readsServers, Source: sourceNegative,
		},
	}
}

func nameAnswerEntries() []Entry {
	return []Entry{
		{
			Code: "N13", Severities: []Severity{Attention}, Title: "The name exists and has no address",
			Means: "It has records of other types, or only names below it have some.", Next: "Add an A or CNAME record, or correct the name.", Reads: readsServers, Source: sourceNegative,
		},
		{
			Code: "N15", Severities: []Severity{Broken}, Title: "A public address for a private name",
			Means: "The private zone is not linked or has no such record, or the server does not ask it, and the public one answered.", Next: "Link the private zone, or add the record.", Reads: readsServers, Source: sourceEndpoint,
		},
		{
			Code: "N21", Severities: []Severity{OK, Broken}, Title: "The server is an authority and offers no recursion",
			Means: "That is enough for its own zones; an alias that leads out of them stays without an address.", Next: "Use a server that offers recursion where aliases lead out.", Reads: readsServers, Source: "RFC 1034, section 4.3.1: recursive service",
		},
		{
			Code: "N34", Severities: []Severity{OK}, Title: "The server has an answer for a name that cannot exist",
			Means: "The zone has a wildcard, or the server makes answers up; an answer then proves nothing.", Next: "Compare the answer with what the name's owner expects.", Reads: readsServers, Source: "RFC 4592: wildcards in the domain name system",
		},
		{
			Code: "N35", Severities: []Severity{Broken}, Title: "The aliases lead nowhere",
			Means: "They go in a circle, are too many, or end in a name without an address.", Next: "Correct the aliases.", Reads: readsServers, Source: "RFC 1034, section 3.6.2: aliases",
		},
		{
			Code: "N22", Severities: []Severity{Attention}, Title: "The gateway uses an answer that the servers no longer give",
			Means: "It keeps the old answer until its time is over.", Next: "Wait.", Reads: "what the gateway uses, and " + readsServers, Source: sourceNegative,
		},
	}
}

func nameReplicaEntries() []Entry {
	return []Entry{
		{
			Code: "N12", Severities: []Severity{Broken}, Title: "One server knows the name and another does not",
			Means: "The servers of a row are taken for copies; \"no such name\" is never asked again elsewhere.", Next: "Correct the zone, or make two rows.", Reads: readsServers, Source: sourceResolver,
		},
		{
			Code: "N16", Severities: []Severity{Attention, OK}, Title: "The servers give different addresses",
			Means: "One keeps an old answer, or answers by place, or the answers rotate, or they hold different zones.", Next: "Ask several times and compare the sets.", Reads: readsServers, Source: "RFC 1794: DNS support for load balancing",
		},
		{
			Code: "N17", Severities: []Severity{Attention}, Title: "The servers have different versions of the zone",
			Means: "The transfer between them is late or fails.", Next: "Look at the zone transfer: NOTIFY, AXFR, and TCP 53 between them.", Reads: readsServers, Source: sourceSerial,
		},
		{
			Code: "N25", Severities: []Severity{Attention}, Title: "The first server was silent and answers again",
			Means: "Azure's resolver leaves a silent server alone for half an hour.", Next: "Wait, or put a server that answers first.", Reads: "earlier probes that peerdeck keeps on this machine", Source: sourceResolver,
		},
	}
}

// nameRetiredEntries are symptoms that took the place of what the clouds themselves say.
func nameRetiredEntries() []Entry {
	return []Entry{
		{
			Code: "N04", Title: "The peering waits for somebody", Means: "A trace now shows the peering's own finding, as status does.",
			Now: []Code{
				"waiting-acceptance", "waiting-connected", "waiting-disconnected", "waiting-half", "waiting-hub", "waiting-initiated", "waiting-no-vnet",
				"waiting-not-written", "waiting-overlap", "waiting-unknown-kind", "waiting-unreadable", "starting-long",
			},
		},
		{
			Code: "N05", Title: "Konnect calls the peering ready, and Azure does not", Means: "A trace now shows the peering's own finding, as status does.",
			Now: []Code{
				"azure-disconnected", "azure-initiated", "azure-absent", "azure-no-vnet", "azure-both-behind", "azure-local-behind", "azure-remote-behind",
			},
		},
		{
			Code: "N26", Title: "The row is saved, and the private DNS object has an error", Means: "A trace now shows the private DNS object's own finding, as status does.",
			Now: []Code{"dns-error", "dns-error-target"},
		},
	}
}

package finding

// Where the facts about mappings are read from.
const (
	readsRows        = "the rows of the mapping table or of the file"
	readsOtherTables = "the mapping tables of the network's peerings and resolvers, in Konnect"
	readsRanges      = "the range of the Konnect network, and those of the peered VNETs"
	readsDraft       = "the draft on this machine, and the table that it was made of"
	readsProbe       = "the last probe, from where it ran"
)

// Documents about mappings.
const (
	sourceIDNA         = "Unicode UTS 46; RFC 5891: internationalized domain names"
	sourceUndocumented = "no document says which one wins"
	sourceNoETag       = "Kong: Konnect Cloud Gateways API v2, which knows no condition on a write"
	sourceAdvice       = "no document says; it is peerdeck's own advice"
)

// MappingEntries are the rules of mapping tables, in the order of their codes: domains (D),
// servers (S), the table as a whole (T). A broken one is an error, which is not sent; one
// that needs attention is a warning, which is sent when somebody has seen it; the others
// are notes.
func MappingEntries() []Entry {
	list := append(domainEntries(), domainMeaningEntries()...)
	list = append(list, domainPlaceEntries()...)
	list = append(list, mappedServerEntries()...)
	list = append(list, mappedAddressEntries()...)
	return about(OfMapping, append(list, tableEntries()...))
}

func domainEntries() []Entry {
	return []Entry{
		{
			Code: "D01", Severities: []Severity{Broken}, Title: "The domain is empty",
			Means: "A row needs a domain. It covers the domain itself and every name below it.",
			Next:  "Give the domain, or take the row away.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "D02", Severities: []Severity{Broken}, Title: "Two dots stand side by side",
			Means: "Between two dots of a name stands at least one character. A dot at the end, or one before the name, is taken away by itself.",
			Next:  "Take one of the dots away, or write the missing label.", Reads: readsRows, Source: "RFC 1035, section 2.3.4: size limits",
		},
		{
			Code: "D03", Severities: []Severity{Broken}, Title: "A label is longer than 63 characters",
			Means: "DNS carries at most 63 characters between two dots (RFC 1035). A name of another script is counted in its xn-- form.",
			Next:  "Shorten the label.", Reads: readsRows, Source: "RFC 1035, section 2.3.4: size limits",
		},
		{
			Code: "D04", Severities: []Severity{Broken}, Title: "The name is longer than 253 characters",
			Means: "DNS carries names of at most 253 characters (RFC 1035), in the xn-- form where there is one.",
			Next:  "Map a domain further up.", Reads: readsRows, Source: "RFC 1035, section 2.3.4: size limits",
		},
		{
			Code: "D05", Severities: []Severity{Broken}, Title: "A character is not allowed in a domain",
			Means: "A domain is made of letters, digits, hyphens, underscores and dots. A character that cannot be seen is named by its code point: such ones come along when text is copied from a page.",
			Next:  "Type the name by hand.", Reads: readsRows, Source: "RFC 1123, section 2.1; RFC 8552: underscored names",
		},
		{
			Code: "D06", Severities: []Severity{Broken}, Title: "A label starts or ends with a hyphen",
			Means: "A hyphen stands between letters and digits of a label, not at its edges (RFC 1123). Often a dash came along when a list was copied.",
			Next:  "Take the hyphen away.", Reads: readsRows, Source: "RFC 1123, section 2.1",
		},
		{
			Code: "D07", Severities: []Severity{Broken}, Title: "The international name is not valid",
			Means: "Names of other scripts follow IDNA: their letters have one spelling, right-to-left and left-to-right letters are not mixed, and an xn-- label stands for exactly one name.",
			Next:  "Write the name as its owner registered it.", Reads: readsRows, Source: sourceIDNA,
		},
		{
			Code: "D08", Severities: []Severity{Broken}, Title: "An address stands in the place of a domain",
			Means: "Addresses belong to the servers of a row. For reverse look-ups give the reverse zone: the numbers from right to left before in-addr.arpa, so 10.0.0.0/24 is 0.0.10.in-addr.arpa. A range that ends within a number takes a row for each value there: a /20 has 16, a /25 has 128 (RFC 2317 delegates parts of a /24 by names of its own, which are asked for only where the /24 leads to them). A name that ends with a number is taken for an address by many programs.",
			Next:  "Put the address among the servers, and the domain here.", Reads: readsRows, Source: "RFC 1123, section 2.1; RFC 1035, section 3.5",
		},
		{
			Code: "D09", Severities: []Severity{Broken}, Title: "A URL, a port, a path or an account stands in the place of a domain",
			Means: "Only the domain is compared with the names that are asked for: no scheme, port, path or account. Where a domain can be found in the text, one key takes it.",
			Next:  "Give the domain alone.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "D10", Severities: []Severity{Broken}, Title: "A domain is listed twice, with different servers",
			Means: "The resolver keeps one entry per domain. Two spellings of a domain (case, a dot at the end, a star before it) are one domain. The order of the servers counts: the first one is asked first.",
			Next:  "Put all its servers into one row, or take one of the rows away.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "D11", Severities: []Severity{OK}, Title: "A domain is listed twice, with the same servers",
			Means: "Both rows say the same, so they are stored as one entry.",
			Next:  "One key removes the second row.", Reads: readsRows, Source: sourceKonnectAPI,
		},
	}
}

func domainMeaningEntries() []Entry {
	return []Entry{
		{
			Code: "D12", Severities: []Severity{OK}, Title: "The domain is stored in another form than it was written",
			Means: "Case, a dot at the end, and a \"*.\" or a dot before a domain make no difference: an entry covers the domain and every name below it anyway. Other scripts are stored in their xn-- form.",
			Next:  "One key writes the row as it is stored.", Reads: readsRows, Source: "RFC 4343: case insensitivity",
		},
		{
			Code: "D13", Severities: []Severity{Attention}, Title: "Letters of an international name were replaced or left out",
			Means: "The rules of international names (UTS 46) replace letters of full width, ligatures and the like, and leave out characters that cannot be seen. So what is stored is not what was typed.",
			Next:  "Compare the name with the one that its owner registered; one key writes the row as it is stored.", Reads: readsRows, Source: sourceIDNA,
		},
		{
			Code: "D14", Severities: []Severity{Attention}, Title: "The domain mixes scripts, or looks like another one",
			Means: "Letters of different scripts can look the same: a Cyrillic a for a Latin one. A name with such letters is another name than the one it looks like, and its owner may be another.",
			Next:  "Type the name by hand, or compare its xn-- form with the one that you know.", Reads: readsRows, Source: "Unicode UTS 39: security mechanisms",
		},
		{
			Code: "D15", Severities: []Severity{Attention}, Title: "The domain is the root",
			Means: "\".\" stands for every name there is. The gateway would ask these servers for public names too: Konnect's own, identity providers, every upstream. Azure keeps the names of its own services.",
			Next:  "Give the domains that your servers answer for.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "D16", Severities: []Severity{Attention}, Title: "The domain has one label",
			Means: "A domain of one label covers a whole top level. Names without a dot are asked for as they are: the gateway appends no search suffix.",
			Next:  "If a machine's short name is meant, give its full name or its zone.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "D17", Severities: []Severity{Broken, Attention}, Title: "The domain is a public suffix",
			Means: "Below a public suffix (com, co.uk, azurewebsites.net) anybody registers names, so most of what the row takes along belongs to others. An ICANN suffix is refused; a suffix of a company, which may be meant, is warned of.",
			Next:  "Give the domain below it that is yours.", Reads: readsRows, Source: "Mozilla: Public Suffix List",
		},
		{
			Code: "D18", Severities: []Severity{Attention}, Title: "The domain has more than 34 labels",
			Means: "Azure documents 1 to 34 labels for the domain of a forwarding rule. Konnect states no limit of its own, and has the last word.",
			Next:  "Map a domain further up.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "D19", Severities: []Severity{Attention}, Title: "The domain is in .local",
			Means: "RFC 6762 gives .local to multicast DNS, and many machines never ask a DNS server for such names. The gateway does ask when a row covers them.",
			Next:  "Let it stand only if your servers answer for the zone.", Reads: readsRows, Source: "RFC 6762: multicast DNS",
		},
		{
			Code: "D20", Severities: []Severity{Attention, OK}, Title: "The domain is reserved by an RFC",
			Means: "localhost, .invalid, .test, .example and example.com/net/org (RFC 6761), .onion (RFC 7686) and .alt (RFC 9476) are kept out of DNS, and most servers refuse to look them up. .test and the example names are noted only, since tests and training use them.",
			Next:  "Give the domain that is meant.", Reads: readsRows, Source: "RFC 6761, RFC 7686, RFC 9476: special-use names",
		},
		{
			Code: "D21", Severities: []Severity{OK}, Title: "The domain is of private use",
			Means: ".internal (ICANN 2024) and home.arpa (RFC 8375) are reserved for private use. .corp, .home, .lan, .intranet, .private and .localdomain are habits: a question that leaves the private network leaks them, and nothing keeps them free.",
			Next:  "Nothing has to change today.", Reads: readsRows, Source: "RFC 8375: home.arpa; ICANN 2024: .internal",
		},
	}
}

func domainPlaceEntries() []Entry {
	return []Entry{
		{
			Code: "D22", Severities: []Severity{OK}, Title: "The domain is an Azure Private Link zone",
			Means: "Services ask for names in their own zone, such as blob.core.windows.net, and that one is to be forwarded; whether Kong's resolver looks at a row again for the target of an alias is not documented. Names of a privatelink zone resolve to private addresses only where the private DNS zone is linked to the VNET of the server that is asked.",
			Next:  "Map the service's own zone too, and ask an inbound endpoint in a VNET that the private zone is linked to.", Reads: readsRows, Source: sourceEndpoint,
		},
		{
			Code: "D23", Severities: []Severity{Attention}, Title: "The domain is the parent of Azure's own services",
			Means: "Sign-in, storage, key vaults and Azure's management live below these domains. Servers that do not answer for all of it break them for the gateway.",
			Next:  "Forward the zone of the service that is meant, such as blob.core.windows.net.", Reads: readsRows, Source: sourceEndpoint,
		},
		{
			Code: "D24", Severities: []Severity{Attention}, Title: "The domain belongs to Konnect",
			Means: "Data planes reach their control plane and send telemetry by names of konghq.com, konghq.tech and konggateway.com. If the servers of this row do not resolve them, the data planes lose Konnect.",
			Next:  "Take the row away unless your servers forward these names to the internet.", Reads: readsRows, Source: "Kong: Konnect network requirements",
		},
		{
			Code: "D25", Severities: []Severity{OK}, Title: "A longer row takes a part out of a shorter one",
			Means: "The row with the most labels wins for a name, so the servers of the domain above are not asked for what lies below this one. That is often meant: a zone of a team, or of Private Link, inside the company's. Rows under the root are not spoken of: to be taken out is its purpose.",
			Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "D26", Severities: []Severity{OK}, Title: "A row says what the row above it says already",
			Means: "The domain above covers every name below it and asks the same servers in the same order, so this row changes nothing. It may stay, as a note to people; one key removes it. Below the root a row for an Azure service changes something: the root does not cover those.",
			Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "D27", Severities: []Severity{Attention}, Title: "The domain is mapped in a peering, or in another resolver, too",
			Means: "A network may hold the table of each peering beside that of its resolvers, and Konnect does not document which one answers for a domain that stands in both. A peering's own table cannot be changed.",
			Next:  "Take the row away here, or recreate the peering without it.", Reads: readsOtherTables, Source: sourceUndocumented,
		},
		{
			Code: "D28", Severities: []Severity{Attention}, Title: "The domain is mapped by two peerings of the network",
			Means: "Two peerings hold the domain in their own tables, and which one wins is not documented. These tables are fixed when a peering is made. A network with one resolver and peerings without tables has no such doubt.",
			Next:  "Recreate one of the peerings without the domain.", Reads: readsOtherTables, Source: sourceUndocumented,
		},
		{
			Code: "D29", Severities: []Severity{Attention}, Title: "There are more than 1000 domains",
			Means: "An Azure ruleset holds 1000 rules. Konnect states no limit of its own, and has the last word.",
			Next:  "Take away rows that a domain above covers with the same servers (D26).", Reads: readsRows, Source: sourceLimits,
		},
		{
			Code: "D30", Severities: []Severity{Attention}, Title: "The reverse zone is cut oddly, or is one of IPv6",
			Means: "Reverse look-ups go number by number: 10.in-addr.arpa, 1.10.in-addr.arpa. A range that ends within a number (a /20, or a delegation such as 0-127) needs a row for each number. Names below ip6.arpa are asked for IPv6 addresses, and the servers of a row are IPv4 only.",
			Next:  "Cut the zone at a number, with a row for each.", Reads: readsRows, Source: "RFC 2317: classless in-addr.arpa delegation; RFC 3596",
		},
	}
}

func mappedServerEntries() []Entry {
	return []Entry{
		{
			Code: "S01", Severities: []Severity{Broken}, Title: "The row has no server",
			Means: "A domain is asked of at least one DNS server, given by its address.",
			Next:  "Give a server; to stop forwarding a domain, remove its row.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "S02", Severities: []Severity{Broken}, Title: "A server is not an IPv4 address",
			Means: "A server is given by its address: four numbers from 0 to 255. Host names, short and hexadecimal forms are not taken. Numbers that begin with 0 are read as octal by some programs; one key writes them without.",
			Next:  "Give the address as four numbers.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "S03", Severities: []Severity{Broken, OK}, Title: "A server has a port",
			Means: "Konnect takes addresses without a port, and servers are asked on port 53. :53 is taken away by itself; a server that listens elsewhere needs a forwarder on port 53 before it.",
			Next:  "Take the port away.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "S04", Severities: []Severity{Broken}, Title: "A range stands in the place of a server",
			Means: "Each server is one address.",
			Next:  "For all servers of a subnet list them one by one.", Reads: readsRows, Source: sourceKonnectAPI,
		},
		{
			Code: "S05", Severities: []Severity{Attention, OK}, Title: "A server has an IPv6 address",
			Means: "The subnets of Azure's private resolver are IPv4 only, and Konnect may refuse the address. An IPv4 address inside an IPv6 one (::ffff:10.1.0.4) is stored as the IPv4 address.",
			Next:  "Give the server's IPv4 address.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "S06", Severities: []Severity{Broken}, Title: "A server's address is one that no network carries",
			Means: "0.0.0.0/8, 127.0.0.0/8, 224.0.0.0/4, 240.0.0.0/4, 255.255.255.255 and addresses with a network card (fe80::1%eth0) mean something on one machine only, or nothing.",
			Next:  "Give the address that the VNET reaches the server at.", Reads: readsRows, Source: "RFC 6890: special-purpose addresses",
		},
		{
			Code: "S07", Severities: []Severity{Broken}, Title: "A server's address is link-local",
			Means: "169.254.0.0/16 and fe80::/10 are never routed, so no peering carries them. 169.254.169.254 is the metadata service of each machine.",
			Next:  "Give the server's address in the VNET.", Reads: readsRows, Source: "RFC 3927: link-local addresses",
		},
		{
			Code: "S08", Severities: []Severity{Broken}, Title: "A server is Azure's own resolver",
			Means: "168.63.129.16 is Azure's platform resolver: it answers inside each VNET only, with what that VNET sees, and Azure refuses it as a forwarding target with an error that does not say so.",
			Next:  "Make an inbound endpoint of an Azure DNS Private Resolver in the VNET, and give its address.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "S09", Severities: []Severity{Attention, OK}, Title: "A server's address is public",
			Means: "Questions for the domain would leave the private network, and whoever sees them learns the names. Public resolvers know no private zones, so they answer that the name does not exist. An address that lies in a peered VNET counts as private, whatever its range is.",
			Next:  "Give a server in the VNET.", Reads: readsRows, Source: "RFC 1918: private addresses",
		},
		{
			Code: "S10", Severities: []Severity{Attention}, Title: "A server lies in no peered VNET",
			Means: "A peering leads into one VNET and no further: peering is not transitive. A server elsewhere (another VNET, on premises) is reached only by a route through the peered VNET, such as a firewall or a gateway that forwards. The rule is silent while the ranges of a peering of the network are not known.",
			Next:  "Give a server in a peered VNET, or route to it through one.", Reads: readsAzure, Source: sourcePeering,
		},
	}
}

func mappedAddressEntries() []Entry {
	return []Entry{
		{
			Code: "S11", Severities: []Severity{Broken}, Title: "A server lies in the gateway network itself",
			Means: "The address belongs to Kong's own network, where no server of yours can be. If your VNET has the same range, the two cannot be peered (T01).",
			Next:  "Give the server's address in your VNET.", Reads: readsRanges, Source: sourceKonnectDoc,
		},
		{
			Code: "S12", Severities: []Severity{Attention}, Title: "Azure keeps the server's address for itself",
			Means: "In each subnet Azure keeps the first four addresses (the network, the gateway and two for its own DNS) and the last one (broadcast). No machine gets them, so this is likely a slip of the finger.",
			Next:  "Correct the address.", Reads: readsAzure, Source: sourceAddresses,
		},
		{
			Code: "S13", Severities: []Severity{OK}, Title: "A server is listed twice in a row",
			Means: "The servers of a row are asked in turn, and a second entry adds nothing. It is kept once, at its first place.",
			Next:  "One key writes it so.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "S14", Severities: []Severity{Attention}, Title: "A row has more than six servers",
			Means: "Azure asks at most six targets for a rule. Konnect states no limit of its own, and has the last word. Those after the sixth may never be asked.",
			Next:  "Take servers away until six are left.", Reads: readsRows, Source: sourceLimits,
		},
		{
			Code: "S15", Severities: []Severity{OK}, Title: "A row has one server only",
			Means: "While its only server is down, or is restarted for an update, the domain does not resolve.",
			Next:  "Add a second server that holds the same zones: the next one is asked when the first does not answer.", Reads: readsRows, Source: sourceAdvice,
		},
		{
			Code: "S16", Severities: []Severity{OK}, Title: "All servers of a row sit in one subnet",
			Means: "One wrong rule of a network security group, or one failing zone, takes them all. The rule speaks only of subnets that could be read.",
			Next:  "Add a server in another subnet, best in another availability zone.", Reads: readsAzure, Source: sourceAdvice,
		},
		{
			Code: "S17", Severities: []Severity{Attention}, Title: "A server's address is of examples, carriers or measurements",
			Means: "192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 stand in documents, 198.18.0.0/15 is for measurements, 100.64.0.0/10 for carriers. Such an address may have come along with an example. VNETs can have the latter two: where the VNET could be read and holds the address, the rule is silent.",
			Next:  "Check that the address is meant.", Reads: readsRows, Source: "RFC 5737, RFC 2544, RFC 6598: addresses for examples, measurements and carriers",
		},
		{
			Code: "S18", Severities: []Severity{OK}, Title: "Two rows have the same servers in another order",
			Means: "The first server is asked first, the next one when it does not answer. Rows with another order belong to another group on the screen. It may be meant, to share the load.",
			Next:  "If it is not meant, one key takes the order of the other row.", Reads: readsRows, Source: sourceResolver,
		},
		{
			Code: "S19", Severities: []Severity{Attention}, Title: "A server may send the question back to itself",
			Means: "An inbound endpoint answers with what its VNET sees. When a ruleset that is linked to that VNET forwards to the same endpoint, the question goes round until it times out.",
			Next:  "Take the link between the ruleset and the endpoint's own VNET away.", Reads: readsResolvers, Source: sourceResolver,
		},
	}
}

func tableEntries() []Entry {
	return []Entry{
		{
			Code: "T01", Severities: []Severity{Broken, Attention}, Title: "A peered VNET overlaps the gateway network",
			Means: "Azure refuses a peering between networks that share an address, and data planes could not tell the server from themselves. The range of a Konnect network cannot be changed. It is an error where a server of the table lies in that VNET; otherwise the table can be changed all the same.",
			Next:  "Make a network with another range (peerdeck ranges offers free ones), or peer another VNET.", Reads: readsRanges, Source: sourcePeerFaults,
		},
		{
			Code: "T02", Severities: []Severity{Broken}, Title: "The resolver is not in a state in which it can be changed",
			Means: "Konnect takes a change while the resolver is ready. One in error can be changed too: often the table is what has to be mended.",
			Next:  "Wait until it is ready; the draft is kept.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "T03", Severities: []Severity{Broken}, Title: "Somebody else has changed the table since it was loaded",
			Means: "A change sends the whole table, so it would undo what somebody else has done meanwhile. Rows that only one side has touched are taken by themselves, the others are decided row by row.",
			Next:  "Review the merge.", Reads: readsOtherTables, Source: sourceNoETag,
		},
		{
			Code: "T04", Severities: []Severity{Attention}, Title: "More than 30 % of the domains, or all of them, would be removed",
			Means: "A short file or a wrong filter removes every domain that it does not name. A domain that is only written in another way is not removed; one that was replaced by another is. So the number of domains that are there is asked for before the table is sent.",
			Next:  "Look at what goes, and type the number of domains that are there.", Reads: readsDraft, Source: sourceAdvice,
		},
		{
			Code: "T05", Severities: []Severity{Attention}, Title: "A domain that resolves today would be asked of a server that does not answer",
			Means: "The last probe found an answer at a server that the row asks today, and none at the one that it is to ask. A probe tells what can be reached from where it ran: a server that only the gateway reaches does not answer there.",
			Next:  "Probe again from a machine inside the VNET before you apply.", Reads: readsProbe, Source: sourceAdvice,
		},
		{
			Code: "T06", Severities: []Severity{OK}, Title: "A new server was never seen to answer",
			Means: "The table did not ask this server before, and no probe of it has succeeded yet.",
			Next:  "Probe it: a wrong address shows before the gateway depends on it.", Reads: readsProbe, Source: sourceAdvice,
		},
	}
}

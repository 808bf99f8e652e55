package finding

// Where the facts about the private entry of a gateway are read from, and the documents that
// say so.
const (
	readsEntry   = "Konnect, configurations of the network; Azure Resource Manager, load balancers, application gateways, private zones and security groups of the peered VNETs"
	sourceEntry  = "Kong: Dedicated Cloud Gateways, private networks"
	sourceProbes = "Microsoft: load balancer health probes"
)

// entryEntries are about what points at the private addresses of data planes.
func entryEntries() []Entry {
	return about(OfEntry, []Entry{
		{
			Code: "entry-stale", Severities: []Severity{Attention, Broken}, Title: "Something points at an address that no data plane has",
			Means: "The private addresses of data planes stay as long as their network. A network that was made anew has others, and requests to the old ones reach nobody.",
			Next:  "Put the present addresses in place of the old ones; peerdeck paths addresses lists them.", Reads: readsEntry, Source: sourceEntry,
		},
		{
			Code: "entry-missing", Severities: []Severity{Attention}, Title: "Something points at some data planes of a control plane and not at all of them",
			Means: "Requests are carried by fewer data planes than there are, and end altogether when these are gone. A security rule that leaves one out keeps its requests from getting through.",
			Next:  "Add the addresses that are missing.", Reads: readsEntry, Source: sourceEntry,
		},
		{
			Code: "entry-other-network", Severities: []Severity{Attention, Broken}, Title: "Something points at data planes of another network",
			Means: "A VNET reaches the networks that it is peered with and no other; and another network has other gateways.",
			Next:  "Find out which network it is for, and give it the addresses of that one.", Reads: readsEntry, Source: sourceEntry,
		},
		{
			Code: "entry-mixed", Severities: []Severity{Attention}, Title: "One pool or name leads to data planes of several control planes",
			Means: "Each control plane has services and routes of its own; which of them answers is left to chance.",
			Next:  "Give each control plane a pool and a name of its own.", Reads: readsEntry, Source: sourceEntry,
		},
		{
			Code: "entry-not-private", Severities: []Severity{Attention}, Title: "Something points at data planes that have public access alone",
			Means: "A configuration whose access is public has no private listener.",
			Next:  "Give the configuration private access in Konnect, or use its public name.", Reads: readsEntry, Source: sourceKonnectAPI,
		},
		{
			Code: "entry-going", Severities: []Severity{Attention}, Title: "Something points at data planes that are being taken away",
			Means: "Their group is terminating; nobody will answer at its addresses.",
			Next:  "Put the addresses of the data planes that stay there.", Reads: readsEntry, Source: sourceKonnectAPI,
		},
		{
			Code: "entry-nobody", Severities: []Severity{Unknown}, Title: "A backend has an address in nobody's range that can be seen",
			Means: "It may be a data plane of a network that is gone, or something that only the VNET's gateway leads to.",
			Next:  "Ask its owner what was there, and look whether it answers.", Reads: readsEntry, Source: sourceNone,
		},
		{
			Code: "entry-port", Severities: []Severity{Unknown}, Title: "Data planes are asked on a port of which nothing says that they listen there",
			Means: "Kong's documents speak of the gateway's port and do not name it; Konnect's own names of gateways are asked on 443.",
			Next:  "Ask a data plane on that port from a machine in the VNET.", Reads: readsEntry, Source: sourceNone,
		},
		{
			Code: "entry-probe", Severities: []Severity{Unknown}, Title: "Whether a load balancer takes the data planes for well depends on what its probe gets",
			Means: "A probe over HTTP takes 200 alone for well, and what a gateway answers depends on its routes; a probe on another port says nothing of the one that is asked.",
			Next:  "Look at the health that the load balancer tells; a probe over TCP on the port of the requests asks for nothing else.", Reads: readsEntry, Source: sourceProbes,
		},
		{
			Code: "entry-waiting", Severities: []Severity{Working}, Title: "Data planes have no private addresses yet",
			Means: "They are being made. What points at them cannot be told to be right before.",
			Next:  "Wait until they are ready.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "entry-not-known", Severities: []Severity{Unknown}, Title: "What points at data planes, or at whose, cannot be told",
			Means: "Something that would tell it could not be read. Nothing is concluded from it.",
			Next:  "Get the right to read it, and look again.", Reads: readsEntry, Source: sourceRBAC,
		},
	})
}

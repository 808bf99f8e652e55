package verdict

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what is known beside the answers of the servers: from where was asked, what
// the mapping table says, and what Konnect and Azure say. Each may be missing; nothing
// is assumed in its place.
type Facts struct {
	// Vantage names the place from which was asked, such as "this machine".
	Vantage string
	// Route tells whether the vantage has a way into the network of the servers.
	Route Known[bool]
	// Row is the row of the mapping table that wins for the name.
	Row Known[Row]
	// Network, Peering and Resolver are what the two clouds say, with the findings that
	// every other place shows. Half is Azure's half of the peering.
	Network  Known[model.NetworkStatus]
	Peering  Known[model.PeeringStatus]
	Half     Known[model.AzureHalf]
	Resolver Known[model.PrivateDNSStatus]
	// Unread are the findings of peerings whose VNET could not be read, where it is not known
	// over which peering the servers are reached: it may be one of them.
	Unread []finding.Finding
	// Reach is where the peerings of the network lead.
	Reach Known[Reach]
	// Addresses tell of the addresses in the answers, one by one.
	Addresses map[safe.Text]AddressFacts
	// Endpoint is the private endpoint that the name is for.
	Endpoint Known[PrivateEndpoint]
	// Servers tells of the servers one by one.
	Servers map[safe.Text]ServerFacts
	// Private tells whether the name is expected to have private addresses.
	Private Known[bool]
	// Zone is the private DNS zone in Azure that holds the name.
	Zone Known[Zone]
	// Gateway is what the gateway itself saw of the name, see [Facts.Seeing].
	Gateway Known[GatewayView]
	// GatewayFails tells whether the gateway fails to reach the name, as far as somebody
	// saw it there.
	GatewayFails Known[bool]
	// GatewaySees are the addresses that the gateway uses for the name. None means that
	// it thinks there are none.
	GatewaySees Known[[]safe.Text]
	// Laptop tells whether the vantage's own resolver finds the name.
	Laptop Known[bool]
	// FirstSilent is how long ago the first server of the row was last seen silent.
	FirstSilent Known[time.Duration]
}

// Row is how the mapping table stands to a name.
type Row struct {
	// Domain is the domain of the winning row; empty when no row matches.
	Domain safe.Text
	// Expected is the next row that matches too and is shorter, where it has other
	// servers: the person may have thought of it.
	Expected safe.Text
	// Staged: the row is in the draft only and was not applied.
	Staged bool
	// Near are the rows that a name without a row may have been meant for.
	Near []near.Domain
	// Private is the domain of a row for the private zone of the service that the name is
	// of, where no row matches the name itself; PrivateServers are its servers.
	Private        safe.Text
	PrivateServers []safe.Text
}

// ServerFacts is what Azure says of the address of a server.
type ServerFacts struct {
	VNet   safe.Text // that its address lies in, empty when that is not known
	Subnet safe.Text
	// Routed tells whether the address lies in a range that the peering routes.
	Routed Known[bool]
	// Taken tells whether a network card or an endpoint has the address.
	Taken Known[bool]
	// Endpoint tells whether it is the inbound endpoint of a private resolver.
	Endpoint Known[bool]
	// UDP and TCP tell what the security groups say to port 53 from the network's range.
	UDP, TCP Known[Gate]
	// Loop is the ruleset that leads questions for the domain back to the endpoint,
	// empty for none: it has a rule with the endpoint as target, and is linked to the
	// endpoint's own VNET.
	Loop Known[safe.Text]
	// Forwards is the forwarding rule that the endpoint meets for the name; no targets for
	// none.
	Forwards Known[Forwarding]
	// OtherDomains tells whether the server answers for other domains.
	OtherDomains Known[bool]
	// Instead is the address that takes the place of one that nothing answers at: the only
	// inbound endpoint of the VNET, where it is known to hold the domain. Empty where that
	// is not determined.
	Instead safe.Text
	// Findings are what is wrong with the server by Azure's facts, whatever it answers.
	Findings []finding.Finding
}

// broken reports whether Azure's facts say what keeps questions from the server.
func (s ServerFacts) broken() bool {
	return slices.ContainsFunc(s.Findings, stops)
}

// stops reports whether traffic cannot flow by a finding.
func stops(f finding.Finding) bool { return f.Severity == finding.Broken }

// Forwarding is a rule that sends questions on to other servers.
type Forwarding struct {
	Ruleset safe.Text
	Rule    safe.Text
	Targets []safe.Text
}

// Gate is what a security group does to a packet.
type Gate struct {
	Open    bool
	Rule    safe.Text       // that decides
	Finding finding.Finding // that a closed one is
}

// Zone is a private DNS zone.
type Zone struct {
	Name   safe.Text
	Exists bool
	Linked bool // to the VNET of the server
	// Held tells whether the zone has a record for the name.
	Held Known[bool]
	// Missing is the finding of a zone that is linked and holds no record for the name.
	Missing finding.Finding
	// Finding is that of a zone that exists and is not linked. Whether it matters, the
	// answers tell: a server that has the zone from elsewhere needs no link.
	Finding finding.Finding
}

// unlinked is the finding of a zone that is known to exist and not to be linked.
func (f Facts) unlinked() (finding.Finding, bool) {
	z, known := f.Zone.Get()
	return z.Finding, known && z.Exists && !z.Linked
}

package table

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Surroundings are what is known beside the rows. Every field may be missing; of the
// rules that need it, [Unchecked] says that they could not look.
type Surroundings struct {
	Network     model.Prefix // the address range of the gateway network
	NetworkName safe.Text

	VNets     []NearVNet
	Peerings  []Elsewhere // the peerings' own tables; without that of Own
	Resolvers []Elsewhere // the other resolvers of the network
	// TablesRead says that Peerings and Resolvers are all there are.
	TablesRead bool
	// Own is the peering whose own table the rows are; empty: they are a resolver's.
	Own safe.Text

	Resolver  *model.PrivateDNS // the one that the rows belong to, as Konnect reports it now
	Changed   bool              // it is no longer what was loaded
	ChangedAt time.Time         // when, as far as Konnect told

	Endpoints []Endpoint
	Rulesets  []Ruleset

	Probes map[ProbeKey]ProbeResult // the last probe of each domain and server; nil: nothing was ever probed
	Before []Row                    // the table as it was loaded; nil: not known
}

// NearVNet is what a peering of the network leads to.
type NearVNet struct {
	Name     safe.Text
	Peering  safe.Text
	Prefixes []model.Prefix
	Subnets  []model.Subnet
	Read     bool // its ranges are known; false also for what is no VNET of Azure
}

// Elsewhere is another table of the same network.
type Elsewhere struct {
	Name     safe.Text
	ID       safe.Text
	Mappings []model.DNSMapping
}

// Endpoint is an inbound endpoint of an Azure private resolver.
type Endpoint struct {
	Address safe.Text
	VNet    safe.Text // ARM id of the VNET that it answers in
}

// Ruleset is a set of forwarding rules of an Azure private resolver.
type Ruleset struct {
	Name    safe.Text
	Targets []safe.Text // addresses that its rules forward to
	VNets   []safe.Text // ARM ids of the VNETs that it is linked to
}

// ProbeKey names a probe: the normal form of a domain and of a server.
type ProbeKey struct{ Domain, Server string }

// ProbeResult is what the last probe of a domain at a server gave.
type ProbeResult struct {
	Answered bool
	Vantage  string // from where it was asked: "this machine"
}

// SurroundingsOf gathers what the watcher's snapshot tells about a network. The probes
// and the table as it was loaded are the caller's to add.
func SurroundingsOf(n *model.NetworkStatus, resolverID safe.Text) Surroundings {
	if n == nil {
		return Surroundings{}
	}
	s := Surroundings{Network: n.CIDR, NetworkName: n.Name, TablesRead: n.PeeringsRead.Read() && n.PrivateDNSRead.Read()}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.State == model.PeeringTerminated {
			continue
		}
		s.VNets = append(s.VNets, nearVNet(p))
		if len(p.DNS) > 0 {
			s.Peerings = append(s.Peerings, Elsewhere{Name: p.Name.Or(p.ID.Raw()), ID: p.ID, Mappings: p.DNS})
		}
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i].PrivateDNS
		switch {
		case d.ID == resolverID:
			own := *d
			s.Resolver = &own
		case d.State != model.PrivateDNSTerminated && len(d.DNS) > 0:
			s.Resolvers = append(s.Resolvers, Elsewhere{Name: d.Name.Or(d.ID.Raw()), ID: d.ID, Mappings: d.DNS})
		}
	}
	if s.Resolver == nil && !resolverID.IsEmpty() && n.PrivateDNSRead.Read() && n.PrivateDNSRead.Failure == nil {
		s.Resolver = &model.PrivateDNS{ID: resolverID, State: model.PrivateDNSTerminated}
	}
	return s
}

// nearVNet is what a peering leads to. Ranges that were read once stay known while a
// later read fails.
func nearVNet(p *model.PeeringStatus) NearVNet {
	v := NearVNet{Name: p.VNet.Name.Or(p.Name.Raw()), Peering: p.Name.Or(p.ID.Raw())}
	if p.Kind != model.KindAzureVNet || p.Azure.Status == model.HalfNoVNet || len(p.Azure.VNet.AddressPrefixes) == 0 {
		return v
	}
	v.Name = p.Azure.VNet.Name.Or(v.Name.Raw())
	v.Prefixes, v.Subnets = p.Azure.Reachable(), p.Azure.VNet.Subnets
	v.Read = len(v.Prefixes) > 0 // a peering of subnets may not say of which
	return v
}

package trace

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// notRead is why what only Azure's own objects tell is not known at first.
const notRead = "Azure was not asked for it"

// FactsOf gathers what the watcher's snapshot tells about the rules that a name falls
// under. What only Azure's other objects tell is not known yet, see [Facts.Servers] of
// dnsverdict.
func FactsOf(n *model.NetworkStatus, rules []Rule) dnsverdict.Facts {
	f := dnsverdict.Facts{
		Network: dnsverdict.Know(*n), Row: rowFact(n, rules), Resolver: resolverFact(n, rules),
		Zone: dnsverdict.NotKnown[dnsverdict.Zone](notRead), Servers: map[safe.Text]dnsverdict.ServerFacts{},
		Reach: reachFact(n), Endpoint: dnsverdict.NotKnown[dnsverdict.PrivateEndpoint](notRead),
	}
	if p := PeeringOf(n, rules); p != nil {
		f.Peering, f.Half = dnsverdict.Know(*p), halfFact(p)
	} else {
		why := noPeering(n)
		if len(rules) == 0 && n.PeeringsRead.Read() && len(n.Peerings) > 0 {
			why = "no row wins, so no server tells which peering it is"
		}
		f.Peering, f.Half = dnsverdict.NotKnown[model.PeeringStatus](why), dnsverdict.NotKnown[model.AzureHalf](why)
		if len(rules) > 0 {
			f.Unread = unread(n)
		}
	}
	if len(rules) > 0 {
		for _, s := range rules[0].Servers {
			f.Servers[s] = serverFact(n, s)
		}
	}
	return f
}

// unread are the findings of the peerings whose VNET could not be read, each of which may be
// the one over which the servers are reached.
func unread(n *model.NetworkStatus) []finding.Finding {
	var out []finding.Finding
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.Azure.Failure != nil && len(p.Azure.VNet.AddressPrefixes) == 0 && p.State != model.PeeringTerminated {
			out = append(out, p.Finding)
		}
	}
	return out
}

func rowFact(n *model.NetworkStatus, rules []Rule) dnsverdict.Known[dnsverdict.Row] {
	if len(rules) > 0 {
		row := dnsverdict.Row{Domain: rules[0].Domain}
		for _, r := range rules[1:] {
			if !r.Tie && !sameServers(r.Servers, rules[0].Servers) {
				row.Expected = r.Domain
				break
			}
		}
		return dnsverdict.Know(row)
	}
	for _, part := range []struct {
		what string
		read model.Part
	}{{"the private DNS of the network", n.PrivateDNSRead}, {"the peerings of the network", n.PeeringsRead}} {
		switch {
		case part.read.Failure != nil:
			return dnsverdict.NotKnown[dnsverdict.Row](part.what + " cannot be read: " + part.read.Failure.Cause.String())
		case !part.read.Read():
			return dnsverdict.NotKnown[dnsverdict.Row](part.what + " was not read yet")
		}
	}
	return dnsverdict.Know(dnsverdict.Row{})
}

// sameServers reports whether two rows ask the same servers, in whatever order.
func sameServers(a, b []safe.Text) bool {
	has := func(list, all []safe.Text) bool {
		return !slices.ContainsFunc(all, func(s safe.Text) bool { return !slices.Contains(list, s) })
	}
	return has(a, b) && has(b, a)
}

// resolverFact is the resolver that the winning rule stands in, or else the one that
// the network has.
func resolverFact(n *model.NetworkStatus, rules []Rule) dnsverdict.Known[model.PrivateDNSStatus] {
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		own := len(rules) > 0 && rules[0].FromID == d.ID
		if own || d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated && (len(rules) == 0 || rules[0].Origin != OriginResolver) {
			return dnsverdict.Know(*d)
		}
	}
	switch {
	case n.PrivateDNSRead.Failure != nil:
		return dnsverdict.NotKnown[model.PrivateDNSStatus](n.PrivateDNSRead.Failure.Cause.String())
	case !n.PrivateDNSRead.Read():
		return dnsverdict.NotKnown[model.PrivateDNSStatus]("it was not read yet")
	case len(rules) > 0:
		return dnsverdict.NotKnown[model.PrivateDNSStatus]("the network has none; the rule stands in a peering's own table")
	default:
		return dnsverdict.NotKnown[model.PrivateDNSStatus]("the network has none")
	}
}

// PeeringOf is the peering over which the servers of the winning rule are reached: the
// one whose VNET holds the first of them that lies in any, the one whose table the rule
// stands in, or the only one. It is nil where that cannot be told.
func PeeringOf(n *model.NetworkStatus, rules []Rule) *model.PeeringStatus {
	if len(rules) > 0 {
		for _, s := range rules[0].Servers {
			if p := PeeringTo(n, s); p != nil {
				return p
			}
		}
	}
	var found []*model.PeeringStatus
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if len(rules) > 0 && p.ID == rules[0].FromID {
			return p
		}
		if p.State != model.PeeringTerminated && p.Kind == model.KindAzureVNet {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// PeeringTo is the peering whose VNET holds a server, as far as the VNETs were read.
func PeeringTo(n *model.NetworkStatus, server safe.Text) *model.PeeringStatus {
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.State == model.PeeringTerminated {
			continue
		}
		for _, r := range p.Azure.VNet.AddressPrefixes {
			if r.Contains(server) {
				return p
			}
		}
	}
	return nil
}

// routed tells whether the peering with the VNET of a server carries questions to it: one
// of subnets leaves out the rest.
func routed(p *model.PeeringStatus, server safe.Text) dnsverdict.Known[bool] {
	carried := p.Azure.Reachable()
	if len(carried) == 0 {
		return dnsverdict.NotKnown[bool]("which ranges of " + p.Azure.VNet.Name.String() + " the peering of subnets carries, Azure does not say")
	}
	return dnsverdict.Know(slices.ContainsFunc(carried, func(r model.Prefix) bool { return r.Contains(server) }))
}

func noPeering(n *model.NetworkStatus) string {
	switch {
	case n.PeeringsRead.Failure != nil:
		return n.PeeringsRead.Failure.Cause.String()
	case !n.PeeringsRead.Read():
		return "the peerings were not read yet"
	case len(n.Peerings) == 0:
		return "the network has no peering"
	default:
		return "no VNET that could be read holds a server of the row"
	}
}

// halfFact is Azure's half of a peering.
func halfFact(p *model.PeeringStatus) dnsverdict.Known[model.AzureHalf] {
	switch {
	case p.Azure.Known():
		return dnsverdict.Know(p.Azure)
	case p.Azure.Failure != nil:
		return dnsverdict.NotKnown[model.AzureHalf](p.Azure.Failure.Cause.String())
	case p.Kind != model.KindAzureVNet:
		return dnsverdict.NotKnown[model.AzureHalf]("the peering leads to no VNET of Azure")
	default:
		return dnsverdict.NotKnown[model.AzureHalf]("it was not read yet")
	}
}

// serverFact is where a server lies, by the VNETs that were read.
func serverFact(n *model.NetworkStatus, server safe.Text) dnsverdict.ServerFacts {
	f := dnsverdict.ServerFacts{
		Findings: azuredns.Facts{}.Around(azuredns.Question{Server: server}, nil), // what the address alone tells
		Taken:    dnsverdict.NotKnown[bool](notRead), Endpoint: dnsverdict.NotKnown[bool](notRead), Loop: dnsverdict.NotKnown[safe.Text](notRead),
		UDP: dnsverdict.NotKnown[dnsverdict.Gate](notRead), TCP: dnsverdict.NotKnown[dnsverdict.Gate](notRead),
	}
	if p := PeeringTo(n, server); p != nil {
		f.VNet, f.Routed = p.Azure.VNet.Name, routed(p, server)
		for _, s := range p.Azure.VNet.Subnets {
			for _, r := range s.Prefixes {
				if r.Contains(server) {
					f.Subnet = s.Name
				}
			}
		}
		return f
	}
	if !n.PeeringsRead.Read() {
		f.Routed = dnsverdict.NotKnown[bool](noPeering(n))
		return f
	}
	for _, p := range n.Peerings {
		if p.State == model.PeeringTerminated || p.Azure.Status == model.HalfNoVNet {
			continue
		}
		if len(p.Azure.VNet.AddressPrefixes) == 0 {
			f.Routed = dnsverdict.NotKnown[bool]("the ranges of " + p.Name.Or(p.ID.Raw()).String() + " are not known")
			return f
		}
	}
	f.Routed = dnsverdict.Know(false)
	return f
}

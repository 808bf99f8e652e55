package run

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/setup"
)

// servers asks the rules of the mapping table about the mappings as they were given, with
// all that is known by now. What the rules could not look at is said.
func (p *preflight) servers(ctx context.Context) error {
	if p.facts.vnet.ID.IsEmpty() || p.plan.request.DNS == setup.DNSNone {
		return nil
	}
	around, err := p.around(ctx)
	if err != nil {
		return err
	}
	for _, c := range p.typed.JudgeMappings(around) {
		p.tell(c)
	}
	return nil
}

// around is what is known beside the mappings: the network with its peerings and
// resolvers, the VNET, and those of the other peerings where they could matter. What
// cannot be read is left out, and the rules that need it say so.
func (p *preflight) around(ctx context.Context) (dnstable.Surroundings, error) {
	r := p.plan.request
	n := model.NetworkStatus{Network: p.facts.network, PeeringsRead: model.Part{At: p.o.Clock.Now()}}
	for i := range p.peers {
		half, err := p.half(ctx, p.peers[i])
		if err != nil {
			return dnstable.Surroundings{}, err
		}
		n.Peerings = append(n.Peerings, model.PeeringStatus{Peering: p.peers[i], Azure: half})
	}
	if p.facts.network.ID.IsEmpty() { // it is to be made: there is nothing in it, and nothing to ask
		n.PrivateDNSRead.At = p.o.Clock.Now()
		return r.Around(&n, &p.facts.vnet), nil
	}
	list, err := p.resolvers(ctx, p.id())
	switch {
	case ctx.Err() != nil:
		return dnstable.Surroundings{}, context.Cause(ctx)
	case err == nil:
		n.PrivateDNSRead.At = p.o.Clock.Now()
		for _, d := range list {
			n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: d})
		}
	}
	return r.Around(&n, &p.facts.vnet), nil
}

// half reads the VNET of another peering of the network, when a server lies in none that
// is known already: the question is then whether it lies there.
func (p *preflight) half(ctx context.Context, other model.Peering) (model.AzureHalf, error) {
	ended := other.State == model.PeeringTerminated || other.State == model.PeeringTerminating
	if ended || other.Kind != model.KindAzureVNet || other.VNet.Key() == p.plan.request.VNet.Key() || p.allIn(p.facts.vnet) {
		return model.AzureHalf{}, nil
	}
	v, err := p.o.Clouds.Azure.VNet(ctx, other.VNet)
	if ctx.Err() != nil {
		return model.AzureHalf{}, context.Cause(ctx)
	}
	if err != nil {
		p.sayf(p.id(), model.LinePlain, "the VNET of %s cannot be read: %s", other.Name, strings.TrimRight(failure(err).Cause.String(), "."))
		return model.AzureHalf{}, nil
	}
	return model.AzureHalf{Status: model.HalfPresent, VNet: v}, nil
}

// allIn reports whether every server of the request lies in a VNET.
func (p *preflight) allIn(v model.VNet) bool {
	for _, m := range p.plan.request.Mappings {
		for _, s := range m.Servers {
			if !slices.ContainsFunc(v.AddressPrefixes, func(r model.Prefix) bool { return r.Contains(s) }) {
				return false
			}
		}
	}
	return true
}

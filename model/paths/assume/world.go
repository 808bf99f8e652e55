package assume

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// world is the facts of which one change makes others. Its lists are its own; what they hold
// is replaced, never changed in place.
type world struct {
	facts   paths.Facts
	network *model.NetworkStatus
	stale   map[safe.Text]bool // peerings whose verdict is to be made anew
	tables  bool               // so are those about mapping tables
}

func begin(f paths.Facts) *world {
	n := *f.Network
	n.Peerings, n.PrivateDNS, n.Mappings = slices.Clone(n.Peerings), slices.Clone(n.PrivateDNS), slices.Clone(n.Mappings)
	f.Network, f.VNets = &n, slices.Clone(f.VNets)
	for i := range f.VNets {
		net := &f.VNets[i].Net
		net.Groups, net.Tables, net.AdminRules, net.Gaps = slices.Clone(net.Groups), slices.Clone(net.Tables), slices.Clone(net.AdminRules), slices.Clone(net.Gaps)
	}
	return &world{facts: f, network: &n, stale: map[safe.Text]bool{}}
}

// judged are the facts with the verdicts that a change has touched: those of peerings, of
// mapping tables and of the network as a whole.
func (w *world) judged() paths.Facts {
	n, judge := w.network, model.NewJudge()
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if !w.stale[p.ID] {
			continue
		}
		p.Overlaps = nil
		if p.Azure.Known() || p.Azure.Status == model.HalfUnclear {
			p.Overlaps = model.FindOverlaps(n.Network, p.Azure.VNet, p.Azure.ID())
		}
		p.Finding = judge.Peering(model.PeeringFacts{
			Network: n.Network, Peering: p.Peering, Azure: p.Azure, Overlaps: p.Overlaps, Servers: n.Servers(), Since: p.Since, NetworkSince: n.Since, Now: w.facts.At, Cloud: w.facts.Cloud,
		})
	}
	if w.tables || len(w.stale) > 0 {
		n.Mappings, n.MappingsUnchecked = dnstable.Standing(n)
		if n.Probed != nil {
			n.Mappings = append(n.Mappings, dnstable.OfProbe(n)...)
		}
		n.Finding = judge.RollUp(*n)
	}
	return w.facts
}

// vnet is one VNET of the facts: the peerings that lead to it, and what was read around it.
type vnet struct {
	name     safe.Text
	id       safe.Text // empty where it is not known
	peerings []int
	read     []int // of the facts' VNets
}

// vnets are the VNETs that the network is peered with, each once.
func (w *world) vnets() []vnet {
	var out []vnet
	at := func(name, id safe.Text) *vnet {
		for i := range out {
			if !id.IsEmpty() && out[i].id.EqualFold(id) || id.IsEmpty() && out[i].name.EqualFold(name) {
				return &out[i]
			}
		}
		out = append(out, vnet{name: name, id: id})
		return &out[len(out)-1]
	}
	of := map[safe.Text]*model.PeeringStatus{}
	for i := range w.network.Peerings {
		p := &w.network.Peerings[i]
		of[p.ID] = p
		if p.Kind == model.KindAzureVNet {
			v := at(vnetOf(p))
			v.peerings = append(v.peerings, i)
		}
	}
	for i, f := range w.facts.VNets {
		name, id := f.Ref.Name, f.Net.VNet.ID
		if p := of[f.Peering]; p != nil {
			name, id = vnetOf(p)
		} else if id.IsEmpty() && !f.Ref.IsZero() {
			id = f.Ref.ID()
		}
		v := at(name, id)
		v.read = append(v.read, i)
	}
	return out
}

// vnetOf names the VNET of a peering.
func vnetOf(p *model.PeeringStatus) (name, id safe.Text) {
	id = p.Azure.VNet.ID
	if id.IsEmpty() && !p.VNet.IsZero() {
		id = p.VNet.ID()
	}
	return p.VNet.Name.Or(p.Azure.VNet.Name.Raw()), id
}

// change changes a VNET wherever the facts have it.
func (w *world) change(v vnet, how func(*model.VNet)) {
	for _, i := range v.peerings {
		p := &w.network.Peerings[i]
		w.stale[p.ID] = true
		p.Azure.VNet = own(p.Azure.VNet)
		how(&p.Azure.VNet)
	}
	for _, i := range v.read {
		at := &w.facts.VNets[i].Net.VNet
		*at = own(*at)
		how(at)
	}
}

// own is a VNET with lists of its own.
func own(v model.VNet) model.VNet {
	v.AddressPrefixes, v.Subnets, v.Peerings = slices.Clone(v.AddressPrefixes), slices.Clone(v.Subnets), slices.Clone(v.Peerings)
	return v
}

// half changes the network's own half in a VNET wherever the facts have it.
func (w *world) half(v vnet, how func(*model.VNetPeering)) {
	for _, i := range v.peerings {
		p := &w.network.Peerings[i]
		if p.Azure.Status != model.HalfPresent {
			continue
		}
		id := p.Azure.Peering.ID
		how(&p.Azure.Peering)
		w.change(v, func(n *model.VNet) {
			for k := range n.Peerings {
				if h := &n.Peerings[k]; !id.IsEmpty() && h.ID.EqualFold(id) {
					how(h)
				}
			}
		})
	}
}

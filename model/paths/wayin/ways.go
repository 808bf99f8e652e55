package wayin

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ways tells what becomes of requests from the entry's subnet to the data planes that it
// names, port by port. Kong's documents ask for it: security rules and routes have to let
// the load balancer's subnet to these addresses.
func (j judging) ways(e Entry, v VNet) []Way {
	subnet, found := v.subnet(e.Subnet)
	current := e.that(IsCurrent)
	if !found || len(subnet.Prefixes) == 0 || len(current) == 0 {
		return nil
	}
	half := j.half(v)
	var to []model.Prefix
	for _, t := range current {
		to = append(to, model.NewPrefix(single(t.Address)))
	}
	var out []Way
	for _, port := range e.asked() {
		q := azurenet.Outward{From: subnet.Prefixes[0], To: to, Protocol: azurenet.TCP, Port: port, Access: half.AllowAccess, Peered: half.Routed}
		out = append(out, Way{Port: port, Passage: v.Net.Begun(q)})
	}
	return out
}

// asked are the ports on which the entry asks data planes over TCP.
func (e Entry) asked() []int {
	var out []int
	for _, p := range e.Ports {
		if p.Port > 0 && !slices.Contains(out, p.Port) {
			out = append(out, p.Port)
		}
	}
	return out
}

// subnet finds a subnet of the VNET by its ARM id or its name.
func (v VNet) subnet(id safe.Text) (model.Subnet, bool) {
	name := model.LastSegment(id)
	i := slices.IndexFunc(v.Net.VNet.Subnets, func(s model.Subnet) bool { return s.Name.EqualFold(name) })
	if i < 0 || name.IsEmpty() {
		return model.Subnet{}, false
	}
	return v.Net.VNet.Subnets[i], true
}

// half is Azure's half of the peering with the VNET, as far as it is known to be the
// network's.
func (j judging) half(v VNet) model.VNetPeering {
	for i := range j.network.Peerings {
		if p := &j.network.Peerings[i]; p.ID == v.Peering && p.Azure.Status == model.HalfPresent {
			return p.Azure.Peering
		}
	}
	return model.VNetPeering{}
}

// single is an address as a range of one.
func single(t safe.Text) safe.Text {
	if p, ok := azurenet.RangeOf(t.Raw()); ok {
		return safe.New(p.String())
	}
	return t
}

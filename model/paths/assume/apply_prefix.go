package assume

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// prefix changes the address ranges of a VNET. The other half of the peering does not know
// of the change before it is synced, as Azure has it: until then the range is not carried.
func (w *world) prefix(c Change) *Refusal {
	v, r := w.vnetFor(c)
	if r != nil {
		return r
	}
	p := model.NewPrefix(c.One(KeyPrefix))
	before, known := w.ranges(v)
	if !known {
		return refuse("The address ranges of the VNET "+v.name.String()+" are not known, so what a change of them would do cannot be told.", "")
	}
	i := slices.IndexFunc(before, p.Same)
	if c.Verb == Add {
		if r := w.fits(v, p, before); r != nil {
			return r
		}
	} else if i < 0 {
		return notThere("no range "+p.String()+" in the VNET "+v.name.String(), c.One(KeyPrefix), phrase.Strings(before))
	} else if r := w.empty(v, p); r != nil {
		return r
	}
	how := func(list []model.Prefix) []model.Prefix {
		if c.Verb == Add {
			return append(slices.Clone(list), p)
		}
		return slices.DeleteFunc(slices.Clone(list), p.Same)
	}
	w.change(v, func(n *model.VNet) { n.AddressPrefixes = how(n.AddressPrefixes) })
	w.half(v, func(h *model.VNetPeering) {
		if len(h.Local) == 0 { // what the other half knows was not told: what there was before
			h.Local = slices.Clone(before)
		}
		h.LocalNow = how(before)
		h.Sync = syncOf(*h)
	})
	return nil
}

// syncOf is the sync level of a half by the ranges that it has and those that there are.
func syncOf(h model.VNetPeering) model.SyncLevel {
	behind := h.Sync == model.SyncLocalBehind || h.Sync == model.SyncBothBehind
	switch same := model.SameRanges(h.Local, h.LocalNow); {
	case same && behind:
		return model.SyncLocalBehind
	case same:
		return model.SyncFull
	case behind:
		return model.SyncBothBehind
	default:
		return model.SyncRemoteBehind
	}
}

// ranges are the address ranges of a VNET.
func (w *world) ranges(v vnet) ([]model.Prefix, bool) {
	for _, i := range v.peerings {
		if a := w.network.Peerings[i].Azure.VNet.AddressPrefixes; len(a) > 0 {
			return a, true
		}
	}
	for _, i := range v.read {
		if a := w.facts.VNets[i].Net.VNet.AddressPrefixes; len(a) > 0 {
			return a, true
		}
	}
	return nil, false
}

// fits refuses a range that Azure would refuse: one that overlaps the VNET's own, the
// network's, or that of another VNET that is peered with this one.
func (w *world) fits(v vnet, p model.Prefix, before []model.Prefix) *Refusal {
	for _, o := range before {
		if o.Overlaps(p) {
			return refuse("The range "+p.String()+" overlaps "+o.String()+" of the VNET "+v.name.String()+" itself.", "Take one that is free.")
		}
	}
	if w.network.CIDR.Overlaps(p) {
		return refuse("The range "+p.String()+" overlaps "+w.network.CIDR.String()+", the range of the network: Azure takes no such range in a VNET that is peered with it.", "Take one that is free.")
	}
	for _, i := range v.read {
		for _, h := range w.facts.VNets[i].Net.VNet.Peerings {
			if j := slices.IndexFunc(h.RemotePrefixes(), p.Overlaps); j >= 0 && h.State != model.VNetDisconnected {
				return refuse("The range "+p.String()+" overlaps "+h.RemotePrefixes()[j].String()+", which the peering "+h.Name.String()+" of the VNET uses.", "Take one that is free.")
			}
		}
	}
	return nil
}

// empty refuses to take away a range in which subnets lie.
func (w *world) empty(v vnet, p model.Prefix) *Refusal {
	for _, s := range w.subnets(v) {
		if slices.ContainsFunc(s.Prefixes, p.Overlaps) {
			return refuse("The subnet "+s.Name.String()+" lies in "+p.String()+": Azure lets no range go while a subnet is in it.", "")
		}
	}
	return nil
}

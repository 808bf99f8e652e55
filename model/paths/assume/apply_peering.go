package assume

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// peering changes the flags of Azure's half, adds a peering or takes one away.
func (w *world) peering(c Change) *Refusal {
	typed := c.One(KeyPeering)
	names := make([]named, len(w.network.Peerings))
	for i, p := range w.network.Peerings {
		names[i] = named{p.Name, p.ID}
	}
	if c.Verb == Add {
		if slices.ContainsFunc(names, func(n named) bool { return n.is(typed) }) {
			return refuse("The network has a peering "+typed.Quoted()+" already.", "Give the new one another name.")
		}
		return w.newPeering(c)
	}
	i, r := one("peering", typed, names)
	if r != nil {
		return r
	}
	p := &w.network.Peerings[i]
	if c.Verb == Remove {
		id := p.ID
		w.network.Peerings = without(w.network.Peerings, i)
		w.facts.VNets = slices.DeleteFunc(slices.Clone(w.facts.VNets), func(v paths.VNet) bool { return v.Peering == id })
		w.tables = true
		return nil
	}
	if p.Azure.Status != model.HalfPresent {
		return refuse("Azure's half of the peering "+p.Name.String()+" is not known, so what a change of it would do cannot be told.", "")
	}
	w.half(w.vnetOfPeering(i), func(h *model.VNetPeering) { flags(h, c) })
	return nil
}

// flags puts the values of a change into a half.
func flags(h *model.VNetPeering, c Change) {
	if v, said := yesNo(c.One(KeyAllowAccess)); said {
		h.AllowAccess = v
	}
	if v, said := yesNo(c.One(KeyAllowForward)); said {
		h.AllowForward = v
	}
	switch v, said := yesNo(c.One(KeyInSync)); {
	case !said:
	case v == model.Yes:
		if len(h.LocalNow) > 0 {
			h.Local = slices.Clone(h.LocalNow)
		}
		if len(h.RemoteNow) > 0 {
			h.Routed = slices.Clone(h.RemoteNow)
		}
		h.Sync = model.SyncFull
	default:
		h.Sync = model.SyncRemoteBehind
	}
}

func (w *world) vnetOfPeering(i int) vnet {
	for _, v := range w.vnets() {
		if slices.Contains(v.peerings, i) {
			return v
		}
	}
	return vnet{peerings: []int{i}}
}

// newPeering peers the network with another VNET, as it is once both halves are there. What
// lies around a VNET that was not read stays not known.
func (w *world) newPeering(c Change) *Refusal {
	v, read, r := w.wanted(c)
	if r != nil {
		return r
	}
	if found := model.FindOverlaps(w.network.Network, v, safe.Text{}); len(found) > 0 {
		return refuse("Azure would refuse the peering: "+found[0].String()+".", model.OverlapCure)
	}
	for i := range w.network.Peerings {
		p := &w.network.Peerings[i]
		for _, a := range v.AddressPrefixes {
			if at := slices.IndexFunc(p.Azure.VNet.AddressPrefixes, a.Overlaps); at >= 0 {
				return refuse("Azure would refuse the peering: "+a.String()+" meets "+p.Azure.VNet.AddressPrefixes[at].String()+", to which the peering "+p.Name.String()+" leads already.", model.OverlapCure)
			}
		}
	}
	name := c.One(KeyPeering)
	half := model.VNetPeering{
		ID: safe.New(v.ID.Raw() + "/virtualNetworkPeerings/" + assumedID), Name: name, State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded,
		Local: v.AddressPrefixes, LocalNow: v.AddressPrefixes, Routed: []model.Prefix{w.network.CIDR}, RemoteNow: []model.Prefix{w.network.CIDR}, AllowAccess: model.Yes, AllowForward: model.Yes,
	}
	v.Peerings = append(slices.Clone(v.Peerings), half)
	p := model.PeeringStatus{
		Peering: model.Peering{ID: safe.New(assumedID + "/" + name.Raw()), Name: name, Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: refOf(v)},
		Azure:   model.AzureHalf{Status: model.HalfPresent, VNet: v, Peering: half, How: "it is assumed", ReadAt: w.facts.At},
	}
	w.network.Peerings = append(w.network.Peerings, p)
	w.stale[p.ID], w.tables = true, true
	net := azurenet.Facts{VNet: v}
	if !read {
		why := model.Failure{Kind: model.FailureNotFound, Operation: "read the VNET", Subject: v.Name, Cause: safe.New("the peering is assumed, and its VNET was not read"), Cure: "Read it with the peering made, or ask its owner."}
		net.Gaps = []azurenet.Gap{{Part: azurenet.PartVNet, Failure: why}}
	}
	for _, part := range []azurenet.Part{azurenet.PartRules, azurenet.PartRoutes, azurenet.PartCards, azurenet.PartAdminRules, azurenet.PartBalancers, azurenet.PartAppGateways, azurenet.PartEndpoints} {
		net.Gaps = append(net.Gaps, azurenet.Gap{Part: part, Failure: model.Failure{Kind: model.FailureNotFound, Operation: "read the VNET", Subject: v.Name, Cause: safe.New("the peering is assumed, and what is in its VNET was not read"), Cure: "Ask the owner of the VNET."}})
	}
	w.facts.VNets = append(w.facts.VNets, paths.VNet{Peering: p.ID, Ref: p.VNet, Net: net})
	return nil
}

// wanted is the VNET that a new peering leads to: one that another network is peered with,
// as it was read there, or one of which the change itself gives the ranges.
func (w *world) wanted(c Change) (v model.VNet, read bool, r *Refusal) {
	typed := c.One(KeyVNet)
	for _, own := range w.vnets() {
		if !typed.IsEmpty() && (named{own.name, own.id}).is(typed) {
			return v, false, refuse("The network is peered with the VNET "+typed.String()+" already.", "")
		}
	}
	var list []named
	var of []model.VNet
	for _, n := range w.facts.Others {
		for i := range n.Peerings {
			p := &n.Peerings[i]
			name, id := vnetOf(p)
			if len(p.Azure.VNet.AddressPrefixes) > 0 && !slices.ContainsFunc(list, func(o named) bool { return o.id.EqualFold(id) }) {
				list, of = append(list, named{name, id}), append(of, p.Azure.VNet)
			}
		}
	}
	if !typed.IsEmpty() {
		if i, refused := one("VNET", typed, list); refused == nil {
			v, read = of[i], true
		} else if !c.Has(KeyPrefixes) {
			refused.Next = "Its ranges can be given: prefixes. " + refused.Next
			return v, false, refused
		}
	}
	if read && c.Has(KeyPrefixes) && !model.SameRanges(v.AddressPrefixes, model.NewPrefixes(c.Values[KeyPrefixes])) {
		return v, false, refuse("The VNET "+v.Name.String()+" has "+phrase.List(v.AddressPrefixes)+", and the change gives it other ranges.", "Leave prefixes out.")
	}
	if !read {
		v = model.VNet{Name: typed.Or(c.One(KeyPeering).Raw()), AddressPrefixes: model.NewPrefixes(c.Values[KeyPrefixes])}
	}
	return v, read, nil
}

// refOf names a VNET as a peering in Konnect does.
func refOf(v model.VNet) model.VNetRef {
	subscription, group, name, ok := azurenet.Place(v.ID)
	if !ok {
		return model.VNetRef{Name: v.Name}
	}
	return model.VNetRef{SubscriptionID: safe.New(subscription), ResourceGroup: safe.New(group), Name: safe.New(name)}
}

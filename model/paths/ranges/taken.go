package ranges

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kind is what sort of thing has a range.
type Kind string

// The kinds of owners.
const (
	KindVNet    Kind = "vnet"
	KindPeering Kind = "peering" // the far side of a VNET's peering
	KindHub     Kind = "hub"
	KindNetwork Kind = "network"
	KindKonnect Kind = "konnect" // what Konnect keeps for itself
)

// Taken is a range that somebody has.
type Taken struct {
	Range netip.Prefix
	Kind  Kind
	Name  safe.Text // of the VNET, hub, network; of a peering its own
	Of    safe.Text // the VNET of a peering
	In    safe.Text // the subscription, or the provider of a network
	State safe.Text // where it is not the usual one
}

// Owner says whose the range is, as a part of a sentence.
func (t Taken) Owner() string {
	out := ""
	switch t.Kind {
	case KindVNet:
		out = "VNET " + t.Name.String()
	case KindPeering:
		out = "the far side of peering " + t.Name.String() + " of VNET " + t.Of.String()
	case KindHub:
		out = "virtual hub " + t.Name.String()
	case KindNetwork:
		out = "Konnect network " + t.Name.String()
	case KindKonnect:
		return "reserved by Konnect"
	}
	if !t.In.IsEmpty() {
		out += " (" + t.In.String() + ")"
	}
	if !t.State.IsEmpty() {
		out += ", " + t.State.String()
	}
	return out
}

// String is the range with its owner.
func (t Taken) String() string { return t.Range.String() + " " + t.Owner() }

// Gap is something that was not read, so that its ranges are not known.
type Gap struct {
	What string // as a part of a sentence: "the VNETs of subscription acme-data"
	Why  *model.Failure
	Text string // why, where no failure says it
}

// Reason says why it is not known.
func (g Gap) Reason() string {
	if g.Why != nil {
		return g.Why.Cause.String()
	}
	return g.Text
}

// OfVNet lists the ranges of a VNET and of the far sides of its peerings, and what of them
// is no range.
func OfVNet(v model.VNet, subscription safe.Text) ([]Taken, []Gap) {
	var b builder
	own := Taken{Kind: KindVNet, Name: v.Name, In: subscription}
	b.add(own, v.AddressPrefixes...)
	for _, p := range v.Peerings {
		far := Taken{Kind: KindPeering, Name: p.Name, Of: v.Name, In: subscription}
		if p.State == model.VNetDisconnected {
			far.State = safe.New("disconnected")
		}
		b.add(far, p.RemotePrefixes()...)
		// What the half has of its own side may be what the VNET had before.
		b.add(own, model.RangesBeyond(append(slices.Clone(p.Local), p.LocalNow...), v.AddressPrefixes)...)
	}
	return b.taken, b.gaps
}

// OfNetwork lists the range of a Konnect network. One that is deleted has none.
func OfNetwork(n model.Network, on model.Provider) ([]Taken, []Gap) {
	if n.State == model.NetworkTerminated {
		return nil, nil
	}
	var b builder
	t := Taken{Kind: KindNetwork, Name: n.Name.Or(n.ID.Raw())}
	if on != model.ProviderUnknown {
		t.In = safe.New(on.Label())
	}
	if n.State != model.NetworkReady {
		t.State = safe.New(string(n.State))
	}
	b.add(t, n.CIDR)
	return b.taken, b.gaps
}

// OfHub lists the range of a virtual hub.
func OfHub(name, subscription safe.Text, prefix model.Prefix) ([]Taken, []Gap) {
	var b builder
	b.add(Taken{Kind: KindHub, Name: name, In: subscription}, prefix)
	return b.taken, b.gaps
}

type builder struct {
	taken []Taken
	gaps  []Gap
}

func (b *builder) add(of Taken, list ...model.Prefix) {
	for _, p := range list {
		if !p.Valid() {
			b.gaps = append(b.gaps, Gap{What: "a range of " + of.Owner(), Text: p.Text.Quoted() + " is no address range"})
			continue
		}
		if !p.Range().Addr().Is4() { // a network has IPv4 alone
			continue
		}
		of.Range = p.Range()
		b.taken = append(b.taken, of)
	}
}

// inOrder sorts by address, the wider first, and takes out what is said twice.
func inOrder(list []Taken) []Taken {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Taken) int {
		return cmp.Or(a.Range.Compare(b.Range), cmp.Compare(a.Kind, b.Kind), a.Name.Compare(b.Name), a.Of.Compare(b.Of), a.In.Compare(b.In), a.State.Compare(b.State))
	})
	return slices.Compact(out)
}

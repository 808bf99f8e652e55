package paths

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// CardAsk is a network card of which Azure can be asked what is really in effect there.
type CardAsk struct {
	Ref  model.VNetRef
	Card safe.Text // ARM id
}

// mostCards bounds the network cards that are asked about at once: each takes Azure some
// seconds.
const mostCards = 8

// CardAsks are the network cards that requests to some places lead to, those behind a load
// balancer or an application gateway with them, each once. Those of private endpoints are
// left out: Azure knows it of machines alone.
func (f Facts) CardAsks(to []Destination) []CardAsk {
	var out []CardAsk
	addresses := f.addressesOf(to)
	for _, v := range f.VNets {
		for _, c := range v.Net.Cards {
			ask := CardAsk{Ref: v.Ref, Card: c.ID}
			if c.Machine.IsEmpty() || len(out) == mostCards || slices.Contains(out, ask) {
				continue
			}
			if meets(c, addresses) || behind(v.Net, c, addresses) {
				out = append(out, ask)
			}
		}
	}
	return out
}

// addressesOf are the addresses of places: their own, or those that their names have.
func (f Facts) addressesOf(to []Destination) []safe.Text {
	var out []safe.Text
	for _, d := range to {
		if _, literal := addressOf(d.Host); literal {
			out = append(out, d.Host)
			continue
		}
		name := dnstable.NameOf(d.Host).ASCII
		for _, a := range f.Answers {
			if name != "" && a.Name.Raw() == name {
				out = append(out, a.Addresses...)
			}
		}
	}
	return out
}

// meets reports whether a network card has one of the addresses.
func meets(c azurenet.Card, addresses []safe.Text) bool {
	return slices.ContainsFunc(c.Addresses, func(own azurenet.CardAddress) bool {
		return slices.ContainsFunc(addresses, func(a safe.Text) bool { return azurenet.SameAddress(own.Address, a) })
	})
}

// behind reports whether a network card is a backend of what has one of the addresses.
func behind(net azurenet.Facts, c azurenet.Card, addresses []safe.Text) bool {
	front := func(f azurenet.Frontend) bool {
		return slices.ContainsFunc(addresses, func(a safe.Text) bool { return azurenet.SameAddress(f.Address, a) })
	}
	target := func(t azurenet.PoolTarget) bool {
		return !t.Card.IsEmpty() && t.Card.EqualFold(c.ID) || !t.Address.IsEmpty() && meets(c, []safe.Text{t.Address})
	}
	pool := func(p azurenet.Pool) bool { return slices.ContainsFunc(p.Targets, target) }
	return slices.ContainsFunc(net.Balancers, func(b azurenet.Balancer) bool {
		return slices.ContainsFunc(b.Frontends, front) && slices.ContainsFunc(b.Pools, pool)
	}) || slices.ContainsFunc(net.AppGateways, func(g azurenet.AppGateway) bool {
		return slices.ContainsFunc(g.Frontends, front) && slices.ContainsFunc(g.Pools, pool)
	})
}

// WithEffective returns the view with what Azure said of a network card, in the place of
// what it said before.
func (v View) WithEffective(ask CardAsk, said azurenet.Facts) View {
	v.VNets = slices.Clone(v.VNets)
	for i := range v.VNets {
		if v.VNets[i].Ref.Key() != ask.Ref.Key() {
			continue
		}
		net := &v.VNets[i].Net
		net.Effective = slices.DeleteFunc(slices.Clone(net.Effective), func(e azurenet.Effective) bool { return e.Card.EqualFold(ask.Card) })
		net.Gaps = slices.DeleteFunc(slices.Clone(net.Gaps), func(g azurenet.Gap) bool {
			return g.Part == azurenet.PartEffective && g.Subject.EqualFold(ask.Card)
		})
		net.Effective, net.Gaps = append(net.Effective, said.Effective...), append(net.Gaps, said.Gaps...)
	}
	return v
}

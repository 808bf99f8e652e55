package azure

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// AddressFacts is what is known of an address of the VNET, in the form that the verdicts
// take it.
func (f Facts) AddressFacts(address safe.Text) dnsverdict.AddressFacts {
	out := dnsverdict.AddressFacts{VNet: f.VNet.Name, Taken: f.inUse(address)}
	if r, e, found := f.EndpointAt(address); found {
		out.Owner = "the inbound endpoint " + e.Name.String() + " of the private resolver " + r.Name.String()
		return out
	}
	if c, found := f.CardAt(address); found {
		out.Owner, out.Taken = c.Words(), dnsverdict.Know(true)
		for _, a := range c.Addresses {
			if azurenet.SameAddress(a.Address, address) {
				out.Names = append(out.Names, a.Names...)
			}
		}
	}
	return out
}

// EndpointFor finds the private endpoint that a name is for, among the network cards that
// were read.
func (f Facts) EndpointFor(name safe.Text) dnsverdict.Known[dnsverdict.PrivateEndpoint] {
	out := dnsverdict.PrivateEndpoint{}
	for _, c := range f.Cards {
		if at := addressesFor(c, name); len(at) > 0 {
			out.Name, out.Addresses = safe.New(tail(c.Endpoint)), at
			break
		}
	}
	if g := f.Gap(azurenet.PartCards, safe.Text{}); out.Name.IsEmpty() && (g != nil || f.VNet.ID.IsEmpty()) {
		why := "it was not read"
		if g != nil {
			why = g.Failure.Cause.Or(why).String()
		}
		return dnsverdict.NotKnown[dnsverdict.PrivateEndpoint](why)
	}
	if z, found := f.ZoneFor(name, f.VNet.ID); found.Outcome == Done && len(out.Addresses) > 0 {
		host := hostIn(name.Raw(), z.Name.Raw())
		out.Put = addRecord(z.ID, host, out.Addresses[0])
		if r, there := z.record(host); there && r.Held {
			out.Put = changeRecord(z.ID, host, out.Addresses[0])
		}
	}
	return dnsverdict.Know(out)
}

// addressesFor are the addresses at which the private endpoint of the card is for a name.
func addressesFor(c azurenet.Card, name safe.Text) []safe.Text {
	var out []safe.Text
	for _, a := range c.Addresses {
		if !c.Endpoint.IsEmpty() && slices.ContainsFunc(a.Names, func(n safe.Text) bool { return sameService(n.Raw(), name.Raw()) }) {
			out = append(out, a.Address)
		}
	}
	return out
}

// sameService reports whether two names are the same one, seen from either side of a
// private zone.
func sameService(a, b string) bool {
	a, b = strings.ToLower(strings.TrimSuffix(a, ".")), strings.ToLower(strings.TrimSuffix(b, "."))
	if a == b {
		return a != ""
	}
	x, known := privatelink.Of(a)
	y, too := privatelink.Of(b)
	return known && too && x.Host != "" && x.Inside() == y.Inside()
}

// hostIn is a name as a zone holds it, by its inner side where the zone is a private one;
// empty where the zone does not hold it.
func hostIn(name, zone string) string {
	name, zone = strings.ToLower(strings.TrimSuffix(name, ".")), strings.ToLower(strings.TrimSuffix(zone, "."))
	if !inDomain(name, zone) {
		n, known := privatelink.Of(name)
		if !known || !inDomain(n.Inside(), zone) {
			return ""
		}
		name = n.Inside()
	}
	return strings.TrimSuffix(strings.TrimSuffix(name, zone), ".")
}

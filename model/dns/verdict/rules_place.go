package verdict

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// placeRules are about answers that look right: the address that they give cannot be
// reached, or is not what it was.
func placeRules() []rule {
	return []rule{
		{"N44", impossible},
		{"N40", ownRange},
		{"N43", oldAddress},
		{"N42", notCarried},
		{"N41", noRange},
	}
}

// impossible: an answer came from an address that cannot give one to the gateway.
func impossible(c Case) (symptom, bool) {
	if list := c.with(func(r Report) bool { return r.Answered() && model.IsPlatform(r.Server) }); len(list) > 0 {
		return found(finding.Sure, model.SeverityAttention, "%s answers %s, and no answer of it reaches the gateway: the address is that of Azure's resolver inside each VNET, and what answered here belongs to the place that asked", named(list), c.where()).
			next("Take nothing from this answer. Give the row %s the inbound endpoint of a private resolver in %s.", c.Domain, c.vnet()).sort(finding.NextTable).run(c.listing()).at(list...), true
	}
	list := c.with(func(r Report) bool { return r.Answered() && is(c.server(r).Taken, false) })
	if len(list) == 0 {
		return none()
	}
	return found(finding.Likely, model.SeverityAttention, "%s %s, and Azure says that nothing has %s: something on the way answers in its stead, or the way leads to another network with the same range", named(list), some(list, "answers", "answer"), some(list, "the address", "these addresses")).
		next("Trust no answer from %s before a machine in %s says the same.", named(list), c.vnetOf(list[0])).at(list...), true
}

func ownRange(c Case) (symptom, bool) {
	by, words := c.like(func(g given) bool { return c.inOwnRange(g.address) })
	if len(by) == 0 {
		return none()
	}
	return found(finding.Sure, model.SeverityBroken, "%s lies in the gateway network's own range %s: data planes look for it in their own network, and never over the peering", words, c.cidr()).
		next("Correct the record of %s on %s. If the address is right, the ranges overlap: the service needs an address in another range.", c.Name, named(by)).at(by...), true
}

func notCarried(c Case) (symptom, bool) {
	reach, known := c.Facts.Reach.Get()
	if !known {
		return none()
	}
	why, of, cure := "", Span{}, ""
	by, words := c.like(func(g given) bool {
		spans := reach.at(g.address)
		out := len(spans) > 0 && !c.inOwnRange(g.address)
		for _, s := range spans {
			out = out && is(s.Carried, false)
		}
		if out && why == "" {
			of, why, cure = spans[0], spans[0].Why, spans[0].Cure
		}
		return out
	})
	if len(by) == 0 {
		return none()
	}
	f := found(finding.Sure, model.SeverityBroken, "%s lies in %s of %s, and the peering %s does not carry that range: %s", words, of.Prefix, of.VNet, of.Peering, why).
		next("Let the peering %s carry %s, then ask for %s from the gateway again.", of.Peering, of.Prefix, c.Name).at(by...)
	if cure != "" {
		f = f.run(cure)
	}
	return f, true
}

func noRange(c Case) (symptom, bool) {
	reach, known := c.Facts.Reach.Get()
	if !known {
		return none()
	}
	by, words := c.like(func(g given) bool {
		return v4(g.address) && !public(g.address) && len(reach.at(g.address)) == 0 && !c.inOwnRange(g.address)
	})
	if len(by) == 0 {
		return none()
	}
	ranges := reach.named()
	if ranges == "" {
		ranges = "none, since the network is peered with no VNET"
	}
	if reach.Beyond != "" {
		return found(finding.Possible, model.SeverityUnknown, "%s lies in no range that a peering of the network leads to (%s), and %s", words, ranges, reach.Beyond).
			next("Ask from the gateway whether it reaches the address, or look at the routes behind %s.", c.vnet()).at(by...).
			without("whether a way leads to it", reach.Beyond), true
	}
	return found(finding.Likely, model.SeverityBroken, "%s lies in no range that a peering of the network leads to (%s), and peerings do not hand traffic on", words, ranges).
		next("Give %s an address in a peered range on %s, or peer the VNET that holds the address with the network.", c.Name, named(by)).at(by...), true
}

// oldAddress: the record of a private endpoint was not changed with it.
func oldAddress(c Case) (symptom, bool) {
	pe, _ := c.Facts.Endpoint.Get()
	if !pe.Name.IsEmpty() && len(pe.Addresses) > 0 {
		by, words := c.like(func(g given) bool { return !slices.Contains(pe.Addresses, g.address) && !public(g.address) })
		if len(by) > 0 {
			f := found(finding.Sure, model.SeverityBroken, "%s is an old one: the private endpoint %s that the name is for has %s now%s", words, pe.Name, phrase.List(pe.Addresses), c.whoHas(by)).
				next("Give the record of %s the address %s. Servers keep the old one for up to %s.", c.Name, phrase.List(pe.Addresses), phrase.Exact(longestTTL(by))).at(by...)
			if pe.Put != "" {
				f = f.run(pe.Put)
			}
			return f, true
		}
		return none()
	}
	by, words := c.like(func(g given) bool { return is(c.Facts.Addresses[g.address].Taken, false) })
	if len(by) > 0 {
		return found(finding.Likely, model.SeverityBroken, "%s is one that nothing has in %s: what the record was made for is gone, or was made anew with another address", words, c.vnet()).
			next("Give the record of %s on %s the address that the service has now. Servers keep the old one for up to %s.", c.Name, named(by), phrase.Exact(longestTTL(by))).run(c.endpoints()).at(by...), true
	}
	by, words = c.like(func(g given) bool {
		a := c.Facts.Addresses[g.address]
		return a.Owner != "" && c.privateName(g.by[0]) && !c.isFor(a, g.by[0])
	})
	if len(by) == 0 {
		return none()
	}
	return found(finding.Likely, model.SeverityBroken, "%s is not that of a private endpoint for it%s: the endpoint was made anew, and the address went to something else", words, c.whoHas(by)).
		next("Give the record of %s on %s the address that the private endpoint has now.", c.Name, named(by)).run(c.endpoints()).at(by...), true
}

// whoHas tells who has the first address of a report that something else has.
func (c Case) whoHas(by []Report) string {
	for _, r := range by {
		for _, a := range r.Chain().Addresses {
			switch f := c.Facts.Addresses[a]; {
			case f.Owner != "":
				return "; " + a.String() + " belongs to " + f.Owner
			case is(f.Taken, false):
				return "; nothing has " + a.String()
			}
		}
	}
	return ""
}

// privateName reports whether the name, or one that it leads over, is that of a service
// with private endpoints, and a private zone holds it.
func (c Case) privateName(r Report) bool {
	_, endpoint := r.privateEndpoint()
	return endpoint
}

// isFor reports whether what has an address is the private endpoint of the name.
func (c Case) isFor(a AddressFacts, r Report) bool {
	if len(a.Names) == 0 {
		return strings.Contains(a.Owner, "private endpoint") // which one Azure did not say
	}
	want := map[string]bool{}
	for _, n := range append([]safe.Text{c.Name, r.Name}, r.Chain().Aliases...) {
		want[key(n)] = true
		if s, known := privatelink.Of(key(n)); known {
			want[s.Public()], want[s.Inside()] = true, true
		}
	}
	return slices.ContainsFunc(a.Names, func(n safe.Text) bool { return want[key(n)] })
}

// endpoints is the command that lists the private endpoints with what they are for.
func (c Case) endpoints() string {
	if _, known := privatelink.Of(key(c.Name)); !known {
		return ""
	}
	return "az network private-endpoint list --query " + model.ShellQuote("[].{name:name, names:customDnsConfigs[].fqdn, addresses:customDnsConfigs[].ipAddresses[]}") + " --output json"
}

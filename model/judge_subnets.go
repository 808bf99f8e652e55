package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// subnetRules are about a half that connects some subnets: connected and in sync, while
// the rest of the VNET is not reached.
func subnetRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "azure-subnets",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.OfSubnets() && subnetsText(f) != ""
			},
			severity: SeverityAttention, word: "subnets only",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but for some subnets alone: %s.", subnetsText(f))
			},
			next: lookAtHalf("Keep the DNS servers and services of the gateways in the subnets that take part, or ask for a whole peering: one of subnets cannot be changed into it, and has to be made anew by Konnect."),
		},
	}
}

// subnetsText says what a peering of subnets leaves out; it is empty where it leaves out
// nothing.
func subnetsText(f PeeringFacts) string {
	var parts []string
	h := f.Azure
	switch out := h.Outside(); {
	case len(h.Reachable()) == 0:
		parts = append(parts, fmt.Sprintf("which ranges of %s take part, Azure does not say", f.vnet()))
	case len(out) > 0:
		parts = append(parts, fmt.Sprintf("of %s, %s cannot be reached%s", f.vnet(), phrase.Few(out, mostNamed), serversOutside(f)))
	}
	if beyond := RangesBeyond([]Prefix{f.Network.CIDR}, routed(f)); f.Network.CIDR.Valid() && len(beyond) > 0 {
		parts = append(parts, fmt.Sprintf("of %s, %s cannot reach it", f.network(), phrase.List(beyond)))
	}
	return phrase.And(parts)
}

// mostNamed is how many subnets a sentence names.
const mostNamed = 3

// serversOutside names the DNS servers of the VNET's range to which no question comes.
func serversOutside(f PeeringFacts) string {
	var out []string
	for _, s := range f.Servers {
		in := func(p Prefix) bool { return p.Contains(s) }
		if slices.ContainsFunc(f.Azure.VNet.AddressPrefixes, in) && !slices.ContainsFunc(f.Azure.Reachable(), in) {
			out = append(out, s.String())
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ", nor can the mapped " + phrase.Noun(len(out), "DNS server") + " " + phrase.Few(out, mostNamed)
}

// Reachable are the ranges of the VNET that the half carries to Kong: all of them, but for
// a peering of subnets. It is empty where nothing is known.
func (h AzureHalf) Reachable() []Prefix {
	if h.Status != HalfPresent || !h.Peering.OfSubnets() {
		return h.VNet.AddressPrefixes
	}
	if len(h.Peering.Local) > 0 {
		return h.Peering.Local
	}
	var out []Prefix
	for _, s := range h.VNet.Subnets {
		if slices.ContainsFunc(h.Peering.LocalSubnets, s.Name.EqualFold) {
			out = append(out, s.Prefixes...)
		}
	}
	return out
}

// Outside names the subnets of the VNET that a peering of subnets leaves out, and the
// ranges that are in no subnet.
func (h AzureHalf) Outside() []string {
	reached := h.Reachable()
	var out []string
	known := slices.Clone(reached)
	for _, s := range h.VNet.Subnets {
		if len(RangesBeyond(s.Prefixes, reached)) > 0 {
			out = append(out, s.Name.String()+" ("+phrase.List(s.Prefixes)+")")
		}
		known = append(known, s.Prefixes...)
	}
	if len(h.VNet.Subnets) == 0 {
		for _, p := range RangesBeyond(h.VNet.AddressPrefixes, known) {
			out = append(out, p.String())
		}
	}
	return out
}

package azure

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/azurenet"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Surround adds to the surroundings of a mapping table what the facts know of inbound
// endpoints and rulesets: the rule about resolution loops needs both. It may be called
// for one VNET after the other; what is there already is not added twice.
func (f Facts) Surround(s *dnstable.Surroundings) {
	for _, r := range f.Resolvers {
		for _, e := range r.Endpoints {
			for _, a := range e.Addresses {
				s.Endpoints = addEndpoint(s.Endpoints, dnstable.Endpoint{Address: a.Address, VNet: r.VNet})
			}
		}
	}
	for _, set := range f.Rulesets {
		s.Rulesets = addRuleset(s.Rulesets, set)
	}
}

func addEndpoint(list []dnstable.Endpoint, e dnstable.Endpoint) []dnstable.Endpoint {
	for _, there := range list {
		if there.VNet.EqualFold(e.VNet) && azurenet.SameAddress(there.Address, e.Address) {
			return list
		}
	}
	return append(list, e)
}

// addRuleset adds a ruleset. Rules that are switched off send nothing anywhere.
func addRuleset(list []dnstable.Ruleset, set Ruleset) []dnstable.Ruleset {
	made := dnstable.Ruleset{Name: set.Name}
	for _, r := range set.Rules {
		if !r.Disabled {
			made.Targets = append(made.Targets, r.Targets...)
		}
	}
	for _, l := range set.Links {
		made.VNets = append(made.VNets, l.VNet)
	}
	for _, there := range list {
		if there.Name == made.Name && slices.Equal(there.Targets, made.Targets) && slices.Equal(there.VNets, made.VNets) {
			return list
		}
	}
	return append(list, made)
}

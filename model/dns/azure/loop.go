package azure

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Loop is a question that comes back to where it was asked: a rule sends a domain to an
// inbound endpoint, and its ruleset is linked to the VNET of that same endpoint, which
// applies the rule again.
type Loop struct {
	Ruleset  safe.Text
	Rule     safe.Text
	Domain   safe.Text // as the rule has it
	Resolver safe.Text
	Endpoint safe.Text
	Address  safe.Text
	VNet     safe.Text // ARM id
}

// Loops finds every loop among rulesets and resolvers. Rules that are switched off make
// none.
func Loops(rulesets []Ruleset, resolvers []Resolver) []Loop {
	var out []Loop
	for _, s := range rulesets {
		for _, r := range s.Rules {
			if r.Disabled {
				continue
			}
			for _, target := range r.Targets {
				out = append(out, loopsOf(s, r, target, resolvers)...)
			}
		}
	}
	return out
}

// loopsOf finds the endpoints that a target is, in VNETs that the ruleset is linked to.
func loopsOf(s Ruleset, r ForwardingRule, target safe.Text, resolvers []Resolver) []Loop {
	var out []Loop
	for _, of := range resolvers {
		if !slices.ContainsFunc(s.Links, func(l Link) bool { return l.VNet.EqualFold(of.VNet) }) {
			continue
		}
		for _, e := range of.Endpoints {
			if slices.ContainsFunc(e.Addresses, func(a EndpointAddress) bool { return azurenet.SameAddress(a.Address, target) }) {
				out = append(out, Loop{Ruleset: s.Name, Rule: r.Name, Domain: r.Domain, Resolver: of.Name, Endpoint: e.Name, Address: target, VNet: of.VNet})
			}
		}
	}
	return out
}

// RuleFor finds the forwarding rule that a question for a domain meets in a VNET: of
// the rulesets that are linked to it the rule with the longest domain.
func (f Facts) RuleFor(domain, vnet safe.Text) (Ruleset, ForwardingRule, bool) {
	var (
		set   Ruleset
		rule  ForwardingRule
		found bool
	)
	for _, s := range f.Rulesets {
		if !slices.ContainsFunc(s.Links, func(l Link) bool { return l.VNet.EqualFold(vnet) }) {
			continue
		}
		for _, r := range s.Rules {
			fits := r.Domain.Raw() == "." || inDomain(domain.Raw(), r.Domain.Raw())
			if fits && !r.Disabled && (!found || len(strings.TrimSuffix(r.Domain.Raw(), ".")) > len(strings.TrimSuffix(rule.Domain.Raw(), "."))) {
				set, rule, found = s, r, true
			}
		}
	}
	return set, rule, found
}

// loopAt finds the loop that a question for a domain meets at a server in a VNET.
func (f Facts) loopAt(domain, vnet safe.Text) (Loop, bool) {
	set, rule, _ := f.RuleFor(domain, vnet)
	loops := Loops([]Ruleset{{Name: set.Name, Links: set.Links, Rules: []ForwardingRule{rule}}}, f.Resolvers)
	i := slices.IndexFunc(loops, func(l Loop) bool { return l.VNet.EqualFold(vnet) })
	if i < 0 {
		return Loop{}, false
	}
	return loops[i], true
}

// LoopFor tells whether a question for a domain at a server in a VNET comes back to it.
func (f Facts) LoopFor(domain, vnet safe.Text) Check {
	const check = CheckLoop
	set, rule, found := f.RuleFor(domain, vnet)
	gap := f.Gap(PartRulesets, safe.Text{})
	if gap == nil {
		gap = f.resolverGap()
	}
	l, circle := f.loopAt(domain, vnet)
	switch {
	case circle:
		return failed(check, CodeLoop, "the rule "+l.Rule.String()+" of the ruleset "+l.Ruleset.String()+" sends "+l.Domain.String()+" to "+l.Address.String()+
			", an inbound endpoint of the VNET "+tail(vnet)+" that the ruleset is linked to: the question goes round in a circle",
			"Remove the link of the ruleset "+l.Ruleset.String()+" to the VNET "+tail(vnet)+", or give the rule another target.")
	case gap != nil:
		return unread(check, gap)
	case found:
		return done(check, "the rule "+rule.Name.String()+" of the ruleset "+set.Name.String()+" sends "+rule.Domain.String()+" on to "+phrase.List(rule.Targets))
	default:
		return done(check, "no ruleset that is linked to the VNET "+tail(vnet)+" forwards it")
	}
}

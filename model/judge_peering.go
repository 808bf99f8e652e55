package model

import (
	"slices"

	"peerdeck/model/finding"
)

// Peering judges a peering. Konnect's half is asked first; where that is ready
// and the peering is with a VNET, Azure's half decides.
func (j *Judge) Peering(f PeeringFacts) finding.Finding { return decide(j.peering, f) }

// peeringRules judges by Konnect's state, which the contract defines without
// saying which Azure step is missing. Where the rules name one, it is because
// Azure's half, the address ranges or the reason tell.
func peeringRules() []rule[PeeringFacts] {
	return slices.Concat(longRules(), endedRules(), errorRules(), waitingRules(), only(readyVNet, azureRules()), restRules())
}

// readyVNet: Konnect calls it ready, and it is with a VNET of Azure.
func readyVNet(f PeeringFacts) bool {
	return f.Peering.State == PeeringReady && f.Peering.Kind == KindAzureVNet
}

// only lets rules speak under a condition alone.
func only[F any](condition func(F) bool, rules []rule[F]) []rule[F] {
	for i := range rules {
		when := rules[i].when
		rules[i].when = func(f F) bool { return condition(f) && when(f) }
	}
	return rules
}

package model

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Peering judges a peering. Whose the halves in the VNET are comes first, then Konnect's
// half; where that is ready and the peering is with a VNET, Azure's half decides. A half that
// is not proved to be the network's is never well, whatever the rules say.
func (j *Judge) Peering(f PeeringFacts) finding.Finding {
	found := decide(j.peering, f)
	if found.Severity == SeverityOK && f.Azure.Proof < ProofRange {
		switch {
		case readyVNet(f):
			return unproven(f).In(f.Cloud)
		case readyHub(f):
			return unprovenHub(f).In(f.Cloud)
		}
	}
	return found.In(f.Cloud)
}

// peeringRules judges by Konnect's state, which the contract defines without
// saying which Azure step is missing. Where the rules name one, it is because
// Azure's half, the address ranges or the reason tell.
func peeringRules() []rule[PeeringFacts] {
	return slices.Concat(
		only(withVNet, whoseRules()), reasonRules(), longRules(), endedRules(), errorRules(), networkOfPeeringRules(), placeRules(), settingUpRules(), hubWaitingRules(), waitingRules(),
		only(readyInAzure, unreadRules()), only(readyVNet, azureRules()), only(readyHub, hubRules()), only(readyInAzure, troubleRules()),
		only(inState(PeeringReady), networkOfReadyRules()), only(readyInAzure, subscriptionStateRules()), only(readyVNet, wellRules()), only(readyHub, hubWellRules()), restRules(),
	)
}

// readyVNet: Konnect calls it ready, and it is with a VNET of Azure.
func readyVNet(f PeeringFacts) bool {
	return f.Peering.State == PeeringReady && f.Peering.Kind == KindAzureVNet
}

// readyInAzure: Konnect calls it ready, and Azure has a half of it.
func readyInAzure(f PeeringFacts) bool { return readyVNet(f) || readyHub(f) }

// withVNet: it is with a VNET of Azure.
func withVNet(f PeeringFacts) bool { return f.Peering.Kind == KindAzureVNet }

// only lets rules speak under a condition alone.
func only[F any](condition func(F) bool, rules []rule[F]) []rule[F] {
	for i := range rules {
		when := rules[i].when
		rules[i].when = func(f F) bool { return condition(f) && when(f) }
	}
	return rules
}

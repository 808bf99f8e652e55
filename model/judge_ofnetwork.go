package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// network names the network for a sentence.
func (f PeeringFacts) network() string {
	return f.Network.Name.Or(f.Network.ID.Or("the network").Raw()).String()
}

func networkIn(states ...NetworkState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		return slices.Contains(states, f.Network.State)
	}
}

// networkOfPeeringRules are about a peering that is ready or on the way to it, and whose
// network is not.
func networkOfPeeringRules() []rule[PeeringFacts] {
	alive := func(f PeeringFacts) bool { return unready(f) || f.Peering.State == PeeringReady }
	return only(alive, []rule[PeeringFacts]{
		{
			code:     "peering-network-ending",
			when:     networkIn(NetworkTerminating, NetworkTerminated),
			severity: SeverityWorking, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported the peering %s and the network %s %s: the peering goes with it.", f.Peering.State, f.network(), f.Network.State)
			},
		},
		{
			code:     "peering-network-offline",
			when:     networkIn(NetworkOffline),
			severity: SeverityAttention, word: "offline",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported the peering %s, and the network %s is offline: nothing passes.", f.Peering.State, f.network())
			},
			next: step[PeeringFacts](finding.NextKonnect, "Refer to the network in a control plane's configuration: that starts it."),
		},
	})
}

// networkOfReadyRules are about a peering with which all is well, and whose network is not
// ready.
func networkOfReadyRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "peering-network-building",
			when:     networkIn(NetworkCreated, NetworkInitializing),
			severity: SeverityWorking, word: "network not ready",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported the peering ready, and the network %s %s: nothing passes before that is ready.", f.network(), f.Network.State)
			},
			next: step[PeeringFacts](finding.NextWait, "Wait: building a network takes 30 to 40 min."),
		},
		{
			code:     "peering-network-unknown",
			when:     func(f PeeringFacts) bool { return f.Network.State != NetworkReady },
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported the peering ready, and the network %s in the state %q, which peerdeck does not know.", f.network(), f.Network.State)
			},
			next: step[PeeringFacts](finding.NextKonnect, "Look at the network in Konnect."),
		},
	}
}

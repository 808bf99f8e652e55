package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// unready: Konnect sets the peering up, or waits for somebody.
func unready(f PeeringFacts) bool {
	return inState(PeeringCreated, PeeringInitializing, PeeringPendingUserAction, PeeringPendingAcceptance)(f)
}

// inTime: Konnect has not been at it for longer than it should be.
func inTime(f PeeringFacts) bool { return !f.stay().over(f.lasted(), f.Now) }

// settingUpRules are about a half in the VNET that is there before Konnect calls the
// peering ready, where more is wrong or going on with it than that it is there.
func settingUpRules() []rule[PeeringFacts] {
	return only(func(f PeeringFacts) bool {
		return unready(f) && f.Peering.Kind == KindAzureVNet && len(f.Overlaps) == 0
	}, []rule[PeeringFacts]{
		{
			code:     "half-dead-deleting",
			when:     all(half(VNetDisconnected), write(ProvisioningDeleting), inTime),
			severity: SeverityWorking, word: "clearing",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting the old, disconnected half in %s, which is in the way of the new peering.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment: Konnect can write a new half when it is gone."),
		},
		{
			code: "half-deleting",
			when: func(f PeeringFacts) bool {
				return write(ProvisioningDeleting)(f) && f.Azure.Peering.State != VNetDisconnected
			},
			severity: SeverityAttention, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting the half in %s, which is %s, while Konnect reported %s%s.", f.vnet(), azureState(f), f.Peering.State, withReason(f))
			},
			next: whoWrites("Ask who deletes it: without it the peering does not come about."),
		},
		{
			code: "half-write-failed",
			when: func(f PeeringFacts) bool {
				return write(ProvisioningFailed, ProvisioningCanceled)(f) && slices.Contains([]VNetPeeringState{VNetInitiated, VNetConnected}, f.Azure.Peering.State)
			},
			severity: SeverityAttention, word: "write failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The half in %s is %s, and Azure's last write to it is %s, while Konnect reported %s%s.",
					f.vnet(), azureState(f), f.Azure.Peering.Provisioning, f.Peering.State, withReason(f))
			},
			next: whoWrites("Look why the write came to nothing, and check consent, role and role assignment: Kong writes this half."),
		},
		{
			code:     "half-writing",
			when:     all(half(VNetInitiated), write(ProvisioningUpdating, ProvisioningCreating), inTime),
			severity: SeverityWorking, word: "connecting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is writing the half in %s, and Konnect reported %s%s.", f.vnet(), f.Peering.State, withReason(f))
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
	})
}

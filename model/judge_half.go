package model

import (
	"fmt"

	"peerdeck/model/finding"
)

func halfRules() []rule[PeeringFacts] {
	half := func(s VNetPeeringState) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Peering.State == s }
	}
	return []rule[PeeringFacts]{
		{
			code:     "azure-disconnected",
			when:     half(VNetDisconnected),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says disconnected: Kong's half was deleted, so nothing passes between %s and the gateways.", f.vnet())
			},
			next: deleteBoth,
		},
		{
			code: "azure-deleting",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.Provisioning == ProvisioningDeleting
			},
			severity: SeverityAttention, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting its half in %s, and Konnect reported ready.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextAdmin, "Ask who deletes it: traffic ends with it."),
		},
		{
			code: "azure-initiating",
			when: func(f PeeringFacts) bool {
				return half(VNetInitiated)(f) && f.Azure.Peering.Provisioning.Changing()
			},
			severity: SeverityWorking, word: "connecting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is writing the half in %s.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "azure-initiated",
			when:     half(VNetInitiated),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Only the half in %s exists; Kong's half is missing, although Konnect reported ready.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextKonnect, "Wait some minutes, then create the peering again in Konnect. Do not delete this half first."),
		},
		{
			code: "azure-state-unknown",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.State != VNetConnected
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure reported the peering state %q, which peerdeck does not know.", f.Azure.Peering.State)
			},
			next: step[PeeringFacts](finding.NextAdmin, "Look at the peering in the Azure portal."),
		},
	}
}

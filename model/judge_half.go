package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// half is the condition that Azure's half is in a state.
func half(s VNetPeeringState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		return f.Azure.Status == HalfPresent && f.Azure.Peering.State == s
	}
}

// write is the condition that Azure's last write to the half is in one of some states.
func write(states ...ProvisioningState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		return f.Azure.Status == HalfPresent && slices.Contains(states, f.Azure.Peering.Provisioning)
	}
}

// all is the condition that all of some hold.
func all(conditions ...func(PeeringFacts) bool) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		return !slices.ContainsFunc(conditions, func(c func(PeeringFacts) bool) bool { return !c(f) })
	}
}

func halfRules() []rule[PeeringFacts] {
	return slices.Concat(deadRules(), initiatedRules(), []rule[PeeringFacts]{
		{
			code:     "azure-deleting",
			when:     write(ProvisioningDeleting),
			severity: SeverityAttention, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting its half in %s, and Konnect reported ready.", f.vnet())
			},
			next: whoWrites("Ask who deletes it: traffic ends with it."),
		},
		{
			code: "azure-state-unknown",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.State != VNetConnected
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				if f.Azure.Peering.State == "" {
					return fmt.Sprintf("Azure gives the half in %s no peering state.", f.vnet())
				}
				return fmt.Sprintf("Azure gives the half in %s the peering state %q, which peerdeck does not know.", f.vnet(), f.Azure.Peering.State)
			},
			next: lookAtHalf("Look at the half in Azure."),
		},
	})
}

// deadRules are about a half that Azure calls disconnected while Konnect calls the
// peering ready.
func deadRules() []rule[PeeringFacts] {
	dead := half(VNetDisconnected)
	return []rule[PeeringFacts]{
		{
			code:     "azure-disconnected-deleting",
			when:     all(dead, write(ProvisioningDeleting)),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says disconnected, and is deleting the dead half in %s: nothing passes to the gateways.", f.vnet())
			},
			next: lookAtHalf("When the half is gone, create the peering again in Konnect."),
		},
		{
			code:     "azure-disconnected",
			when:     dead,
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says disconnected%s: Kong's half was deleted, so nothing passes between %s and the gateways.", writeText(f), f.vnet())
			},
			next: deleteBoth,
		},
	}
}

// initiatedRules are about a half that is alone while Konnect calls the peering ready.
func initiatedRules() []rule[PeeringFacts] {
	const again = "Wait some minutes, then create the peering again in Konnect. Do not delete this half first."
	alone := half(VNetInitiated)
	return []rule[PeeringFacts]{
		{
			code:     "azure-initiated-deleting",
			when:     all(alone, write(ProvisioningDeleting)),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting the half in %s, and Kong's half is missing, although Konnect reported ready.", f.vnet())
			},
			next: whoWrites("Ask who deletes it; then create the peering again in Konnect."),
		},
		{
			code:     "azure-initiating",
			when:     all(alone, write(ProvisioningUpdating, ProvisioningCreating)),
			severity: SeverityWorking, word: "connecting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is writing the half in %s.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "azure-initiated-failed",
			when:     all(alone, write(ProvisioningFailed, ProvisioningCanceled)),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Only the half in %s exists, and Azure's last write to it is %s; Kong's half is missing, although Konnect reported ready.", f.vnet(), f.Azure.Peering.Provisioning)
			},
			next: whoWrites("Look why the write came to nothing; then create the peering again in Konnect. Do not delete this half first."),
		},
		{
			code:     "azure-initiated",
			when:     alone,
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Only the half in %s exists; Kong's half is missing, although Konnect reported ready.", f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return f.mendable(finding.Next{Kind: finding.NextKonnect, Text: again}, finding.MendRemake)
			},
		},
	}
}

// writeText tells of a write to the half that did not succeed.
func writeText(f PeeringFacts) string {
	if p := f.Azure.Peering.Provisioning; p != "" && p != ProvisioningSucceeded {
		return ", and its last write " + string(p)
	}
	return ""
}

// lookAtHalf is the step of looking at the half, with the command.
func lookAtHalf(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{Kind: finding.NextAdmin, Text: text, Command: f.showOwnHalf()}
	}
}

// whoWrites is the step of asking Azure's activity log who writes to the half, and what
// became of it.
func whoWrites(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		id := f.Azure.Peering.ID
		if id.IsEmpty() {
			id = f.endID()
		}
		return finding.Next{Kind: finding.NextAdmin, Text: text, Command: "az monitor activity-log list --offset 2d --subscription " +
			ShellQuote(f.Peering.Place().SubscriptionID.String()) + " --resource-id " + ShellQuote(id.String()) +
			" --query '[].[eventTimestamp,caller,operationName.value,status.value,properties.statusMessage]' --output tsv"}
	}
}

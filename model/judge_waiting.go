package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// waitingRules judge a peering for which Konnect waits. The contract does not say
// for what; Azure's half and the address ranges often do.
func waitingRules() []rule[PeeringFacts] {
	asked := inState(PeeringPendingUserAction, PeeringPendingAcceptance)
	return []rule[PeeringFacts]{
		{
			code:     "waiting-overlap",
			when:     func(f PeeringFacts) bool { return asked(f) && len(f.Overlaps) > 0 },
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return "Azure will refuse this peering: " + f.Overlaps[0].String() + "."
			},
			next: func(f PeeringFacts) finding.Next { return OverlapNext(f.Network) },
		},
		{
			code: "waiting-connected",
			when: func(f PeeringFacts) bool {
				return asked(f) && f.Azure.Status == HalfPresent && f.Azure.Peering.State == VNetConnected
			},
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says that the half in %s is connected, and Konnect still reported %s.", f.vnet(), f.Peering.State)
			},
			next: step[PeeringFacts](finding.NextSupport, "Wait some minutes; if Konnect does not follow, ask Kong with the peering's id."),
		},
		{
			code: "waiting-unknown-kind",
			when: func(f PeeringFacts) bool {
				return asked(f) && !slices.Contains([]Provider{ProviderAzure, ProviderAWS, ProviderGCP}, f.Peering.Kind.Cloud())
			},
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect waits for a step of yours; which one, it does not say%s.", withReason(f))
			},
			next: step[PeeringFacts](finding.NextKonnect, "Look at the peering in Konnect."),
		},
		{
			code:     "waiting-acceptance",
			when:     func(f PeeringFacts) bool { return asked(f) && f.Peering.Kind.Cloud() != ProviderAzure },
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				if f.Peering.State == PeeringPendingAcceptance {
					return fmt.Sprintf("Konnect waits for you: this %s must be accepted in your cloud account%s.", f.Peering.Kind.Label(), withReason(f))
				}
				return fmt.Sprintf("Konnect waits for you: this %s needs a step in your cloud account%s.", f.Peering.Kind.Label(), withReason(f))
			},
			next: step[PeeringFacts](finding.NextAdmin, "Look for the attachment in the cloud account that owns it, and accept it there."),
		},
		oldHalf("waiting-disconnected", asked),
		{
			code: "waiting-initiated",
			when: func(f PeeringFacts) bool {
				return asked(f) && f.Azure.Status == HalfPresent && f.Azure.Peering.State == VNetInitiated
			},
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The half in %s is there; Kong's own half is missing%s.", f.vnet(), withReason(f))
			},
			next: step[PeeringFacts](finding.NextWait, "Wait some minutes: Kong writes its half next. Do not delete yours; if it stays so, ask Kong."),
		},
		{
			code:     "waiting-unreadable",
			when:     func(f PeeringFacts) bool { return asked(f) && !f.Azure.Known() },
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect waits for a step on the Azure side of %s; which one, it does not say%s.", f.vnet(), withReason(f))
			},
			next: step[PeeringFacts](finding.NextSetUp, "Check consent, role and role assignment in your tenant."),
		},
		{
			code:     "waiting-not-written",
			when:     func(f PeeringFacts) bool { return asked(f) && f.Azure.Status == HalfAbsent },
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Kong has not written Azure's half: it may not write to %s, or its rights are not in effect yet%s.", f.vnet(), withReason(f))
			},
			next: step[PeeringFacts](finding.NextSetUp, "Check consent, role and assignment; a new assignment can take 10 min to act."),
		},
		{
			code:     "waiting-half",
			when:     asked,
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect waits for a step on the Azure side; Azure's half is %s%s%s.", azureState(f), writeText(f), withReason(f))
			},
			next: step[PeeringFacts](finding.NextSetUp, "Check consent, role and role assignment in your tenant."),
		},
	}
}

// oldHalf is the rule for a dead half that is in the way of a new peering: Azure
// refuses every write to it.
func oldHalf(code finding.Code, in func(PeeringFacts) bool) rule[PeeringFacts] {
	return rule[PeeringFacts]{
		code: code,
		when: func(f PeeringFacts) bool {
			return in(f) && f.Azure.Status == HalfPresent && f.Azure.Peering.State == VNetDisconnected
		},
		severity: SeverityAttention, word: "blocked",
		say: func(f PeeringFacts) string {
			return fmt.Sprintf("An old, disconnected half in %s blocks the new peering: Azure refuses every write to it.", f.vnet())
		},
		next: func(f PeeringFacts) finding.Next {
			return deleteHalf(f, "Delete the old half; Konnect can then write a new one.", finding.MendClear)
		},
	}
}

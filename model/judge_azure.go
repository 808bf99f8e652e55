package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
)

// azureRules judges an Azure VNET peering that Konnect calls ready, by what
// Azure says. Every half is seen from the customer's VNET.
func azureRules() []rule[PeeringFacts] {
	return slices.Concat(absentRules(), halfRules(), connectedRules())
}

// absentRules are about a VNET that has no half of the network's.
func absentRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-absent",
			when:     func(f PeeringFacts) bool { return f.Azure.Status == HalfAbsent },
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but no peering of %s leads to this network.", f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return f.mendable(finding.Next{
					Kind: finding.NextKonnect, Text: "If it is not back in 10 min, Azure's half was deleted: delete the peering in Konnect and create it again.",
					Command: azPeering("list", f.Peering.VNet, f.Azure.Peering.Name),
				}, finding.MendRemake)
			},
		},
	}
}

// unreadRules are about a half that was not read, or not since Konnect's half is as it is.

func unreadRules() []rule[PeeringFacts] {
	status := func(s HalfStatus) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Status == s }
	}
	return []rule[PeeringFacts]{
		{
			code: "azure-unread",
			when: func(f PeeringFacts) bool {
				return f.Azure.Status == HalfUnread || f.Azure.Status == HalfNotApplicable
			},
			severity: SeverityUnknown, word: "reading",
			say:  func(PeeringFacts) string { return "Konnect reported ready; Azure's half is being read." },
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code: "azure-signed-out",
			when: func(f PeeringFacts) bool {
				return f.Azure.Status == HalfUnreadable && f.Azure.Failure != nil && f.Azure.Failure.Kind == FailureAuth
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: unreadableNext, because: unreadableCode,
		},
		{
			code:     "azure-unreadable",
			when:     status(HalfUnreadable),
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: unreadableNext, because: unreadableCode,
		},
		{
			code: "azure-outdated",
			when: func(f PeeringFacts) bool {
				return outdated(f) && f.Azure.Failure == nil
			},
			severity: SeverityWorking, word: "reading",
			say:  func(PeeringFacts) string { return "Konnect has just reported ready; Azure's half is being read again." },
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "azure-outdated-unreadable",
			when:     outdated,
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: unreadableNext, because: unreadableCode,
		},
	}
}

// outdated: what is known of Azure's half is from before Konnect's half became as
// it is.
func outdated(f PeeringFacts) bool {
	return f.Azure.Outdated && f.Azure.Status != HalfNoVNet
}

func unreadable(f PeeringFacts) string {
	if f.Azure.Failure == nil {
		return "no reason given"
	}
	return strings.TrimRight(f.Azure.Failure.Cause.String(), ". ")
}

// unreadableCode is the code under which the catalogue explains why it cannot be read.
func unreadableCode(f PeeringFacts) finding.Code {
	if f.Azure.Failure == nil {
		return ""
	}
	return f.Azure.Failure.FindingCode()
}

func unreadableNext(f PeeringFacts) finding.Next {
	if f.Azure.Failure == nil || (f.Azure.Failure.Cure == "" && f.Azure.Failure.Kind != FailureAuth) {
		return finding.Next{Kind: finding.NextWait, Text: "Look again in a moment."}
	}
	kind := finding.NextWait
	switch f.Azure.Failure.Kind {
	case FailureAuth:
		next := finding.Next{Kind: finding.NextSignIn, Text: "Sign in to the VNET's tenant with a device code."}
		if f.Azure.Failure.Finding != "" && f.Azure.Failure.Cure != "" { // the door that is shut is known by name, and so is its key
			next = f.Azure.Failure.Next(finding.NextSignIn)
		}
		return next
	case FailurePermission:
		kind = finding.NextAdmin
	default:
	}
	return f.Azure.Failure.Next(kind)
}

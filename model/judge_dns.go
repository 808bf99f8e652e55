package model

import (
	"slices"

	"peerdeck/model/finding"
)

import "fmt"

// PrivateDNS judges a private DNS attachment by its own state. Whether the
// servers behind it answer is another question, which needs a probe.
func (j *Judge) PrivateDNS(d PrivateDNS) finding.Finding { return decide(j.privateDNS, d) }

func privateDNSRules() []rule[PrivateDNS] {
	state := func(states ...PrivateDNSState) func(PrivateDNS) bool {
		return func(d PrivateDNS) bool {
			return slices.Contains(states, d.State)
		}
	}
	return []rule[PrivateDNS]{
		{
			code:     "dns-error",
			when:     state(PrivateDNSError),
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNS) string {
				return "Konnect reported an error: " + d.Reason.Or(d.ReportedStatus.Or("no reason given").Raw()).String()
			},
			next: step[PrivateDNS](finding.NextKonnect, "Mend what the reason names; private names may not resolve until then."),
		},
		{
			code:     "dns-association",
			when:     state(PrivateDNSPendingAssociation),
			severity: SeverityAttention, word: "DNS waiting",
			say: func(d PrivateDNS) string {
				return fmt.Sprintf("This %s waits to be associated on the cloud's side.", d.Kind.Label())
			},
			next: step[PrivateDNS](finding.NextAdmin, "Finish the association in the cloud account that owns the zone."),
		},
		{
			code:     "dns-working",
			when:     state(PrivateDNSCreated, PrivateDNSInitializing),
			severity: SeverityWorking, word: "DNS starting",
			say:  func(PrivateDNS) string { return "Konnect is setting it up." },
			next: step[PrivateDNS](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "dns-terminating",
			when:     state(PrivateDNSTerminating),
			severity: SeverityWorking, word: "DNS being deleted",
			say: func(PrivateDNS) string { return "Konnect is deleting it." },
		},
		{
			code:     "dns-terminated",
			when:     state(PrivateDNSTerminated),
			severity: SeverityOK, word: "DNS deleted",
			say: func(PrivateDNS) string { return "Konnect has deleted it." },
		},
		{
			code:     "dns-ready",
			when:     state(PrivateDNSReady),
			severity: SeverityOK, word: "DNS ready",
			say: func(PrivateDNS) string { return "Konnect reported ready." },
		},
		{
			code:     "dns-unknown",
			when:     always[PrivateDNS],
			severity: SeverityUnknown, word: "DNS not known",
			say: func(d PrivateDNS) string {
				return fmt.Sprintf("Konnect reported the private DNS state %q, which peerdeck does not know.", d.State)
			},
			next: step[PrivateDNS](finding.NextKonnect, "Look at it in Konnect."),
		},
	}
}

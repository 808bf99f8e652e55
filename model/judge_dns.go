package model

import (
	"fmt"
	"slices"

	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

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
			code:     "dns-error-target",
			when:     func(d PrivateDNS) bool { return d.State == PrivateDNSError && !platformTarget(d).IsEmpty() },
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNS) string {
				return fmt.Sprintf("Konnect reported an error, and a row names %s: Azure refuses its own resolver as a target. Konnect says: %s", platformTarget(d), dnsReason(d))
			},
			next: step[PrivateDNS](finding.NextTable, "Put the inbound endpoint of a private resolver in its place, and apply."),
		},
		{
			code:     "dns-error",
			when:     state(PrivateDNSError),
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNS) string {
				return "Konnect reported an error: " + dnsReason(d)
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

func dnsReason(d PrivateDNS) string {
	return d.Reason.Or(d.ReportedStatus.Or("no reason given").Raw()).String()
}

// platformTarget is Azure's own resolver where a row of the map names it as a server:
// Azure refuses that with an error that does not say so (Microsoft: Azure DNS Private
// Resolver, endpoints and rulesets).
func platformTarget(d PrivateDNS) safe.Text {
	for _, m := range d.DNS {
		if i := slices.IndexFunc(m.Servers, IsPlatform); i >= 0 {
			return m.Servers[i]
		}
	}
	return safe.Text{}
}

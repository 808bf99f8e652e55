package model

import (
	"fmt"
	"slices"
	"time"

	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

// PrivateDNSFacts is what is known of a private DNS attachment.
type PrivateDNSFacts struct {
	PrivateDNS

	Since Since // when the present state began
	Now   time.Time
}

func (d PrivateDNSFacts) stay() Stay { return stayOf(AspectPrivateDNS, string(d.State)) }

// PrivateDNS judges a private DNS attachment by its own state. Whether the
// servers behind it answer is another question, which needs a probe.
func (j *Judge) PrivateDNS(d PrivateDNSFacts) finding.Finding { return decide(j.privateDNS, d) }

func privateDNSRules() []rule[PrivateDNSFacts] {
	state := func(states ...PrivateDNSState) func(PrivateDNSFacts) bool {
		return func(d PrivateDNSFacts) bool {
			return slices.Contains(states, d.State)
		}
	}
	return []rule[PrivateDNSFacts]{
		{
			code: "dns-error-target",
			when: func(d PrivateDNSFacts) bool {
				return d.State == PrivateDNSError && !platformTarget(d.PrivateDNS).IsEmpty()
			},
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNSFacts) string {
				return fmt.Sprintf("Konnect reported an error, and a row names %s: Azure refuses its own resolver as a target. Konnect says: %s", platformTarget(d.PrivateDNS), dnsReason(d.PrivateDNS))
			},
			next: step[PrivateDNSFacts](finding.NextTable, "Put the inbound endpoint of a private resolver in its place, and apply."),
		},
		{
			code:     "dns-error",
			when:     state(PrivateDNSError),
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNSFacts) string {
				return "Konnect reported an error: " + dnsReason(d.PrivateDNS)
			},
			next: step[PrivateDNSFacts](finding.NextKonnect, "Mend what the reason names; private names may not resolve until then."),
		},
		{
			code:     "dns-association",
			when:     state(PrivateDNSPendingAssociation),
			severity: SeverityAttention, word: "DNS waiting",
			say: func(d PrivateDNSFacts) string {
				return fmt.Sprintf("This %s waits to be associated on the cloud's side.", d.Kind.Label())
			},
			next: step[PrivateDNSFacts](finding.NextAdmin, "Finish the association in the cloud account that owns the zone."),
		},
		{
			code: "dns-working-long",
			when: func(d PrivateDNSFacts) bool {
				return state(PrivateDNSCreated, PrivateDNSInitializing)(d) && d.stay().over(d.Since, d.Now)
			},
			severity: SeverityAttention, word: "DNS slow",
			say: func(d PrivateDNSFacts) string {
				return fmt.Sprintf("Konnect has reported %s for %s; %s.", d.State, d.Since.Text(d.Now), d.stay().said())
			},
			next: askKongDNS,
		},
		{
			code:     "dns-working",
			when:     state(PrivateDNSCreated, PrivateDNSInitializing),
			severity: SeverityWorking, word: "DNS starting",
			say:  func(PrivateDNSFacts) string { return "Konnect is setting it up." },
			next: step[PrivateDNSFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "dns-terminating-long",
			when:     func(d PrivateDNSFacts) bool { return d.State == PrivateDNSTerminating && d.stay().over(d.Since, d.Now) },
			severity: SeverityAttention, word: "DNS deleting long",
			say: func(d PrivateDNSFacts) string {
				return fmt.Sprintf("Konnect has been deleting it for %s; %s.", d.Since.Text(d.Now), d.stay().said())
			},
			next: askKongDNS,
		},
		{
			code:     "dns-terminating",
			when:     state(PrivateDNSTerminating),
			severity: SeverityWorking, word: "DNS being deleted",
			say: func(PrivateDNSFacts) string { return "Konnect is deleting it." },
		},
		{
			code:     "dns-terminated",
			when:     state(PrivateDNSTerminated),
			severity: SeverityOK, word: "DNS deleted",
			say: func(PrivateDNSFacts) string { return "Konnect has deleted it." },
		},
		{
			code:     "dns-ready",
			when:     state(PrivateDNSReady),
			severity: SeverityOK, word: "DNS ready",
			say: func(PrivateDNSFacts) string { return "Konnect reported ready." },
		},
		{
			code:     "dns-unknown",
			when:     always[PrivateDNSFacts],
			severity: SeverityUnknown, word: "DNS not known",
			say: func(d PrivateDNSFacts) string {
				return fmt.Sprintf("Konnect reported the private DNS state %q, which peerdeck does not know.", d.State)
			},
			next: step[PrivateDNSFacts](finding.NextKonnect, "Look at it in Konnect."),
		},
	}
}

func askKongDNS(d PrivateDNSFacts) finding.Next {
	return askKong("private DNS", d.Name, d.ID, string(d.State), d.Since.Text(d.Now), d.Reason)
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

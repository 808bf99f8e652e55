package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// PrivateDNSFacts is what is known of a private DNS attachment.
type PrivateDNSFacts struct {
	PrivateDNS

	Network safe.Text // its network's name
	Since   Since     // when the present state began
	Now     time.Time
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
			next: func(d PrivateDNSFacts) finding.Next {
				return d.table("Put the inbound endpoint of a private resolver in its place, and apply.")
			},
		},
		{
			code: "dns-error-row",
			when: func(d PrivateDNSFacts) bool {
				if d.State != PrivateDNSError {
					return false
				}
				_, named := d.rowNamed()
				return named
			},
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNSFacts) string {
				row, _ := d.rowNamed()
				return fmt.Sprintf("Konnect reported an error that names the row %s → %s: %s", phrase.List(row.Domains), phrase.List(row.Servers), dnsReason(d.PrivateDNS))
			},
			next: func(d PrivateDNSFacts) finding.Next {
				row, _ := d.rowNamed()
				return d.table("Correct the row " + phrase.List(row.Domains) + ", or take it out, and apply; the others may not act until then.")
			},
		},
		{
			code:     "dns-error",
			when:     state(PrivateDNSError),
			severity: SeverityBroken, word: "DNS broken",
			say: func(d PrivateDNSFacts) string {
				if r := d.reason(); r.kind > reasonUnknown {
					return r.cause()
				}
				return "Konnect reported an error" + d.unread() + ": " + dnsReason(d.PrivateDNS)
			},
			next: dnsErrorNext,
		},
		{
			code: "dns-reason",
			when: func(d PrivateDNSFacts) bool {
				return d.State != PrivateDNSTerminated && d.reasonKind() > reasonUnknown && (!d.State.Changing() || !d.reasonKind().passes())
			},
			severity: SeverityAttention, word: "DNS trouble",
			say:  func(d PrivateDNSFacts) string { return fmt.Sprintf("%s It is %s.", d.reason().cause(), d.State) },
			next: func(d PrivateDNSFacts) finding.Next { return d.reason().next() },
		},
		{
			code: "dns-reports-trouble",
			when: func(d PrivateDNSFacts) bool {
				return d.State == PrivateDNSReady && troubled(string(d.State), d.ReportedStatus, d.Reason)
			},
			severity: SeverityAttention, word: "DNS trouble",
			say: func(d PrivateDNSFacts) string {
				return "It is ready, and Konnect reported: " + reportedText(d.ReportedStatus, d.Reason)
			},
			next: func(d PrivateDNSFacts) finding.Next { return d.reason().ask },
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

// reasonKind is what Konnect's reason is about.
func (d PrivateDNSFacts) reasonKind() reasonKind {
	if d.Reason.IsEmpty() && d.ReportedStatus.IsEmpty() {
		return reasonNone
	}
	names := []safe.Text{d.Network, d.Name}
	for _, m := range d.DNS {
		names = append(append(names, m.Domains...), m.Servers...)
	}
	for _, t := range d.Target {
		names = append(names, t.Value)
	}
	return readReason(d.ReportedStatus, d.Reason, names...)
}

// reason is what Konnect says beside the state.
func (d PrivateDNSFacts) reason() reasonOf {
	r := wordOfKonnect("private DNS", d.Name, d.ID, string(d.State), d.CreatedAt, d.UpdatedAt, d.ReportedStatus, d.Reason)
	r.kind = d.reasonKind()
	if d.State == PrivateDNSError {
		r.again = "apply the table again, or delete the private DNS in Konnect and create it again"
	}
	return r
}

// table is a step in the mapping table of a resolver; other kinds have none.
func (d PrivateDNSFacts) table(text string) finding.Next {
	next := finding.Next{Kind: finding.NextTable, Text: text}
	if !d.Network.IsEmpty() {
		next.Command = "peerdeck dns lint --network " + ShellQuote(d.Network.String())
	}
	return next
}

// rowNamed finds the row of the map that the reason names, by its domain or, where one
// row alone has it, by its server. The longest domain counts: one may end with another.
func (d PrivateDNSFacts) rowNamed() (DNSMapping, bool) {
	text := " " + strings.ToLower(d.Reason.Raw()+" "+d.ReportedStatus.Raw()) + " "
	var best DNSMapping
	longest, byServer := 0, []DNSMapping{}
	for _, m := range d.DNS {
		for _, domain := range m.Domains {
			if name := strings.Trim(strings.ToLower(domain.Raw()), "."); len(name) > longest && namedIn(text, name) {
				best, longest = DNSMapping{Domains: []safe.Text{domain}, Servers: m.Servers}, len(name)
			}
		}
		if slices.ContainsFunc(m.Servers, func(s safe.Text) bool { return namedIn(text, strings.ToLower(s.Raw())) }) {
			byServer = append(byServer, m)
		}
	}
	if longest == 0 && len(byServer) == 1 {
		return byServer[0], true
	}
	return best, longest > 0
}

// namedIn reports whether a name stands in a text by itself, not as a part of another.
func namedIn(text, name string) bool {
	part := func(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' }
	for at := 0; name != ""; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		before, after := text[at+i-1], text[at+i+len(name):]
		// A dot goes on with the name where something follows it; else it ends a sentence.
		goesOn := part(after[0]) || after[0] == '.' && len(after) > 1 && part(after[1])
		if !part(before) && before != '.' && !goesOn {
			return true
		}
		at += i + len(name)
	}
	return false
}

// unread says that the reason of an error could not be read, or that there is none.
func (d PrivateDNSFacts) unread() string {
	if d.reason().kind == reasonUnknown {
		return " that peerdeck does not know"
	}
	return ""
}

// dnsErrorNext is the step for an error that names no row.
func dnsErrorNext(d PrivateDNSFacts) finding.Next {
	r := d.reason()
	if r.kind > reasonUnknown {
		return r.next()
	}
	if d.Kind == KindAzureResolver || d.Kind == KindAWSResolver {
		return d.table("Check the rows: one that the resolver does not take stops the others too. If the rules find nothing: " + phrase.Lower(r.ask.Text))
	}
	return r.ask
}

func askKongDNS(d PrivateDNSFacts) finding.Next {
	return askKong("private DNS", d.Name, d.ID, string(d.State), d.CreatedAt, d.UpdatedAt, d.Reason)
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

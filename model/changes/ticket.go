package changes

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/ticket"
)

// Ticket is the change for a ticket: what became other, and since when. Now is what is found
// of its subject now; nil for nothing.
func (e Entry) Ticket(now *finding.Finding) ticket.Ticket {
	t := ticket.Ticket{Subject: e.Where(), Conclusion: e.Line(e.At), Since: "seen " + e.At.UTC().Format(time.RFC3339), Details: e.details()}
	if t.Subject == "" {
		t.Subject = "The time line of peerdeck" // a gap in watching is of no network
	}
	if e.Times > 1 {
		t.Since += ", first " + e.First.UTC().Format(time.RFC3339)
	}
	if now != nil {
		t.Findings = []finding.Finding{*now}
	}
	t.IDs = []ticket.Fact{{Label: "finding", Value: string(e.Code)}, ticket.Of("network", e.Network), ticket.Of("object", e.Peering), ticket.Of("trace", e.By.Trace)}
	return t
}

// details are what stands in no other part of the ticket, a line each.
func (e Entry) details() string {
	var lines []string
	for _, f := range []ticket.Fact{
		ticket.Of("Network", e.NetworkName), {Label: "Changed by", Value: e.By.Words()}, {Label: "Changed by", Value: e.Unknown}, {Label: "Cause", Value: e.Cause},
	} {
		if f.Value != "" && f.Value != e.Text {
			lines = append(lines, f.Label+": "+f.Value)
		}
	}
	return strings.Join(lines, "\n")
}

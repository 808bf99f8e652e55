package networks

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
)

// ticketOf is what is told of a network and the shown peering to somebody else.
func ticketOf(a subject) ticket.Ticket {
	n := a.network
	t := ticket.Ticket{
		Subject: nameOf(n.Name), Findings: []finding.Finding{n.Finding}, Since: n.Since.Whole(a.at), Details: dialog.Plain(facts(a)),
		IDs: []ticket.Fact{ticket.Of("network", n.ID)},
	}
	if p := a.peering; p != nil {
		t.Subject += " › " + nameOf(p.Name)
		t.Since = p.Since.Whole(a.at)
		t.Findings = []finding.Finding{p.Finding}
		if n.Finding.Severity >= p.Finding.Severity && n.Finding.Code != p.Finding.Code {
			t.Findings = []finding.Finding{n.Finding, p.Finding}
		}
		t.IDs = append(t.IDs, ticket.Of("peering", p.ID), ticket.Of("tenant", p.VNet.TenantID), ticket.Of("subscription", p.VNet.SubscriptionID),
			ticket.Of("VNET", p.Azure.VNet.ID))
		if f := p.Azure.Failure; f != nil {
			t.IDs = append(t.IDs, ticket.Of("request", f.RequestID))
		}
	}
	for _, m := range n.Mappings {
		t.Findings = append(t.Findings, m.Finding)
	}
	return t
}

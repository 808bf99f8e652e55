package picture

import (
	"github.com/peerdeck/peerdeck/model/ticket"
)

// ticket is what is broken where, with the map, for somebody else.
func (p *Page) ticket() ticket.Ticket {
	t := ticket.Ticket{
		Subject: "The ways of " + p.label(), Details: p.text(), Since: "as it was read last",
		IDs: []ticket.Fact{ticket.Of("network", p.network)},
	}
	for _, f := range p.drawn.Broken {
		t.Findings = append(t.Findings, f.Finding)
	}
	if len(t.Findings) == 0 {
		t.Conclusion = "Nothing on the map is known to be broken"
	}
	return t
}

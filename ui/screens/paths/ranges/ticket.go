package ranges

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/ticket"
)

// ticket is what was read for somebody else.
func (p *Page) ticket() ticket.Ticket {
	return ticket.Ticket{
		Subject: "Free address ranges", Conclusion: p.report.Conclusion(), Details: strings.Join(p.text(), "\n"),
		Since: "as it was read last",
	}
}

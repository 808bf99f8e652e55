package trace

import (
	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
)

// QuestionTo is what a network asks of a server over a peering, for what Azure says of it. An
// empty domain is any.
func QuestionTo(n *model.NetworkStatus, p *model.PeeringStatus, server, domain safe.Text) azuredns.Question {
	q := azuredns.Question{Server: server, Domain: domain, From: n.CIDR, Access: p.Azure.Peering.AllowAccess}
	if p.Azure.Status == model.HalfPresent && p.Azure.Peering.State == model.VNetConnected {
		q.Peered = p.Azure.Peering.Routed
	}
	return q
}

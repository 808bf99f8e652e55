package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// cloudRules are about what Konnect and Azure say beside their own findings.
func cloudRules() []rule {
	return []rule{{"N03", gatewayOnly}}
}

// gatewayOnly: the servers are fine from here, so what stands between is about the
// gateway's own range.
func gatewayOnly(c Case) (symptom, bool) {
	ok := c.with(good)
	if len(ok) == 0 {
		return none()
	}
	if slices.ContainsFunc(ok, func(r Report) bool { return !c.unexplained(r) }) {
		return none() // Azure's facts say why
	}
	if n, known := c.Facts.Network.Get(); !is(c.Facts.GatewayFails, true) || !c.peeringReady() || known && n.State != model.NetworkReady {
		return none()
	}
	f := found(finding.Likely, model.SeverityAttention, "the servers answer %s and not the gateway: a security group lets the VNET in and not %s, or the server's own list of clients does", c.where(), c.cidr()).
		next("Allow %s in the security group (53/UDP and 53/TCP) and in the server's list (allow-query, access-control) of %s. A server that says REFUSED to the gateway has such a list.", c.cidr(), named(ok)).at(ok...)
	if gate := c.server(ok[0]).UDP; !gate.IsKnown() {
		f = f.without("what the security group of "+ok[0].Server.String()+" says", gate.Why())
	}
	return f, true
}

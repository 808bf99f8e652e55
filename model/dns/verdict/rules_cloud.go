package verdict

import (
	"time"

	"peerdeck/model"
	"peerdeck/model/phrase"
)

// longAgo is when a state that should pass has stood for too long.
const longAgo = 15 * time.Minute

// platformResolver is Azure's own, which answers inside each VNET only and is refused
// as a target.
const platformResolver = "168.63.129.16"

// cloudRules are about what Konnect and Azure say.
func cloudRules() []Rule {
	return []Rule{
		{4, "the peering waits for somebody", peeringWaits},
		{5, "Konnect calls the peering ready, and Azure does not", halfGone},
		{26, "the row is saved, and the private DNS object has an error", resolverError},
		{3, "the servers answer from inside the VNET, and the gateway still fails", gatewayOnly},
	}
}

func peeringWaits(c Case) (Finding, bool) {
	p, known := c.Facts.Peering.Get()
	if !known {
		return none()
	}
	age, aged := c.Facts.PeeringAge.Get()
	var f Finding
	switch p.State {
	case model.PeeringPendingUserAction:
		f = finding(Sure, model.SeverityBroken, "the peering %s waits for a person in Azure: the admin consent, the role or its assignment is missing, or the role has another name", p.Name)
	case model.PeeringCreated, model.PeeringInitializing:
		if aged && age < longAgo {
			return none()
		}
		f = finding(Likely, model.SeverityAttention, "the peering %s has been %s for %s: the admin consent, the role or its assignment may be missing", p.Name, p.State, phrase.Span(age))
		if !aged {
			f = finding(Possible, model.SeverityAttention, "the peering %s is still %s", p.Name, p.State).
				without("how long it has been so", c.Facts.PeeringAge.Why())
		}
	default:
		return none()
	}
	if !p.Reason.IsEmpty() {
		f.Cause += "; Konnect says: " + p.Reason.String()
	}
	return f.next("Open the set-up of %s and run its checks again.", p.Name), true
}

func halfGone(c Case) (Finding, bool) {
	half, known := c.Facts.Half.Get()
	if !c.peeringReady() || !known {
		return none()
	}
	p, _ := c.Facts.Peering.Get()
	const gone = "one side was deleted, or the ranges were changed"
	switch {
	case half.Status == model.HalfPresent && half.Peering.State != model.VNetConnected:
		return finding(Sure, model.SeverityBroken, "Konnect calls the peering %s ready, and Azure calls its half %s: %s", p.Name, half.Peering.State, gone).
			next("Delete the peering %s in Konnect and %s in %s, and set it up again.", p.Name, half.Peering.Name, c.vnet()), true
	case half.Status == model.HalfPresent && half.Peering.Sync != model.SyncFull && half.Peering.Sync != model.SyncUnstated:
		return finding(Likely, model.SeverityAttention, "Azure calls the peering %s: the ranges of one side were changed after it was made", half.Peering.Sync).
			next("Sync the peering %s of %s in Azure.", half.Peering.Name, c.vnet()), true
	case half.Status == model.HalfAbsent:
		return finding(Sure, model.SeverityBroken, "Konnect calls the peering %s ready, and %s has no peering that leads to it: %s", p.Name, c.vnet(), gone).
			next("Delete the peering %s in Konnect, and set it up again.", p.Name), true
	case half.Status == model.HalfNoVNet:
		return finding(Sure, model.SeverityBroken, "Konnect calls the peering %s ready, and the VNET %s is gone", p.Name, c.vnet()).
			next("Make the VNET again, delete the peering %s in Konnect, and set it up again.", p.Name), true
	default:
		return none()
	}
}

func resolverError(c Case) (Finding, bool) {
	d, known := c.Facts.Resolver.Get()
	if !known || d.State != model.PrivateDNSError {
		return none()
	}
	f := finding(Likely, model.SeverityBroken, "the private DNS object %s has an error: an invalid server, or a limit of Azure", d.Name)
	f.Next = "Check the rows of " + d.Name.String() + " and apply them again."
	for _, m := range d.DNS {
		for _, s := range m.Servers {
			if s.Raw() == platformResolver {
				f = finding(Sure, model.SeverityBroken, "the private DNS object %s has an error, and names %s as a server: Azure refuses its own resolver as a target", d.Name, s).
					next("Put the inbound endpoint of a private resolver in the place of %s, and apply.", s)
			}
		}
	}
	if !d.Reason.IsEmpty() {
		f.Cause += "; Konnect says: " + d.Reason.String()
	}
	return f, true
}

// gatewayOnly: the servers are fine from here, so what stands between is about the
// gateway's own range.
func gatewayOnly(c Case) (Finding, bool) {
	ok := c.with(good)
	if len(ok) == 0 {
		return none()
	}
	for _, r := range ok {
		if g, over, shut := c.server(r).closed(); shut {
			return finding(Sure, model.SeverityBroken, "%s answers %s, and the rule %s closes port 53 over %s to %s", r.Server, c.where(), g.Rule, over, c.cidr()).
				next("Open 53/UDP and 53/TCP to %s from %s in the security group of %s.", r.Server, c.cidr(), r.subnet(c)).at(r), true
		}
	}
	if n, known := c.Facts.Network.Get(); !is(c.Facts.GatewayFails, true) || !c.peeringReady() || known && n.State != model.NetworkReady {
		return none()
	}
	f := finding(Likely, model.SeverityAttention, "the servers answer %s and not the gateway: a security group lets the VNET in and not %s, or the server's own list of clients does", c.where(), c.cidr()).
		next("Allow %s in the security group (53/UDP and 53/TCP) and in the server's list (allow-query, access-control) of %s. A server that says REFUSED to the gateway has such a list.", c.cidr(), named(ok)).at(ok...)
	if gate := c.server(ok[0]).UDP; !gate.IsKnown() {
		f = f.without("what the security group of "+ok[0].Server.String()+" says", gate.Why())
	}
	return f, true
}

// subnet names where a server lies.
func (r Report) subnet(c Case) string {
	if s := c.server(r); !s.Subnet.IsEmpty() {
		return "subnet " + s.Subnet.String()
	}
	return "its subnet"
}

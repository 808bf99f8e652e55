package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// wayRules are about the way to the servers.
func wayRules() []rule {
	return []rule{
		{codeNotHere, notFromHere},
		{codeSilent, allSilent},
		{"N37", inItsStead},
		{codeOutside, outside},
		{"N31", oneSilent},
		{"N32", portClosed},
	}
}

func notFromHere(c Case) (symptom, bool) {
	route := c.Route()
	if way, known := route.Get(); known && way || !c.all(Report.Unheard) || c.seenNow() {
		return none()
	}
	f := found(finding.Sure, model.SeverityUnknown, "not testable from %s: it has no way to %s, so the silence says nothing about the servers", c.where(), named(c.Reports))
	if !route.IsKnown() {
		f = found(finding.Likely, model.SeverityUnknown, "not testable from %s: nothing proves a way to %s, so the silence may say nothing about the servers", c.where(), named(c.Reports)).
			without("whether a way leads to the servers", route.Why())
	}
	return f.next("Use a VPN or a bastion, or ask from a machine in %s.", c.vnet()).at(c.Reports...), true
}

// inItsStead: some networks answer every question to port 53 over UDP themselves.
func inItsStead(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool {
		way, looked := c.Ways[r.Server]
		return looked && !is(way, true) && r.tcpFails() && !tcpHeard(r)
	})
	if len(list) == 0 {
		return none()
	}
	r := list[0]
	return found(finding.Likely, model.SeverityUnknown, "%s %s over UDP and nothing comes over TCP, from a place without a proven way: something on the way may answer, and what it says is not the word of %s", named(list), some(list, "answers", "answer"), some(list, "the server", "the servers")).
		next("Trust no answer from %s before a second place says the same. Use a VPN or a bastion, or ask from a machine in %s.", c.where(), c.vnetOf(r)).at(list...).
		without("whether a way leads to "+r.Server.String(), c.Ways[r.Server].Why()), true
}

// tcpHeard reports whether anything came back over TCP, if only that the port is closed.
func tcpHeard(r Report) bool {
	return slices.ContainsFunc(r.Exchanges, func(e Exchange) bool { return e.Transport == TCP && e.Heard() })
}

func allSilent(c Case) (symptom, bool) {
	if !is(c.Route(), true) || !c.all(Report.Unheard) {
		return none()
	}
	list := c.with(c.unexplained)
	if len(list) == 0 {
		return none()
	}
	f := found(finding.Possible, model.SeverityBroken, "no server answers, although there is a way to them: they are down, a security group or a firewall closes port 53, or the addresses are wrong")
	if len(c.Reports) == 1 {
		f.Cause = list[0].Server.String() + " does not answer, although there is a way to it: it is down, a security group or a firewall closes port 53, or the address is wrong"
	}
	f = f.next("Check that %s %s, that 53/UDP and 53/TCP are open to %s from %s, and that the %s right.", named(list), some(list, "runs", "run"),
		some(list, "it", "them"), c.cidr(), some(list, "address is", "addresses are")).at(list...)
	if s := c.server(list[0]); !s.UDP.IsKnown() {
		f = f.without("what the security group of "+list[0].Server.String()+" says", s.UDP.Why())
	}
	return f, true
}

// unexplained: nothing that Azure's facts say of the server explains that it is silent.
func (c Case) unexplained(r Report) bool {
	return !c.server(r).broken()
}

func outside(c Case) (symptom, bool) {
	n, haveNetwork := c.Facts.Network.Get()
	for _, r := range c.Reports {
		switch s := c.server(r); {
		case haveNetwork && n.CIDR.Contains(r.Server):
			return found(finding.Sure, model.SeverityBroken, "the server %s lies in the gateway network's own range %s", r.Server, n.CIDR).
				next("Give the row %s a server in %s.", c.Domain, c.vnet()).sort(finding.NextTable).at(r), true
		case is(s.Routed, false) && haveNetwork && !c.Facts.Peering.IsKnown() && !peered(n):
			return found(finding.Sure, model.SeverityBroken, "%s has no peering, so nothing leads to %s", n.Name.Or(n.ID.Raw()), named(c.Reports)).
				next("Make a peering with the VNET of the servers.").sort(finding.NextSetUp).at(c.Reports...), true
		case is(s.Routed, false) && !s.broken(): // else Azure's facts say why nothing reaches it
			return symptom{Outside(r.Server, c.vnet())}, true
		}
	}
	return none()
}

// peered reports whether a network has a peering that is not gone.
func peered(n model.NetworkStatus) bool {
	return slices.ContainsFunc(n.Peerings, func(p model.PeeringStatus) bool { return p.State != model.PeeringTerminated })
}

// Outside is the finding of a server that lies in no range that the peering with a VNET
// routes.
func Outside(server safe.Text, vnet string) finding.Finding {
	f := found(finding.Likely, model.SeverityBroken, "the server %s lies in no range that the peering routes; peerings do not hand traffic on", server).
		next("Give the row a server in %s, or route to %s through it.", vnet, server).sort(finding.NextTable)
	f.Servers = []safe.Text{server}
	return Case{}.finished(f.Finding, codeOutside)
}

func oneSilent(c Case) (symptom, bool) {
	silent, heard := c.with(func(r Report) bool { return r.Unheard() && c.unexplained(r) }), c.with(Report.Heard)
	if len(silent) == 0 || len(heard) == 0 {
		return none()
	}
	for _, r := range silent {
		route := c.way(r)
		if is(route, true) {
			continue
		}
		// Its own network may be out of reach: what another one answered proves nothing.
		f := found(finding.Sure, model.SeverityUnknown, "%s is silent while %s answers, and %s has no way to it: the silence says nothing about it", r.Server, named(heard), c.where())
		if !route.IsKnown() {
			f = found(finding.Likely, model.SeverityUnknown, "%s is silent while %s answers, and nothing proves a way from %s to it: the silence may say nothing about it", r.Server, named(heard), c.where()).
				without("whether a way leads to "+r.Server.String(), route.Why())
		}
		return f.next("Use a VPN or a bastion, or ask from a machine in %s.", c.vnetOf(r)).at(r), true
	}
	order := "the first server is asked first"
	f := found(finding.Likely, model.SeverityAttention, "%s %s silent while %s %s: %s down, or port 53 is closed to %s",
		named(silent), some(silent, "is", "are"), named(heard), some(heard, "answers", "answer"), some(silent, "it is", "they are"), some(silent, "it", "them"))
	if c.Reports[0].Heard() {
		order = "there is no spare for as long"
		f.Cause += "; the first server answers, so nothing shows it until that one is away"
	}
	return f.next("Check that %s %s and that 53/UDP and 53/TCP are open to %s. Take %s out of the row %s until then: %s.",
		named(silent), some(silent, "runs", "run"), some(silent, "it", "them"), some(silent, "it", "them"), c.Domain, order).at(silent...), true
}

func portClosed(c Case) (symptom, bool) {
	closed := c.with(func(r Report) bool {
		return !r.Answered() && (r.Find(StepSOA, UDP).Outcome == OutcomeClosed || r.Find(StepSOA, TCP).Outcome == OutcomeClosed)
	})
	if len(closed) == 0 {
		return none()
	}
	return found(finding.Likely, model.SeverityBroken, "the host at %s is up, and no DNS server listens there, or it listens at another address only", named(closed)).
		next("Start the DNS server on %s, or correct the row %s.", named(closed), c.Domain).at(closed...), true
}

package verdict

import (
	"slices"

	"peerdeck/model"
)

// wayRules are about the way to the servers.
func wayRules() []Rule {
	return []Rule{
		{1, "no server answers, and no way to them is proven", notFromHere},
		{2, "no server answers, from where there is a way to them", allSilent},
		{37, "answers come over UDP alone, and no way to the server is proven", inItsStead},
		{30, "a server lies where no way leads", outside},
		{31, "one server is silent, and others of its row answer", oneSilent},
		{32, "the host answers, and nothing listens at port 53", portClosed},
	}
}

func notFromHere(c Case) (Finding, bool) {
	route := c.Route()
	if way, known := route.Get(); known && way || !c.all(Report.Unheard) {
		return none()
	}
	f := finding(Sure, model.SeverityUnknown, "not testable from %s: it has no way to %s, so the silence says nothing about the servers", c.where(), named(c.Reports))
	if !route.IsKnown() {
		f = finding(Likely, model.SeverityUnknown, "not testable from %s: nothing proves a way to %s, so the silence may say nothing about the servers", c.where(), named(c.Reports)).
			without("whether a way leads to the servers", route.Why())
	}
	return f.next("Use a VPN or a bastion, or run on a machine in %s: %s", c.vnet(), dig(c.Reports[0])).at(c.Reports...), true
}

// inItsStead: some networks answer every question to port 53 over UDP themselves.
func inItsStead(c Case) (Finding, bool) {
	list := c.with(func(r Report) bool {
		way, looked := c.Ways[r.Server]
		return looked && !is(way, true) && r.tcpFails() && !tcpHeard(r)
	})
	if len(list) == 0 {
		return none()
	}
	r := list[0]
	return finding(Likely, model.SeverityUnknown, "%s %s over UDP and nothing comes over TCP, from a place without a proven way: something on the way may answer, and what it says is not the word of %s", named(list), some(list, "answers", "answer"), some(list, "the server", "the servers")).
		next("Trust no answer from %s before a second place says the same. Use a VPN or a bastion, or run on a machine in %s: %s", c.where(), c.vnetOf(r), dig(r)).at(list...).
		without("whether a way leads to "+r.Server.String(), c.Ways[r.Server].Why()), true
}

// tcpHeard reports whether anything came back over TCP, if only that the port is closed.
func tcpHeard(r Report) bool {
	return slices.ContainsFunc(r.Exchanges, func(e Exchange) bool { return e.Transport == TCP && e.Heard() })
}

func allSilent(c Case) (Finding, bool) {
	if !is(c.Route(), true) || !c.all(Report.Unheard) {
		return none()
	}
	for _, r := range c.Reports {
		if is(c.server(r).Taken, false) {
			return finding(Sure, model.SeverityBroken, "nothing in Azure has the address %s", r.Server).
				next("Correct the server of the row %s, or start the machine that should have %s.", c.Domain, r.Server).at(r), true
		}
		if g, over, shut := c.server(r).closed(); shut {
			return finding(Likely, model.SeverityBroken, "no server answers %s, and the rule %s closes port 53 over %s", c.where(), g.Rule, over).
				next("Open 53/UDP and 53/TCP to %s from %s in the security group of %s.", r.Server, c.cidr(), r.subnet(c)).at(r), true
		}
	}
	f := finding(Possible, model.SeverityBroken, "no server answers, although there is a way to them: they are down, a security group or a firewall closes port 53, or the addresses are wrong")
	if len(c.Reports) == 1 {
		f.Cause = c.Reports[0].Server.String() + " does not answer, although there is a way to it: it is down, a security group or a firewall closes port 53, or the address is wrong"
	}
	f = f.next("Check that %s %s, that 53/UDP and 53/TCP are open to %s from %s, and that the %s right.", named(c.Reports), some(c.Reports, "runs", "run"),
		some(c.Reports, "it", "them"), c.cidr(), some(c.Reports, "address is", "addresses are")).at(c.Reports...)
	if s := c.server(c.Reports[0]); !s.UDP.IsKnown() {
		f = f.without("what the security group of "+c.Reports[0].Server.String()+" says", s.UDP.Why())
	}
	return f, true
}

func outside(c Case) (Finding, bool) {
	n, haveNetwork := c.Facts.Network.Get()
	for _, r := range c.Reports {
		switch s := c.server(r); {
		case haveNetwork && n.CIDR.Contains(r.Server):
			return finding(Sure, model.SeverityBroken, "the server %s lies in the gateway network's own range %s", r.Server, n.CIDR).
				next("Give the row %s a server in %s.", c.Domain, c.vnet()).at(r), true
		case is(s.Routed, false):
			return finding(Likely, model.SeverityBroken, "the server %s lies in no range that the peering routes; peerings do not hand traffic on", r.Server).
				next("Give the row %s a server in %s, or route to %s through it.", c.Domain, c.vnet(), r.Server).at(r), true
		}
	}
	return none()
}

func oneSilent(c Case) (Finding, bool) {
	silent, heard := c.with(Report.Unheard), c.with(Report.Heard)
	if len(silent) == 0 || len(heard) == 0 {
		return none()
	}
	for _, r := range silent {
		route := c.way(r)
		if is(route, true) {
			continue
		}
		// Its own network may be out of reach: what another one answered proves nothing.
		f := finding(Sure, model.SeverityUnknown, "%s is silent while %s answers, and %s has no way to it: the silence says nothing about it", r.Server, named(heard), c.where())
		if !route.IsKnown() {
			f = finding(Likely, model.SeverityUnknown, "%s is silent while %s answers, and nothing proves a way from %s to it: the silence may say nothing about it", r.Server, named(heard), c.where()).
				without("whether a way leads to "+r.Server.String(), route.Why())
		}
		return f.next("Use a VPN or a bastion, or run on a machine in %s: %s", c.vnetOf(r), dig(r)).at(r), true
	}
	return finding(Likely, model.SeverityAttention, "%s %s silent while %s %s: %s down, or port 53 is closed to %s",
		named(silent), some(silent, "is", "are"), named(heard), some(heard, "answers", "answer"), some(silent, "it is", "they are"), some(silent, "it", "them")).
		next("Check that %s %s and that 53/UDP and 53/TCP are open to %s. Take %s out of the row %s until then: the first server is asked first.",
			named(silent), some(silent, "runs", "run"), some(silent, "it", "them"), some(silent, "it", "them"), c.Domain).at(silent...), true
}

func portClosed(c Case) (Finding, bool) {
	closed := c.with(func(r Report) bool {
		return !r.Answered() && (r.Find(StepSOA, UDP).Outcome == OutcomeClosed || r.Find(StepSOA, TCP).Outcome == OutcomeClosed)
	})
	if len(closed) == 0 {
		return none()
	}
	return finding(Likely, model.SeverityBroken, "the host at %s is up, and no DNS server listens there, or it listens at another address only", named(closed)).
		next("Start the DNS server on %s, or correct the row %s.", named(closed), c.Domain).at(closed...), true
}

package dnsverdict

import "peerdeck/model"

// wayRules are about the way to the servers.
func wayRules() []Rule {
	return []Rule{
		{1, "no server answers, and no way to them is proven", notFromHere},
		{2, "no server answers, from where there is a way to them", allSilent},
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
	f = f.next("Check that %s run, that 53/UDP and 53/TCP are open to them from %s, and that the addresses are right.", named(c.Reports), c.cidr()).at(c.Reports...)
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
	return finding(Likely, model.SeverityAttention, "%s is silent while %s answers: it is down, or port 53 is closed to it", named(silent), named(heard)).
		next("Check that %s runs and that 53/UDP and 53/TCP are open to it. Take it out of the row %s until then: the first server is asked first.", named(silent), c.Domain).at(silent...), true
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

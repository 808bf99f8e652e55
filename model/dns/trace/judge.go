package trace

import (
	"fmt"
	"slices"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
)

// Judged returns the trace with everything that follows from its rules, its facts and
// the reports of its servers: verdicts, ladder, agreement, findings.
func (t Trace) Judged() Trace {
	c := t.Case()
	t.Servers = slices.Clone(t.Servers)
	for i := range t.Servers {
		s := &t.Servers[i]
		if !s.Heard() {
			continue
		}
		route := s.Route
		if !route.IsKnown() && s.Report.Heard() {
			route = dnsverdict.Know(true)
		}
		s.Reachable, s.Willing = dnsverdict.Reachable(s.Report, route), dnsverdict.Willing(s.Report)
		s.Right = dnsverdict.Right(s.Report, c.Reports, t.Facts.Private)
		s.Cell = dnsverdict.CellOf(s.Report, c.Reports, route)
	}
	t.Agreement = dnsverdict.Agreement{}
	if len(c.Reports) > 0 {
		t.Agreement = dnsverdict.Compare(c.Reports)
	}
	t.Ladder, t.Findings = nil, nil
	if !t.Query.OK() {
		return t
	}
	t.Ladder = dnsverdict.Ladder(c)
	t.Konnect, t.Azure = konnectRungs(t.Facts), azureRungs(t)
	whole := t.State != Running || t.allReported()
	for _, f := range dnsverdict.Diagnose(c) {
		if !whole && len(f.Servers) > 0 {
			continue // it may look different once all servers have spoken
		}
		t.Findings = append(t.Findings, Finding{Finding: f, Command: command(t, f)})
	}
	return t
}

// allReported reports whether every server of the row has been asked all that it is
// asked.
func (t Trace) allReported() bool {
	w, found := t.Winner()
	return !found || len(t.Servers) == len(w.Servers) && !slices.ContainsFunc(t.Servers, func(s Server) bool { return !s.Complete })
}

// Checks are all checks: those of the ladder, and what Azure says beside.
func (t Trace) Checks() []dnsverdict.Rung {
	out := slices.Clone(t.Ladder)
	for _, r := range t.Azure {
		if !slices.ContainsFunc(t.Ladder, func(l dnsverdict.Rung) bool { return l.Title == r.Title }) {
			out = append(out, r)
		}
	}
	return out
}

// konnectRungs are the three objects in Konnect, one by one.
func konnectRungs(f dnsverdict.Facts) []dnsverdict.Rung {
	n, network := f.Network.Get()
	p, peering := f.Peering.Get()
	d, resolver := f.Resolver.Get()
	return []dnsverdict.Rung{
		object("network", string(n.State), n.Name, n.Reason, network, f.Network.Why()),
		object("peering", string(p.State), p.Name, p.Reason, peering, f.Peering.Why()),
		object("resolver", string(d.State), d.Name, d.Reason, resolver, f.Resolver.Why()),
	}
}

func object(title, state string, name, reason safe.Text, known bool, why string) dnsverdict.Rung {
	if !known {
		return dnsverdict.Rung{Title: title, State: dnsverdict.RungUnknown, Text: why}
	}
	r := dnsverdict.Rung{Title: title, State: dnsverdict.RungFailed, Text: fmt.Sprintf("%s is %s", name, safe.Clean(state))}
	if !reason.IsEmpty() {
		r.Text += ": " + reason.String()
	}
	if state == string(model.NetworkReady) { // the three kinds share the word
		r.State = dnsverdict.RungDone
	}
	return r
}

// azureRungs are what Azure says: its half, the place of the servers, port 53, and the
// private zone.
func azureRungs(t Trace) []dnsverdict.Rung {
	var out []dnsverdict.Rung
	for _, r := range t.Ladder {
		if r.Title == "Azure's half" || r.Title == "server addresses" {
			out = append(out, r)
		}
	}
	out = append(out,
		gates(t, "UDP 53", func(s dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate] { return s.UDP }),
		gates(t, "TCP 53", func(s dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate] { return s.TCP }))
	const zone = "private zone"
	switch z, known := t.Facts.Zone.Get(); {
	case !known:
		out = append(out, dnsverdict.Rung{Title: zone, State: dnsverdict.RungUnknown, Text: t.Facts.Zone.Why()})
	case z.Exists && !z.Linked:
		out = append(out, dnsverdict.Rung{Title: zone, State: dnsverdict.RungFailed, Text: z.Name.String() + " is not linked to the VNET"})
	case z.Exists:
		out = append(out, dnsverdict.Rung{Title: zone, State: dnsverdict.RungDone, Text: z.Name.String() + " is linked to the VNET"})
	}
	return out
}

// gates is what the security groups do to one transport, for all servers of the row.
func gates(t Trace, title string, of func(dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate]) dnsverdict.Rung {
	w, found := t.Winner()
	if !found || len(w.Servers) == 0 {
		return dnsverdict.Rung{Title: title, State: dnsverdict.RungUnknown, Text: "no row wins, so no server is looked at"}
	}
	missing := ""
	for _, s := range w.Servers {
		gate := of(t.Facts.Servers[s])
		g, known := gate.Get()
		switch {
		case !known && missing == "":
			missing = fmt.Sprintf("%s: %s", s, gate.Why())
		case known && !g.Open:
			return dnsverdict.Rung{Title: title, State: dnsverdict.RungFailed, Text: fmt.Sprintf("the rule %s closes it to %s", g.Rule, s)}
		}
	}
	if missing != "" {
		return dnsverdict.Rung{Title: title, State: dnsverdict.RungUnknown, Text: missing}
	}
	return dnsverdict.Rung{Title: title, State: dnsverdict.RungDone, Text: "open to the servers"}
}

package trace

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
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
	t.Ladder = t.needed(dnsverdict.Ladder(c))
	t.Konnect, t.Azure = t.Facts.KonnectRungs(), t.needed(azureRungs(t))
	t.Findings = t.found(c)
	return t.accounted().fitted()
}

// fitted gives the next steps in the form that they have in the cloud of Azure that was
// looked into.
func (t Trace) fitted() Trace {
	if t.Cloud == azurecloud.Public {
		return t
	}
	t.Findings = slices.Clone(t.Findings)
	for i := range t.Findings {
		t.Findings[i] = t.Findings[i].In(t.Cloud)
	}
	for i := range t.Servers { // which are a copy already
		s := &t.Servers[i]
		s.Azure = slices.Clone(s.Azure)
		for k := range s.Azure {
			s.Azure[k].Finding = s.Azure[k].Finding.In(t.Cloud)
		}
	}
	return t
}

// found is what there is to say so far. What no answer can take back is said at once; the
// rest may look different once all servers have spoken.
func (t Trace) found(c dnsverdict.Case) []finding.Finding {
	var list []finding.Finding
	whole := t.State != Running || t.allReported()
	if whole {
		list = dnsverdict.Diagnose(c)
	}
	if !whole {
		for i := range t.Servers {
			if !t.Servers[i].Heard() && !t.State.Over() {
				c.Reports = append(c.Reports, t.Servers[i].Report)
			}
		}
		list = Join(dnsverdict.Beforehand(c), list)
	}
	list = before(list, t.ofOthers()...)
	if whole {
		list = before(list, t.unread()...)
	}
	return list
}

// ofOthers are the findings of the other peerings over which servers of the row are
// reached, or may be.
func (t Trace) ofOthers() []finding.Finding {
	n, known := t.Facts.Network.Get()
	own, _ := t.Facts.Peering.Get()
	var out []finding.Finding
	if !known || len(t.Rules) == 0 {
		return nil
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.ID != own.ID && p.Finding.Code != "" && p.Finding.NeedsPerson() && needsPeering(&n, t.Rules[:1], p) {
			f := p.Finding
			f.Cause = p.Name.Or(p.ID.Raw()).String() + ": " + f.Cause
			out = append(out, f)
		}
	}
	return out
}

// unread are the findings of what Azure did not tell of the servers. Where the half itself
// could not be read, the finding of the peering says so.
func (t Trace) unread() []finding.Finding {
	if !t.Facts.Half.IsKnown() {
		return nil
	}
	var list []azuredns.About
	for _, s := range t.Servers {
		about := azuredns.About{Server: s.Report.Server}
		for _, check := range s.Azure {
			wanted := s.Report.Answered() && s.Right.Is == model.No // by an answer that a zone may explain
			if check.ID != azuredns.CheckZone || wanted {
				about.Checks = append(about.Checks, check)
			}
		}
		list = append(list, about)
	}
	return azuredns.NotKnown(list)
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
		if !slices.ContainsFunc(t.Ladder, func(l dnsverdict.Rung) bool { return l.Check == r.Check }) {
			out = append(out, r)
		}
	}
	return out
}

// azureRungs are what Azure says: its half, the place of the servers, port 53, and the
// private zone.
func azureRungs(t Trace) []dnsverdict.Rung {
	var out []dnsverdict.Rung
	for _, r := range t.Ladder {
		if r.Check == dnsverdict.CheckHalf || r.Check == dnsverdict.CheckAddresses {
			out = append(out, r)
		}
	}
	out = append(out,
		gates(t, dnsverdict.CheckUDP53, func(s dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate] { return s.UDP }),
		gates(t, dnsverdict.CheckTCP53, func(s dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate] { return s.TCP }))
	const zone = dnsverdict.CheckZone
	switch z, known := t.Facts.Zone.Get(); {
	case !known:
		out = append(out, dnsverdict.NotLooked(zone, t.Facts.Zone.Why()))
	case z.Exists && !z.Linked:
		out = append(out, dnsverdict.Failed(zone, "%s is not linked to the VNET", z.Name).By(z.Finding.Code))
	case z.Exists:
		out = append(out, dnsverdict.Done(zone, "%s is linked to the VNET", z.Name))
	}
	return out
}

// gates is what the security groups do to one transport, for all servers of the row.
func gates(t Trace, check dnsverdict.Check, of func(dnsverdict.ServerFacts) dnsverdict.Known[dnsverdict.Gate]) dnsverdict.Rung {
	w, found := t.Winner()
	if !found || len(w.Servers) == 0 {
		return dnsverdict.NotLooked(check, "no row wins, so no server is looked at")
	}
	missing := ""
	for _, s := range w.Servers {
		gate := of(t.Facts.Servers[s])
		g, known := gate.Get()
		switch {
		case !known && missing == "":
			missing = fmt.Sprintf("%s: %s", s, gate.Why())
		case known && !g.Open:
			return dnsverdict.Failed(check, "the rule %s closes it to %s", g.Rule, s).By(g.Finding.Code)
		}
	}
	if missing != "" {
		return dnsverdict.NotLooked(check, missing)
	}
	return dnsverdict.Done(check, "open to the servers")
}

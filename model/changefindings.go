package model

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Judged is what is wrong in one thing, as far as that is known now: a group of findings,
// for a history to compare with what it knew. What could not be judged is in no group.
type Judged struct {
	Of    Change   // the network, the object and the aspect
	Found []Change // none where nothing is wrong
}

// Findings lists what is wrong in a network. Ways tells whether the routes and rules behind
// its peerings were read, so that no finding of them means that there is none.
func Findings(n NetworkStatus, ways bool) []Judged {
	base := Change{Network: n.ID, NetworkName: n.Name}
	var out []Judged
	one := func(id, name safe.Text, f finding.Finding) {
		if f.Severity == SeverityUnknown || f.Code == "" {
			return // what is not known is neither well nor ill
		}
		j := Judged{Of: base}
		j.Of.Object, j.Of.ObjectName, j.Of.Aspect = id, name, AspectFinding
		if f.Severity > SeverityOK {
			j.Found = []Change{found(j.Of, f)}
		}
		out = append(out, j)
	}
	one(safe.Text{}, safe.Text{}, n.Own)
	for i := range n.Peerings {
		p := &n.Peerings[i]
		one(p.ID, p.Name, p.Finding)
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		one(d.ID, d.Name, d.Finding)
	}
	out = append(out, n.mappingGroups(base)...)
	return append(out, n.wayGroups(base, ways)...)
}

func found(of Change, f finding.Finding) Change {
	of.Code, of.Severity, of.To, of.Reason = f.Code, f.Severity.String(), safe.New(f.Word).Or(string(f.Code)), safe.New(f.Cause)
	return of
}

// mappingGroups are what the rules say of each mapping table, and what the last probe does.
func (n *NetworkStatus) mappingGroups(base Change) []Judged {
	var g groups
	if n.PeeringsRead.Read() && n.PrivateDNSRead.Read() {
		for i := range n.PrivateDNS {
			g.open(base, n.PrivateDNS[i].ID, n.PrivateDNS[i].Name, AspectMappings)
		}
		for i := range n.Peerings {
			g.open(base, n.Peerings[i].ID, n.Peerings[i].Name, AspectMappings)
		}
	}
	if n.Probed != nil {
		g.open(base, safe.Text{}, safe.New("last probe"), AspectProbe)
	}
	for _, m := range n.Mappings {
		if m.TableID == n.ID {
			g.add(safe.Text{}, AspectProbe, m.Finding)
		} else {
			g.add(m.TableID, AspectMappings, m.Finding)
		}
	}
	return g.list
}

// wayGroups are what routes and rules say of the ways behind each peering, and what the
// last whole reading of the paths does.
func (n *NetworkStatus) wayGroups(base Change, ways bool) []Judged {
	var g groups
	if ways {
		for i := range n.Peerings {
			g.open(base, n.Peerings[i].ID, n.Peerings[i].Name, AspectWays)
		}
	}
	if n.PathsRead != nil {
		g.open(base, safe.Text{}, safe.New("paths"), AspectWaysRead)
	}
	for _, p := range n.Paths {
		if p.ID == n.ID {
			g.add(safe.Text{}, AspectWaysRead, p.Finding)
		} else {
			g.add(p.ID, AspectWays, p.Finding)
		}
	}
	return g.list
}

// groups collects findings under what they are of.
type groups struct{ list []Judged }

func (g *groups) open(base Change, object, name safe.Text, aspect Aspect) {
	base.Object, base.ObjectName, base.Aspect = object, name, aspect
	g.list = append(g.list, Judged{Of: base})
}

// add puts a finding into its group, once for each code. One whose group is not open is of
// something that was not read whole.
func (g *groups) add(object safe.Text, aspect Aspect, f finding.Finding) {
	for i := range g.list {
		j := &g.list[i]
		if j.Of.Object != object || j.Of.Aspect != aspect {
			continue
		}
		for _, c := range j.Found {
			if c.Code == f.Code {
				return
			}
		}
		if f.Severity >= SeverityAttention {
			j.Found = append(j.Found, found(j.Of, f))
		}
		return
	}
}

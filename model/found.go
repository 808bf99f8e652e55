package model

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Found is one finding of a network with what it is about.
type Found struct {
	Subject finding.Subject
	ID      safe.Text // of the network, the peering, the private DNS or the table
	Name    safe.Text
	Finding finding.Finding
	Since   Since // when the state began that it is about; zero where that is not known
}

// spoken is the finding as the network says it: of one of its parts with that part's name.
func (f Found) spoken() finding.Finding {
	if f.Subject == finding.OfPeering || f.Subject == finding.OfPrivateDNS {
		return named(f.Finding, f.Name, f.ID)
	}
	return f.Finding
}

// Found lists the findings of the network itself, which is the first, and of all that is in
// it, those that are well too.
func (n *NetworkStatus) Found() []Found {
	out := make([]Found, 0, 2+len(n.Peerings)+len(n.PrivateDNS)+len(n.Mappings)+len(n.Paths))
	out = append(out, Found{finding.OfNetwork, n.ID, n.Name, n.Own, n.Since})
	if f, unread := n.unreadPart(); unread {
		out = append(out, Found{finding.OfNetwork, n.ID, n.Name, f, Since{}})
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		out = append(out, Found{finding.OfPeering, p.ID, p.Name, p.Finding, p.Since})
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		out = append(out, Found{finding.OfPrivateDNS, d.ID, d.Name, d.Finding, d.Since})
	}
	for i := range n.Mappings {
		m := &n.Mappings[i]
		out = append(out, Found{finding.OfMapping, m.TableID, m.Table, m.Finding, Since{}})
	}
	for i := range n.Paths {
		p := &n.Paths[i]
		out = append(out, Found{finding.OfPath, p.ID, p.Subject, p.Finding, Since{}})
	}
	return out
}

// Acknowledge has each finding that needs a person say what somebody knows of it. It is for
// a status that nobody has seen yet.
func (n *NetworkStatus) Acknowledge(known func(Found) *finding.Known) {
	list := n.Found()
	mark := func(into **finding.Known) {
		if list[0].Finding.NeedsPerson() {
			*into = known(list[0])
		}
		list = list[1:]
	}
	mark(&n.Own.Known)
	if _, unread := n.unreadable(); unread {
		mark(&n.UnreadKnown)
	}
	for i := range n.Peerings {
		mark(&n.Peerings[i].Finding.Known)
	}
	for i := range n.PrivateDNS {
		mark(&n.PrivateDNS[i].Finding.Known)
	}
	for i := range n.Mappings {
		mark(&n.Mappings[i].Finding.Known)
	}
	for i := range n.Paths {
		mark(&n.Paths[i].Finding.Known)
	}
}

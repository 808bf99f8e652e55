package activity

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// standing is what is found of the subject of a change now: the finding of the same code,
// or that of its peering, its private DNS or its network. It is nil where the network is
// not there any more, or the change is of none.
func standing(s *model.Snapshot, e changes.Entry) *finding.Finding {
	for _, n := range s.Networks {
		if n.ID == e.Network && !e.Network.IsEmpty() {
			return standingIn(n, e)
		}
	}
	return nil
}

func standingIn(n *model.NetworkStatus, e changes.Entry) *finding.Finding {
	for i := range n.Mappings {
		if f := &n.Mappings[i].Finding; e.Code != "" && f.Code == e.Code && ofObject(n, n.Mappings[i].TableID, e) {
			return f
		}
	}
	for i := range n.Paths {
		if f := &n.Paths[i].Finding; e.Code != "" && f.Code == e.Code && ofObject(n, n.Paths[i].ID, e) {
			return f
		}
	}
	for i := range n.Peerings {
		if n.Peerings[i].ID == e.Peering {
			return &n.Peerings[i].Finding
		}
	}
	for i := range n.PrivateDNS {
		if n.PrivateDNS[i].ID == e.Peering {
			return &n.PrivateDNS[i].Finding
		}
	}
	if e.Peering.IsEmpty() {
		return &n.Own
	}
	return nil
}

// ofObject reports whether a finding of an object is of that of a change.
func ofObject(n *model.NetworkStatus, object safe.Text, e changes.Entry) bool {
	return object == e.Peering || object == n.ID && e.Peering.IsEmpty()
}

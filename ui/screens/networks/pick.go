package networks

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// pickPeering returns a network's peering by its id; when there is none of that
// id, the most urgent one. It is nil for a network without peerings.
func pickPeering(n *model.NetworkStatus, id safe.Text) (*model.PeeringStatus, int) {
	best := -1
	for i := range n.Peerings {
		if n.Peerings[i].ID == id {
			return &n.Peerings[i], i
		}
		if best < 0 || n.Peerings[i].Finding.Severity > n.Peerings[best].Finding.Severity {
			best = i
		}
	}
	if best < 0 {
		return nil, 0
	}
	return &n.Peerings[best], best
}

// step returns the id of the peering that stands so many places after one.
func step(n *model.NetworkStatus, from, by int) safe.Text {
	count := len(n.Peerings)
	if count == 0 {
		return safe.Text{}
	}
	return n.Peerings[((from+by)%count+count)%count].ID
}

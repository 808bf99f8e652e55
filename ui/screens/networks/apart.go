package networks

import "github.com/peerdeck/peerdeck/model"

// Facts lists everything that is known of a network and its peerings as labelled values, a
// heading having no value: what d shows, for a face that has no screen.
func Facts(n *model.NetworkStatus, snapshot *model.Snapshot) [][2]string {
	a := subject{at: snapshot.At, network: n, snapshot: snapshot}
	list := sheet{rows: facts(a)}
	for i := range n.Peerings {
		peeringFacts(&list, &n.Peerings[i], a.at)
	}
	return list.rows
}

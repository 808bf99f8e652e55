package model

import "github.com/peerdeck/peerdeck/model/safe"

// Find finds a network by its id, or by its name where only one has it. The error is a
// Failure.
func (s Snapshot) Find(id safe.Text) (*NetworkStatus, error) {
	var named []*NetworkStatus
	for _, n := range s.Networks {
		if n.ID == id {
			return n, nil
		}
		if n.Name == id {
			named = append(named, n)
		}
	}
	if len(named) == 1 {
		return named[0], nil
	}
	f := Failure{
		Kind: FailureNotFound, Operation: "look for the network", Subject: id,
		Cause: safe.New("Konnect did not tell of it"), Cure: CureNetworkUnread, Retryable: true,
	}
	if len(named) > 1 {
		f.Cause, f.Cure = safe.New("several networks have this name"), CureNetworkID
	}
	return nil, f
}

// FindPeering finds a network, and a peering in it where one is asked for, each by its id or
// by a name that only one has. Without a network the peering is looked for in all. Nil is
// what is not there, or not asked for.
func (s Snapshot) FindPeering(network, peering safe.Text) (*NetworkStatus, *PeeringStatus) {
	in := s.Networks
	var n *NetworkStatus
	if !network.IsEmpty() {
		var err error
		if n, err = s.Find(network); err != nil {
			return nil, nil
		}
		in = []*NetworkStatus{n}
	}
	if peering.IsEmpty() {
		return n, nil
	}
	of, p := peeringIn(in, func(p *PeeringStatus) bool { return p.ID == peering })
	if p == nil {
		of, p = peeringIn(in, func(p *PeeringStatus) bool { return p.Name == peering })
	}
	if p == nil {
		return n, nil
	}
	return of, p
}

// peeringIn finds the only peering of some networks that is one.
func peeringIn(networks []*NetworkStatus, is func(*PeeringStatus) bool) (*NetworkStatus, *PeeringStatus) {
	var of *NetworkStatus
	var found *PeeringStatus
	for _, n := range networks {
		for i := range n.Peerings {
			switch {
			case !is(&n.Peerings[i]):
			case found != nil:
				return nil, nil
			default:
				of, found = n, &n.Peerings[i]
			}
		}
	}
	return of, found
}

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

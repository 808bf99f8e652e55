package model

import "github.com/peerdeck/peerdeck/model/safe"

// The prefix lengths that the range of a network on Azure may have, by Kong's
// documentation: Konnect's availability document has none.
const (
	WidestRange    = 16
	NarrowestRange = 21
)

// Availability is where Konnect runs networks.
type Availability struct{ Regions []CloudRegion }

// CloudRegion is a region of a provider.
type CloudRegion struct {
	Provider Provider
	ID       safe.Text // such as eastus2
	Name     safe.Text // as people call it
	Zones    []safe.Text
	CIDRs    []Prefix // a network's range must lie in one of them
	Reserved []Prefix // and overlap none of these
}

// Region returns a region of a provider; false when Konnect does not name it.
func (a Availability) Region(provider Provider, id safe.Text) (CloudRegion, bool) {
	for _, r := range a.Regions {
		if r.Provider == provider && r.ID.EqualFold(id) {
			return r, true
		}
	}
	return CloudRegion{}, false
}

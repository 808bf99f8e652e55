package paths

import (
	"slices"

	"peerdeck/model"
	"peerdeck/model/finding"
)

// Report is what the facts come to.
type Report struct {
	Hosts         []Host // by control plane and name
	ControlPlanes []ControlPlane
	Ways          []Way // of each subnet of each peered VNET
	// Findings are all that somebody should look at, each once, the most urgent first.
	Findings []finding.Finding
}

// ControlPlane is a control plane with how far it could be read.
type ControlPlane struct {
	model.ControlPlane
	Services int             // that were read
	Finding  finding.Finding // why not all of it is known; no code where all is
}

// Past lists the hosts whose requests are known not to go over a peering.
func (r Report) Past() []Host {
	return slices.DeleteFunc(slices.Clone(r.Hosts), func(h Host) bool { return !h.By.Past() })
}

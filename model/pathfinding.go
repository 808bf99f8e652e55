package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// PathFinding is what is known of the ways between a network and what is behind its
// peerings, where somebody should look: of a subnet, or of the last reading of its paths.
type PathFinding struct {
	Subject safe.Text // the VNET with its subnet, or "last reading"
	ID      safe.Text // of the peering, or of the network
	Finding finding.Finding
}

// PathsRead is what the last whole reading of a network's paths found, of this session or an
// earlier one on this machine.
type PathsRead struct {
	At       time.Time
	Services int         // that were judged
	Faults   []PathFault // services that somebody should look at
	// Rests names what the reading rests on: it counts as long as that is so.
	Rests string
}

// PathFault is a service that the reading found something wrong with.
type PathFault struct {
	Service  safe.Text
	Code     finding.Code
	Severity Severity
}

// PathsCount is how long a reading of paths says something of the present.
const PathsCount = 24 * time.Hour

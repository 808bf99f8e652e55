package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Probed is what the last probe of a network's mapping table found, of this session or an
// earlier one on this machine.
type Probed struct {
	At      time.Time
	Vantage string       // from where was asked: "from this machine"
	Domains int          // that were asked for
	Untold  int          // of these, of which nothing could be tested from there
	Faults  []ProbeFault // domains whose servers do not all answer as they should
}

// ProbeFault is a domain that did not resolve as it should, and the servers of it that
// were at fault; none where each answers, and not the same.
type ProbeFault struct {
	Domain  safe.Text
	Servers []safe.Text
}

// ProbeCounts is how long a probe says something of the present. What servers answered a
// day ago is history.
const ProbeCounts = 24 * time.Hour

package gateway

import "github.com/peerdeck/peerdeck/model/safe"

// Upstream is a virtual host name of a control plane: a service whose host is its name is
// served by its targets, and no DNS is asked for the name itself.
type Upstream struct {
	ID         safe.Text
	Name       safe.Text
	HostHeader safe.Text // what is sent as the host instead of the target's; empty for none
	Targets    []Target
	// TargetsRead says whether the targets are all of them; Targets of one that is not
	// read are none.
	TargetsRead bool
}

// Target is a place behind an upstream: HOST:PORT as Kong keeps it.
type Target struct {
	ID     safe.Text
	Target safe.Text // an address or a name with a port, such as 10.20.0.7:8000
	Weight int       // 0: nothing is sent there
}

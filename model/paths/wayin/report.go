package wayin

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Report is what is known of the way into the gateways on a network.
type Report struct {
	Says    string  // one sentence: how the gateways on the network can be reached
	Groups  []Group // of data planes on the network
	Private bool    // there are private addresses to point at, or there will be
	Whole   bool    // all private addresses are known
	Entries []Entry // what points at data planes, the worst first
	// Findings are all that somebody should look at, each once, the most urgent first.
	Findings []finding.Finding
}

// Kind is what points at data planes.
type Kind string

// The kinds.
const (
	KindBalancer   Kind = "load balancer"
	KindAppGateway Kind = "application gateway"
	KindRecord     Kind = "DNS record"
	KindRule       Kind = "security rule"
)

// Entry is one thing of a VNET that points at data planes: a pool of backends, a DNS record
// or a security rule.
type Entry struct {
	Key     string // tells it apart from the others, in each reading of the same network
	Kind    Kind
	ID      safe.Text // ARM id of the load balancer, application gateway, private zone or security group
	Name    safe.Text // of the same
	Part    safe.Text // the pool, record or rule in it
	VNet    model.VNetRef
	Peering safe.Text // id
	Subnet  safe.Text // that requests come from; empty where there is none
	Front   string    // where it is asked: "10.9.2.4:443"; empty for nothing
	Ports   []Port    // that the data planes are asked on
	Targets []Target
	Missing []Address // addresses of the same control planes that it does not point at
	Planes  []string  // the control planes whose data planes it points at

	// Ways are what becomes of requests from its subnet to each data plane.
	Ways []Way

	Word string // for a table: "2 of 3, 1 stale"
	Why  string // one sentence

	Findings []finding.Finding // the most urgent first; none where all is known and well
}

// Title names the entry for a table: what it is of, and the part.
func (e Entry) Title() string { return e.Name.String() + " › " + e.Part.String() }

// Finding is what speaks for the entry.
func (e Entry) Finding() finding.Finding {
	if len(e.Findings) == 0 {
		return finding.Finding{Severity: finding.OK, Word: "complete", Cause: e.Why}
	}
	return e.Findings[0]
}

// Target is one address or name that an entry points at.
type Target struct {
	Name    safe.Text // that the backend has in its pool; empty for none
	Address safe.Text // empty where a name leads to none that is known
	Host    safe.Text // the name; empty for an address
	Is      Is
	Whose   string // of whom, for a sentence; may be empty
	index   int    // its place among the entry's addresses, as Azure lists them
}

// Port is a port that data planes are asked on, and how their health is asked.
type Port struct {
	Port      int    // 0 where it is not known
	Protocol  string // Tcp, Udp, All, Http, Https
	Probe     string // protocol of the probe; empty for none or not known
	ProbePort int
	Probed    bool // there is a probe
}

// Way is what becomes of requests from an entry's subnet to one data plane.
type Way struct {
	To      safe.Text
	Port    int
	Passage azurenet.Passage
}

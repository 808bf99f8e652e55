package paths

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// By is what carries requests from a network to a place.
type By string

// The ways. The zero value is that of a place that was not looked at.
const (
	ByPeering  By = "peering"  // over a peering: the address lies in a range that one carries
	ByNetwork  By = "network"  // within the network's own range
	ByInternet By = "internet" // over the Internet, past every peering
	ByNothing  By = "nothing"  // nothing: no request from this network arrives there
	ByItself   By = "itself"   // nowhere: the address is one of the data plane itself
	ByUnknown  By = "unknown"  // it cannot be told
)

// Past reports whether requests are known not to go over a peering.
func (b By) Past() bool { return b != ByPeering && b != ByUnknown && b != "" }

// Host is a gateway service with the places to which its requests go.
type Host struct {
	Key      string // tells it apart from the others, in each reading of the same network
	Plane    model.ControlPlane
	Service  gateway.Service
	Routes   []gateway.Route // that lead to it
	Upstream safe.Text       // the upstream that the host is the name of; empty for none
	Places   []Place         // one, or one for each target of the upstream

	By   By     // of the worst place that gets requests
	Word string // the same in a few words, for a table: "corp.example.org → vnet-hub"
	Why  string // one sentence
	Back string // how the replies come home, in one or two words; empty where nothing is known of a way there

	// Seen is what the data planes saw of the service's requests.
	Seen Evidence

	Findings []finding.Finding // the most urgent first; none where all is known and well
}

// Finding is what speaks for the host.
func (h Host) Finding() finding.Finding {
	if len(h.Findings) == 0 {
		return finding.Finding{Severity: finding.OK, Word: "well", Cause: h.Why}
	}
	return h.Findings[0]
}

// Place is one place that requests go to.
type Place struct {
	Host      safe.Text // as it is written, without brackets and port
	Port      int       // -1 where there is none that is a number
	Transport string    // tcp, udp
	Weight    int       // of a target; requests go to none of weight 0

	By      By
	Peering safe.Text   // the name of the peering that carries the requests; empty for none
	VNet    safe.Text   // the VNET in which the address lies, as far as it is known
	Subnet  safe.Text   // the same
	Domain  safe.Text   // the mapped domain that the name falls under; empty for none
	Servers []safe.Text // that are asked for it
	Address safe.Text   // where the requests arrive: the address itself, or the first that the name led to
	Word    string
	Why     string // one sentence
	Back    string

	Hops     []Hop
	Findings []finding.Finding
}

// Address is where the service's requests are sent, as it stands in Konnect.
func (h Host) Address() string {
	d := Destination{Host: h.Service.Host, Port: h.Service.Port, Transport: h.Service.Transport()}
	return d.String()
}

// Destinations are the places that requests of the service go to, as somebody would ask
// about them.
func (h Host) Destinations() []Destination {
	out := make([]Destination, len(h.Places))
	for i, p := range h.Places {
		out[i] = Destination{Plane: h.Plane.ID, Host: p.Host, Port: p.Port, Transport: p.Transport}
	}
	return out
}

package paths

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what is known of a network and of everything that its requests meet.
type Facts struct {
	At      time.Time
	Cloud   azurecloud.Cloud // the cloud of Azure that was looked into
	Network *model.NetworkStatus
	Others  []*model.NetworkStatus // the other networks that can be seen
	// Planes are the control planes that run data planes on the network, by the
	// configurations that name it; PlanesRead says whether these are all.
	Planes     []gateway.Plane
	PlanesRead model.Part
	VNets      []VNet
	Answers    []Answer
	// Wanted are places that somebody asks about beside those of the services.
	Wanted []Destination
}

// VNet is what was read around the VNET of one peering.
type VNet struct {
	Peering safe.Text // id
	Ref     model.VNetRef
	Net     azurenet.Facts
	Unread  bool // it is being read for the first time
}

// VNetOf finds what was read around the VNET of a peering; nil for what was not read.
func (f Facts) VNetOf(peering safe.Text) *VNet {
	for i := range f.VNets {
		if f.VNets[i].Peering == peering {
			return &f.VNets[i]
		}
	}
	return nil
}

// Answer is what a DNS server last said of a name, as far as somebody asked it.
type Answer struct {
	Name      safe.Text // as it was asked for
	Domain    safe.Text // the row of the mapping table by which it was asked
	Server    safe.Text
	At        time.Time
	Vantage   string         // from where it was asked: "from this machine"
	Severity  model.Severity // OK for an answer that is as it should be; Unknown where nothing can be said from there
	Says      string         // one clause: "10.20.4.10", "NXDOMAIN", "not testable from here"
	Addresses []safe.Text    // that it gave
}

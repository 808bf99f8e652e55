package wayin

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what is known of a network and of the VNETs that it is peered with.
type Facts struct {
	At      time.Time
	Network *model.NetworkStatus
	Others  []*model.NetworkStatus // the other networks that can be seen
	VNets   []VNet
}

// VNet is what was read around the VNET of one peering.
type VNet struct {
	Peering safe.Text // id
	Ref     model.VNetRef
	Net     azurenet.Facts
}

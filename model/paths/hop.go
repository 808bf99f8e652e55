package paths

import (
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Outcome is what becomes of a request at a hop.
type Outcome = azurenet.Outcome

// The outcomes.
const (
	Open     = azurenet.Open
	Closed   = azurenet.Closed
	Partly   = azurenet.Partly
	NotKnown = azurenet.Unknown
)

// HopKind is the sort of a hop.
type HopKind string

// The hops, in the order in which a request and its reply meet them.
const (
	HopGateway HopKind = "gateway" // the data planes on the network
	HopName    HopKind = "name"    // which servers are asked for the name
	HopAnswer  HopKind = "answer"  // what they said
	HopAddress HopKind = "address" // where the address lies
	HopPeering HopKind = "peering" // both halves
	HopSubnet  HopKind = "subnet"  // where in the VNET it arrives
	HopAdmin   HopKind = "admin"   // security admin rules
	HopGroup   HopKind = "group"   // the security group of the subnet
	HopCard    HopKind = "card"    // the security group of the network card
	HopService HopKind = "service" // who has the address, and the port
	HopBack    HopKind = "back"    // the routes and rules of the replies
)

// Title is the hop for people: what is so when all is well.
func (k HopKind) Title() string {
	switch k {
	case HopGateway:
		return "The data planes run"
	case HopName:
		return "The name is asked of the right servers"
	case HopAnswer:
		return "They answer"
	case HopAddress:
		return "The address can be reached"
	case HopPeering:
		return "The peering carries it"
	case HopSubnet:
		return "The address lies in a subnet"
	case HopAdmin:
		return azurenet.StepAdmin.Title()
	case HopGroup:
		return azurenet.StepSubnet.Title()
	case HopCard:
		return azurenet.StepCard.Title()
	case HopService:
		return "The service has the address and the port"
	case HopBack:
		return "The replies come home"
	default:
		return string(k)
	}
}

// Hop is one thing that a request or its reply meets.
type Hop struct {
	Kind    HopKind
	Title   string // what is so when all is well
	Decides string // who decides here, with the real names; empty for nobody
	Outcome Outcome
	Why     string          // one clause
	Finding finding.Finding // what is wrong, or not known, and what to do; no code where all is well
}

// open is a hop at which all is well.
func open(k HopKind, decides, why string) Hop {
	return Hop{Kind: k, Title: k.Title(), Decides: decides, Outcome: Open, Why: why}
}

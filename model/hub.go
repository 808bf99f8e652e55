package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// HubRef names a virtual hub of an Azure Virtual WAN.
type HubRef struct {
	TenantID       safe.Text
	SubscriptionID safe.Text
	ResourceGroup  safe.Text
	Name           safe.Text
}

// IsZero reports whether the reference names nothing.
func (r HubRef) IsZero() bool { return r == HubRef{} }

// Key returns one spelling for all spellings of the same hub, which is that of no VNET.
func (r HubRef) Key() string { return "hub\x00" + VNetRef(r).Key() }

// ID returns the ARM resource id.
func (r HubRef) ID() safe.Text {
	return safe.New("/subscriptions/" + r.SubscriptionID.Raw() + "/resourceGroups/" + r.ResourceGroup.Raw() +
		"/providers/Microsoft.Network/virtualHubs/" + r.Name.Raw())
}

// VirtualHub is a hub of an Azure Virtual WAN, as Azure reports it. It has a range of its
// own, which no VNET that is connected to it may meet.
type VirtualHub struct {
	ID           safe.Text
	Name         safe.Text
	Location     safe.Text
	Prefix       Prefix // text that is empty for a hub that has none yet
	Provisioning ProvisioningState
	Routing      HubRoutingState
	WAN          safe.Text   // ARM id of the Virtual WAN
	Firewall     safe.Text   // ARM id of the firewall in the hub, empty for none
	Gateways     []safe.Text // ARM ids of the gateways to places outside of Azure
	Connections  []HubConnection
}

// HubRoutingState is the state of a hub's router.
type HubRoutingState string

// The states of armnetwork; others are kept as received.
const (
	HubRoutingNone         HubRoutingState = "None"
	HubRoutingProvisioned  HubRoutingState = "Provisioned"
	HubRoutingProvisioning HubRoutingState = "Provisioning"
	HubRoutingFailed       HubRoutingState = "Failed"
)

// HubConnection connects a VNET to a hub. Azure gives it no peering state: it is connected
// where its last write succeeded and the hub's routing is provisioned.
type HubConnection struct {
	ID               safe.Text
	Name             safe.Text
	Provisioning     ProvisioningState
	RemoteVNetID     safe.Text
	InternetSecurity Ternary     // EnableInternetSecurity: it is given the hub's default route
	Configured       bool        // Azure told how it is routed
	Table            safe.Text   // ARM id of the route table by which its traffic is routed
	Propagates       []safe.Text // ARM ids of the route tables that learn its ranges
	Labels           []safe.Text // labels of route tables that learn them too
}

// VNet is the name of the VNET that the connection leads to.
func (c HubConnection) VNet() safe.Text { return LastSegment(c.RemoteVNetID) }

// HubRouteTable is a route table of a hub.
type HubRouteTable struct {
	ID           safe.Text
	Name         safe.Text
	Labels       []safe.Text
	Routes       []HubRoute  // that somebody has written into it
	Propagating  []safe.Text // ARM ids of the connections whose ranges it learns
	Provisioning ProvisioningState
}

// HubRoute is a route that stands in a route table of a hub, or that a hub really has.
type HubRoute struct {
	Name         safe.Text
	Destinations []Prefix
	Hops         []safe.Text // ARM ids
	HopType      safe.Text
}

// RoutingPolicy is a part of a hub's routing intent: what kind of traffic goes through what.
type RoutingPolicy struct {
	Name         safe.Text
	Destinations []safe.Text // PrivateTraffic, Internet
	Hop          safe.Text   // ARM id
}

// Private reports whether the policy is about traffic between private addresses.
func (p RoutingPolicy) Private() bool {
	return slices.ContainsFunc(p.Destinations, func(d safe.Text) bool { return strings.EqualFold(d.Raw(), "PrivateTraffic") })
}

// HubWays is how a hub routes: what is written down, and what it really does. Each part has
// the failure for which it is not known.
type HubWays struct {
	Tables    []HubRouteTable
	TablesOf  Part
	Intent    []RoutingPolicy
	IntentOf  Part
	Effective []HubEffective // of the route tables by which connections are routed
	// EffectiveOf has the failure of the first table that could not be asked.
	EffectiveOf Part
}

// Asked reports whether everything was asked for once.
func (w HubWays) Asked() bool {
	asked := func(p Part) bool { return p.Read() || p.Failure != nil }
	return asked(w.TablesOf) && asked(w.IntentOf) && asked(w.EffectiveOf)
}

// HubEffective is what a hub really routes by one of its route tables.
type HubEffective struct {
	Table  safe.Text // ARM id
	Routes []HubRoute
}

// HubHalf is what is known of a peering with a virtual hub beside its half: the hub, its
// routes, and which of the hub's connections leads to Kong's VNET.
type HubHalf struct {
	Hub        VirtualHub
	Ways       HubWays
	Connection HubConnection // zero where none is known to be the network's
}

// armKey is an ARM id in the one spelling in which ids are compared.
func armKey(id safe.Text) string { return strings.ToLower(strings.TrimRight(id.Raw(), "/")) }

func sameARM(a, b safe.Text) bool { return !a.IsEmpty() && armKey(a) == armKey(b) }

func containsARM(list []safe.Text, id safe.Text) bool {
	return slices.ContainsFunc(list, func(o safe.Text) bool { return sameARM(o, id) })
}

// connection finds one of a hub's connections by its id.
func (h VirtualHub) connection(id safe.Text) HubConnection {
	for _, c := range h.Connections {
		if sameARM(c.ID, id) {
			return c
		}
	}
	return HubConnection{}
}

// ranges are those that a hub really has behind one of its connections.
func (w HubWays) ranges(c HubConnection) []Prefix {
	var out []Prefix
	for _, e := range w.Effective {
		for _, r := range e.Routes {
			if len(r.Hops) != 1 || !sameARM(r.Hops[0], c.ID) {
				continue
			}
			for _, p := range r.Destinations {
				if p.Valid() && p.Range().Bits() > 0 && !slices.ContainsFunc(out, p.Same) {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// AsVNet is the hub as whoever looks for halves sees it: its range, and each connection as a
// half that leads to a VNET and routes what lies behind it.
func (h VirtualHub) AsVNet(w HubWays) VNet {
	v := VNet{ID: h.ID, Name: h.Name, Location: h.Location}
	if h.Prefix.Valid() {
		v.AddressPrefixes = []Prefix{h.Prefix}
	}
	for _, c := range h.Connections {
		v.Peerings = append(v.Peerings, VNetPeering{ID: c.ID, Name: c.Name, Provisioning: c.Provisioning, RemoteVNetID: c.RemoteVNetID, Routed: w.ranges(c)})
	}
	return v
}

// HubRead is what is known of a virtual hub by reading it.
type HubRead struct {
	Hub  VirtualHub
	Ways HubWays
	Part
	Gone bool // Azure says that it is not there
}

// HubHalfOf makes Azure's half of a peering with a virtual hub, and the address ranges that
// meet: those of the network, of the hub and of the VNETs that are connected to it.
func HubHalfOf(n Network, a Around, r HubRead) (AzureHalf, []Overlap) {
	h, overlaps := HalfOf(n, a, VNetRead{VNet: r.Hub.AsVNet(r.Ways), Part: r.Part, Gone: r.Gone})
	for i := range overlaps {
		overlaps[i].Hub = true
	}
	h.VNet, h.OfHub = VNet{}, true
	if !r.Read() || r.Gone {
		return h, overlaps
	}
	h.Hub = &HubHalf{Hub: r.Hub, Ways: r.Ways}
	if h.Status == HalfPresent {
		h.Hub.Connection = r.Hub.connection(h.Peering.ID)
	}
	if h.Status == HalfUnclear && !r.Ways.Asked() {
		h.Status = HalfUnread // what lies behind each connection tells, and is being asked for
	}
	return h, overlaps
}

// Carries reports whether Azure's half is there and carries traffic, as far as Azure tells: a
// half in a VNET that is connected; on a hub, a connection whose last write succeeded, while
// the hub's routing is provisioned.
func (h AzureHalf) Carries() bool {
	if h.Hub != nil {
		return h.Status == HalfPresent && h.Peering.Provisioning == ProvisioningSucceeded && h.Hub.Hub.Routing == HubRoutingProvisioned
	}
	return h.Status == HalfPresent && h.Peering.State == VNetConnected
}

// hubChanging reports whether Azure is at work on the hub.
func (h AzureHalf) hubChanging() bool {
	return h.Hub != nil && (h.Hub.Hub.Provisioning.Changing() || h.Hub.Hub.Routing == HubRoutingProvisioning)
}

// StateWord is the state of a half that is there: Azure's own word, and for one on a hub,
// which Azure gives none, what its states amount to.
func (h AzureHalf) StateWord() string {
	switch {
	case h.Hub == nil:
		return string(h.Peering.State)
	case h.Carries():
		return string(VNetConnected)
	case h.Peering.Provisioning != ProvisioningSucceeded:
		return WordOfConnection + orNone(string(h.Peering.Provisioning))
	default:
		return WordOfRouting + orNone(string(h.Hub.Hub.Routing))
	}
}

func orNone(s string) string {
	if s == "" {
		return "not stated"
	}
	return s
}

package report

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Hub is the virtual hub that a peering is with, and how it routes. A list that could not be
// read is null, and one that was read and is empty is [].
type Hub struct {
	Name              safe.Text       `json:"name"`
	AddressPrefix     safe.Text       `json:"address_prefix"`
	RoutingState      string          `json:"routing_state"`
	ProvisioningState string          `json:"provisioning_state"`
	Connection        safe.Text       `json:"connection"` // to Kong's VNET; empty where none is known to be
	Connected         bool            `json:"connected"`
	Through           []safe.Text     `json:"through"` // what a routing intent sends private traffic through
	Connections       []HubConnection `json:"connections"`
	RoutesRead        bool            `json:"effective_routes_read"` // what the hub really routes was read
}

// HubConnection is one connection of a hub.
type HubConnection struct {
	Name              safe.Text   `json:"name"`
	VNetID            safe.Text   `json:"vnet_id"`
	ProvisioningState string      `json:"provisioning_state"`
	RouteTable        safe.Text   `json:"route_table"`
	PropagatesTo      []safe.Text `json:"propagates_to"`
	Labels            []safe.Text `json:"labels"`
}

// hub is nil for a peering with anything else.
func hub(p *model.PeeringStatus) *Hub {
	if p.Kind != model.KindAzureVHub {
		return nil
	}
	out := &Hub{Name: p.Hub.Name}
	h := p.Azure.Hub
	if h == nil {
		return out
	}
	out.AddressPrefix, out.RoutingState, out.ProvisioningState = h.Hub.Prefix.Text, string(h.Hub.Routing), string(h.Hub.Provisioning)
	out.Connection, out.Connected = h.Connection.Name, p.Azure.Carries()
	out.RoutesRead = h.Ways.EffectiveOf.Read()
	if h.Ways.IntentOf.Read() {
		out.Through = []safe.Text{}
	}
	for _, policy := range h.Ways.Intent {
		if policy.Private() {
			out.Through = append(out.Through, policy.Hop)
		}
	}
	out.Connections = []HubConnection{}
	for _, c := range h.Hub.Connections {
		out.Connections = append(out.Connections, HubConnection{
			Name: c.Name, VNetID: c.RemoteVNetID, ProvisioningState: string(c.Provisioning), RouteTable: c.Table, PropagatesTo: c.Propagates, Labels: c.Labels,
		})
	}
	return out
}

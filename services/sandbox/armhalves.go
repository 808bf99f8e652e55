package sandbox

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The rights that changes of a half need.
const (
	actWriteHalf  = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write"
	actDeleteHalf = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete"
	actPeer       = "Microsoft.Network/virtualNetworks/peer/action"
)

// halves answers for the peerings of a VNET. Who asks may do it.
func (q armRequest) halves(v *vnet, p resourcePath) reply {
	switch {
	case q.Method == http.MethodGet && !p.one():
		return q.listed(renderHalves(q.w.shown(v)))
	case q.Method == http.MethodGet:
		for _, h := range v.peerings {
			if strings.EqualFold(h.name, p.names[1]) && !q.w.hidden(h, hidesReads) {
				return withHeaders(q.w, ok200(renderHalf(v, h)))
			}
		}
		return q.notFound()
	case !p.one():
		return armError(q.w, http.StatusMethodNotAllowed, "HttpMethodNotSupported", "The method "+q.Method+" is not supported here.")
	case q.Method == http.MethodPut:
		return q.putHalf(v, p.names[1])
	case q.Method == http.MethodDelete:
		return q.deleteHalf(v, p.names[1])
	default:
		return q.notBuilt()
	}
}

// halfBody is what a PUT of a peering carries.
type halfBody struct {
	Properties *struct {
		RemoteVirtualNetwork struct {
			ID string `json:"id"`
		} `json:"remoteVirtualNetwork"`
		Access     *bool `json:"allowVirtualNetworkAccess"`
		Forward    bool  `json:"allowForwardedTraffic"`
		Gateway    bool  `json:"allowGatewayTransit"`
		UseGateway bool  `json:"useRemoteGateways"`
	} `json:"properties"`
}

// putHalf makes a peering, replaces what it allows, or with syncRemoteAddressSpace takes the
// ranges that the other VNET has now.
func (q armRequest) putHalf(v *vnet, name string) reply {
	var body halfBody
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body); err != nil || body.Properties == nil || body.Properties.RemoteVirtualNetwork.ID == "" {
		return armError(q.w, http.StatusBadRequest, "InvalidRequestFormat", "Cannot parse the request.")
	}
	if refusal, ok := q.mayChange(v.sub, v.id(), false); !ok {
		return refusal
	}
	remote := body.Properties.RemoteVirtualNetwork.ID
	i := slices.IndexFunc(v.peerings, func(h *vnetPeering) bool { return strings.EqualFold(h.name, name) })
	if refusal, ok := q.halfIsSound(v, name, remote, i); !ok {
		return refusal
	}
	status := http.StatusOK
	var h *vnetPeering
	if i >= 0 {
		h = v.peerings[i]
		before := *h
		q.w.written(lagHalves, h, &before, q.now)
	} else {
		status, h = http.StatusCreated, q.newHalf(v, name, remote)
	}
	b := body.Properties
	h.access, h.forward, h.gateway, h.useGateway = b.Access == nil || *b.Access, b.Forward, b.Gateway, b.UseGateway
	h.provisioning = "Updating"
	for _, flag := range []string{"allowVirtualNetworkAccess", "allowForwardedTraffic", "allowGatewayTransit", "useRemoteGateways", "provisioningState"} {
		delete(h.odd, flag)
	}
	sync := i < 0 || strings.EqualFold(q.URL.Query().Get("syncRemoteAddressSpace"), "true")
	op := q.begin(v.sub, v.location, func(w *World, _ time.Time) {
		h.provisioning = "Succeeded"
		if sync {
			h.takeRemote()
		}
		w.meet(v, h)
	})
	return op.accept(q, reply{status: status, kind: jsonType, body: renderHalf(v, h)}, false)
}

// halfIsSound refuses what Azure would refuse of a peering. At is where the one of this name
// stands in the VNET, negative for a new one.
func (q armRequest) halfIsSound(v *vnet, name, remote string, at int) (reply, bool) {
	wrong := func(code, message string) (reply, bool) {
		return armError(q.w, http.StatusBadRequest, code, message), false
	}
	for _, h := range v.peerings {
		if strings.EqualFold(h.remoteID, remote) && !strings.EqualFold(h.name, name) {
			return wrong("AnotherPeeringAlreadyReferencesRemoteVnet", "Peering "+v.id()+"/virtualNetworkPeerings/"+name+" cannot be created or updated because virtual network "+
				v.id()+" already has a peering which references the remote virtual network "+remote+".")
		}
	}
	other := q.w.vnetWithID(remote)
	if at >= 0 {
		h := v.peerings[at]
		switch {
		case !strings.EqualFold(h.remoteID, remote):
			return wrong("RemoteVnetOfPeeringCannotBeChanged", "The remote virtual network of the peering "+h.name+" cannot be changed.")
		case h.state == "Disconnected":
			return wrong("RemotePeeringIsDisconnected", "Cannot create or update peering "+v.id()+"/virtualNetworkPeerings/"+h.name+
				". Remote peering is in Disconnected state. Delete the peering and create it again.")
		}
		return reply{}, true
	}
	// Kong's VNETs are in subscriptions of its own, in which the account has no right.
	if other == nil || !q.w.userMay(other.sub.tenant, other.id(), actPeer) {
		return armError(q.w, http.StatusForbidden, "LinkedAuthorizationFailed", q.client()+" has permission to perform action '"+actWriteHalf+"' on scope '"+q.URL.Path+
			"'; however, it does not have permission to perform action(s) '"+actPeer+"' on the linked scope(s) '"+remote+"' (respectively) or the linked scope(s) are invalid."), false
	}
	if firstOverlap(v.prefixes, other.prefixes) != "" {
		return wrong("VnetAddressSpacesOverlap", "Cannot create or update peering "+v.id()+"/virtualNetworkPeerings/"+name+
			". Virtual networks cannot be peered because their address spaces overlap: "+firstOverlap(v.prefixes, other.prefixes)+".")
	}
	for _, h := range v.peerings {
		if taken := firstOverlap(h.routed, other.prefixes); taken != "" {
			return wrong("VnetAddressSpaceOverlapsWithAlreadyPeeredVnet", "Cannot create or update peering "+v.id()+"/virtualNetworkPeerings/"+name+
				". The address space "+taken+" overlaps with that of a virtual network that is peered already.")
		}
	}
	if h := other.halfTo(v); h != nil && h.state == "Disconnected" {
		return wrong("RemotePeeringIsDisconnected", "Cannot create or update peering "+v.id()+"/virtualNetworkPeerings/"+name+". Remote peering "+
			other.id()+"/virtualNetworkPeerings/"+h.name+" is in Disconnected state.")
	}
	return reply{}, true
}

func (q armRequest) newHalf(v *vnet, name, remote string) *vnetPeering {
	other := q.w.vnetWithID(remote)
	h := &vnetPeering{
		name: name, remoteID: other.id(), state: "Initiated", sync: syncAlone, routed: other.prefixes, remoteNow: other.prefixes,
		guid: q.w.id("half", v.id(), name, q.now.String()),
	}
	v.peerings = append(v.peerings, h)
	q.w.written(lagHalves, h, nil, q.now)
	return h
}

// deleteHalf takes a peering away; the half of the other VNET is disconnected.
func (q armRequest) deleteHalf(v *vnet, name string) reply {
	if refusal, ok := q.mayChange(v.sub, v.id()+"/virtualNetworkPeerings/"+name, true); !ok {
		return refusal
	}
	i := slices.IndexFunc(v.peerings, func(h *vnetPeering) bool { return strings.EqualFold(h.name, name) })
	if i < 0 {
		return written(q.w, reply{status: http.StatusNoContent})
	}
	h := v.peerings[i]
	h.provisioning = "Deleting"
	op := q.begin(v.sub, v.location, func(w *World, now time.Time) {
		v.peerings = slices.DeleteFunc(v.peerings, func(other *vnetPeering) bool { return other == h })
		w.removed(lagHalves, v, h, now)
		if other := w.vnetWithID(h.remoteID); other != nil {
			if back := other.halfTo(v); back != nil {
				back.state, back.sync = "Disconnected", "RemoteNotInSync"
			}
		}
	})
	return op.accept(q, reply{status: http.StatusAccepted}, true)
}

// takeRemote is a sync: the half routes what the other VNET has now.
func (p *vnetPeering) takeRemote() {
	p.routed = p.remoteNow
	for _, name := range []string{"peeringSyncLevel", "remoteAddressSpace"} {
		if p.odd[name] != nil {
			delete(p.odd, name)
		}
	}
	p.sync = cmp.Or(map[string]string{"LocalNotInSync": "FullyInSync", "LocalAndRemoteNotInSync": "RemoteNotInSync"}[p.sync], p.sync)
}

// meet connects two halves that lead to one another.
func (w *World) meet(v *vnet, h *vnetPeering) {
	other := w.vnetWithID(h.remoteID)
	if other == nil || h.state != "Initiated" {
		return
	}
	if back := other.halfTo(v); back != nil && back.state != "Disconnected" {
		for _, one := range []*vnetPeering{h, back} {
			one.state, one.sync = "Connected", "FullyInSync"
		}
	}
}

// vnetWithID finds a VNET of the world by its resource id, whatever the case; nil for one that
// is not there.
func (w *World) vnetWithID(id string) *vnet {
	parts := strings.Split(strings.Trim(id, "/"), "/")
	const group, name, all = 3, 7, 8
	if len(parts) != all || !areVNets(parts[group+1:]) {
		return nil
	}
	v := w.vnets[vnetKey(parts[1], parts[group], parts[name])]
	if v == nil || v.deletedFromAzure || v.sub.gone {
		return nil
	}
	return v
}

// halfTo returns the peering of a VNET that leads to another one.
func (v *vnet) halfTo(other *vnet) *vnetPeering {
	for _, h := range v.peerings {
		if strings.EqualFold(h.remoteID, other.id()) {
			return h
		}
	}
	return nil
}

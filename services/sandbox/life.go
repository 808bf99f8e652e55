package sandbox

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// defaultPeeringTime is how long a peering takes here. What it takes in the clouds
// is not published.
const defaultPeeringTime = 12 * time.Second

// begin sets the life of a new peering going.
func (w *World) begin(n *network, p *peering, now time.Time) {
	w.lookAgain(n, p, now, w.peeringTime/3)
}

// lookAgain lets Kong look in some time whether it can go on with a peering.
func (w *World) lookAgain(n *network, p *peering, now time.Time, in time.Duration) {
	w.after(now, in, func(w *World, now time.Time) {
		if w.standing(n, p) && (p.state == stateNew || p.state == statePending) {
			w.look(n, p, now)
		}
	})
}

// standing reports whether a peering is still there.
func (w *World) standing(n *network, p *peering) bool {
	return w.byID[n.id] == n && slices.Contains(n.peerings, p)
}

// look is Kong's look at Azure: it goes on, waits for the customer, or gives up.
func (w *World) look(n *network, p *peering, now time.Time) {
	if p.config["kind"] == kindHub {
		w.lookAtHub(n, p, now)
		return
	}
	t, v := w.target(p)
	p.vnet = v
	if reason := w.unpermitted(t, p, now); reason != "" {
		switch {
		case w.refusalIsError:
			p.setState(stateError, "ERROR", reason, now)
			return
		case p.state != statePending:
			// No reason is given: what Konnect says here is not known, and an
			// empty one is what a client has to cope with.
			p.setState(statePending, "", "", now)
		}
		w.lookAgain(n, p, now, w.peeringTime/4)
		return
	}
	if reason := w.hindrance(n, p); reason != "" {
		p.setState(stateError, "ERROR", reason, now)
		return
	}
	if p.state != stateNew {
		p.setState(stateNew, "", "", now)
	}
	w.write(n, p, now)
}

// syncAlone is how Azure tells the sync level of a half without its other one.
const syncAlone = "RemoteNotInSync"

// write makes both halves, one step after another.
func (w *World) write(n *network, p *peering, now time.Time) {
	there := p.vnet.half(n) != nil
	h := w.peer(n, p.vnet)
	if !there {
		w.written(lagHalves, h, nil, now)
	}
	h.state, h.sync, h.provisioning = "Initiated", syncAlone, "Updating"
	step := func(in time.Duration, do func(now time.Time)) {
		w.after(now, in, func(w *World, now time.Time) {
			if w.standing(n, p) && p.state == stateNew {
				do(now)
			}
		})
	}
	step(w.peeringTime/3, func(time.Time) {
		if h := p.vnet.half(n); h != nil {
			h.state, h.sync, h.provisioning = "Connected", "FullyInSync", "Succeeded"
		}
	})
	step(w.peeringTime*2/3, func(now time.Time) { p.setState(stateReady, "", "", now) })
}

// target finds the VNET that a peering names; nil for what is not there.
func (w *World) target(p *peering) (*tenant, *vnet) {
	of := func(member string) string { s, _ := p.config[member].(string); return s }
	t := w.tenant(of("tenant_id"))
	v := w.vnets[vnetKey(of("subscription_id"), of("resource_group_name"), of("vnet_name"))]
	if v == nil || v.deletedFromAzure || v.sub.tenant != t {
		return t, nil
	}
	return t, v
}

// unpermitted says, in Azure's words, why Kong may not write to a VNET yet; empty
// when it may. Kong cannot tell a VNET that is not there from one that it may not
// read, as long as it has no right above it.
func (w *World) unpermitted(t *tenant, p *peering, now time.Time) string {
	var app *principal
	if t != nil {
		app = t.kong()
	}
	if app == nil || app.disabled {
		return "AuthenticationFailed: the application " + kongAppID + " was not found or is disabled in the tenant."
	}
	scope := scopeOf(p)
	for _, action := range peeringActions() {
		if d := w.denied(app.objectID, scope, action); d != nil {
			return "DenyAssignmentAuthorizationFailed: " + d.denialText("The client '"+kongAppID+"' with object id '"+app.objectID+"'", action, scope)
		}
		if w.may(t, app.objectID, scope, action, "", now) != granted {
			return "LinkedAuthorizationFailed: The client '" + kongAppID + "' with object id '" + app.objectID + "' does not have permission to perform action '" +
				action + "' on the linked scope(s) '" + scope + "' or the linked scope(s) are invalid."
		}
	}
	return ""
}

// scopeOf is the VNET's id as the peering spells it.
func scopeOf(p *peering) string {
	of := func(member string) string { s, _ := p.config[member].(string); return s }
	return "/subscriptions/" + of("subscription_id") + "/resourceGroups/" + of("resource_group_name") + "/providers/Microsoft.Network/virtualNetworks/" + of("vnet_name")
}

// hindrance says, in Azure's words, why a peering cannot be made; empty when it can.
func (w *World) hindrance(n *network, p *peering) string {
	v := p.vnet
	if v != nil && v.sub.readOnly() {
		return "ReadOnlyDisabledSubscription: The subscription '" + v.sub.id + "' is disabled and therefore marked as read only."
	}
	if v == nil {
		return "ResourceNotFound: the virtual network " + scopeOf(p) + " was not found."
	}
	if reason := w.guarded(v); reason != "" {
		return reason
	}
	for _, prefix := range v.prefixes {
		if overlaps(prefix, n.cidr) {
			return "VnetAddressSpacesOverlap: the address space " + prefix + " of the remote virtual network overlaps " + n.cidr + "."
		}
	}
	return cmp.Or(v.taken(n), n.taken(v))
}

// guarded says, in Azure's words, what keeps everybody from writing to a VNET; empty for
// nothing.
func (w *World) guarded(v *vnet) string {
	if w.registration(v.sub, nsNetwork) != stateRegistered {
		return "MissingSubscriptionRegistration: The subscription is not registered to use namespace '" + nsNetwork + "'."
	}
	if locks := w.lockedBy(v.id(), false); len(locks) > 0 {
		return "ScopeLocked: The scope '" + v.id() + "' cannot perform write operation because following scope(s) are locked: '" + strings.Join(locks, ",") + "'."
	}
	return ""
}

// taken says why the VNET's peerings leave no room for a network.
func (v *vnet) taken(n *network) string {
	for _, h := range v.peerings {
		if strings.EqualFold(h.remoteID, n.remoteID()) {
			if h.state == "Disconnected" {
				return "RemotePeeringIsDisconnected: the peering " + h.name + " of " + v.name + " is disconnected; delete it and try again."
			}
			continue
		}
		if prefix := firstOverlap(h.routed, []string{n.cidr}); prefix != "" {
			return "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: " + n.cidr + " overlaps " + prefix + ", which " + v.name + " is peered with already."
		}
	}
	return ""
}

// taken says why the network's peerings leave no room for a VNET.
func (n *network) taken(v *vnet) string {
	for _, other := range n.peerings {
		if other.vnet == nil || other.vnet == v || other.vnet.half(n) == nil {
			continue
		}
		if prefix := firstOverlap(v.prefixes, other.vnet.prefixes); prefix != "" {
			return "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: " + prefix + " overlaps " + other.vnet.name + ", which the network is peered with already."
		}
	}
	return ""
}

// end deletes a peering: Kong takes its own half away, and the customer's where it
// still may; a half that stays behind is disconnected.
func (w *World) end(n *network, p *peering, now time.Time) {
	p.ending = true
	p.setState(stateGoing, "", "", now)
	if v := p.vnet; v != nil {
		if h := v.half(n); h != nil {
			h.state, h.sync = "Disconnected", "RemoteNotInSync"
		}
	}
	w.after(now, w.peeringTime/3, func(w *World, now time.Time) {
		if !w.standing(n, p) {
			return
		}
		w.leaveHub(n, p, now)
		n.peerings = slices.DeleteFunc(n.peerings, func(other *peering) bool { return other == p })
		n.version++
		w.removed(lagPeerings, n, p, now)
		if v := p.vnet; v != nil && w.mayRemove(v, now) {
			h := v.half(n)
			v.peerings = slices.DeleteFunc(v.peerings, func(other *vnetPeering) bool { return other == h })
			if h != nil {
				w.removed(lagHalves, v, h, now)
			}
		}
	})
}

// mayRemove reports whether Kong may delete peerings of a VNET.
func (w *World) mayRemove(v *vnet, now time.Time) bool {
	app := v.sub.tenant.kong()
	return app != nil && !app.disabled && len(w.lockedBy(v.id(), true)) == 0 &&
		w.may(v.sub.tenant, app.objectID, v.id(), "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete", "", now) == granted
}

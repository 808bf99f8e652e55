package sandbox

import (
	"slices"
	"strings"
	"time"
)

// hubActions are what Kong's application needs on a hub here. Which it really needs is not
// published: these are assumed.
func hubActions() []string {
	return []string{"Microsoft.Network/virtualHubs/read", "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/write"}
}

// hubTarget finds the hub that a peering names; nil for what is not there.
func (w *World) hubTarget(p *peering) (*tenant, *virtualHub) {
	of := func(member string) string { s, _ := p.config[member].(string); return s }
	t := w.tenant(of("tenant_id"))
	for _, h := range w.hubs {
		if !h.gone && h.sub.tenant == t && strings.EqualFold(h.sub.id, of("subscription_id")) && strings.EqualFold(h.group, of("resource_group_name")) && strings.EqualFold(h.name, of("vhub_name")) {
			return t, h
		}
	}
	return t, nil
}

// lookAtHub is Kong's look at the hub of a peering: it goes on, waits for the customer, or
// gives up.
func (w *World) lookAtHub(n *network, p *peering, now time.Time) {
	t, h := w.hubTarget(p)
	p.hub = h
	switch refusal := w.hubRefusal(t, p, now); {
	case refusal != "" && w.refusalIsError:
		p.setState(stateError, "ERROR", refusal, now)
		return
	case refusal != "":
		if p.state != statePending {
			p.setState(statePending, "", "", now)
		}
		w.lookAgain(n, p, now, w.peeringTime/4)
		return
	case h == nil:
		p.setState(stateError, "ERROR", "ResourceNotFound: the virtual hub "+hubScope(p)+" was not found.", now)
		return
	}
	if reason := w.hubHindrance(n, h); reason != "" {
		p.setState(stateError, "ERROR", reason, now)
		return
	}
	if p.state != stateNew {
		p.setState(stateNew, "", "", now)
	}
	if h.routing != provisioned { // Kong's write would fail; it looks again
		w.lookAgain(n, p, now, w.peeringTime/4)
		return
	}
	w.writeConnection(n, p, h, now)
}

// writeConnection connects Kong's VNET to the hub, one step after another.
func (w *World) writeConnection(n *network, p *peering, h *virtualHub, now time.Time) {
	c := h.half(n)
	if c == nil {
		c = h.connect(n.kongConnection(), n.remoteID(), []string{n.cidr})
	}
	c.state = "Updating"
	step := func(in time.Duration, do func(now time.Time)) {
		w.after(now, in, func(w *World, now time.Time) {
			if w.standing(n, p) && p.state == stateNew {
				do(now)
			}
		})
	}
	step(w.peeringTime/3, func(time.Time) { c.state = succeeded })
	step(w.peeringTime*2/3, func(now time.Time) { p.setState(stateReady, "", "", now) })
}

func hubScope(p *peering) string {
	of := func(member string) string { s, _ := p.config[member].(string); return s }
	return "/subscriptions/" + of("subscription_id") + "/resourceGroups/" + of("resource_group_name") + networkProvider + "virtualHubs/" + of("vhub_name")
}

// hubRefusal says, in Azure's words, why Kong may not write to a hub yet; empty when it may.
func (w *World) hubRefusal(t *tenant, p *peering, now time.Time) string {
	if t == nil || t.kong() == nil || t.kong().disabled {
		return "AuthenticationFailed: the application " + kongAppID + " was not found or is disabled in the tenant."
	}
	app, scope := t.kong(), hubScope(p)
	for _, action := range hubActions() {
		if d := w.denied(app.objectID, scope, action); d != nil {
			return "DenyAssignmentAuthorizationFailed: " + d.denialText("The client '"+kongAppID+"' with object id '"+app.objectID+"'", action, scope)
		}
		if w.may(t, app.objectID, scope, action, "", now) != granted {
			return "AuthorizationFailed: The client '" + kongAppID + "' with object id '" + app.objectID + "' does not have authorization to perform action '" + action + "' over scope '" + scope + "'."
		}
	}
	return ""
}

// hubHindrance says, in Azure's words, why a hub cannot be connected; empty when it can.
func (w *World) hubHindrance(n *network, h *virtualHub) string {
	if h.sub.readOnly() {
		return "ReadOnlyDisabledSubscription: The subscription '" + h.sub.id + "' is disabled and therefore marked as read only."
	}
	if locks := w.lockedBy(h.id(), false); len(locks) > 0 {
		return "ScopeLocked: The scope '" + h.id() + "' cannot perform write operation because following scope(s) are locked: '" + strings.Join(locks, ",") + "'."
	}
	if overlaps(h.prefix, n.cidr) {
		return "HubAddressSpacesOverlap: the address space " + h.prefix + " of the virtual hub overlaps " + n.cidr + "."
	}
	for _, c := range h.connections {
		if p := firstOverlap(c.prefixes, []string{n.cidr}); p != "" && c != h.half(n) {
			return "HubAddressSpacesOverlap: " + n.cidr + " overlaps " + p + ", which " + c.name + " is connected with already."
		}
	}
	return ""
}

// leaveHub takes Kong's connection away with its peering, where Kong still may.
func (w *World) leaveHub(n *network, p *peering, now time.Time) {
	h := p.hub
	if h == nil || w.hubRefusal(h.sub.tenant, p, now) != "" || len(w.lockedBy(h.id(), true)) > 0 {
		return
	}
	own := h.half(n)
	h.connections = slices.DeleteFunc(h.connections, func(c *hubConnection) bool { return c == own })
}

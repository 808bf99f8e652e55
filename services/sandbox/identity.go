package sandbox

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// Identity is what the clouds tell of whose a half is. What is left out stays as it is.
type Identity struct {
	// CIDR is the network's range. It is as if the network had been made with it.
	CIDR string `yaml:"cidr"`
	// VNet is how Konnect names Kong's VNET of the network: whole, upper, slash, name or
	// none, or the text itself.
	VNet string `yaml:"vnet"`
	// Account is what Konnect calls the provider's account of the network. Kong's VNETs stay
	// in the subscription where they are.
	Account string `yaml:"account"`
}

// Place is a VNET in a subscription, both by name.
type Place struct {
	Subscription string `yaml:"subscription"`
	VNet         string `yaml:"vnet"`
}

// checkIdentity says what is wrong with what an event tells of a network's identity, and
// with the VNET that it attaches.
func (w *World) checkIdentity(e Event) error {
	if i := e.Identity; i != nil {
		if e.Network == "" || e.Peering != "" || e.DNS != "" {
			return fmt.Errorf("the event at %s tells an identity, which is that of a network alone", e.At)
		}
		if _, err := netip.ParsePrefix(i.CIDR); i.CIDR != "" && err != nil {
			return fmt.Errorf("the event at %s has the cidr %q, which is no range of addresses", e.At, i.CIDR)
		}
	}
	if a := e.Attach; a != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch {
		case e.Network == "" || e.Peering == "":
			return fmt.Errorf("the event at %s attaches a VNET and needs a network, and a peering to make", e.At)
		case w.subscription(a.Subscription) == nil:
			return fmt.Errorf("the event at %s attaches a VNET of the subscription %q, which is not in this world", e.At, a.Subscription)
		case w.vnetNamed(a.Subscription, a.VNet) == nil:
			return fmt.Errorf("the event at %s attaches the VNET %q, which is not in %s", e.At, a.VNet, a.Subscription)
		}
	}
	return nil
}

// identify lets the clouds tell something else of a network. Its halves have its range.
func (w *World) identify(n *network, i *Identity) {
	if i == nil {
		return
	}
	if i.CIDR != "" {
		n.cidr = i.CIDR
		for _, v := range w.vnets {
			if h := v.half(n); h != nil {
				h.routed, h.remoteNow = []string{n.cidr}, []string{n.cidr}
			}
		}
		for _, h := range w.hubs {
			if c := h.half(n); c != nil {
				c.prefixes = []string{n.cidr}
			}
		}
	}
	n.account.shown = cmp.Or(i.Account, n.account.shown)
	switch id := n.remoteID(); i.VNet {
	case "":
	case "none":
		n.vpcID = ""
	case "whole":
		n.vpcID = id
	case "upper":
		n.vpcID = strings.ToUpper(id)
	case "slash":
		n.vpcID = id + "/"
	case "name":
		n.vpcID = id[strings.LastIndex(id, "/")+1:]
	default:
		n.vpcID = i.VNet
	}
}

// attachAs makes Konnect's half of a peering, ready; Azure's is for another event, or for
// what else this one says.
func (w *World) attachAs(n *network, name string, at *Place, now time.Time) {
	if at == nil || n.peering(name) != nil {
		return
	}
	if v := w.vnetNamed(at.Subscription, at.VNet); v != nil {
		p := w.attach(n, name, v)
		p.created, p.updated, p.version = now, now, 1
		n.version++
	}
}

// leave disconnects what a network that is gone leaves in the VNETs: Kong's VNET goes with
// it, and nobody is told to clear up behind it.
func (w *World) leave(n *network) {
	for _, p := range n.peerings {
		if p.vnet == nil {
			continue
		}
		if h := p.vnet.half(n); h != nil {
			h.state, h.sync = "Disconnected", "RemoteNotInSync"
		}
	}
}

package sandbox

import (
	"errors"
	"fmt"
	"maps"
)

// Move is another place for a VNET. It keeps its resource GUID and loses its peerings:
// Azure moves no VNET that has some.
type Move struct {
	Subscription string `yaml:"subscription"` // name or id; empty for the same
	Group        string `yaml:"group"`        // a resource group, which is made when it is not there
	Keep         bool   `yaml:"keep"`         // its peerings stay, as Azure does not allow
}

// subscriptionStates are what can become of a subscription.
func subscriptionStates() []string {
	return []string{"Enabled", "Warned", "PastDue", "Disabled", "Deleted", "gone"}
}

// moves reports whether the event is about where things are in Azure.
func (e Event) moves() bool {
	return e.SubscriptionState != "" || e.ToTenant != "" || e.DeleteGroup != "" || e.Move != nil
}

// checkMove says what is wrong with what an event moves.
func (w *World) checkMove(e Event) error {
	switch {
	case e.ToTenant != "" && w.tenant(e.ToTenant) == nil:
		return fmt.Errorf("names the tenant %q, which is not in this world", e.ToTenant)
	case e.DeleteGroup != "" && len(w.vnetsOf(w.subscription(e.Subscription), e.DeleteGroup)) == 0 && len(w.placesOfHubs(w.subscription(e.Subscription), e.DeleteGroup)) == 0:
		return fmt.Errorf("names the resource group %q, which is not in %s", e.DeleteGroup, e.Subscription)
	case e.Move != nil && e.VNet == "":
		return errors.New("moves no VNET: it needs a subscription and a vnet")
	case e.Move != nil && e.Move.Group == "":
		return errors.New("moves a VNET to no group")
	case e.Move != nil && e.Move.Subscription != "" && w.subscription(e.Move.Subscription) == nil:
		return fmt.Errorf("names the subscription %q, which is not in this world", e.Move.Subscription)
	default:
		return nil
	}
}

func (w *World) applyMove(e Event, s *subscription) {
	switch e.SubscriptionState {
	case "":
	case "gone":
		s.gone = true
	default:
		s.state, s.gone = e.SubscriptionState, false
	}
	if t := w.tenant(e.ToTenant); e.ToTenant != "" && t != nil {
		s.tenant = t
	}
	if e.DeleteGroup != "" {
		for _, h := range w.placesOfHubs(s, e.DeleteGroup) {
			h.gone, h.groupGone = true, true
		}
		for _, v := range w.vnetsOf(s, e.DeleteGroup) {
			v.deletedFromAzure = true
			delete(w.vnets, vnetKey(s.id, v.group, v.name))
			w.byGroup = nil
		}
	}
	if v := w.vnetNamed(s.id, e.VNet); e.Move != nil && v != nil {
		w.move(v, *e.Move)
	}
}

func (w *World) move(v *vnet, to Move) {
	delete(w.vnets, vnetKey(v.sub.id, v.group, v.name))
	if s := w.subscription(to.Subscription); to.Subscription != "" && s != nil {
		v.sub = s
	}
	v.group = to.Group
	if !to.Keep {
		v.peerings = nil
	}
	w.vnets[vnetKey(v.sub.id, v.group, v.name)], w.byGroup = v, nil
}

// setOdd sets properties of a half, or leaves them out.
func (p *vnetPeering) setOdd(properties map[string]any) {
	if len(properties) == 0 {
		return
	}
	if p.odd == nil {
		p.odd = map[string]any{}
	}
	maps.Copy(p.odd, properties)
}

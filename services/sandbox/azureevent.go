package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// principalStates are what can become of Kong's application in a tenant.
func principalStates() []string {
	return []string{"consented", "disabled", "enabled", "deleted", "restored", "recreated"}
}

// directoryRoles are what the signed-in account can be in a tenant's directory.
func directoryRoles() []string { return []string{"admin", "member", "guest"} }

// ofAzure reports whether the event is about access in Azure.
func (e Event) ofAzure() bool { return e.Tenant != "" || e.Subscription != "" }

// checkAzure says what is wrong with the Azure part of an event. Roles are looked up
// when it happens, as one of them may be made before.
func (w *World) checkAzure(e Event) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	inTenant := e.Principal != "" || e.Directory != "" || e.DeleteRole != ""
	inSubscription := e.Grant != "" || e.Withdraw != "" || e.VNet != "" || e.Around != nil || e.moves() || e.guards()
	switch {
	case inTenant && e.Tenant == "":
		return fmt.Errorf("the event at %s needs a tenant", e.At)
	case inSubscription && e.Subscription == "":
		return fmt.Errorf("the event at %s needs a subscription", e.At)
	case e.Tenant != "" && w.tenant(e.Tenant) == nil:
		return fmt.Errorf("the event at %s names the tenant %q, which is not in this world", e.At, e.Tenant)
	case e.Subscription != "" && w.subscription(e.Subscription) == nil:
		return fmt.Errorf("the event at %s names the subscription %q, which is not in this world", e.At, e.Subscription)
	case e.VNet != "" && w.vnetNamed(e.Subscription, e.VNet) == nil:
		return fmt.Errorf("the event at %s names the VNET %q, which is not in %s", e.At, e.VNet, e.Subscription)
	case e.Tenant != "" && !inTenant, e.Subscription != "" && !inSubscription || e.VNet != "" && e.Grant == "" && e.Withdraw == "" && e.Around == nil && e.Move == nil && !e.guards():
		return fmt.Errorf("the event at %s names a place in Azure and nothing that happens there", e.At)
	}
	if err := cmp.Or(w.checkMove(e), w.checkGuards(e)); err != nil {
		return fmt.Errorf("the event at %s %w", e.At, err)
	}
	if err := e.Around.check(w.vnetNamed(e.Subscription, e.VNet)); err != nil {
		return fmt.Errorf("the event at %s: %w", e.At, err)
	}
	for _, c := range []struct {
		value, name string
		of          []string
	}{
		{e.Principal, "principal", principalStates()},
		{e.Directory, "directory", directoryRoles()},
		{e.To, "to", []string{"account", "kong"}},
		{e.SubscriptionState, "subscription_state", subscriptionStates()},
	} {
		if c.value != "" && !slices.Contains(c.of, c.value) {
			return fmt.Errorf("the event at %s has %s: %q; there are %s", e.At, c.name, c.value, strings.Join(c.of, ", "))
		}
	}
	return nil
}

func (w *World) applyToAzure(e Event, now time.Time) {
	if t := w.tenant(e.Tenant); t != nil && e.Tenant != "" {
		w.applyToTenant(e, t, now)
	}
	if s := w.subscription(e.Subscription); s != nil && e.Subscription != "" {
		w.applyRights(e, s)
		w.applyAround(e.Around, w.vnetNamed(s.id, e.VNet))
		w.applyMove(e, s)
		w.applyGuards(e, s)
	}
}

func (w *World) applyToTenant(e Event, t *tenant, now time.Time) {
	if i := slices.Index(directoryRoles(), e.Directory); i >= 0 {
		t.directory = directoryRole(i)
	}
	if d := w.roleNamed(t, e.DeleteRole); d != nil && !d.builtIn {
		// Whoever deletes a role by hand has to take it from everybody first.
		t.assignments = slices.DeleteFunc(t.assignments, func(a *roleAssignment) bool { return a.role == d.name })
		t.removeRole(d)
	}
	p := t.kong()
	switch e.Principal {
	case "consented":
		w.consent(t, now)
	case "disabled", "enabled":
		if p != nil {
			p.disabled = e.Principal == "disabled"
		}
	case "deleted":
		if p != nil {
			p.deleted = true
		}
	case "restored":
		if p == nil && len(t.principals) > 0 {
			t.principals[len(t.principals)-1].deleted = false
		}
	case "recreated":
		if p != nil {
			p.deleted = true
		}
		w.consent(t, now)
	}
}

// applyRights gives or takes a role. It acts and shows at once.
func (w *World) applyRights(e Event, s *subscription) {
	principalID, kind, scope := w.user, "User", s.scope()
	if e.To == "kong" {
		p := s.tenant.kong()
		if p == nil {
			return
		}
		principalID, kind = p.objectID, "ServicePrincipal"
	}
	if e.VNet != "" {
		v := w.vnetNamed(s.name, e.VNet)
		if v == nil {
			return
		}
		scope = v.id()
	}
	if w.roleNamed(s.tenant, e.Grant) != nil {
		w.grant(s.tenant, principalID, kind, e.Grant, scope)
	}
	if d := w.roleNamed(s.tenant, e.Withdraw); d != nil {
		s.tenant.assignments = slices.DeleteFunc(s.tenant.assignments, func(a *roleAssignment) bool {
			return a.role == d.name && a.principalID == principalID && sameScope(a.scope, scope)
		})
	}
}

package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// guards reports whether the event is about what keeps people from changing something.
func (e Event) guards() bool { return e.Lock != nil || e.Deny != nil || e.Provider != nil }

// checkGuards says what is wrong with a lock, a deny assignment or a registration.
func (w *World) checkGuards(e Event) error {
	if l := e.Lock; l != nil {
		levels := []string{lockReadOnly, lockDelete, "none"}
		if l.Name == "" || !slices.Contains(levels, l.Level) {
			return fmt.Errorf("has the lock %q of the level %q: it needs a name, and one of %s", l.Name, l.Level, strings.Join(levels, ", "))
		}
	}
	if d := e.Deny; d != nil {
		if d.Name == "" || len(d.Actions) == 0 {
			return errors.New("denies nothing: it needs a name, and actions")
		}
		if spared := []string{"", "account", "kong"}; !slices.Contains(spared, d.Spares) {
			return fmt.Errorf("spares %q; there are %s", d.Spares, strings.Join(spared[1:], ", "))
		}
	}
	if p := e.Provider; p != nil {
		states := []string{stateRegistered, stateRegistering, stateNotRegistered}
		if !slices.ContainsFunc(w.namespaces(), func(ns string) bool { return strings.EqualFold(ns, p.Namespace) }) || !slices.Contains(states, p.State) {
			return fmt.Errorf("makes the namespace %q %q; there are %s, and %s", p.Namespace, p.State, strings.Join(w.namespaces(), ", "), strings.Join(states, ", "))
		}
	}
	return nil
}

func (w *World) applyGuards(e Event, s *subscription) {
	scope := s.scope()
	if v := w.vnetNamed(s.id, e.VNet); e.VNet != "" && v != nil {
		scope = v.id()
	}
	if l := e.Lock; l != nil {
		w.locked = slices.DeleteFunc(w.locked, func(old *lock) bool { return strings.EqualFold(old.name, l.Name) && sameScope(old.scope, scope) })
		if l.Level != "none" {
			w.locked = append(w.locked, &lock{name: l.Name, scope: scope, level: l.Level})
		}
	}
	if d := e.Deny; d != nil {
		made := &denial{name: d.Name, scope: scope, id: w.id("denial", d.Name, scope), permission: permission{actions: d.Actions, notActions: d.NotActions}}
		switch d.Spares {
		case "account":
			made.excluded = []string{w.user}
		case "kong":
			if p := s.tenant.kong(); p != nil {
				made.excluded = []string{p.objectID}
			}
		}
		w.denials = append(w.denials, made)
	}
	if p := e.Provider; p != nil {
		w.setRegistration(s, p.Namespace, p.State)
	}
}

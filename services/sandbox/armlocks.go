package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
)

// lock keeps what is at a scope, and below it, from being changed or deleted.
type lock struct{ name, scope, level, notes string }

// The levels of a lock.
const (
	lockReadOnly = "ReadOnly"
	lockDelete   = "CanNotDelete"
)

// Lock is a lock that an event puts on a subscription or a VNET.
type Lock struct {
	Name  string `yaml:"name"`
	Level string `yaml:"level"` // ReadOnly, CanNotDelete; none takes the lock of this name away
}

// mayChange refuses a change of a resource of the network's that a lock forbids, and one in a
// subscription that may not use the namespace.
func (q armRequest) mayChange(sub *subscription, scope string, deletes bool) (reply, bool) {
	if state := q.w.registration(sub, nsNetwork); state != stateRegistered && !deletes {
		return armError(q.w, http.StatusConflict, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace '"+nsNetwork+
			"'. See https://aka.ms/rps-not-found for how to register subscriptions."), false
	}
	return q.unlocked(scope, deletes)
}

func (q armRequest) unlocked(scope string, deletes bool) (reply, bool) {
	locks := q.w.lockedBy(scope, deletes)
	if len(locks) == 0 {
		return reply{}, true
	}
	what := "write"
	if deletes {
		what = "delete"
	}
	return armError(q.w, http.StatusConflict, "ScopeLocked", "The scope '"+scope+"' cannot perform "+what+" operation because following scope(s) are locked: '"+
		strings.Join(locks, ",")+"'. Please remove the lock and try again."), false
}

// lockedBy lists the scopes whose locks forbid a change.
func (w *World) lockedBy(scope string, deletes bool) []string {
	var out []string
	for _, l := range w.locked {
		if covers(l.scope, scope) && (deletes || l.level == lockReadOnly) {
			out = append(out, l.scope)
		}
	}
	return out
}

// locks answers for the locks at a scope; with a name for one of them.
func (q armRequest) locks(s armScope, name string) reply {
	action := nsAuthorization + "/locks/" + map[string]string{http.MethodPut: "write", http.MethodDelete: "delete"}[q.Method]
	if q.Method == http.MethodGet {
		action += "read"
	}
	if refusal, ok := q.open(&s, action); !ok {
		return refusal
	}
	at := slices.IndexFunc(q.w.locked, func(l *lock) bool { return strings.EqualFold(l.name, name) && sameScope(l.scope, s.text) })
	switch {
	case q.Method == http.MethodGet && name == "":
		return q.listLocks(s)
	case q.Method == http.MethodPut && name != "":
		return q.putLock(s, name, at)
	case at < 0 && q.Method == http.MethodDelete:
		return written(q.w, reply{status: http.StatusNoContent})
	case at < 0:
		return armError(q.w, http.StatusNotFound, "LockNotFound", "The lock '"+name+"' could not be found.")
	case q.Method == http.MethodGet:
		return withHeaders(q.w, ok200(renderLock(q.w.locked[at])))
	case q.Method == http.MethodDelete:
		q.w.locked = slices.Delete(q.w.locked, at, at+1)
		return written(q.w, reply{status: http.StatusOK})
	default:
		return q.notBuilt()
	}
}

func (q armRequest) listLocks(s armScope) reply {
	list := []any{}
	only := strings.EqualFold(strings.TrimSpace(q.URL.Query().Get("$filter")), "atScope()")
	for _, l := range q.w.locked {
		if covers(l.scope, s.text) || !only && covers(s.text, l.scope) {
			list = append(list, renderLock(l))
		}
	}
	return q.listed(list)
}

func (q armRequest) putLock(s armScope, name string, at int) reply {
	var body struct {
		Properties struct {
			Level string `json:"level"`
			Notes string `json:"notes"`
		} `json:"properties"`
	}
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body); err != nil {
		return q.badBody()
	}
	if body.Properties.Level != lockReadOnly && body.Properties.Level != lockDelete {
		return q.badBody()
	}
	made := &lock{name: name, scope: s.text, level: body.Properties.Level, notes: body.Properties.Notes}
	status := http.StatusCreated
	if at >= 0 {
		q.w.locked[at], status = made, http.StatusOK
	} else {
		q.w.locked = append(q.w.locked, made)
	}
	return written(q.w, reply{status: status, kind: jsonType, body: renderLock(made)})
}

func renderLock(l *lock) map[string]any {
	properties := map[string]any{"level": l.level}
	if l.notes != "" {
		properties["notes"] = l.notes
	}
	return map[string]any{
		"id": l.scope + "/providers/Microsoft.Authorization/locks/" + l.name, "name": l.name, "type": "Microsoft.Authorization/locks", "properties": properties,
	}
}

// listPolicies lists the policies that are assigned. There are none: one that refuses is a
// fault with the code RequestDisallowedByPolicy.
func (q armRequest) listPolicies(s armScope) reply {
	if refusal, ok := q.open(&s, nsAuthorization+"/policyAssignments/read"); !ok {
		return refusal
	}
	return q.listed([]any{})
}

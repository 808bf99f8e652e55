package sandbox

import (
	"slices"
	"strings"
	"time"
)

// roleDefinition is a role of a tenant, or a built-in one.
type roleDefinition struct {
	name                  string // GUID
	roleName, description string
	builtIn               bool
	permissions           []permission
	scopes                []string // assignable scopes, as they were written
	created, updated      time.Time
	by                    string // object id of who made it; empty where nobody is known

	// Azure's readers learn of a write late, and not all at once: until
	// spreadAt every other read still gives what was there before, which is nil
	// for nothing.
	spreadAt time.Time
	before   *roleDefinition
	reads    int
}

// permission is one set of rights.
type permission struct{ actions, notActions []string }

// roleAssignment gives a role to a principal at a scope.
type roleAssignment struct {
	name, scope   string
	role          string // GUID
	principalID   string
	principalType string
	description   string
	condition     string
	created       time.Time
	by            string // object id of who made it; empty where nobody is known
	// onlyRoles is what the condition comes down to: the GUIDs of the roles that
	// may be handed on. Nil is no condition.
	onlyRoles []string
	// actsAt is when the assignment begins to act.
	actsAt time.Time
	// late is how long after the first refusal it begins to act: a privileged role
	// that was activated a moment ago and shows already. 0 is at once.
	late      time.Duration
	refusedAt time.Time

	// spreadAt is when lists have learnt of it. By its id it can be read at once, and what a
	// list has shown it shows from then on.
	spreadAt time.Time
}

// seen returns what a reader is told of a role, nil for nothing.
func (d *roleDefinition) seen(now time.Time) *roleDefinition {
	if !now.Before(d.spreadAt) {
		return d
	}
	if d.reads++; d.reads%2 == 1 {
		return d.before
	}
	return d
}

// seen reports whether lists tell of an assignment.
func (a *roleAssignment) seen(now time.Time) bool { return !now.Before(a.spreadAt) }

// assignableAt reports whether the role can be assigned at a scope, which is also
// where it can be seen.
func (d *roleDefinition) assignableAt(scope string) bool {
	return d.builtIn || slices.ContainsFunc(d.scopes, func(s string) bool { return covers(s, scope) })
}

func (d *roleDefinition) allows(action string) bool {
	has := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { return matches(strings.ToLower(p), strings.ToLower(action)) })
	}
	return slices.ContainsFunc(d.permissions, func(p permission) bool { return has(p.actions) && !has(p.notActions) })
}

// covers reports whether what holds at a scope holds at another: it is the same or
// lies above.
func covers(scope, at string) bool {
	scope, at = strings.ToLower(strings.TrimSuffix(scope, "/")), strings.ToLower(strings.TrimSuffix(at, "/"))
	return scope == at || strings.HasPrefix(at, scope+"/")
}

func sameScope(a, b string) bool { return covers(a, b) && covers(b, a) }

// matches compares an action with a pattern in which a star stands for anything.
func matches(pattern, action string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == action
	}
	action, ok := strings.CutPrefix(action, first)
	if !ok {
		return false
	}
	for i := range len(action) + 1 {
		if matches(rest, action[i:]) {
			return true
		}
	}
	return false
}

// role returns a role of the tenant, or a built-in one, by its GUID.
func (w *World) role(t *tenant, guid string) *roleDefinition {
	for _, list := range [][]*roleDefinition{t.roles, w.builtIns} {
		for _, d := range list {
			if strings.EqualFold(d.name, guid) {
				return d
			}
		}
	}
	return nil
}

// roleNamed returns a role by the name that people use.
func (w *World) roleNamed(t *tenant, name string) *roleDefinition {
	for _, list := range [][]*roleDefinition{t.roles, w.builtIns} {
		for _, d := range list {
			if strings.EqualFold(d.roleName, name) {
				return d
			}
		}
	}
	return nil
}

// lastSegment is what stands behind the last slash of an id.
func lastSegment(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

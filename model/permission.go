package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// PermissionSet is what one role allows: the actions, less those that it takes away.
// Data actions play no part in a peering; they are kept so that a role that has some
// does not lose them when it is written again.
type PermissionSet struct {
	Actions        []safe.Text
	NotActions     []safe.Text
	DataActions    []safe.Text
	NotDataActions []safe.Text
}

// Allowed reports whether some set allows an action. Within a set NotActions win;
// they take nothing from another set. A star stands for anything; case does not
// matter. Deny assignments, conditions, locks, policies and roles that are eligible
// but not activated are not visible here, so yes means "likely".
func Allowed(sets []PermissionSet, action string) bool {
	matches := func(patterns []safe.Text) bool {
		return slices.ContainsFunc(patterns, func(p safe.Text) bool { return matchAction(p.Raw(), action) })
	}
	return slices.ContainsFunc(sets, func(s PermissionSet) bool { return matches(s.Actions) && !matches(s.NotActions) })
}

func matchAction(pattern, action string) bool {
	pattern, action = strings.ToLower(pattern), strings.ToLower(action)
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == action
	}
	if !strings.HasPrefix(action, parts[0]) {
		return false
	}
	action = action[len(parts[0]):]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(action, p)
		if i < 0 {
			return false
		}
		action = action[i+len(p):]
	}
	return strings.HasSuffix(action, parts[len(parts)-1])
}

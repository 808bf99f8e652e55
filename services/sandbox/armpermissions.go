package sandbox

// listPermissions lists what the signed-in account may do at a scope, one set for
// each of its roles there. Conditions do not show, nor does it tell that a role
// that was activated a moment ago is not in force yet.
func (q armRequest) listPermissions(s armScope) reply {
	if refusal, ok := q.open(&s, actReadPermissions); !ok {
		return refusal
	}
	list := []any{}
	for _, a := range s.sub.tenant.assignments {
		if a.principalID != q.w.user || !covers(a.scope, s.text) {
			continue
		}
		if d := q.w.role(s.sub.tenant, a.role); d != nil {
			for _, p := range d.permissions {
				list = append(list, renderPermission(p))
			}
		}
	}
	return q.listed(list)
}

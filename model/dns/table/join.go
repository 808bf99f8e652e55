package table

import "slices"

// Join brings rows that somebody wants into a table that others keep: the merge of what
// is there with the wanted rows, domain by domain. What is there and not wanted stays as
// it is; a wanted domain that is not there is added; one that goes elsewhere is a
// conflict, unless the person has agreed to replace it: agreed are the rows that they
// have seen, and one of them counts only while it is there as they saw it.
func Join(there, wanted, agreed []Row) Merged {
	var base, mine []Row
	for _, r := range there {
		w := rowOf(wanted, r)
		if w == nil || w.SameServers(r) {
			base, mine = append(base, r), append(mine, r)
			continue
		}
		if a := rowOf(agreed, r); a != nil && a.Same(r) {
			base = append(base, r)
		}
		// How it is written there and what peerdeck does not know of it is not at issue.
		mine = append(mine, Row{ID: r.ID, Key: r.Key, Servers: w.Servers, Extra: r.Extra})
	}
	for _, w := range wanted {
		if rowOf(there, w) == nil {
			mine = append(mine, w)
		}
	}
	return Merge(base, mine, there)
}

// Subtract takes rows out of a table that somebody has put into it. Only those go that
// are still as they were put there; one whose servers are others now is somebody else's,
// and stays.
func Subtract(there, made []Row) (rest, out []Row) {
	for _, r := range there {
		if m := rowOf(made, r); m != nil && m.SameServers(r) {
			out = append(out, r)
		} else {
			rest = append(rest, r)
		}
	}
	return rest, out
}

// rowOf returns the row of the same domain, nil for none.
func rowOf(rows []Row, r Row) *Row {
	label := r.Label()
	if i := slices.IndexFunc(rows, func(o Row) bool { return o.Label() == label }); i >= 0 {
		return &rows[i]
	}
	return nil
}

package table

import "slices"

// Desired puts rows that somebody wants into a table: a domain that is there gets the
// wanted servers and keeps its spelling and what peerdeck does not know of it; others
// are added at the end, without an id. Prune leaves only the wanted domains; without it nothing goes.
// A domain that is wanted twice is wanted as it stands first; [Check] says so.
func Desired(there, wanted []Row, prune bool) []Row {
	want := make(map[string]*Row, len(wanted))
	for i := range wanted {
		if label := wanted[i].Label(); want[label] == nil {
			want[label] = &wanted[i]
		}
	}
	var out []Row
	done := map[string]bool{}
	for _, r := range there {
		label := r.Label()
		w := want[label]
		switch {
		case w == nil && prune, done[label] && prune:
			continue // another spelling of a domain that was put in already goes, too
		case w != nil && !done[label]:
			r.Servers = slices.Clone(w.Servers)
			if len(w.Extra) > 0 {
				r.Extra = slices.Clone(w.Extra)
			}
			done[label] = true
		}
		out = append(out, r)
	}
	for i := range wanted {
		if label := wanted[i].Label(); !done[label] {
			done[label] = true
			w := wanted[i]
			w.ID = 0 // it may be that of a row that is there
			out = append(out, w)
		}
	}
	return out
}

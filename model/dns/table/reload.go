package table

import "slices"

// Rebase puts the edits onto a table that has been read again: base is what is there
// now, rows what is wanted. Undo leads back to the edits before, on the new base.
func (d Draft) Rebase(base, rows []Row) Draft {
	known := index(d.base)
	fresh := index(slices.Clone(base))
	list := make([]Row, len(fresh.keys))
	for i, key := range fresh.keys {
		list[i] = *fresh.rows[key]
		list[i].ID = 0
		if r := known.rows[key]; r != nil {
			list[i].ID = r.ID
		}
	}
	d.base, d.next = numbered(list, d.next)
	return d.Replace("merge with what is there", rows)
}

// Reload begins anew with a table that was read again: nothing is staged, and there is
// nothing to undo. A domain that was there keeps the id of its row, and no id is given a
// second time.
func (d Draft) Reload(loaded []Row) Draft {
	now, base := index(d.now), index(d.base)
	fresh := index(slices.Clone(loaded))
	list := make([]Row, len(fresh.keys))
	taken := map[RowID]bool{}
	for i, key := range fresh.keys {
		list[i] = *fresh.rows[key]
		list[i].ID = 0
		for _, known := range []indexed{now, base} {
			if r := known.rows[key]; r != nil && list[i].ID == 0 && !taken[r.ID] {
				list[i].ID = r.ID
			}
		}
		taken[list[i].ID] = true
	}
	out := Draft{}
	out.base, out.next = numbered(list, max(1, d.next))
	out.now = out.base
	return out
}

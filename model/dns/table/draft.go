package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Draft is a table with edits that were not applied. It is a value: each edit returns
// another draft and leaves the old one as it was.
type Draft struct {
	base   []Row // as it was loaded
	now    []Row
	past   []version // what undo returns to, the newest last
	future []version // what redo returns to, the newest last
	next   RowID
}

// version is a table that was there once, and what was done to it then.
type version struct {
	rows []Row
	what string
}

// NewDraft begins a draft of a table as it was loaded. It gives the rows their ids.
func NewDraft(loaded []Row) Draft {
	d := Draft{}
	d.base, d.next = numbered(loaded, 1)
	d.now = d.base
	return d
}

// RestoreDraft makes a draft of a base and of the rows that were staged on it, as they
// come out of a file; rows of both that have the same domain get the same id.
func RestoreDraft(base, staged []Row) Draft {
	return NewDraft(base).Replace("the draft was restored", staged)
}

// numbered gives ids to the rows that have none, from next on, and returns the one after.
func numbered(rows []Row, next RowID) ([]Row, RowID) {
	out := slices.Clone(rows)
	for i := range out {
		if out[i].ID == 0 {
			out[i].ID = next
			next++
		}
	}
	return out, next
}

// Base returns the rows as they were loaded. Nobody may change them.
func (d Draft) Base() []Row { return d.base }

// Rows returns the rows as they are now. Nobody may change them.
func (d Draft) Rows() []Row { return d.now }

// Row finds a row by its id, among those of now and then among those of the base.
func (d Draft) Row(id RowID) (Row, bool) {
	for _, rows := range [][]Row{d.now, d.base} {
		if i := position(rows, id); i >= 0 {
			return rows[i], true
		}
	}
	return Row{}, false
}

// One reports whether two tables are one and the same: drafts share their rows until an
// edit, so there is nothing to compare.
func One(one, other []Row) bool {
	return len(one) == len(other) && (len(one) == 0 || &one[0] == &other[0])
}

// Changes tells what the edits come to, domain by domain.
func (d Draft) Changes() []Change { return Diff(d.base, d.now) }

// Changed reports whether the edits come to anything.
func (d Draft) Changed() bool { return !Same(d.base, d.now) }

// CanUndo returns what undo would take back, empty when there is nothing.
func (d Draft) CanUndo() string { return top(d.past) }

// CanRedo returns what redo would do again, empty when there is nothing.
func (d Draft) CanRedo() string { return top(d.future) }

func top(list []version) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1].what
}

// Undo takes the last edit back.
func (d Draft) Undo() Draft {
	d.past, d.future, d.now = travel(d.past, d.future, d.now)
	return d
}

// Redo does the edit again that was taken back last.
func (d Draft) Redo() Draft {
	d.future, d.past, d.now = travel(d.future, d.past, d.now)
	return d
}

// travel takes the newest version of one list and puts the present rows onto the other.
// What the lists share with other drafts is not written to.
func travel(from, to []version, now []Row) (left, grown []version, rows []Row) {
	n := len(from)
	if n == 0 {
		return from, to, now
	}
	v := from[n-1]
	return from[: n-1 : n-1], append(slices.Clip(to), version{now, v.what}), v.rows
}

// edit makes rows the present ones. An edit that changes nothing leaves no trace.
func (d Draft) edit(what string, rows []Row) Draft {
	if slices.EqualFunc(d.now, rows, func(a, b Row) bool { return a.ID == b.ID && sameRow(&a, &b) && slices.Equal(a.Servers, b.Servers) }) {
		return d
	}
	d.past = append(slices.Clip(d.past), version{d.now, what})
	d.future = nil
	d.now = rows
	return d
}

// Add puts a new row behind another one, or at the end when after is no row. It returns
// the new row's id.
func (d Draft) Add(after RowID, domain string, servers []string) (Draft, RowID) {
	row := Row{ID: d.next, Key: safe.New(strings.TrimSpace(domain)), Servers: newTexts(servers)}
	d.next++
	at := position(d.now, after) + 1
	if at == 0 {
		at = len(d.now)
	}
	return d.edit("add "+row.Key.String(), slices.Insert(slices.Clone(d.now), at, row)), row.ID
}

// Set gives a row a domain and servers. What peerdeck does not know of the row stays
// with it as long as its domain is the same.
func (d Draft) Set(id RowID, domain string, servers []string) Draft {
	i := position(d.now, id)
	if i < 0 {
		return d
	}
	rows := slices.Clone(d.now)
	row := Row{ID: id, Key: safe.New(strings.TrimSpace(domain)), Servers: newTexts(servers), Extra: rows[i].Extra}
	if row.Label() != rows[i].Label() {
		row.Extra = nil
	}
	rows[i] = row
	return d.edit("edit "+row.Key.String(), rows)
}

// SetServers gives several rows the same servers: they leave their groups and form one.
func (d Draft) SetServers(ids []RowID, servers []safe.Text) Draft {
	rows := slices.Clone(d.now)
	n := 0
	for i := range rows {
		if slices.Contains(ids, rows[i].ID) {
			rows[i].Servers = slices.Clone(servers)
			n++
		}
	}
	return d.edit("servers of "+phrase.Count(n, "domain"), rows)
}

// MoveTo moves rows into the group of another row: they get its servers.
func (d Draft) MoveTo(ids []RowID, group RowID) Draft {
	i := position(d.now, group)
	if i < 0 {
		return d
	}
	return d.SetServers(ids, d.now[i].Servers)
}

// GroupsOf returns all rows of the groups that some rows belong to, and their servers in
// the order in which they stand, each once.
func (d Draft) GroupsOf(ids []RowID) (all []RowID, servers []safe.Text) {
	for _, g := range Groups(d.now) {
		if !slices.ContainsFunc(g.Rows, func(i int) bool { return slices.Contains(ids, d.now[i].ID) }) {
			continue
		}
		for _, i := range g.Rows {
			all = append(all, d.now[i].ID)
		}
		for _, s := range g.Servers {
			if !slices.ContainsFunc(servers, func(x safe.Text) bool { return serverLabel(x) == serverLabel(s) }) {
				servers = append(servers, s)
			}
		}
	}
	return all, servers
}

// Remove takes rows out.
func (d Draft) Remove(ids []RowID) Draft {
	rows := slices.DeleteFunc(slices.Clone(d.now), func(r Row) bool { return slices.Contains(ids, r.ID) })
	return d.edit("remove "+phrase.Count(len(d.now)-len(rows), "domain"), rows)
}

// Revert gives rows back what they were when they were loaded: an edit is taken back,
// a new row goes, a removed one returns.
func (d Draft) Revert(ids []RowID) Draft {
	var rows []Row
	for _, r := range d.now {
		if !slices.Contains(ids, r.ID) {
			rows = append(rows, r)
			continue
		}
		if i := position(d.base, r.ID); i >= 0 {
			rows = append(rows, d.base[i])
		}
	}
	for _, r := range d.base {
		if slices.Contains(ids, r.ID) && position(d.now, r.ID) < 0 {
			rows = append(rows, r)
		}
	}
	return d.edit("take back "+phrase.Count(len(ids), "row"), rows)
}

// Replace makes other rows the present ones, as one edit. Rows without an id get that
// of the row with the same domain.
func (d Draft) Replace(what string, rows []Row) Draft {
	now, base := index(d.now), index(d.base)
	taken := map[RowID]bool{}
	out := index(slices.Clone(rows))
	list := make([]Row, len(out.keys))
	for i, key := range out.keys {
		list[i] = *out.rows[key]
		for _, known := range []indexed{now, base} {
			if r := known.rows[key]; list[i].ID == 0 && r != nil && !taken[r.ID] {
				list[i].ID = r.ID
			}
		}
		taken[list[i].ID] = true
	}
	list, d.next = numbered(list, d.next)
	return d.edit(what, list)
}

func position(rows []Row, id RowID) int {
	if id == 0 {
		return -1
	}
	return slices.IndexFunc(rows, func(r Row) bool { return r.ID == id })
}

func newTexts(words []string) []safe.Text {
	var out []safe.Text
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, safe.New(w))
		}
	}
	return out
}

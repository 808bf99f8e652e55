package workspace

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Change is what becomes of one table.
type Change struct {
	Table *Table
	Draft dnstable.Draft
}

// Stage puts edits into the drafts as one edit, which undo takes back, and keeps the
// drafts.
func (n *Network) Stage(changes ...Change) tea.Cmd {
	if !n.stage(changes) {
		return nil
	}
	return n.workspace.save()
}

// stage reports whether anything changed.
func (n *Network) stage(changes []Change) bool {
	var tables []*Table
	for _, c := range changes {
		if sameRows(c.Table.draft.Rows(), c.Draft.Rows()) {
			continue
		}
		if !slices.Contains(n.tables, c.Table) {
			n.tables = append(n.tables, c.Table)
		}
		c.Table.draft = c.Draft
		c.Table.edits++
		tables = append(tables, c.Table)
	}
	if len(tables) == 0 {
		return false
	}
	n.remember(tables...)
	return true
}

// remember makes an edit of some tables the one that undo takes back.
func (n *Network) remember(tables ...*Table) {
	n.done, n.undone, n.resumed = append(n.done, tables), nil, ""
}

// Undo takes the last edit back, and keeps the drafts.
func (n *Network) Undo() tea.Cmd {
	n.travel(&n.done, &n.undone, dnstable.Draft.CanUndo, dnstable.Draft.Undo)
	return n.workspace.save()
}

// Redo does the edit again that was taken back last, and keeps the drafts.
func (n *Network) Redo() tea.Cmd {
	n.travel(&n.undone, &n.done, dnstable.Draft.CanRedo, dnstable.Draft.Redo)
	return n.workspace.save()
}

// CanUndo says what undo would take back, empty for nothing.
func (n *Network) CanUndo() string { return possible(n.done, dnstable.Draft.CanUndo) }

// CanRedo says what redo would do again, empty for nothing.
func (n *Network) CanRedo() string { return possible(n.undone, dnstable.Draft.CanRedo) }

func possible(list [][]*Table, can func(dnstable.Draft) string) string {
	for _, tables := range slices.Backward(list) {
		for _, t := range tables {
			if what := can(t.draft); what != "" {
				return what
			}
		}
	}
	return ""
}

func (n *Network) travel(from, to *[][]*Table, can func(dnstable.Draft) string, move func(dnstable.Draft) dnstable.Draft) {
	for last, tables := range slices.Backward(*from) {
		*from = (*from)[:last]
		moved := false
		for _, t := range tables {
			if can(t.draft) != "" {
				t.draft, moved = move(t.draft), true
				t.edits++
			}
		}
		// A table that was read anew since has forgotten its edits.
		if moved {
			*to = append(*to, tables)
			n.resumed = ""
			return
		}
	}
}

// sameRows reports whether an edit has left the rows as they were: a draft hands out the
// same list then.
func sameRows(a, b []dnstable.Row) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

package dns

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/screens/dns/workspace"
)

// stage puts edits into the drafts, and draws the table anew.
func (s *Screen) stage(changes ...workspace.Change) tea.Cmd {
	var cmd tea.Cmd
	if n := s.network(); n != nil {
		cmd = n.Stage(changes...)
	}
	s.rebuild()
	return cmd
}

// stageAll edits the picked rows of each table.
func (s *Screen) stageAll(chosen []chosenRows, edit func(dnstable.Draft, []dnstable.RowID) dnstable.Draft) tea.Cmd {
	changes := make([]workspace.Change, len(chosen))
	for i, c := range chosen {
		changes[i] = workspace.Change{Table: c.table, Draft: edit(c.table.Draft(), c.ids)}
	}
	s.unmark()
	return s.stage(changes...)
}

func (s *Screen) remove() tea.Cmd {
	return s.stageAll(s.mine(here), dnstable.Draft.Remove)
}

// revert gives the picked rows back what they were.
func (s *Screen) revert() tea.Cmd {
	return s.stageAll(s.mine(func(l *line) bool { return l.mark != "" }), dnstable.Draft.Revert)
}

// mergeGroups makes one group of those that the picked rows belong to.
func (s *Screen) mergeGroups() tea.Cmd {
	return s.stageAll(s.mine(here), dnstable.Draft.MergeGroups)
}

func (s *Screen) undo() tea.Cmd {
	cmd := s.network().Undo()
	s.rebuild()
	return cmd
}

func (s *Screen) redo() tea.Cmd {
	cmd := s.network().Redo()
	s.rebuild()
	return cmd
}

// mend carries out the first fix of the row.
func (s *Screen) mend() tea.Cmd {
	l := s.selected()
	p, can := fixable(s.problemsOf(l))
	if !can {
		return nil
	}
	return s.stage(workspace.Change{Table: l.table, Draft: fixed(l.table.Draft(), l.row.ID, *p.Fix)})
}

// begin edits the row of the cursor in its place. A row that cannot be edited says why.
func (s *Screen) begin() tea.Cmd {
	l := s.selected()
	switch {
	case l.peer != nil:
		return s.fixedPeering(l)
	case !l.mine():
		return screen.Say(screen.Toast{Text: l.row.Key.String() + ": " + l.why + "."})
	default:
		return s.typing(&edit{table: l.table, id: l.row.ID}, l.row.Key.String(), l.row.Servers, cellDomain)
	}
}

// add begins a new row behind the one of the cursor, in its table.
func (s *Screen) add() tea.Cmd {
	l := s.selected()
	n := s.network()
	if l != nil && l.mine() {
		return s.addTo(l.table, l.row.ID)
	}
	open := n.OpenTables()
	switch len(open) {
	case 0:
		return s.addTo(n.NewTable(), 0)
	case 1:
		return s.addTo(open[0], 0)
	default:
		return s.pickTable("Add to which resolver", open, func(t *workspace.Table) tea.Cmd { return s.addTo(t, 0) })
	}
}

func (s *Screen) addTo(t *workspace.Table, after dnstable.RowID) tea.Cmd {
	return s.typing(&edit{table: t, after: after}, "", nil, cellDomain)
}

// clone begins a new row with the servers of the one of the cursor.
func (s *Screen) clone() tea.Cmd {
	l := s.selected()
	e := &edit{table: l.table, after: l.row.ID}
	return s.typing(e, "", l.row.Servers, cellDomain)
}

// serversOfAll types the servers of the selection, or of the group of the cursor's row.
func (s *Screen) serversOfAll() tea.Cmd {
	l := s.selected()
	chosen := s.mine(here)
	if len(s.marked) == 0 && s.anchor.IsEmpty() {
		chosen = []chosenRows{{l.table, groupOf(l)}}
	}
	first, _ := chosen[0].table.Draft().Row(chosen[0].ids[0])
	return s.typing(&edit{table: chosen[0].table, ids: chosen[0].ids}, "", first.Servers, cellServers)
}

// groupOf lists the rows that ask the same servers as a line's, itself among them.
func groupOf(l *line) []dnstable.RowID {
	var ids []dnstable.RowID
	for _, r := range l.table.Draft().Rows() {
		if r.SameServers(l.row) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// move lets a person pick the group that the picked rows are to belong to.
func (s *Screen) move() tea.Cmd {
	chosen := s.mine(here)[0]
	rows := chosen.table.Draft().Rows()
	var items []dialog.Item
	for _, g := range dnstable.Groups(rows) {
		if slices.ContainsFunc(g.Rows, func(i int) bool { return !slices.Contains(chosen.ids, rows[i].ID) }) {
			items = append(items, dialog.Item{
				Name: dnstable.ServerList(g.Servers), Note: string(g.Kind()) + " · " + phrase.Count(len(g.Rows), "domain"), More: groupNames(rows, g),
				Then: func() tea.Cmd { return s.moveTo(chosen, rows[g.Rows[0]].ID) },
			})
		}
	}
	return s.pick("Move "+phrase.Count(len(chosen.ids), "domain")+" to the group of", items)
}

func (s *Screen) moveTo(c chosenRows, group dnstable.RowID) tea.Cmd {
	s.unmark()
	return s.stage(workspace.Change{Table: c.table, Draft: c.table.Draft().MoveTo(c.ids, group)})
}

func groupNames(rows []dnstable.Row, g dnstable.Group) string {
	const most = 6
	text := ""
	for k, i := range g.Rows {
		if k == most {
			return text + ", …"
		}
		if k > 0 {
			text += ", "
		}
		text += rows[i].Key.String()
	}
	return text
}

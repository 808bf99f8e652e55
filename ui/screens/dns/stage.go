package dns

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
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
	c := s.mine(here)[0]
	all, servers := c.table.Draft().GroupsOf(c.ids)
	return s.whole(c.table, "Merge the groups", all, func(ids []dnstable.RowID) tea.Cmd {
		s.unmark()
		return s.stage(workspace.Change{Table: c.table, Draft: c.table.Draft().SetServers(ids, servers)})
	})
}

// whole does something with rows of a table. Where a filter hides some of them, it names
// those first, and lets a person leave them out.
func (s *Screen) whole(t *workspace.Table, title string, ids []dnstable.RowID, do func(ids []dnstable.RowID) tea.Cmd) tea.Cmd {
	shown := map[safe.Text]bool{}
	for _, l := range s.rows.shown {
		shown[l.id] = true
	}
	reach := t.Draft().ReachOf(ids, func(id dnstable.RowID) bool { return shown[t.RowID(id)] })
	if reach.Text() == "" {
		return do(ids)
	}
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
		Title: title, Text: []string{"It " + reach.Text() + "."},
		No: "leave it", Part: fmt.Sprintf("only the %d shown", len(reach.Shown)), Yes: fmt.Sprintf("all %d", len(ids)),
		DoPart: screen.Say(chosen{s.network(), reach.Shown, do}), Do: screen.Say(chosen{s.network(), ids, do}),
	})})
}

// chosen tells which rows are meant.
type chosen struct {
	network *workspace.Network
	ids     []dnstable.RowID
	do      func(ids []dnstable.RowID) tea.Cmd
}

// choseRows does what was asked for, unless another network is shown by now.
func (s *Screen) choseRows(msg chosen) tea.Cmd {
	if msg.network != s.network() || s.edit != nil || s.shut() != "" {
		return nil
	}
	return msg.do(msg.ids)
}

func (s *Screen) undo() tea.Cmd {
	what := s.network().CanUndo()
	cmd := s.network().Undo()
	s.rebuild()
	return tea.Batch(cmd, screen.Say(screen.Toast{Text: "Taken back: " + what + ". " + s.stillStaged() + "U does it again."}))
}

func (s *Screen) redo() tea.Cmd {
	what := s.network().CanRedo()
	cmd := s.network().Redo()
	s.rebuild()
	return tea.Batch(cmd, screen.Say(screen.Toast{Text: "Done again: " + what + ". " + s.stillStaged() + "u takes it back."}))
}

// stillStaged says what is staged now, a sentence with a blank behind it.
func (s *Screen) stillStaged() string {
	n := s.network().Changes()
	if n == 0 {
		return "Nothing is staged now. "
	}
	return phrase.Count(n, "change") + phrase.Either(n, " is", " are") + " staged. "
}

// mend carries out the first fix of the row.
func (s *Screen) mend() tea.Cmd {
	l := s.selected()
	p, can := fixable(s.problemsOf(l))
	if !can {
		return nil
	}
	return s.stage(workspace.Change{Table: l.table, Draft: l.table.Draft().Fixed(l.row.ID, *p.Fix)})
}

// begin edits the row of the cursor in its place. A row that cannot be edited says why.
func (s *Screen) begin() tea.Cmd { return s.beginAt(cellDomain) }

// beginAt edits the row of the cursor in one of its cells.
func (s *Screen) beginAt(cell int) tea.Cmd {
	l := s.selected()
	switch {
	case l.peer != nil:
		return s.fixedPeering(l)
	case !l.mine():
		return screen.Say(screen.Toast{Text: l.row.Key.String() + ": " + l.why + "."})
	default:
		return s.typing(&edit{table: l.table, id: l.row.ID}, l.row.Key.String(), l.row.Servers, cell)
	}
}

// beginServers edits the servers of the row of the cursor, or says why that cannot be done.
func (s *Screen) beginServers() tea.Cmd {
	if why := s.noBegin(); why != "" {
		return screen.Say(screen.Toast{Text: "The servers cannot be changed now: " + why + ".", Trouble: true})
	}
	return s.beginAt(cellServers)
}

// add begins a new row behind the one of the cursor, in its table.
func (s *Screen) add() tea.Cmd {
	if l := s.selected(); l != nil && l.mine() {
		return s.addTo(l.table, l.row.ID)
	}
	return s.toAdd(func(t *workspace.Table) tea.Cmd { return s.addTo(t, 0) })
}

// toAdd goes on with the table that a row is added to: the open one, a new one where there
// is none, or that which a person picks.
func (s *Screen) toAdd(then func(*workspace.Table) tea.Cmd) tea.Cmd {
	open := s.network().OpenTables()
	switch len(open) {
	case 0:
		return then(s.network().NewTable())
	case 1:
		return then(open[0])
	default:
		return s.pickTable("Add to which resolver", open, then)
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
	c := s.mine(here)[0]
	if len(s.marked) == 0 && s.anchor.IsEmpty() {
		l := s.selected()
		c = chosenRows{l.table, groupOf(l)}
	}
	return s.whole(c.table, "The servers of the group", c.ids, func(ids []dnstable.RowID) tea.Cmd {
		first, _ := c.table.Draft().Row(ids[0])
		return s.typing(&edit{table: c.table, ids: ids}, "", first.Servers, cellServers)
	})
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

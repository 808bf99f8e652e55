package dns

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	groupMove  = "Move"
	groupRow   = "Row"
	groupMany  = "Several rows"
	groupTable = "Mapping table"

	groupAnywhere = "Everywhere"
)

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	list := s.rowActions()
	list = append(list, s.manyActions()...)
	list = append(list, s.tableActions()...)
	list = append(list, s.probeActions()...)
	list = append(list, s.listActions()...)
	return append(list, s.moves()...)
}

// do makes an action of what nothing follows from.
func do(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }

func (s *Screen) rowActions() []action.Action {
	return []action.Action{
		{ID: "dns.edit", Name: "edit", Keys: []string{"e", "enter"}, Group: groupRow, Footer: 1, Help: "Edit the row in its place: the domain, tab, the servers. The row of a peering says why it is fixed.", Why: s.noBegin, Run: s.begin},
		{ID: "dns.add", Name: "add", Keys: []string{"a"}, Group: groupRow, Footer: 2, Help: "Add a row below, in the same resolver.", Why: s.noAdd, Run: s.add},
		{ID: "dns.clone", Name: "clone", Keys: []string{"p"}, Group: groupRow, Help: "Add a row with the same servers.", Why: s.noRow, Run: s.clone},
		{ID: "dns.remove", Name: "remove", Keys: []string{"x", "delete"}, Group: groupRow, Footer: 6, Help: "Stage the removal of the row, or of the selected ones. Nothing is sent.", Why: s.noRows, Run: s.remove},
		{ID: "dns.revert", Name: "take back", Keys: []string{"b"}, Group: groupRow, Help: "Give the row, or the selected ones, back what they were when they were loaded.", Why: s.noChange, Run: s.revert},
		{ID: "dns.mend", Name: "mend", Keys: []string{"F"}, Group: groupRow, Footer: 2, Help: "Mend the first problem of the row that one key can mend.", Why: s.noFix, Run: s.mend},
		{ID: "dns.describe", Name: "describe", Keys: []string{"d"}, Group: groupRow, Footer: 8, Help: "Show everything about the row: its problems with their reasons, its group, what it wins over.", Why: s.noLine, Run: s.describe},
		{ID: "dns.copy", Name: "copy row", Keys: []string{"y"}, Group: groupRow, Help: "Copy the row, or the selected ones, as lines of a file.", Why: s.noLine, Run: s.copyRow},
		{ID: "dns.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupRow, Help: "Copy a ticket in Markdown about the row: what is found, what to do, all that is known.", Why: s.noLine, Run: s.copyTicket},
	}
}

func (s *Screen) manyActions() []action.Action {
	unselect := "select none"
	if len(s.marked) == 0 && s.anchor.IsEmpty() {
		unselect = "show all"
	}
	return []action.Action{
		{ID: "dns.select", Name: "select", Keys: []string{"space"}, Group: groupMany, Help: "Select the row, or not any more, and go on to the next one.", Why: s.noLine, Run: do(s.toggle)},
		{ID: "dns.range", Name: "range", Keys: []string{"v"}, Group: groupMany, Help: "Begin to select a range of rows here, or end it.", Why: s.noLine, Run: do(s.rangeMarks)},
		{ID: "dns.group", Name: "select group", Keys: []string{"*"}, Group: groupMany, Help: "Select all rows that ask the same servers, or none of them any more.", Why: s.noLine, Run: do(s.markGroup)},
		{ID: "dns.servers", Name: "servers of all", Keys: []string{"E"}, Group: groupMany, Help: "Type the servers of the selected rows at once, or of the whole group. For a part of a group, that splits it.", Why: s.noOneTable, Run: s.serversOfAll},
		{ID: "dns.move", Name: "move to group", Keys: []string{"m"}, Group: groupMany, Help: "Let the selected rows ask the servers of another group.", Why: s.noOtherGroup, Run: s.move},
		{ID: "dns.merge", Name: "merge groups", Keys: []string{"M"}, Group: groupMany, Help: "Make one group of those that the selected rows belong to: all rows get the servers of all.", Why: s.noSeveral, Run: s.mergeGroups},
		{ID: "dns.unselect", Name: unselect, Keys: []string{"esc"}, Group: groupMany, Footer: 4, Help: "Drop the selection, or else the filter.", Why: s.nothingToDrop, Run: do(s.drop)},
	}
}

func (s *Screen) tableActions() []action.Action {
	return []action.Action{
		{ID: "dns.undo", Name: "undo", Keys: []string{"u", "ctrl+z"}, Group: groupTable, Footer: 5, Help: "Take the last edit back.", Why: s.noUndo, Run: s.undo},
		{ID: "dns.redo", Name: "redo", Keys: []string{"U", "ctrl+r"}, Group: groupTable, Help: "Do the edit again that was taken back.", Why: s.noRedo, Run: s.redo},
		{ID: "dns.diff", Name: "diff", Keys: []string{"D"}, Group: groupTable, Footer: 3, Help: "Show what the edits come to, domain by domain, and merge what others have changed.", Why: s.noDiff, Run: s.diff},
		{ID: "dns.apply", Name: "apply", Keys: []string{"A"}, Group: groupTable, Footer: 4, Help: "Show the changes once more and send them, or how the sending goes.", Why: s.noApply, Run: s.toApply},
		{ID: "dns.import", Name: "import", Keys: []string{"i"}, Group: groupTable, Footer: 8, Help: "Read a file of mappings, with a look at it before anything is staged. A paste does the same.", Why: s.noAdd, Run: s.askImport},
		{ID: "dns.export", Name: "export", Keys: []string{"ctrl+s"}, Group: groupTable, Help: "Write the table to a file, or copy it, in one of the formats.", Why: s.noLine, Run: s.export},
		{ID: "dns.restore", Name: "restore points", Keys: []string{"R"}, Group: groupTable, Help: "Show the tables as they were before each write, and stage one of them again.", Why: s.noRestore, Run: s.restore},
		{ID: "dns.network", Name: "network", Keys: []string{"o"}, Group: groupTable, Footer: 7, Help: "Show the table of another network.", Why: s.noNetworks, Run: s.pickNetwork},
		{ID: "dns.nextnetwork", Name: "next network", Keys: []string{"]"}, Group: groupTable, Help: "Show the table of the next network.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(1) }},
		{ID: "dns.previousnetwork", Name: "network before", Keys: []string{"["}, Group: groupTable, Help: "Show the table of the network before.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(-1) }},
	}
}

func (s *Screen) listActions() []action.Action {
	return []action.Action{
		{ID: "dns.next", Name: "next problem", Keys: []string{"n"}, Group: groupTable, Footer: 6, Help: "Go to the next row with an error or a warning.", Why: s.noProblem, Run: do(func() { s.nextProblem(1) })},
		{ID: "dns.previous", Name: "problem before", Keys: []string{"N"}, Group: groupTable, Help: "Go to the row before with an error or a warning.", Why: s.noProblem, Run: do(func() { s.nextProblem(-1) })},
		{ID: "dns.problems", Name: "problems", Keys: []string{"f"}, Group: groupTable, Help: "Show only rows with an error or a warning, or all again.", Why: s.noLines, Run: do(func() { s.filter.Toggle(); s.refilter() })},
		{ID: "dns.filter", Name: "filter", Keys: []string{"/"}, Group: groupTable, Footer: 7, Help: "Show rows that match: words, !word, key:value. Keys: " + strings.Join(keys(), ", ") + ".", Why: s.noLines, Run: do(func() { s.filter.Open(); s.arrange() })},
		{ID: "dns.sort", Name: "sort", Keys: []string{"s"}, Group: groupTable, Help: "Sort by the next column, by problems, or as it stands.", Why: s.noLines, Run: do(s.nextSort)},
		{ID: "dns.reverse", Name: "reverse", Keys: []string{"S"}, Group: groupTable, Help: "Turn the order round.", Why: s.noLines, Run: do(func() { s.sortBy(s.sort) })},
	}
}

func (s *Screen) moves() []action.Action {
	return widget.Moves(groupMove, s.table, widget.RowWords(), func(row int) tea.Cmd { s.table.MoveTo(row); return nil })
}

// drop drops the selection, or else the filter.
func (s *Screen) drop() {
	if len(s.marked) > 0 || !s.anchor.IsEmpty() {
		s.unmark()
		return
	}
	s.filter.Drop()
	s.refilter()
}

func (s *Screen) nothingToDrop() string {
	if len(s.marked) == 0 && s.anchor.IsEmpty() && s.filter.Why() != "" {
		return "nothing is selected and there is no filter"
	}
	return ""
}

func (s *Screen) noNetworks() string {
	if len(s.snapshot.Networks) == 0 {
		return "there is no network"
	}
	return ""
}

func (s *Screen) noLines() string {
	if len(s.rows.all) == 0 {
		return "there is no row"
	}
	return ""
}

func (s *Screen) noLine() string {
	if s.selected() == nil {
		return "no row is selected"
	}
	return ""
}

func (s *Screen) noProblem() string {
	for _, l := range s.rows.shown {
		if s.worst(l) >= model.SeverityAttention {
			return ""
		}
	}
	return "no row that is shown has an error or a warning"
}

package widget

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
)

// MoveWords are the sentences of the help on the keys that move, where rows are called
// otherwise.
type MoveWords struct{ Next, Before, First, Last string }

// RowWords are the usual ones.
func RowWords() MoveWords { return MoveWords{"Next row.", "Row before.", "First row.", "Last row."} }

// List is rows with a chosen one.
type List interface {
	Len() int
	Index() int // of the chosen row
	Page() int  // rows on the screen
}

// Moves lists the actions that move through a list, for a group of the help. To goes to
// a row; beyond the ends is the end.
func Moves(group string, t List, w MoveWords, to func(row int) tea.Cmd) []action.Action {
	by := func(n func() int) func() tea.Cmd { return func() tea.Cmd { return to(t.Index() + n()) } }
	rows := func(n int) func() int { return func() int { return n } }
	return []action.Action{
		{ID: "move.down", Name: "down", Keys: []string{"j", "down"}, Group: group, Help: w.Next, Run: by(rows(1))},
		{ID: "move.up", Name: "up", Keys: []string{"k", "up"}, Group: group, Help: w.Before, Run: by(rows(-1))},
		{ID: "move.first", Name: "first", Keys: []string{"g", "home"}, Group: group, Help: w.First, Run: func() tea.Cmd { return to(0) }},
		{ID: "move.last", Name: "last", Keys: []string{"G", "end"}, Group: group, Help: w.Last, Run: func() tea.Cmd { return to(t.Len() - 1) }},
		{ID: "move.pagedown", Name: "page down", Keys: []string{"ctrl+d", "pgdown"}, Group: group, Help: "A page down.", Run: by(t.Page)},
		{ID: "move.pageup", Name: "page up", Keys: []string{"ctrl+u", "pgup"}, Group: group, Help: "A page up.", Run: by(func() int { return -t.Page() })},
	}
}

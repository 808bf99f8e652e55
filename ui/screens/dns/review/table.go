package review

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Table is a mapping table with the edits that are staged on it, as its owner knows it
// now. The pages are views of it: they keep nothing of it themselves, so that no page
// shows another table than the others, and ask it for every change.
type Table interface {
	Staged
	Orders
	Edits
}

// Staged is what is known of a table, and what is staged on it.
type Staged interface {
	// Target names it.
	Target() dnstable.Target
	// Order is what applying would write.
	Order() dnstable.Order
	// Problems are what the rules find of what applying would change.
	Problems() []dnstable.Problem
	// Check judges rows that are to be those of the table.
	Check(rows []dnstable.Row) []dnstable.Problem
	// Request is what applying would send.
	Request() model.Write
	// Shut says why nothing can be applied now, such as read-only; empty: it can.
	Shut() string
	// Read is the table as Konnect has it; false while that is not known.
	Read() ([]dnstable.Row, bool)
	// Meanwhile reports whether somebody else has changed the table since these edits
	// began: both are merged before anything is applied.
	Meanwhile() bool
	// Merged brings the edits together with what somebody else has done meanwhile.
	Merged() dnstable.Merged
}

// Orders are what is applied.
type Orders interface {
	// Apply gives an order.
	Apply(o dnstable.Order) tea.Cmd
	// Cancel ends the order in hand, as long as nothing was sent.
	Cancel() tea.Cmd
	// Progress is how the order that was given last is carried out, nil for none.
	Progress() *dnstable.Progress
	// Refusal is why that order was not begun, nil when it was.
	Refusal() *model.Failure
	// Omit leaves members out from now on that Konnect refuses to take back.
	Omit(names []string)
}

// Edits are what a page stages; each can be undone.
type Edits interface {
	// Replace makes other rows the whole table.
	Replace(what string, rows []dnstable.Row) tea.Cmd
	// Merge stages a merge on the table as it is there now.
	Merge(m dnstable.Merged) tea.Cmd
	// StagePoint stages the table as it was before a write.
	StagePoint(p dnstable.RestorePoint) tea.Cmd
	// RestorePoints returns what lists the restore points, and what ends the listing.
	RestorePoints() (load func() ([]dnstable.RestorePoint, error), stop func())
}

// Show asks for the cursor on the row of a domain.
type Show struct {
	Table  Table
	Domain string
}

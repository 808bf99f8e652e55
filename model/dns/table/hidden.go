package table

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// Reach is what an edit of several rows reaches, beside what is on the screen.
type Reach struct {
	Shown  []RowID  // those that a person sees
	Hidden []RowID  // those that a filter hides
	names  []string // of the hidden ones
}

// ReachOf parts the rows of an edit into those that are shown and those that are not.
func (d Draft) ReachOf(ids []RowID, shown func(RowID) bool) Reach {
	var r Reach
	for _, row := range d.now {
		switch {
		case !slices.Contains(ids, row.ID):
		case shown(row.ID):
			r.Shown = append(r.Shown, row.ID)
		default:
			r.Hidden = append(r.Hidden, row.ID)
			r.names = append(r.names, row.Key.Or("(no domain)").String())
		}
	}
	return r
}

// Text names the hidden rows: "also changes 3 rows that the filter hides: a, b and c";
// empty for none.
func (r Reach) Text() string {
	if len(r.Hidden) == 0 {
		return ""
	}
	const most = 12
	return fmt.Sprintf("also changes %s that the filter hides: %s", phrase.Count(len(r.Hidden), "row"), phrase.Few(r.names, most))
}

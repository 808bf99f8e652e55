package hops

import (
	"strconv"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// rows are the hops of a place.
type rows []paths.Hop

// Len is the number of rows.
func (r *rows) Len() int { return len(*r) }

// ID is the number of a hop.
func (r *rows) ID(i int) safe.Text { return safe.New(strconv.Itoa(i)) }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	h := (*r)[i]
	severity := h.Severity()
	tone := theme.Muted
	if severity.NeedsPerson() {
		tone = theme.Plain
	}
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: safe.Clean(h.Title), Tone: tone}
	into[1] = widget.Cell{Text: string(h.Outcome), Tone: theme.Of(severity)}
	into[2] = widget.Cell{Text: safe.Clean(h.Decides), Tone: theme.Muted}
}

// first is the first hop that is not open, or that of an answer that is not known; the
// first of all where every one is open.
func (r *rows) first() int {
	at := 0
	worst := finding.OK
	for i, h := range *r {
		if s := h.Severity(); s > worst && s.NeedsPerson() {
			at, worst = i, s
		}
	}
	return at
}

// columns are those of a list so wide.
func columns(width int) []widget.Column {
	return []widget.Column{
		{ID: "hop", Title: "  HOP", Min: 30, Max: min(44, width/2)},
		{ID: "outcome", Title: "IS", Min: 9, Rank: 1},
		{ID: "decides", Title: "WHO DECIDES", Min: 20, Max: 80, Rank: 2},
	}
}

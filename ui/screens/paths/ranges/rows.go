package ranges

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// rows are the offers.
type rows []ranges.Offer

// Len is the number of rows.
func (r *rows) Len() int { return len(*r) }

// ID is the range.
func (r *rows) ID(i int) safe.Text { return safe.New((*r)[i].Range.String()) }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	o := (*r)[i]
	severity := model.SeverityOK
	if o.Usual != "" {
		severity = model.SeverityAttention
	}
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: o.Range.String(), Tone: theme.Plain}
	into[1] = widget.Cell{Text: beside(o.Below), Tone: theme.Muted}
	into[2] = widget.Cell{Text: beside(o.Above), Tone: theme.Muted}
}

// beside names what lies next to an offer.
func beside(t *ranges.Taken) string {
	if t == nil {
		return "nothing that is known"
	}
	return t.String()
}

func columns() []widget.Column {
	return []widget.Column{
		{ID: "range", Title: "  FREE", Min: 20, Max: 22},
		{ID: "below", Title: "NEAREST BELOW", Min: 27, Max: 60, Rank: 1},
		{ID: "above", Title: "NEAREST ABOVE", Min: 27, Max: 60, Rank: 2},
	}
}

package whatif

import (
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// rows are the effects.
type rows []assume.Effect

// Len is the number of rows.
func (r *rows) Len() int { return len(*r) }

// ID is the key of an effect.
func (r *rows) ID(i int) safe.Text { return safe.New((*r)[i].Key) }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	e := (*r)[i]
	into[0] = widget.Cell{Text: string(e.Turn), Tone: toneOf(e.Turn)}
	into[1] = widget.Cell{Text: safe.Clean(e.Name)}
	into[2] = widget.Cell{Text: string(e.Subject), Tone: theme.Muted}
	into[3] = verdict(e.Before, e.Turn == assume.New)
	into[4] = verdict(e.After, e.Turn == assume.Gone)
}

// verdict is one verdict in a column; none: there is none.
func verdict(v assume.Verdict, none bool) widget.Cell {
	if none {
		return widget.Cell{Text: "–", Tone: theme.Muted}
	}
	return widget.Cell{Lead: theme.Symbol(v.Severity) + " ", LeadTone: theme.Of(v.Severity), Text: safe.Clean(v.Word), Tone: theme.Plain}
}

func toneOf(t assume.Turn) theme.Tone {
	switch t {
	case assume.Better:
		return theme.Fine
	case assume.Worse:
		return theme.Bad
	case assume.Other, assume.New, assume.Gone, assume.Same:
		return theme.Unsure
	default:
		return theme.Plain
	}
}

func columns() []widget.Column {
	return []widget.Column{
		{ID: "turn", Title: "TURN", Min: 6},
		{ID: "name", Title: "WHAT", Min: 20, Max: 40, Rank: 1},
		{ID: "subject", Title: "KIND", Min: 8, Max: 14, Rank: 4},
		{ID: "before", Title: "NOW", Min: 14, Max: 34, Rank: 2},
		{ID: "after", Title: "THEN", Min: 14, Max: 34, Rank: 3},
	}
}

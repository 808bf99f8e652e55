package wayin

import (
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// rows are the entries.
type rows []wayin.Entry

// Len is the number of rows.
func (r *rows) Len() int { return len(*r) }

// ID is the key of an entry.
func (r *rows) ID(i int) safe.Text { return safe.New((*r)[i].Key) }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	e := (*r)[i]
	severity := e.Finding().Severity
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: e.Title()}
	into[1] = widget.Cell{Text: short(e.Kind), Tone: theme.Muted}
	into[2] = widget.Cell{Text: e.Word, Tone: toneOf(e)}
	into[3] = widget.Cell{Text: safe.Clean(e.Front), Tone: theme.Muted}
}

func toneOf(e wayin.Entry) theme.Tone {
	if e.Finding().NeedsPerson() {
		return theme.Of(e.Finding().Severity)
	}
	return theme.Plain
}

// short is a kind in the room of a column.
func short(k wayin.Kind) string {
	switch k {
	case wayin.KindBalancer:
		return "balancer"
	case wayin.KindAppGateway:
		return "app gateway"
	case wayin.KindRecord:
		return "DNS name"
	case wayin.KindRule:
		return "rule"
	default:
		return string(k)
	}
}

func columns() []widget.Column {
	return []widget.Column{
		{ID: "entry", Title: "  ENTRY", Min: 26, Max: 44},
		{ID: "kind", Title: "KIND", Min: 11, Rank: 2},
		{ID: "points", Title: "POINTS AT", Min: 22, Max: 36, Rank: 1},
		{ID: "front", Title: "ASKED AT", Min: 12, Max: 30, Rank: 3},
	}
}

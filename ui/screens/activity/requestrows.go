package activity

import (
	"slices"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// columns are those of the log of requests.
func columns() []widget.Column {
	return []widget.Column{
		{ID: "time", Title: "TIME", Min: 14},
		{ID: "where", Title: "WHERE", Min: 12, Max: 26},
		{ID: "what", Title: "WHAT", Min: 30, Max: 400},
	}
}

// rows are the entries that are shown, the newest first.
type rows struct {
	shown []model.Activity
	now   time.Time
}

// Len is the number of rows.
func (r *rows) Len() int { return len(r.shown) }

// ID is the number of an entry.
func (r *rows) ID(i int) safe.Text { return safe.New(strconv.FormatUint(r.shown[i].Number, 10)) }

// Cells fills the cells of a row.
func (r *rows) Cells(i int, into []widget.Cell) {
	a := r.shown[i]
	symbol, tone := mark(a)
	into[0] = widget.Cell{Lead: symbol + " ", LeadTone: tone, Text: widget.Clock(a.At, r.now), Tone: theme.Muted}
	into[1] = widget.Cell{Text: a.Where()}
	into[2] = widget.Cell{Text: a.Brief(), Tone: textTone(a)}
}

// mark is the symbol of an entry.
func mark(a model.Activity) (string, theme.Tone) {
	switch {
	case a.Trouble():
		return "▲", theme.Warn
	default:
		return "·", theme.Muted
	}
}

func textTone(a model.Activity) theme.Tone {
	if a.Kind == model.ActivityRequest && !a.Trouble() {
		return theme.Muted
	}
	return theme.Plain
}

// set chooses the entries that are shown. State changes have the other view.
func (r *rows) set(entries []model.Activity, filter *widget.Filter, now time.Time) {
	r.now, r.shown = now, r.shown[:0]
	for _, a := range slices.Backward(entries) {
		if a.Kind != model.ActivityChange && (!filter.Only() || a.Trouble()) && filter.Match(a.Field) {
			r.shown = append(r.shown, a)
		}
	}
}

package activity

import (
	"strconv"
	"strings"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// columns leaves the room to the requests where nothing else is shown.
func columns(v view) []widget.Column {
	if v == viewRequests {
		return []widget.Column{
			{ID: "time", Title: "TIME", Min: 14},
			{ID: "where", Title: "WHERE", Min: 9},
			{ID: "what", Title: "WHAT", Min: 30, Max: 400},
		}
	}
	return []widget.Column{
		{ID: "time", Title: "TIME", Min: 14},
		{ID: "where", Title: "WHERE", Min: 16, Max: 26},
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
	into[1] = widget.Cell{Text: where(a)}
	into[2] = widget.Cell{Text: a.Brief(), Tone: textTone(a)}
}

// where is what an entry is about: the object, or the service.
func where(a model.Activity) string {
	if a.Network.IsEmpty() {
		return a.Service
	}
	return strings.TrimSuffix(a.Network.String()+" › "+a.Object.String(), " › ")
}

// mark is the symbol of an entry.
func mark(a model.Activity) (string, theme.Tone) {
	switch a.Kind {
	case model.ActivityChange:
		return "→", theme.Busy
	case model.ActivityProblem:
		return "▲", theme.Warn
	case model.ActivityRequest:
		if a.Status == 0 || a.Status >= 400 {
			return "▲", theme.Warn
		}
		return "·", theme.Muted
	case model.ActivityNote:
		return "·", theme.Muted
	default:
		return "·", theme.Muted
	}
}

func textTone(a model.Activity) theme.Tone {
	if a.Kind == model.ActivityRequest && a.Status != 0 && a.Status < 400 {
		return theme.Muted
	}
	return theme.Plain
}

func kindLabel(k model.ActivityKind) string {
	switch k {
	case model.ActivityChange:
		return "State change"
	case model.ActivityProblem:
		return "Problem"
	case model.ActivityRequest:
		return "Request"
	case model.ActivityNote:
		return "Note"
	default:
		return string(k)
	}
}

// keys are the keys by which entries can be filtered.
func keys() []string { return []string{"kind", "service", "network", "peering", "status", "id"} }

func fields(a *model.Activity, key string) []string {
	switch key {
	case "kind":
		return []string{string(a.Kind)}
	case "service":
		return []string{a.Service}
	case "network":
		return []string{a.Network.String()}
	case "peering":
		return []string{a.Object.String()}
	case "status":
		return []string{strconv.Itoa(a.Status)}
	case "id":
		return []string{a.Trace.String()}
	default:
		return []string{a.Summary(), a.Network.String(), a.Object.String(), a.Service}
	}
}

// set chooses the entries that are shown.
func (r *rows) set(entries []model.Activity, v view, filter *widget.Filter, now time.Time) {
	r.now, r.shown = now, r.shown[:0]
	for i := len(entries) - 1; i >= 0; i-- {
		a := &entries[i]
		request := a.Kind == model.ActivityRequest
		if (v == viewMatters && request) || (v == viewRequests && !request) {
			continue
		}
		if filter.Match(func(key string) []string { return fields(a, key) }) {
			r.shown = append(r.shown, *a)
		}
	}
}

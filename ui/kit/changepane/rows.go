package changepane

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// indent is the place of what stands beside no mark.
const indent = 3

// Rows draws entries in columns: when, the mark, of what, and what became other. A gap in
// watching is a line across them.
type Rows struct {
	Theme   *theme.Theme
	Width   int
	Network bool // the network is named, as the entries are of several

	clock, where int // widths
}

// Measure fits the columns to the entries that are to be drawn.
func (r *Rows) Measure(entries []changes.Entry, now time.Time) {
	r.clock, r.where = 0, 0
	for _, e := range entries {
		r.clock = max(r.clock, cell.Width(changes.Moment(e.At, now)))
		if e.Kind != changes.KindGap {
			r.where = max(r.where, cell.Width(r.name(e)))
		}
	}
	const third = 3
	r.where = min(r.where, max(12, r.Width/third)) //nolint:mnd // shorter, a name tells nothing
}

func (r *Rows) name(e changes.Entry) string {
	if r.Network || e.Network.IsEmpty() {
		return e.Where()
	}
	return e.Subject.String()
}

// Line draws an entry in one line.
func (r *Rows) Line(e changes.Entry, selected bool, now time.Time) string {
	l := cell.NewLine(r.Theme, r.Width)
	if selected {
		l.Select()
	} else {
		l.Space(1)
	}
	if e.Kind == changes.KindGap {
		return l.Put(theme.Muted, strings.Repeat("╌", r.clock)).Space(1).Put(theme.Muted, "╌ "+e.Line(now)+" ╌").String()
	}
	l.Put(theme.Muted, cell.Fit(changes.Moment(e.At, now), r.clock)).Space(1)
	symbol, tone := Mark(e)
	if e.New {
		l.Put(theme.Accent, "•")
	} else {
		l.Space(1)
	}
	l.Put(tone, symbol).Space(1)
	name := theme.Plain
	if selected {
		name = theme.Accent
	}
	if r.where > 0 {
		l.Put(name, cell.Fit(r.name(e), r.where)).Space(2)
	}
	return l.Put(textTone(e), e.Line(now)).String()
}

// Mark is the sign of an entry and its tone.
func Mark(e changes.Entry) (string, theme.Tone) {
	if e.Plain {
		return "·", theme.Muted
	}
	return theme.Symbol(e.Severity), theme.Of(e.Severity)
}

// textTone makes what broke the brightest of a time line.
func textTone(e changes.Entry) theme.Tone {
	switch {
	case e.Sense == changes.Broke:
		return theme.Strong
	case e.Plain, e.Sense == changes.Neutral, e.Sense == changes.Working:
		return theme.Muted
	default:
		return theme.Plain
	}
}

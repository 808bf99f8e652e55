package trace

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// entry is a trace in a list: when, which name, and what was found first.
type entry struct {
	number int // 0 for one of an earlier session
	at     time.Time
	name   string
	mark   model.Severity
	text   string
}

// entries lists the traces of a network, the newest first, those of earlier sessions at
// the end.
func (s *Results) entries(network safe.Text) []entry {
	var out []entry
	list := s.of(network)
	for _, t := range slices.Backward(list) {
		e := entry{number: t.Number, at: t.Begun, name: nameOf(t)}
		e.mark, e.text = outcome(t)
		out = append(out, e)
	}
	for _, k := range s.kept {
		if k.Network != network {
			continue
		}
		e := entry{at: k.At, name: k.Name.String(), mark: k.Severity, text: phrase.Capital(safe.Clean(k.Found))}
		if k.Found == "" {
			e.text = "it resolved"
		}
		out = append(out, e)
	}
	return out
}

// nameOf is the name that a trace is about, for people.
func nameOf(t dnstrace.Trace) string {
	if !t.Query.OK() {
		return t.Query.Typed.String()
	}
	return safe.Clean(t.Query.Name.Shown())
}

// pastLines list the traces of this session where there is room to spare: [ and ] walk
// through them.
func (p *Trace) pastLines(width, room int) []string {
	past := p.results.entries(p.network)
	const least, own = 6, 2
	if room < least+3 || len(past) < own || past[own-1].number == 0 {
		return nil
	}
	n := min(len(past), room-4)
	var lines []string
	for range room - n - 3 {
		lines = append(lines, "")
	}
	lines = append(lines, widget.Rule(p.th, width), cell.NewLine(p.th, width).Space(1).Put(theme.Muted, "LAST TRACES, ").Put(theme.Accent, "[ ]").Put(theme.Muted, " walk through those of this session").String())
	for _, e := range past[:n] {
		lines = append(lines, p.pastLine(e, width, p.env.Now()))
	}
	return lines
}

// pastLine draws a trace of a list.
func (p *Trace) pastLine(e entry, width int, now time.Time) string {
	l := cell.NewLine(p.th, width-1)
	if e.number == p.number && e.number > 0 && p.prompt == nil {
		l.Select()
	} else {
		l.Space(1)
	}
	const clock = 12
	return l.Put(theme.Of(e.mark), theme.Symbol(e.mark)).Space(1).Put(theme.Muted, cell.Fit(widget.Clock(e.at, now), clock)).Space(2).
		Put(theme.Plain, cell.Fit(e.name, max(20, width*2/5))).Space(2).Put(theme.Muted, e.text).String()
}

// outcome is a trace in a word or a sentence.
func outcome(t dnstrace.Trace) (model.Severity, string) {
	c := t.Conclusion()
	switch {
	case c.Concluded() || t.Failure != nil:
		return c.Severity, concluded(c)
	case !t.State.Over():
		return model.SeverityWorking, "running"
	case t.State == dnstrace.Cancelled:
		return model.SeverityUnknown, "cancelled"
	case c.Severity == model.SeverityOK:
		return model.SeverityOK, "it resolves"
	default:
		return c.Severity, concluded(c)
	}
}

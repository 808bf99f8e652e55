package making

import (
	"reflect"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	labelAt = 3
	valueAt = 19
)

// same reports whether two drafts say the same.
func same(a, b gateway.Draft) bool { return reflect.DeepEqual(a, b) }

// footLines is the room below the rows: a rule, how the host is reached, what is wrong with
// the selected row or what it is for, and the summary.
func (p *Page) footLines() int { return max(4, min(8, p.height-7)) }

func (p *Page) formView() []string {
	room := max(1, p.height-p.footLines())
	f := &p.form
	f.lines.Room(room)
	f.lines.Count(len(rows()))
	f.lines.MoveTo(f.at)
	from, to := f.lines.Visible()
	var lines []string
	for i, r := range rows()[from:to] {
		lines = append(lines, p.rowLine(r, from+i == f.at))
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	return append(lines, p.foot()...)
}

func (p *Page) rowLine(r row, selected bool) string { //nolint:funlen // one line, from its left to its right
	f := &p.form
	l := cell.NewLine(p.th, p.width-1)
	label := theme.Muted
	if selected {
		l.Select()
		label = theme.Accent
	}
	problem := f.problemOf(r)
	typing := selected && f.prompt != nil
	l.To(1)
	if problem != nil {
		l.Put(theme.Of(severityOf(*problem)), theme.Symbol(severityOf(*problem)))
	}
	l.To(labelAt).Put(label, cell.Fit(r.label, valueAt-labelAt))
	value, usual := f.text(r.field), p.usual(r.field)
	room, tone := p.valueRoom(), theme.Plain
	if typing {
		value, _ = f.prompt.Window(room)
		tone = f.prompt.Tone()
	}
	switch {
	case value != "" || typing:
		l.Put(tone, cell.Cut(value, room))
	case usual != "":
		l.Put(theme.Muted, usual)
	default:
		l.Put(theme.Faint, "–")
	}
	beside := max(valueAt+24, l.Used()+2)
	switch {
	case problem != nil && cell.Width(problem.Text) <= l.Left()-2:
		l.To(beside).Put(theme.Of(severityOf(*problem)), cell.Cut(problem.Text, l.Left()))
	case problem != nil && value == "":
		l.To(beside).Put(theme.Muted, "needed")
	case problem != nil && !problem.Warning:
		l.To(beside).Put(theme.Of(severityOf(*problem)), "not right yet")
	case problem != nil:
		l.To(beside).Put(theme.Of(severityOf(*problem)), "worth a look")
	case r.field == gateway.FieldHost && f.host.word != "":
		s := f.host.severity
		l.To(beside).Put(theme.Of(s), theme.Symbol(s)).Put(theme.Muted, " "+cell.Cut(f.host.word, max(0, l.Left()-2)))
	case r.field == gateway.FieldPlane:
		if c, ok := p.plane(); ok {
			l.To(beside).Put(theme.Muted, p.planeNote(c))
		}
	}
	return l.String()
}

// planeNote is what is known of a control plane, in a few words.
func (p *Page) planeNote(c model.ControlPlane) string {
	of := p.read(c)
	switch {
	case of.ServicesRead.Failure != nil:
		return c.Geo.String() + " · its services could not be read"
	case of.ServicesRead.Read():
		return c.Geo.String() + " · " + phrase.Count(len(of.Services), "service")
	default:
		return c.Geo.String()
	}
}

// usual is what an empty field means.
func (p *Page) usual(field gateway.Field) string {
	s, r := p.form.draft.Wanted()
	switch field {
	case gateway.FieldProtocol:
		return "http"
	case gateway.FieldPort:
		return strconv.Itoa(s.Port)
	case gateway.FieldRoute:
		return r.Name.String()
	case gateway.FieldMethods:
		return "all"
	case gateway.FieldStripPath:
		if r.StripPath {
			return "true"
		}
		return "false"
	case gateway.FieldProtocols:
		return phrase.List(r.Protocols)
	default:
		return ""
	}
}

func (p *Page) valueRoom() int { return max(12, p.width-valueAt-2) }

// foot says how the host is reached, what is wrong, and how far the form is.
func (p *Page) foot() []string {
	room := p.footLines() - 2
	f := &p.form
	lines := []string{widget.Rule(p.th, p.width)}
	var text []string
	put := func(part []string) {
		if left := room - len(text); left > 0 {
			text = append(text, part[:min(len(part), left)]...)
		}
	}
	problem := f.problemOf(f.row())
	if problem != nil {
		put(widget.Marked(p.th, severityOf(*problem), theme.Plain, phrase.Capital(problem.Text)+".", p.width, 3))
	}
	if f.host.why != "" {
		put(widget.Marked(p.th, f.host.severity, theme.Plain, f.host.why, p.width, 3))
		if f.row().field == gateway.FieldHost {
			if next := f.host.next; next.Text != "" {
				put(widget.Arrow(p.th, next.Text, p.width))
			}
		}
	}
	switch {
	case p.failure != nil:
		put(widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(p.failure.Error())+". "+p.failure.Cure, p.width, 3))
	case f.said != "":
		put(widget.Paragraph(p.th, theme.Muted, f.said, p.width, 2))
	case problem == nil:
		put(widget.Paragraph(p.th, theme.Muted, f.row().about, p.width, 2))
	}
	lines = append(lines, text...)
	for len(lines) < p.footLines()-1 {
		lines = append(lines, "")
	}
	return append(lines, p.summary())
}

// summary says in a line how far the form is.
func (p *Page) summary() string {
	f := &p.form
	l := cell.NewLine(p.th, p.width-1).Space(1)
	var wrong, missing []string
	for _, r := range rows() {
		for _, w := range f.problems {
			switch {
			case w.Field != r.field || w.Warning:
			case f.text(r.field) == "":
				missing = append(missing, r.label)
			default:
				wrong = append(wrong, r.label)
			}
			if w.Field == r.field {
				break
			}
		}
	}
	switch {
	case len(wrong) > 0:
		l.Put(theme.Bad, "✖ ").Put(theme.Plain, "To put right: "+phrase.Few(wrong, 4))
	case len(missing) > 0:
		l.Put(theme.Muted, "○ Missing: "+phrase.Few(missing, 5))
	default:
		l.Put(theme.Fine, "● ").Put(theme.Plain, "Ready: ").Put(theme.Accent, "v").Put(theme.Muted, " shows both requests before they are sent")
	}
	return l.String()
}

func severityOf(p gateway.Problem) model.Severity {
	if p.Warning {
		return model.SeverityAttention
	}
	return model.SeverityBroken
}

// cursor is where the text cursor stands while a field is typed in.
func (p *Page) cursor() *tea.Cursor {
	_, x := p.form.prompt.Window(p.valueRoom())
	room := max(1, p.height-p.footLines())
	return tea.NewCursor(min(valueAt+x, p.width-1), max(0, min(p.form.lines.Line(), room-1)))
}

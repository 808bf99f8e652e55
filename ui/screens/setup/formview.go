package setup

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	labelAt = 3 // columns of the form
	valueAt = 19
	guid    = 36 // cells of a GUID: values of that length are not cut at 80 columns
)

// footLines is the room below the rows: a rule, the words about the selected row,
// and the summary.
func (s *Screen) footLines() int { return max(4, min(7, s.height-9)) }

func (s *Screen) formHead() screen.Head {
	h := screen.Head{Path: []string{tab}}
	r := s.form.request()
	if name := r.Peering.Or(r.VNet.Name.String()); !name.IsEmpty() {
		h.Path = append(h.Path, name.String())
	} else {
		h.Path = append(h.Path, "new peering")
	}
	if s.active() {
		h.Counts = append(h.Counts, "w watches the run")
	}
	return h
}

// formWidth is the width of the form: on a wide screen what will happen stands
// beside it.
func (s *Screen) formWidth() int {
	if s.width >= sideFrom {
		return s.width - s.formSide() - 2
	}
	return s.width
}

func (s *Screen) formSide() int { return max(44, s.width*40/100) }

func (s *Screen) formView(now time.Time) []string {
	width := s.formWidth()
	lines := s.rowLines(width, s.rowRoom())
	for len(lines) < s.rowRoom() {
		lines = append(lines, "")
	}
	lines = append(lines, s.foot(width)...)
	if s.width >= sideFrom {
		return widget.Beside(s.th, widget.Fill(lines, s.height), s.aside(now, s.formSide()), width)
	}
	return lines
}

// rowRoom is the number of lines for rows.
func (s *Screen) rowRoom() int { return max(1, s.height-s.footLines()) }

// rowLines draws the rows that fit, the selected one among them. A blank line parts
// the DNS from what stands above it, where there is room.
func (s *Screen) rowLines(width, room int) []string {
	f := &s.form
	all, at := s.layout()
	f.lines.Room(room)
	f.lines.Count(len(all))
	f.lines.MoveTo(at)
	from, to := f.lines.Visible()
	rows := f.rows()
	var lines []string
	for _, i := range all[from:to] {
		if i < 0 {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, s.rowLine(rows[i], i == f.at, width))
	}
	return lines
}

// layout lists the rows in the order of the lines, -1 for a blank one, and tells the
// line of the selected row.
func (s *Screen) layout() (lines []int, at int) {
	rows := s.form.rows()
	airy := len(rows)+2 <= s.rowRoom()
	for i, r := range rows {
		if airy && (r.kind == rowMode || r.kind == rowMore || r.kind == rowRoute) {
			lines = append(lines, -1)
		}
		if i == s.form.at {
			at = len(lines)
		}
		lines = append(lines, i)
	}
	return lines, at
}

// rowAt returns the row at a line of the screen, -1 for none.
func (s *Screen) rowAt(y int) int {
	all, _ := s.layout()
	if line := s.form.lines.Row(y); line >= 0 && line < len(all) {
		return all[line]
	}
	return -1
}

func (s *Screen) rowLine(r row, selected bool, width int) string {
	f := &s.form
	l := cell.NewLine(s.th, width-1) // the last column stays free
	if selected {
		l.Select()
	}
	problems := f.problemsOf(r)
	l.To(1)
	if len(problems) > 0 && (problems[0].Fatal() || problems[0].Asks()) {
		severity := problemSeverity(problems[0])
		l.Put(theme.Of(severity), theme.Symbol(severity))
	}
	label := theme.Muted
	if selected {
		label = theme.Accent
	}
	typing := selected && f.prompt != nil
	switch r.kind {
	case rowMapping:
		s.putMapping(l, r, typing)
		return l.String()
	case rowAdd:
		return l.To(valueAt-2).Put(label, "+ "+r.label).String()
	case rowRoute:
		l.To(labelAt).Put(label, cell.Fit(r.label, valueAt-labelAt))
		s.putRoute(l, problems)
		return l.String()
	case rowMore:
		text := "role name and app id: Kong's own"
		if f.more {
			text = "fewer fields"
		}
		return l.To(labelAt).Put(label, cell.Fit(r.label, valueAt-labelAt)).Put(theme.Muted, text).String()
	case rowMode:
		l.To(labelAt).Put(label, cell.Fit(r.label, valueAt-labelAt)).Put(theme.Plain, string(f.mode)).Space(2)
		if f.dns() != f.mode {
			return l.Put(theme.Muted, "no mapping yet, so none is made").String()
		}
		return l.Put(theme.Muted, modeMeaning(f.mode)).String()
	case rowText:
	}
	l.To(labelAt).Put(label, cell.Fit(r.label, valueAt-labelAt))
	s.putText(l, r, typing, problems, width)
	return l.String()
}

// putText draws a value and what is known of it, or what is wrong with it.
func (s *Screen) putText(l *cell.Line, r row, typing bool, problems []setup.Problem, width int) {
	f := &s.form
	value := f.texts[r.field].String()
	meaning, optional := spare(r.field)
	room, tone := valueRoom(width), theme.Plain
	if typing {
		value, _ = f.prompt.Window(room)
		tone = f.prompt.Tone()
	}
	switch {
	case value != "" || typing:
		l.Put(tone, cell.Cut(value, room))
	case optional:
		l.Put(theme.Muted, meaning)
	default:
		l.Put(theme.Faint, "–")
	}
	known, beside := f.notes[r.field]
	at := max(valueAt+guid+2, l.Used()+2)
	if width < sideFrom {
		at = max(l.Used()+2, min(at, width-24))
	}
	switch {
	case len(problems) > 0:
		l.To(at).Put(theme.Of(problemSeverity(problems[0])), brief(problems[0], l.Left()))
	case beside && known.marked:
		l.To(at).Put(theme.Of(known.severity), theme.Symbol(known.severity)).Put(theme.Muted, " "+known.text)
	case beside:
		l.To(at).Put(theme.Muted, known.text)
	case value == "" && f.touched && !typing && !optional:
		l.To(at).Put(theme.Muted, "needed")
	}
}

// valueRoom is the width of a value: a GUID and the cursor behind it, or more.
func valueRoom(width int) int {
	return max(12, min(width-valueAt-2, max(guid+1, (width-valueAt)*60/100)))
}

func (s *Screen) putMapping(l *cell.Line, r row, typing bool) {
	m := s.form.mappings[r.index]
	l.To(valueAt)
	switch {
	case typing:
		text, _ := s.form.prompt.Window(l.Left())
		l.Put(s.form.prompt.Tone(), text)
	case m.problem != "":
		l.Put(theme.Plain, m.typed)
	default:
		domains, servers, _ := strings.Cut(mappingText(m.means), " -> ")
		servers = cell.Cut(servers, l.Left()/2)
		l.Put(theme.Plain, cell.Cut(domains, l.Left()-cell.Width(servers)-4)).Put(theme.Muted, " → ").Put(theme.Plain, servers)
	}
}

// formCursor is where the text cursor stands while a field is typed in.
func (s *Screen) formCursor() *tea.Cursor {
	width := s.formWidth()
	room := valueRoom(width)
	if s.form.row().kind == rowMapping {
		room = width - valueAt - 1
	}
	_, x := s.form.prompt.Window(room)
	return tea.NewCursor(min(valueAt+x, width-1), max(0, min(s.form.lines.Line(), s.rowRoom()-1)))
}

// problemSeverity is how a problem is marked: as the mapping table marks the same one,
// also where nobody has to accept it. What is only worth knowing is no state of anything.
func problemSeverity(p setup.Problem) model.Severity {
	switch p.Severity {
	case dnstable.Error:
		return model.SeverityBroken
	case dnstable.Warning:
		return model.SeverityAttention
	default:
		return model.SeverityUnknown
	}
}

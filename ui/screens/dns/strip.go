package dns

import (
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// strip draws what there is to say below the table: what is typed there, what is wrong
// with the row, or what the row does.
func (s *Screen) strip(width, height int) []string {
	var lines []string
	switch {
	case s.filter.Typing():
		lines = s.filterLines(width)
	case s.edit != nil:
		lines = s.editLines(width, height)
	default:
		lines = s.rowLines(width, height)
	}
	return widget.Fill(lines, height)
}

func (s *Screen) filterLines(width int) []string {
	lines := []string{s.filter.Line(s.th, width)}
	if text := s.filter.Unknown(); text != "" {
		lines = append(lines, widget.Paragraph(s.th, theme.Warn, text, width, 2)...)
	}
	return lines
}

func (s *Screen) editLines(width, height int) []string {
	var lines []string
	if s.edit.many() {
		lines = append(lines, s.manyLine(width))
	}
	if s.edit.empty() {
		text := "A domain, tab, and the servers that are asked for it, the first one first."
		return append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, text).String())
	}
	if len(s.edit.problems) == 0 {
		return append(lines, cell.NewLine(s.th, width).Space(1).Put(theme.Fine, "●").Put(theme.Muted, " nothing is wrong with it").String())
	}
	return append(lines, s.problemLines(s.edit.problems, width, height-len(lines), "ctrl+f")...)
}

// rowLines tells of the selected row.
func (s *Screen) rowLines(width, height int) []string {
	l := s.selected()
	if l == nil {
		return nil
	}
	var lines []string
	if list := s.problemsOf(l); len(list) > 0 {
		if s.cut(l) {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, domainText(l.row)+"  "+serversCell(l)).String())
		}
		return append(lines, s.problemLines(list, width, height-len(lines), "F")...)
	}
	for i, part := range cell.Wrap(s.about(l), width-5, height) {
		tone := theme.Muted
		if i == 0 && l.mark != "" {
			tone = theme.Plain
		}
		lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(tone, part).String())
	}
	return lines
}

// cut reports whether a row does not fit in its columns.
func (s *Screen) cut(l *line) bool {
	_, domain := s.table.Place(colDomain)
	_, server := s.table.Place(colServers)
	return cell.Width(domainText(l.row)) > domain-s.leadCells() || cell.Width(serversCell(l)) > server
}

// about says what a row does, or what becomes of it, in one or two sentences.
func (s *Screen) about(l *line) string {
	name := domainText(l.row)
	switch {
	case l.zone:
		return name + " is a zone that is linked: " + l.why + "."
	case l.gone():
		return name + " goes when this is applied; b takes that back. It asked " + dnstable.ServerList(l.row.Servers) + "."
	case !l.mine():
		return "Names in " + name + " ask " + inTurn(l.row) + ". The row is fixed: " + l.why + "."
	case l.before != nil && l.before.Key != l.row.Key:
		return "Was " + domainText(*l.before) + "; b takes that back. Names in " + name + " will ask " + inTurn(l.row) + "."
	case l.mark != "":
		return "Names in " + name + " will ask " + inTurn(l.row) + ", when this is applied."
	default:
		return "Names in " + name + ", itself too, ask " + inTurn(l.row) + "."
	}
}

// inTurn names the servers in their order.
func inTurn(r dnstable.Row) string {
	words := make([]string, len(r.Servers))
	for i, t := range r.Servers {
		words[i] = t.String()
	}
	return strings.Join(words, ", then ")
}

// problemLines draws what is wrong, the worst first, each with its cure.
func (s *Screen) problemLines(list []dnstable.Problem, width, height int, key string) []string {
	var lines []string
	for i, p := range list {
		left := height - len(lines)
		if left <= 0 {
			break
		}
		if left == 1 && i < len(list)-1 {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, "and "+phrase.Count(len(list)-i, "more problem")+"; d tells all").String())
			break
		}
		lines = append(lines, s.problemText(p, width, min(2, left-min(1, len(list)-1-i)), key)...)
	}
	return lines
}

// problemText draws one problem: the symbol, the words, and the cure.
func (s *Screen) problemText(p dnstable.Problem, width, most int, key string) []string {
	text := p.Text
	if p.Fix != nil && p.Fix.Label != "" {
		text += "  → " + key + " " + p.Fix.Label
	}
	var lines []string
	for i, part := range cell.Wrap(text, width-5, max(1, most)) {
		l := cell.NewLine(s.th, width).Space(1)
		if i == 0 {
			l.Put(problemTone(p), problemSymbol(p))
		}
		lines = append(lines, l.To(3).Put(theme.Plain, part).String())
	}
	return lines
}

func problemTone(p dnstable.Problem) theme.Tone {
	if p.Severity == dnstable.Note {
		return theme.Muted
	}
	return theme.Of(severity(p))
}

// problemSymbol is the mark of a problem; a note is no state and has a small one.
func problemSymbol(p dnstable.Problem) string {
	if p.Severity == dnstable.Note {
		return "·"
	}
	return theme.Symbol(severity(p))
}

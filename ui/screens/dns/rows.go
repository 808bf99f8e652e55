package dns

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// rows are the lines that pass the filter, as the table asks for them.
type rows struct {
	s     *Screen
	all   []line
	shown []*line
}

// Len is the number of rows.
func (r *rows) Len() int { return len(r.shown) }

// ID is the id of a row.
func (r *rows) ID(i int) safe.Text { return r.shown[i].id }

// Cells fills the cells of a row, in the order of the columns.
func (r *rows) Cells(i int, into []widget.Cell) {
	l := r.shown[i]
	tone := theme.Plain
	if !l.mine() || l.gone() {
		tone = theme.Muted
	}
	into[0] = widget.Cell{Lead: r.s.lead(l), LeadTone: markTone(l), Text: domainText(l.row), Tone: tone}
	into[0].Sign, into[0].SignTone = r.s.sign(l)
	_, room := r.s.table.Place(colServers)
	into[1] = widget.Cell{Text: serversIn(l, room), Tone: tone}
	into[2] = widget.Cell{Text: string(l.kind), Tone: theme.Muted}
	into[3] = widget.Cell{Text: l.from, Tone: theme.Muted}
	if r.s.probed() {
		into[4] = r.s.probeCell(l)
	}
}

// leadCells is the room before a domain: whether something is wrong with it, and only where
// there is such a row, whether it is selected and what becomes of it. So the mark of the
// cursor stands at its row.
func (s *Screen) leadCells() int {
	n := 2
	if s.staging() {
		n += 2
	}
	if s.picking() {
		n++
	}
	return n
}

// staging reports whether the rows say what becomes of them.
func (s *Screen) staging() bool {
	n := s.network()
	return s.edit != nil || n != nil && n.Changes() > 0
}

// picking reports whether the rows say whether they are selected.
func (s *Screen) picking() bool { return len(s.marked) > 0 || !s.anchor.IsEmpty() }

func (s *Screen) lead(l *line) string {
	lead := ""
	if s.picking() {
		lead = " "
		if s.isMarked(l.id) {
			lead = "›"
		}
	}
	if !s.staging() {
		return lead
	}
	mark := l.mark.Mark()
	if mark == "" {
		mark = " "
	}
	return lead + mark + " "
}

func markTone(l *line) theme.Tone {
	if l.gone() {
		return theme.Warn
	}
	return theme.Accent
}

// sign is the symbol of the most urgent problem of a row. Advice on a row that nobody is
// editing recedes: a table that works must not look as if it did not.
func (s *Screen) sign(l *line) (string, theme.Tone) {
	if l.mark == "" && s.onlyAdvice(l) {
		return "· ", theme.Muted
	}
	switch worst := s.worst(l); worst {
	case model.SeverityAttention, model.SeverityBroken:
		return theme.Symbol(worst) + " ", theme.Of(worst)
	case model.SeverityOK, model.SeverityWorking, model.SeverityUnknown:
		return "  ", theme.Plain
	default:
		return "  ", theme.Plain
	}
}

// onlyAdvice reports whether a row has advice, and nothing that is wrong beside it.
func (s *Screen) onlyAdvice(l *line) bool {
	advised := false
	for _, p := range s.problemsOf(l) {
		switch {
		case p.Advice():
			advised = true
		case p.Severity != dnstable.Note:
			return false
		}
	}
	return advised
}

// serversCell shows what is asked, and what was asked before when that is changed.
func serversCell(l *line) string {
	switch {
	case l.zone:
		return "linked zone"
	case l.before != nil && !l.gone() && !l.row.SameServers(*l.before):
		return dnstable.ServerList(l.before.Servers) + " → " + dnstable.ServerList(l.row.Servers)
	default:
		return dnstable.ServerList(l.row.Servers)
	}
}

// serversIn is the cell in a room: where both lists do not fit, the one that was gives way,
// and the one that is to be is never cut as long as it fits alone.
func serversIn(l *line, room int) string {
	text := serversCell(l)
	if l.zone || l.before == nil || l.gone() || l.row.SameServers(*l.before) || cell.Width(text) <= room {
		return text
	}
	const arrow, least = "→ ", 4
	after := dnstable.ServerList(l.row.Servers)
	if left := room - cell.Width(after) - cell.Width(arrow) - 1; left >= least {
		return cell.Cut(dnstable.ServerList(l.before.Servers), left) + " " + arrow + after
	}
	return arrow + after
}

// columns returns the columns, as wide as what is in them.
func (s *Screen) columns() []widget.Column {
	const few = 400 // rows that are measured; a column is no better for more
	domain, server, from := 20, 20, 8
	for i, l := range s.rows.shown {
		if i == few {
			break
		}
		domain = max(domain, cell.Width(domainText(l.row)))
		server = max(server, cell.Width(serversCell(l)))
		from = max(from, cell.Width(l.from))
	}
	lead := s.leadCells()
	list := []widget.Column{
		{ID: colDomain, Title: strings.Repeat(" ", lead) + "DOMAIN", Min: lead + 20, Max: lead + min(domain, 64)},
		{ID: colServers, Title: "SERVERS", Min: 20, Max: min(server, 56), Rank: 1},
		{ID: colKind, Title: "KIND", Min: 6, Rank: 2},
		{ID: colFrom, Title: "FROM", Min: min(from, 18), Max: min(from, 32), Rank: 3},
	}
	if s.probed() {
		list[2].Rank = 4 // the probe tells more
		list = append(list, widget.Column{ID: colProbe, Title: "PROBE", Min: 9, Max: 14, Rank: 2})
	}
	return list
}

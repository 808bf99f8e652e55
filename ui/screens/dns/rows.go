package dns

import (
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
	into[1] = widget.Cell{Text: serversCell(l), Tone: tone}
	into[2] = widget.Cell{Text: string(l.kind), Tone: theme.Muted}
	into[3] = widget.Cell{Text: l.from, Tone: theme.Muted}
	if r.s.probed() {
		into[4] = r.s.probeCell(l)
	}
}

// leadCells is the room before a domain: whether it is selected, what becomes of it, and
// whether something is wrong with it.
const leadCells = 5

func (s *Screen) lead(l *line) string {
	picked := " "
	if s.isMarked(l.id) {
		picked = "›"
	}
	mark := l.mark.Mark()
	if mark == "" {
		mark = " "
	}
	return picked + mark + " "
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

// onlyAdvice reports whether a row has warnings, and nothing but advice among them.
func (s *Screen) onlyAdvice(l *line) bool {
	advised := false
	for _, p := range s.problemsOf(l) {
		switch {
		case p.Severity == dnstable.Note:
		case !p.Advice():
			return false
		default:
			advised = true
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
	list := []widget.Column{
		{ID: colDomain, Title: "     DOMAIN", Min: leadCells + 20, Max: leadCells + min(domain, 64)},
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

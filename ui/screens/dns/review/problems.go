package review

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// manyGo is the rule that asks for a number instead of a yes.
const manyGo = "T04"

// problems are what the rules found, and which of the warnings a person has accepted.
type problems struct {
	list     []dnstable.Problem // errors first, then warnings, then notes
	accepted map[accepted]bool
	grouped  [][]int // those that share a rule, in the order of the list
	at       []int   // the group of each problem
}

// accepted is a warning as it was accepted: another text is another warning.
type accepted struct {
	rule   string
	row    dnstable.RowID
	server int
	text   string
}

func asAccepted(x dnstable.Problem) accepted { return accepted{x.Rule, x.Row, x.Server, x.Text} }

// with are the problems as they are now; what was accepted stays accepted.
func (p problems) with(found []dnstable.Problem) problems {
	p.list = slices.Clone(found)
	slices.SortStableFunc(p.list, func(a, b dnstable.Problem) int { return int(b.Severity) - int(a.Severity) })
	if p.accepted == nil {
		p.accepted = map[accepted]bool{}
	}
	p.grouped, p.at = grouped(p.list)
	return p
}

func (p problems) isAccepted(i int) bool { return p.accepted[asAccepted(p.list[i])] }

func (p problems) accept(i int, yes bool) { p.accepted[asAccepted(p.list[i])] = yes }

// errors counts what blocks.
func (p problems) errors() int {
	n := 0
	for _, x := range p.list {
		if x.Severity == dnstable.Error {
			n++
		}
	}
	return n
}

// asks reports whether a problem is a warning that must be accepted.
func asks(x dnstable.Problem) bool { return x.Severity == dnstable.Warning && x.Rule != manyGo }

// open lists the warnings that nobody has accepted.
func (p problems) open() []int {
	var out []int
	for i, x := range p.list {
		if asks(x) && !p.isAccepted(i) {
			out = append(out, i)
		}
	}
	return out
}

// rules lists the rules of the warnings that were accepted.
func (p problems) rules() []string {
	var out []string
	for i, x := range p.list {
		if p.isAccepted(i) {
			out = append(out, x.Rule)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// look is how a problem is shown.
type look struct {
	severity model.Severity
	word     string
}

func (p problems) look(i int) look {
	for _, k := range p.groupOf(i) {
		if asks(p.list[k]) && !p.isAccepted(k) {
			i = k // one that is open tells how its group stands
			break
		}
	}
	switch x := p.list[i]; {
	case x.Severity == dnstable.Error:
		return look{model.SeverityBroken, "error"}
	case x.Rule == manyGo && x.Severity == dnstable.Warning:
		return look{model.SeverityAttention, "number"}
	case x.Severity == dnstable.Warning && p.isAccepted(i):
		return look{model.SeverityOK, "accepted"}
	case x.Severity == dnstable.Warning:
		return look{model.SeverityAttention, "accept?"}
	default:
		return look{model.SeverityUnknown, "note"}
	}
}

// rowIn finds a row of an order, among those that are wanted and then those that are
// there; nil for none.
func rowIn(o dnstable.Order, id dnstable.RowID) *dnstable.Row {
	for _, rows := range [][]dnstable.Row{o.Rows, o.Base} {
		for i := range rows {
			if id != 0 && rows[i].ID == id {
				return &rows[i]
			}
		}
	}
	return nil
}

// domainIn is the domain of a row as it is written, empty for the whole table.
func domainIn(o dnstable.Order, id dnstable.RowID) string {
	if row := rowIn(o, id); row != nil {
		return row.Key.Or("(no domain)").String()
	}
	return ""
}

// problemBlock draws a problem, whole, behind its symbol and its word.
func problemBlock(th *theme.Theme, key string, x dnstable.Problem, as look, domain string, width int) block {
	const column = 13
	text := cleanLine(x.Text)
	if domain != "" {
		text = domain + ": " + text
	}
	if x.Rule != "" {
		text += "  " + cleanLine(x.Rule)
	}
	parts := cell.Wrap(text, width-column-1, 0)
	return block{key: key, height: len(parts), draw: func(selected bool) []string {
		lines := make([]string, len(parts))
		for i, part := range parts {
			l := cell.NewLine(th, width)
			tone := theme.Plain
			if i == 0 {
				if selected {
					l.Select()
					tone = theme.Accent
				}
				l.To(1).Put(theme.Of(as.severity), theme.Symbol(as.severity)+" "+as.word)
			}
			if selected {
				tone = theme.Accent
			}
			lines[i] = l.To(column).Put(tone, part).String()
		}
		return lines
	}}
}

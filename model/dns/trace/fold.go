package trace

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Start lays out the matrix of some rules: a line for each domain, a column for each
// server, nothing known yet.
func (m Matrix) Start(rules []Rule) Matrix {
	at := map[safe.Text]int{}
	m.Columns, m.Lines, m.Done, m.Total = nil, nil, 0, 0
	for _, r := range rules {
		for _, s := range r.Servers {
			if _, there := at[s]; !there {
				at[s] = len(m.Columns)
				m.Columns = append(m.Columns, Column{Server: s})
			}
		}
	}
	for _, r := range rules {
		l := Line{Domain: r.Domain, Origin: r.Origin, From: r.From, Cells: make([]Entry, len(m.Columns))}
		for _, s := range r.Servers {
			if !l.Cells[at[s]].Asked {
				l.Cells[at[s]].Asked = true
				m.Total++
			}
		}
		m.Lines = append(m.Lines, l)
	}
	return m
}

// At returns the place of a server among the columns, or -1.
func (m Matrix) At(server safe.Text) int {
	return slices.IndexFunc(m.Columns, func(c Column) bool { return c.Server == server })
}

// Put returns the line with the report of a server, judged together with those that are
// there.
func (l Line) Put(at int, r dnsverdict.Report, routes []dnsverdict.Known[bool]) Line {
	l.Cells = slices.Clone(l.Cells)
	l.Cells[at].Report, l.Cells[at].Known, l.Cells[at].Answered = r, true, r.Deciding().Answered()
	return l.Judged(routes)
}

// Judged judges the cells of a line, each beside the others. An answer in the line
// proves a way to no other server: routes tells that by column.
func (l Line) Judged(routes []dnsverdict.Known[bool]) Line {
	row := l.Reports()
	for i := range l.Cells {
		if e := &l.Cells[i]; e.Asked && e.Known {
			route := dnsverdict.Known[bool]{}
			if i < len(routes) {
				route = routes[i]
			}
			e.Cell = dnsverdict.CellOf(e.Report, row, route)
		}
	}
	if asked := l.asked(); len(row) == asked && asked > 0 {
		l.Agreement = dnsverdict.Compare(row)
	}
	return l
}

func (l Line) asked() int {
	n := 0
	for _, e := range l.Cells {
		if e.Asked {
			n++
		}
	}
	return n
}

// Counted returns the matrix with its counts, and the footers of its columns, as its
// cells are now. Routes and standings of the columns stay.
func (m Matrix) Counted() Matrix {
	m.Columns = slices.Clone(m.Columns)
	m.Done = 0
	for i := range m.Columns {
		m.Columns[i] = m.footer(i)
		m.Done += m.Columns[i].Known
	}
	return m
}

func (m Matrix) footer(at int) Column {
	old := m.Columns[at]
	c := Column{Server: old.Server, Route: old.Route, Standing: old.Standing}
	var took []time.Duration
	for _, l := range m.Lines {
		e := l.Cells[at]
		if !e.Asked || !e.Known {
			continue
		}
		c.Known++
		if e.Report.Heard() {
			c.Heard++
		}
		if e.Cell.Severity == model.SeverityOK {
			c.Good++
		}
		if d := e.Report.Deciding(); d.Answered() {
			took = append(took, d.Took)
			c.EDNS = max(c.EDNS, d.Reply.UDPSize)
			if c.NSID.IsEmpty() {
				c.NSID = e.Report.Best(dnsverdict.StepSOA).Reply.NSID
			}
		}
		switch tcp := e.Report.Find(dnsverdict.StepSOA, dnsverdict.TCP); {
		case tcp.Answered():
			c.TCP = model.Yes
		case tcp.Asked() && c.TCP == model.Unstated && e.Report.Answered():
			c.TCP = model.No
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		c.Min, c.Median, c.P95 = took[0], took[len(took)/2], took[len(took)*95/100]
	}
	return c
}

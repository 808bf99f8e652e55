package workspace

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Findings are the problems of a table, as it was when it was checked.
type Findings struct {
	rows      []dnstable.Row // that were checked
	network   *model.NetworkStatus
	near      *nearby
	meanwhile bool
	probedAt  time.Time
	list      []dnstable.Problem // all of them, for the page of the changes
	byRow     map[dnstable.RowID][]dnstable.Problem
	errors    int
	warnings  int
	unchecked []string
}

// Unchecked says which rules could not look at the table, and why, a sentence a reason.
func (f *Findings) Unchecked() []string { return f.unchecked }

// Of lists the problems of a row, the worst first; those of the whole table have the id 0.
func (f *Findings) Of(id dnstable.RowID) []dnstable.Problem { return f.byRow[id] }

// Findings are the problems of the table as it is now. They are looked for anew when
// something has changed that they rest on.
func (t *Table) Findings() *Findings {
	n, f := t.network, &t.findings
	if f.byRow == nil || f.network != n.status || f.near != n.near || !f.probedAt.Equal(n.probedAt) || f.meanwhile != t.meanwhile || !sameRows(f.rows, t.draft.Rows()) {
		t.findings = t.find(t.draft.Rows())
	}
	return &t.findings
}

// Problems are what the rules find of what applying would change. How the table stands
// just now is told by itself, see Closed and Meanwhile.
func (t *Table) Problems() []dnstable.Problem {
	return slices.DeleteFunc(t.Order().Concerning(t.Findings().list), dnstable.Problem.OfState)
}

// Check judges rows that are to be those of the table.
func (t *Table) Check(rows []dnstable.Row) []dnstable.Problem {
	f := t.find(rows)
	return f.list
}

// CheckRow judges one row among rows that are to be those of the table.
func (t *Table) CheckRow(rows []dnstable.Row, id dnstable.RowID) []dnstable.Problem {
	f := t.find(rows)
	return f.Of(id)
}

// find checks rows that are to be those of the table.
func (t *Table) find(rows []dnstable.Row) Findings {
	n := t.network
	around := dnstable.SurroundingsOf(n.status, t.target.Resolver)
	around.Before, around.Changed, around.Probes = t.draft.Base(), t.meanwhile, n.probes
	if n.near != nil {
		around.Endpoints, around.Rulesets = n.near.endpoints, n.near.rulesets
	}
	f := Findings{near: n.near, rows: rows, network: n.status, meanwhile: t.meanwhile, probedAt: n.probedAt, list: dnstable.Check(rows, around), byRow: map[dnstable.RowID][]dnstable.Problem{}}
	for _, p := range f.list {
		f.byRow[p.Row] = append(f.byRow[p.Row], p)
	}
	f.errors, f.warnings = dnstable.CountProblems(f.list)
	f.unchecked = dnstable.UncheckedText(dnstable.Unchecked(rows, around))
	return f
}

package dns

import (
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
)

// findings are the problems of a table, as it was when it was checked.
type findings struct {
	rows      []dnstable.Row // that were checked
	network   *model.NetworkStatus
	near      *nearby
	meanwhile bool
	probedAt  time.Time
	list      []dnstable.Problem // all of them, for the page of the changes
	byRow     map[dnstable.RowID][]dnstable.Problem
	errors    int
	warnings  int
}

func (f *findings) of(id dnstable.RowID) []dnstable.Problem { return f.byRow[id] }

// check looks for problems in the tables of a network that were not looked at as they
// are now.
func (s *Screen) check(b *book) {
	if m, there := s.results.Matrix(b.network.ID); there && m.State.Over() && !m.Begun.Equal(b.probedAt) {
		b.probes, b.probedAt = m.Probes(), m.Begun
	}
	for _, t := range b.tables {
		if f := &t.findings; f.network != b.network || f.near != b.near || !f.probedAt.Equal(b.probedAt) || f.meanwhile != t.meanwhile || !sameRows(f.rows, t.draft.Rows()) {
			*f = find(b, t, t.draft.Rows())
		}
	}
}

// find checks rows that are to be those of a table.
func find(b *book, t *table, rows []dnstable.Row) findings {
	around := dnstable.SurroundingsOf(b.network, t.target.Resolver)
	around.Before, around.Changed, around.Probes = t.draft.Base(), t.meanwhile, b.probes
	if b.near != nil {
		around.Endpoints, around.Rulesets = b.near.endpoints, b.near.rulesets
	}
	f := findings{near: b.near, rows: rows, network: b.network, meanwhile: t.meanwhile, probedAt: b.probedAt, list: dnstable.Check(rows, around), byRow: map[dnstable.RowID][]dnstable.Problem{}}
	for _, p := range f.list {
		f.byRow[p.Row] = append(f.byRow[p.Row], p)
		switch p.Severity {
		case dnstable.Error:
			f.errors++
		case dnstable.Warning:
			f.warnings++
		case dnstable.Note:
		}
	}
	return f
}

// severity is how urgent a problem is for a screen: a note is no state.
func severity(p dnstable.Problem) model.Severity {
	switch p.Severity {
	case dnstable.Error:
		return model.SeverityBroken
	case dnstable.Warning:
		return model.SeverityAttention
	case dnstable.Note:
		return model.SeverityOK
	default:
		return model.SeverityUnknown
	}
}

// fixable finds the first problem that one key can mend; false when there is none.
func fixable(list []dnstable.Problem) (dnstable.Problem, bool) {
	for _, p := range list {
		if p.Fix != nil {
			return p, true
		}
	}
	return dnstable.Problem{}, false
}

// fixed is a draft in which a problem of a row is mended.
func fixed(d dnstable.Draft, id dnstable.RowID, f dnstable.Fix) dnstable.Draft {
	r, there := d.Row(id)
	switch {
	case !there:
		return d
	case f.Remove:
		return d.Remove([]dnstable.RowID{id})
	case f.Domain == "":
		return d.SetServers([]dnstable.RowID{id}, texts(f.Servers))
	default:
		words := f.Servers
		if words == nil {
			words = fields(phrase.List(r.Servers))
		}
		return d.Set(id, f.Domain, words)
	}
}

// counts adds up the errors and warnings of all tables.
func (b *book) counts() (errors, warnings int) {
	for _, t := range b.tables {
		errors += t.findings.errors
		warnings += t.findings.warnings
	}
	return errors, warnings
}

// rulesOf lists the rules that a line breaks.
func (s *Screen) rulesOf(l *line) []string {
	var out []string
	for _, p := range s.problemsOf(l) {
		out = append(out, p.Rule)
	}
	return out
}

// problemsOf lists what is wrong with a line, the worst first.
func (s *Screen) problemsOf(l *line) []dnstable.Problem {
	if l == nil || !l.mine() || l.gone() {
		return nil
	}
	return l.table.findings.of(l.row.ID)
}

// nextProblem moves to the next row, or the one before, with an error or a warning.
func (s *Screen) nextProblem(by int) {
	n := len(s.rows.shown)
	for k := 1; k <= n; k++ {
		i := ((s.table.Index()+k*by)%n + n) % n
		if s.worst(s.rows.shown[i]) >= model.SeverityAttention {
			s.table.MoveTo(i)
			return
		}
	}
}

package dns

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

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
	return l.table.Findings().Of(l.row.ID)
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

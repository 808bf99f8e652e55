package table

import "github.com/peerdeck/peerdeck/model/finding"

// Severity says what a problem does to a change.
type Severity int

// The severities, in rising order.
const (
	Note    Severity = iota // worth knowing; nothing is asked
	Warning                 // the change is sent after somebody has seen it and said so
	Error                   // the change is not sent
)

// String returns the word.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	default:
		return "unknown"
	}
}

// Problem is something that a rule found.
type Problem struct {
	Rule     string // "D10"
	Severity Severity
	Row      RowID // 0: the whole table
	Server   int   // index in the row's servers, -1: not about one
	Text     string
	Help     string // the long form, of the rule
	Fix      *Fix   // what one key can do about it, nil when a person must
	Other    RowID  // the other row concerned, 0 for none
}

// Advice reports whether the problem says what would be better, and nothing that is wrong
// with a table that works: spares, and what a Private Link zone needs elsewhere.
func (p Problem) Advice() bool {
	return p.Severity == Note && (p.Rule == "S15" || p.Rule == "S16" || p.Rule == "D22")
}

// OfState reports whether the problem says how the table stands in Konnect just now: that
// its resolver takes no edits, or that somebody else has changed it. It is shown by
// itself, and is no error of the table.
func (p Problem) OfState() bool { return p.Rule == "T02" || p.Rule == "T03" }

// Finding is the problem as a finding of its rule.
func (p Problem) Finding() finding.Finding {
	f := finding.Finding{Code: finding.Code(p.Rule), Cause: p.Text, Next: finding.Next{Kind: finding.NextTable, Text: p.Help}}
	switch p.Severity {
	case Error:
		f.Severity = finding.Broken
	case Warning:
		f.Severity = finding.Attention
	default:
		f.Severity = finding.OK
	}
	return f
}

// CountProblems adds up the errors and the warnings of a table; advice, and how it stands in
// Konnect, count as neither.
func CountProblems(list []Problem) (errors, warnings int) {
	for _, p := range list {
		switch {
		case p.OfState():
		case p.Severity == Error:
			errors++
		case p.Severity == Warning:
			warnings++
		}
	}
	return errors, warnings
}

// Fix is what one key does about a problem. Only what changes is set.
type Fix struct {
	Label   string   // what it does: "use corp.example.com"
	Domain  string   // the domain, when it changes
	Servers []string // all servers of the row, when they change
	Remove  bool     // the row goes
}

// RuleInfo is a rule as the help and docs/dns-rules.md show it.
type RuleInfo struct {
	ID         string
	Severities []Severity // the usual one first
	Title      string     // when it speaks
	Help       string     // why it matters, and the way out
}

// Rules lists every rule, in the order of their ids: domains (D), servers (S), the
// table as a whole (T).
func Rules() []RuleInfo {
	all := NewRulebook().rules
	out := make([]RuleInfo, len(all))
	for i, r := range all {
		out[i] = r.RuleInfo
	}
	return out
}

// Worst returns the greatest severity among problems; false when there is none.
func Worst(problems []Problem) (worst Severity, found bool) {
	for _, p := range problems {
		worst = max(worst, p.Severity)
	}
	return worst, len(problems) > 0
}

package table

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Outcome is what becomes of a line of a text that is read into a table.
type Outcome string

// The outcomes.
const (
	OutcomeNew     Outcome = "new"     // the domain is not in the table
	OutcomeChanged Outcome = "changed" // it is there with other servers
	OutcomeSame    Outcome = "same"    // it is there as the line says
	OutcomeRefused Outcome = "refused" // it is not taken; Why says why
	OutcomeGoes    Outcome = "goes"    // no line names it, and the whole table is replaced
)

// Outcomes lists all outcomes, the most important first.
func Outcomes() []Outcome {
	return []Outcome{OutcomeRefused, OutcomeGoes, OutcomeChanged, OutcomeNew, OutcomeSame}
}

// PreviewLine is what becomes of one domain of a line. A line with several domains
// becomes several of them.
type PreviewLine struct {
	Line    int       // of the text, from 1; 0: of no line
	Column  int       // of the word that is refused, or of the beginning; 0: not known
	Source  safe.Text // the line as it stands
	Outcome Outcome
	Domain  safe.Text // as the table will have it; empty where the line has none
	Before  *Row      // what is there; nil for nothing
	After   *Row      // what is to be there; nil for nothing
	Why     string    // OutcomeRefused: why, with the way out
	Rule    string    // the rule that it breaks, or D11 for what a line above says already; empty where none speaks of it
	Notes   []string
}

// Preview is what a text comes to before it is staged.
type Preview struct {
	Lines []PreviewLine // in the order of the text, then what goes
	Rows  []Row         // the table that comes of it
}

// NewPreview tells what the lines of a text do to a table. Without replace they add and
// change only: no row that is there goes. With replace the text is the whole table.
func NewPreview(in Imported, existing []Row, replace bool) Preview {
	p := previewer{there: map[string]int{}, first: map[string]mention{}, existing: existing, changed: map[int]Row{}}
	for i := range existing {
		if label := existing[i].Label(); !p.knows(label) {
			p.there[label] = i
		}
	}
	for _, l := range in.Lines {
		if l.Refused() {
			p.add(PreviewLine{Line: l.Line, Column: l.Column, Source: l.Source, Outcome: OutcomeRefused, Why: l.Problem, Rule: l.Rule, Notes: l.Notes})
			continue
		}
		for _, d := range l.Domains {
			p.domain(l, d)
		}
	}
	if replace {
		return p.replaced()
	}
	rows := slices.Clone(existing)
	for i, r := range p.changed {
		rows[i] = r
	}
	return Preview{p.lines, append(rows, p.fresh...)}
}

// Count returns how many lines have each outcome.
func (p Preview) Count() map[Outcome]int {
	out := map[Outcome]int{}
	for _, l := range p.Lines {
		out[l.Outcome]++
	}
	return out
}

// mention is where a domain was named first in the text.
type mention struct {
	line int
	row  Row
}

type previewer struct {
	existing []Row
	there    map[string]int     // places of the existing domains
	first    map[string]mention // domains of the text so far
	lines    []PreviewLine
	changed  map[int]Row
	fresh    []Row
	wanted   []Row // the rows of the text, in its order
}

func (p *previewer) knows(label string) bool { _, ok := p.there[label]; return ok }

func (p *previewer) add(l PreviewLine) { p.lines = append(p.lines, l) }

// domain takes one domain of a line.
func (p *previewer) domain(l ImportLine, d safe.Text) {
	row := Row{Key: d, Servers: slices.Clone(l.Servers), Extra: slices.Clone(l.Extra)}
	out := PreviewLine{Line: l.Line, Column: l.Column, Source: l.Source, Domain: d, Notes: slices.Clone(l.Notes)}
	if rule, why := unfit(row); why != "" {
		out.Outcome, out.Rule, out.Why = OutcomeRefused, rule, why
		p.add(out)
		return
	}
	label := row.Label()
	if before, again := p.first[label]; again {
		p.again(out, before, row)
		return
	}
	if i, there := p.there[label]; there {
		old := p.existing[i]
		row.ID, row.Key = old.ID, old.Key // it keeps its spelling
		if len(row.Extra) == 0 {
			row.Extra = old.Extra
		}
		out.Domain, out.Before, out.Outcome = old.Key, &p.existing[i], OutcomeSame
		if !old.Same(row) {
			out.Outcome = OutcomeChanged
			p.changed[i] = row
		} else {
			row = old
		}
	} else {
		out.Outcome = OutcomeNew
		p.fresh = append(p.fresh, row)
	}
	p.first[label] = mention{l.Line, row}
	p.wanted = append(p.wanted, row)
	out.After = &row
	p.add(out)
}

// again takes a domain that the text has named before, in whatever spelling: what says
// the same is passed over, what says something else is refused. The last one never wins
// without a word.
func (p *previewer) again(out PreviewLine, before mention, row Row) {
	where := "above"
	if before.line > 0 {
		where = fmt.Sprintf("in line %d", before.line)
	}
	if before.row.SameServers(row) {
		out.Outcome, out.After, out.Rule = OutcomeSame, &before.row, "D11"
		out.Notes = append(out.Notes, fmt.Sprintf("it stands %s already, with the same servers", where))
		p.add(out)
		return
	}
	out.Outcome, out.Rule = OutcomeRefused, "D10"
	out.Why = fmt.Sprintf("%s stands %s already, with other servers (%s); keep one of the two lines, or put all servers into one", row.Key.String(), where, ServerList(before.row.Servers))
	p.add(out)
}

// replaced makes the text the whole table, and lists what goes.
func (p *previewer) replaced() Preview {
	used := map[string]bool{}
	for i := range p.existing {
		label := p.existing[i].Label()
		if _, named := p.first[label]; named && !used[label] {
			used[label] = true
			continue
		}
		p.add(PreviewLine{Outcome: OutcomeGoes, Domain: p.existing[i].Key, Before: &p.existing[i]})
	}
	return Preview{p.lines, p.wanted}
}

// unfit says why a row cannot be in a table at all, and by which rule: the faults of its
// domain and of its servers, in the words of the rules. Both are empty when it can.
func unfit(r Row) (rule, why string) {
	if _, f := readName(r.Key.Raw()); f != nil {
		return f.rule, f.text
	}
	if len(r.Servers) == 0 {
		return "S01", noServer
	}
	for _, s := range r.Servers {
		if _, f := readServer(s.Raw()); f != nil {
			return f.rule, f.text
		}
	}
	return "", ""
}

// Reason is why the line is refused, with the rule that it breaks; empty for others.
func (l PreviewLine) Reason() string {
	if l.Why == "" {
		return ""
	}
	return withRule(l.Why, l.Rule)
}

// withRule is a text with the rule behind it, where one speaks.
func withRule(text, rule string) string {
	if rule == "" {
		return text
	}
	return text + " (" + rule + ")"
}

package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// DNSTable is the document of "peerdeck dns list -o json". Its keys are stable.
type DNSTable struct {
	Network   safe.Text    `json:"network"`
	NetworkID safe.Text    `json:"network_id"`
	Rows      []DNSRow     `json:"rows"`
	Problems  []DNSProblem `json:"problems"`
}

// DNSRow is a domain with its servers and where it comes from.
type DNSRow struct {
	Domain   safe.Text   `json:"domain"`  // as it stands in Konnect
	Unicode  string      `json:"unicode"` // as people read it
	Servers  []safe.Text `json:"servers"`
	Kind     string      `json:"kind"`   // 1-1, N-1, M-N
	Origin   string      `json:"origin"` // resolver or peering
	From     safe.Text   `json:"from"`   // the name of the resolver or peering
	FromID   safe.Text   `json:"from_id"`
	State    string      `json:"state"`
	Editable bool        `json:"editable"`
}

// DNSProblem is what a rule found.
type DNSProblem struct {
	Rule     string    `json:"rule"`
	Code     string    `json:"code"`     // the same, as every finding has it
	Severity string    `json:"severity"` // error, warning, note
	Domain   safe.Text `json:"domain"`   // empty: the table as a whole
	Line     int       `json:"line"`     // of the file; 0 where there is none
	Text     string    `json:"text"`
}

// trifle reports whether it is a note that advises nothing: those would bury the rest in the
// list of a large table.
func (p DNSProblem) trifle() bool {
	return p.Severity == dnstable.Note.String() && !dnstable.Problem{Rule: p.Rule, Severity: dnstable.Note}.Advice()
}

// DNSNotChecked is a rule that could not look.
type DNSNotChecked struct {
	Rule    string `json:"rule"`
	Because string `json:"because"` // what is not known
}

// DNSUnchecked makes the rules that could not look.
func DNSUnchecked(list []dnstable.NotChecked) []DNSNotChecked {
	out := make([]DNSNotChecked, len(list))
	for i, n := range list {
		out[i] = DNSNotChecked{n.Rule, n.Why}
	}
	return out
}

// DNSChange is what becomes of a domain.
type DNSChange struct {
	Change string      `json:"change"` // added, removed, changed
	Domain string      `json:"domain"`
	Before []safe.Text `json:"before"`
	After  []safe.Text `json:"after"`
	Order  bool        `json:"order"` // only the order of the servers changes
}

// NewDNSTable gathers the rows of all origins of a network, as in the table of the
// screen: those of the resolvers first.
func NewDNSTable(n *model.NetworkStatus, problems []dnstable.Problem, rows []dnstable.Row) DNSTable {
	t := DNSTable{Network: n.Name, NetworkID: n.ID, Rows: []DNSRow{}, Problems: DNSProblems(problems, rows, nil)}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		editable := d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated
		t.Rows = append(t.Rows, rowsOf(dnstable.FromMappings(d.DNS), DNSRow{Origin: "resolver", From: d.Name, FromID: d.ID, State: string(d.State), Editable: editable})...)
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		t.Rows = append(t.Rows, rowsOf(dnstable.FromMappings(p.DNS), DNSRow{Origin: "peering", From: p.Name, FromID: p.ID, State: string(p.State)})...)
	}
	return t
}

func rowsOf(rows []dnstable.Row, from DNSRow) []DNSRow {
	out := make([]DNSRow, 0, len(rows))
	kinds := dnstable.Kinds(rows)
	for i, r := range rows {
		line := from
		line.Domain, line.Kind, line.Servers = r.Key, string(kinds[i]), append([]safe.Text{}, r.Servers...)
		line.Unicode = cmp.Or(r.Name().Unicode, r.Key.String())
		out = append(out, line)
	}
	return out
}

// DNSProblems makes the problems of rows; lines tells where a row stands in a file, nil
// where there is none.
func DNSProblems(problems []dnstable.Problem, rows []dnstable.Row, lines map[dnstable.RowID]int) []DNSProblem {
	out := make([]DNSProblem, 0, len(problems))
	for _, p := range problems {
		d := DNSProblem{Rule: p.Rule, Code: p.Rule, Severity: p.Severity.String(), Line: lines[p.Row], Text: p.Text}
		if i := slices.IndexFunc(rows, func(r dnstable.Row) bool { return p.Row != 0 && r.ID == p.Row }); i >= 0 {
			d.Domain = rows[i].Key
		}
		out = append(out, d)
	}
	return out
}

// DNSChanges makes a difference.
func DNSChanges(changes []dnstable.Change) []DNSChange {
	out := make([]DNSChange, 0, len(changes))
	servers := func(r *dnstable.Row) []safe.Text {
		if r == nil {
			return []safe.Text{}
		}
		return append([]safe.Text{}, r.Servers...)
	}
	for _, c := range changes {
		out = append(out, DNSChange{Change: string(c.Kind), Domain: c.Domain, Before: servers(c.From), After: servers(c.To), Order: c.Order})
	}
	return out
}

// WriteDocument writes a document as JSON or YAML.
func WriteDocument(w io.Writer, f Format, document any) error {
	data, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	if f == YAML {
		return writeYAML(w, data)
	}
	_, err = fmt.Fprintf(w, "%s\n", safe.JSON(data)) // encoding/json leaves some of what a terminal obeys as it is
	return err
}

// Text is a table for people.
func (t DNSTable) Text(ascii bool) string {
	rows := [][]string{{"DOMAIN", "SERVERS", "KIND", "FROM", "STATE"}}
	for _, r := range t.Rows {
		from := r.Origin + " " + r.From.Or("(no name)").String()
		rows = append(rows, []string{DomainText(r.Domain), phrase.List(r.Servers), r.Kind, from, r.State})
	}
	var b strings.Builder
	if len(t.Rows) == 0 {
		fmt.Fprintf(&b, "The network %s maps no domain.\n", t.Network)
		return b.String()
	}
	columns(&b, rows)
	if text := DNSProblemText(slices.DeleteFunc(slices.Clone(t.Problems), DNSProblem.trifle)); text != "" {
		b.WriteString("\n" + text)
	}
	if ascii {
		return theme.ASCII(b.String())
	}
	return b.String()
}

// DomainText is a domain as people read it, with its xn-- form where it has one.
func DomainText(t safe.Text) string {
	if n := dnstable.NameOf(t); n.ASCII != "" {
		return n.Shown()
	}
	return t.String()
}

// DNSProblemGroup is a problem that rows share.
type DNSProblemGroup struct {
	DNSProblem

	More int // rows beside that of the problem
}

// DNSProblemGroups lists problems, the errors first. Rows that share a problem share a
// group. Notes are left out where they are not wanted.
func DNSProblemGroups(problems []DNSProblem, notes bool) []DNSProblemGroup {
	var list []DNSProblemGroup
	at := map[string]int{}
	for _, p := range problems {
		if p.Severity == dnstable.Note.String() && !notes {
			continue
		}
		key := p.Rule + p.Severity + p.Text
		if i, there := at[key]; there {
			list[i].More++
			continue
		}
		at[key] = len(list)
		list = append(list, DNSProblemGroup{p, 0})
	}
	rank := map[string]int{"error": 0, "warning": 1, "note": 2}
	slices.SortStableFunc(list, func(a, b DNSProblemGroup) int { return rank[a.Severity] - rank[b.Severity] })
	return list
}

// Sentence is the problem with the rows that have it.
func (p DNSProblemGroup) Sentence() string {
	where := ""
	if p.Line > 0 {
		where = fmt.Sprintf("line %d: ", p.Line)
	}
	if name := p.Domain.String(); name != "" && (p.More > 0 || !strings.Contains(p.Text, name)) {
		where += name
		if p.More > 0 {
			where += fmt.Sprintf(" and %d more", p.More)
		}
		where += ": "
	}
	return where + p.Text
}

// DNSProblemText lists problems for people, the errors first. Rows that share a problem
// share a line.
func DNSProblemText(problems []DNSProblem) string {
	symbol := map[string]string{"error": "✖", "warning": "▲", "note": "·"}
	var b strings.Builder
	for _, p := range DNSProblemGroups(problems, true) {
		fmt.Fprintf(&b, "%s %s %s  %s\n", symbol[p.Severity], cell.Fit(p.Severity, 7), p.Rule, p.Sentence())
	}
	return b.String()
}

// DNSChangeText lists a difference, a domain a line.
func DNSChangeText(changes []dnstable.Change) string {
	var b strings.Builder
	for _, c := range changes {
		name := safe.Clean(c.Domain)
		if n := dnstable.Normalise(c.Domain); n.ASCII != "" {
			name = n.Shown()
		}
		fmt.Fprintf(&b, "%s %s  %s\n", c.Kind.Mark(), name, c.Summary())
	}
	return b.String()
}

package linear

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// dns works on the mapping table of a network.
func (s *session) dns(name string) error {
	status, err := s.pickNetwork(question{text: "DNS of which network?"}, name, anyNetwork)
	if err != nil {
		return err
	}
	if s.Watcher != nil {
		s.Watcher.Attend([]safe.Text{status.ID})
	}
	n := s.tables.Open(status.ID)
	if n == nil {
		s.sayf("The network is not there any more.")
		return nil
	}
	s.do(n.Keep())
	if n.Coming() {
		s.sayf("Its private DNS is being read.")
		if err := s.until(func() bool { return !n.Coming() || n.Status().PrivateDNSRead.Failure != nil || s.Watcher == nil }, nil); err != nil {
			return err
		}
	}
	if n.Resumed() != "" {
		s.sayf("%s staged again from the draft that was kept. undo takes them back.", capital(phrase.Count(n.Changes(), "change")))
	}
	for {
		s.dnsHead(n)
		list := s.dnsChoices(n)
		q := question{text: "What to do with the table?", help: "Edits are staged: nothing is sent to Konnect before you have reviewed and applied them. They are kept as a draft."}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		if err := list[a.index].do(""); err != nil && !isBack(err) {
			return err
		}
	}
}

// dnsHead says how the table stands.
func (s *session) dnsHead(n *workspace.Network) {
	rules := 0
	for _, l := range rowsOf(n) {
		if l.mark != dnstable.Removed {
			rules++
		}
	}
	text := n.Name() + ", DNS mappings: " + phrase.Count(rules, "domain")
	if c := n.Changes(); c > 0 {
		text += ", " + phrase.Count(c, "change") + " not applied"
	}
	errs, warnings := n.Counts()
	if errs > 0 {
		text += ", " + phrase.Count(errs, "error")
	}
	if warnings > 0 {
		text += ", " + phrase.Count(warnings, "warning")
	}
	s.sayf("%s.", text)
	if f := n.Status().PrivateDNSRead.Failure; f != nil {
		s.failure(*f)
	}
	for _, t := range n.Tables() {
		if t.Meanwhile() {
			s.sayf("Somebody else has changed the table of %s since your edits began. review brings both together, domain by domain.", t.Name())
		}
		if f := t.Unsaved(); f != nil {
			s.sayf("The edits of %s could not be kept as a draft; they would be lost with the program.", t.Name())
			s.failure(*f)
		}
	}
}

// dnsChoices are what can be done with the tables of a network.
func (s *session) dnsChoices(n *workspace.Network) []choice {
	shut := n.Shut()
	undo, redo := n.CanUndo(), n.CanRedo()
	none := ""
	if n.Changes() == 0 {
		none = "nothing is staged"
	}
	return []choice{
		{item{word: "list", text: "list", help: "Read the rows; the number of one leads to what can be done with it."}, func(string) error { return s.dnsRows(n) }},
		{item{word: "add", text: "add", help: "Add a row, such as db.example.org -> 10.20.0.4, 10.20.0.5.", why: shut}, func(string) error { return s.dnsAdd(n) }},
		{item{word: "undo", text: "undo", help: "Take the last edit back.", why: whyIf(undo == "", "there is nothing to take back")}, func(string) error {
			s.do(n.Undo())
			s.sayf("Taken back: %s.", undo)
			return nil
		}},
		{item{word: "redo", text: "redo", help: "Do the edit again that was taken back.", why: whyIf(redo == "", "nothing was taken back")}, func(string) error {
			s.do(n.Redo())
			s.sayf("Done again: %s.", redo)
			return nil
		}},
		{item{word: "review", text: "review and apply", help: "What would change, what the rules say of it, and then whether to send it.", why: none}, func(string) error { return s.dnsReview(n) }},
		{item{word: "import", text: "import a file", help: "Read a table from a file of any format; nothing is staged before you have heard what is in it.", why: shut}, func(string) error { return s.dnsImport(n) }},
		{item{word: "export", text: "export to a file", help: "Write the table to a file."}, func(string) error { return s.dnsExport(n) }},
		{item{word: "probe", text: "probe all", help: "Ask every server for every domain, and read what each says."}, func(string) error { return s.probe(n) }},
		{item{word: "trace", text: "trace a name", help: "Why a name does not resolve."}, func(string) error { return s.traceOn(n.Status().ID, "") }},
	}
}

// whyIf is a reason where there is one.
func whyIf(not bool, why string) string {
	if not {
		return why
	}
	return ""
}

// tableRow is a row of the tables of a network, as it is read.
type tableRow struct {
	dnstable.Staged

	mark  dnstable.ChangeKind
	table *workspace.Table // nil: it is fixed
	from  string           // where it comes from
}

// rowsOf lists the rows of all tables of a network: those that can be edited first, then
// those that are fixed in a peering.
func rowsOf(n *workspace.Network) []tableRow {
	var out []tableRow
	for _, t := range n.Tables() {
		for _, r := range t.Draft().Staged() {
			out = append(out, tableRow{r, r.Mark, t, "the resolver " + t.Name()})
		}
	}
	for i := range n.Status().PrivateDNS {
		d := &n.Status().PrivateDNS[i]
		if d.Kind != model.KindAzureResolver {
			for _, r := range dnstable.FromMappings(d.DNS) {
				out = append(out, tableRow{Staged: dnstable.Staged{Row: r}, from: d.Kind.Label() + " " + nameOf(d.Name) + ", which is not edited here"})
			}
		}
	}
	for i := range n.Status().Peerings {
		p := &n.Status().Peerings[i]
		for _, r := range dnstable.FromMappings(p.DNS) {
			out = append(out, tableRow{Staged: dnstable.Staged{Row: r}, from: "the peering " + nameOf(p.Name) + ", fixed when it was made"})
		}
	}
	return out
}

// line is the row read in one line.
func (r tableRow) line() string {
	text := report.DomainText(r.Key) + " to " + dnstable.ServerList(r.Servers)
	if len(r.Servers) == 0 {
		text = report.DomainText(r.Key) + ", no server"
	}
	switch r.mark {
	case dnstable.Added:
		text += ", new, not applied"
	case dnstable.Removed:
		text += ", removed, not applied"
	case dnstable.Changed:
		text += ", changed, not applied"
		if r.Before != nil && !r.Before.SameServers(r.Row) {
			text += ", was " + dnstable.ServerList(r.Before.Servers)
		}
	}
	if r.table == nil {
		return text + ", from " + r.from + "."
	}
	errs, warnings := 0, 0
	for _, p := range r.problems() {
		switch p.Severity {
		case dnstable.Error:
			errs++
		case dnstable.Warning:
			warnings++
		case dnstable.Note:
		}
	}
	if errs > 0 {
		text += ", " + phrase.Count(errs, "error")
	}
	if warnings > 0 {
		text += ", " + phrase.Count(warnings, "warning")
	}
	return text + "."
}

// problems are what the rules find of the row.
func (r tableRow) problems() []dnstable.Problem {
	if r.table == nil || r.mark == dnstable.Removed {
		return nil
	}
	return r.table.Findings().Of(r.ID)
}

// dnsRows reads the rows, and asks what to do with one.
func (s *session) dnsRows(n *workspace.Network) error {
	for quiet := false; ; quiet = true {
		rows := rowsOf(n)
		if len(rows) == 0 {
			s.sayf("The network maps no domain.")
			return nil
		}
		q := question{text: "Which row?", long: true, quiet: quiet, help: "Each row is a domain and the DNS servers that are asked for it, in that order."}
		for _, r := range rows {
			q.items = append(q.items, item{word: r.Key.String(), text: r.line()})
		}
		for _, t := range n.Tables() {
			if !quiet {
				s.problems(t, t.Findings().Of(0), true)
			}
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		if err := s.dnsRow(n, rows[a.index]); !isBack(err) {
			return err // what was done with it changes the table: it is read anew
		}
	}
}

// dnsRow reads one row whole, and asks what to do with it.
func (s *session) dnsRow(n *workspace.Network, r tableRow) error {
	s.sayf("%s", r.line())
	if r.table == nil {
		s.sayf("It cannot be edited: it comes from %s.", r.from)
		return nil
	}
	s.sayf("It is in %s.", r.from)
	s.problems(r.table, r.problems(), true)
	shut := n.Shut()
	if shut == "" {
		shut = r.table.Closed()
	}
	gone := whyIf(r.mark == dnstable.Removed, "it is removed; take back brings it again")
	list := []choice{
		{item{word: "change", text: "change", help: "Type another domain or other servers.", why: either(shut, gone)}, func(string) error { return s.dnsChange(n, r) }},
		{item{word: "remove", text: "remove", help: "Stage its removal. Nothing is sent before you apply.", why: either(shut, gone)}, func(string) error {
			s.stage(n, r.table, r.table.Draft().Remove([]dnstable.RowID{r.ID}), "removed "+r.Key.String())
			return nil
		}},
		{item{word: "take back", text: "take back", help: "Make the row what it was when the table was read.", why: either(shut, whyIf(r.mark == "", "nothing of it is staged"))}, func(string) error {
			s.stage(n, r.table, r.table.Draft().Revert([]dnstable.RowID{r.ID}), r.Key.String()+" as before")
			return nil
		}},
	}
	for _, p := range r.problems() {
		if p.Fix == nil {
			continue
		}
		fix := *p.Fix
		label := fix.Label
		if label == "" {
			label = "mend " + p.Rule
		}
		list = append(list, choice{item{word: "mend " + p.Rule, text: label, help: "Mends: " + p.Text, why: shut}, func(string) error {
			s.stage(n, r.table, r.table.Draft().Fixed(r.ID, fix), label)
			return nil
		}})
	}
	q := question{text: "What to do with the row?", help: "Nothing is sent before you review and apply."}
	for _, c := range list {
		q.items = append(q.items, c.item)
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	return list[a.index].do("")
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// stage stages an edit and says so.
func (s *session) stage(n *workspace.Network, t *workspace.Table, d dnstable.Draft, what string) {
	s.do(n.Stage(workspace.Change{Table: t, Draft: d}))
	s.sayf("Staged: %s. %s not applied; undo takes it back.", what, capital(phrase.Count(n.Changes(), "change")))
}

// problems says what the rules find, the errors first. Notes are left out where they are
// not wanted. What is said of several rows in the same words is said once.
func (s *session) problems(t *workspace.Table, list []dnstable.Problem, notes bool) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b dnstable.Problem) int { return int(b.Severity) - int(a.Severity) })
	for _, p := range report.DNSProblemGroups(report.DNSProblems(list, t.Order().Rows, nil), notes) {
		s.sayf("  %s %s: %s.", capital(p.Severity), p.Rule, strings.TrimSuffix(p.Sentence(), "."))
	}
}

// dnsTable asks for the table to edit where the network has several, and makes one where it
// has none.
func (s *session) dnsTable(n *workspace.Network, text string) (*workspace.Table, error) {
	open := n.OpenTables()
	switch {
	case len(n.Tables()) == 0:
		t := n.NewTable()
		s.sayf("The network has no resolver yet: applying makes one, called %s.", t.Name())
		return t, nil
	case len(open) == 1:
		return open[0], nil
	case len(open) == 0:
		s.sayf("No table can be edited now: %s.", n.Tables()[0].Closed())
		return nil, errBack
	}
	q := question{text: text, help: "The network has several resolvers, each with a table of its own.", long: true}
	for _, t := range open {
		q.items = append(q.items, item{word: t.Name(), text: fmt.Sprintf("%s, %s.", t.Name(), phrase.Count(len(t.Draft().Rows()), "domain"))})
	}
	a, err := s.ask(q)
	if err != nil {
		return nil, err
	}
	return open[a.index], nil
}

// dnsAdd asks for a new row.
func (s *session) dnsAdd(n *workspace.Network) error {
	t, err := s.dnsTable(n, "Into which table?")
	if err != nil {
		return err
	}
	t.SetTyped(true)
	defer t.SetTyped(false)
	domains, servers, err := s.typeRow("", nil)
	if err != nil {
		return err
	}
	d := t.Draft()
	var last dnstable.RowID
	if rows := d.Rows(); len(rows) > 0 {
		last = rows[len(rows)-1].ID
	}
	var ids []dnstable.RowID
	for _, domain := range domains {
		d, last = d.Add(last, domain, servers)
		ids = append(ids, last)
	}
	s.stage(n, t, d, "new, "+phrase.And(domains)+" to "+strings.Join(servers, ", "))
	for _, id := range ids {
		s.problems(t, t.Findings().Of(id), true)
	}
	return nil
}

// dnsChange asks for what a row is to be.
func (s *session) dnsChange(n *workspace.Network, r tableRow) error {
	r.table.SetTyped(true)
	defer r.table.SetTyped(false)
	domains, servers, err := s.typeRow(r.Key.String(), r.Servers)
	if err != nil {
		return err
	}
	if len(domains) != 1 {
		s.sayf("One row has one domain. Add a row for each other one.")
		return nil
	}
	d := r.table.Draft()
	switch {
	case domains[0] == r.Key.String():
		// The domain stays as it stands in Konnect, and so does what is not known of it.
		d = d.SetServers([]dnstable.RowID{r.ID}, safe.Texts(servers...))
	default:
		d = d.Set(r.ID, domains[0], servers)
	}
	s.stage(n, r.table, d, domains[0]+" to "+strings.Join(servers, ", "))
	s.problems(r.table, r.table.Findings().Of(r.ID), true)
	return nil
}

// typeRow asks for domains and servers. A whole line with an arrow is taken, too.
func (s *session) typeRow(domain string, were []safe.Text) (domains, servers []string, err error) {
	usual := phrase.List(were)
	line, err := s.text("The domain:", "A private domain such as db.example.org, or a whole row: db.example.org -> 10.20.0.4, 10.20.0.5.", domain, false, func(text string) string {
		if dnstable.HasArrow(text) {
			_, problem := dnstable.ParseMappingLine(text)
			if problem != nil {
				return problem.Text
			}
			return ""
		}
		problem, offer := dnstable.Why(text)
		if offer != "" {
			problem += "; is " + offer + " meant?"
		}
		return problem
	})
	if err != nil {
		return nil, nil, err
	}
	domains = []string{line}
	if dnstable.HasArrow(line) {
		m, _ := dnstable.ParseMappingLine(line)
		return phrase.Strings(m.Domains), phrase.Strings(m.Servers), nil
	}
	line, err = s.text("Its DNS servers, the first one is asked first:", "Addresses with commas between, such as 10.20.0.4, 10.20.0.5.", usual, false, func(text string) string {
		for _, w := range dnstable.Words(text) {
			if _, ok := dnstable.NormalServer(w); !ok {
				return fmt.Sprintf("%q is no address of a server; give addresses such as 10.20.0.4, with commas between", safe.Clean(w))
			}
		}
		return ""
	})
	return domains, dnstable.Words(line), err
}

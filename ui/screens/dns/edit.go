package dns

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// The cells of a row that are typed.
const (
	cellDomain = iota
	cellServers
)

// edit is what is being typed: a row in its place, a new one, or the servers of several.
type edit struct {
	table *workspace.Table
	id    dnstable.RowID   // 0: a new row
	after dnstable.RowID   // where a new row goes
	ids   []dnstable.RowID // the rows whose servers are typed; nil: one row is
	cells [2]*widget.Prompt
	was   [2]string // what stood there
	at    int       // the cell of the cursor

	problems []dnstable.Problem // with what is typed now
}

// many reports whether the servers of several rows are typed.
func (e *edit) many() bool { return e.ids != nil }

// prompt is the cell of the cursor.
func (e *edit) prompt() *widget.Prompt { return e.cells[e.at] }

// typing begins to type into cells that hold these texts. What does not fit a cell
// cannot be typed in one, and nothing of it may be lost.
func (s *Screen) typing(e *edit, domain string, servers []safe.Text, at int) tea.Cmd {
	e.was, e.at = [2]string{domain, phrase.List(servers)}, at
	for i, text := range e.was {
		e.cells[i] = widget.NewFilled(text)
		if e.cells[i].Value() != text {
			return screen.Say(screen.Toast{Text: "This row is too long for a cell. ctrl+s writes the table to a file, and i reads it back.", Trouble: true})
		}
	}
	s.edit = e
	e.table.SetTyped(true)
	s.checkTyped()
	s.rebuild()
	s.table.Select(s.typedID())
	return nil
}

// words are what is typed. A whole line may stand in the domain's cell, such as
// "b.example.com -> 10.1.0.4": it is read as everywhere, and several domains make several
// rows where new ones are typed.
func (e *edit) words() (domains, servers []string) {
	typed, servers := strings.TrimSpace(e.cells[cellDomain].Value()), dnstable.Words(e.cells[cellServers].Value())
	if !dnstable.HasArrow(typed) {
		return []string{typed}, servers
	}
	m, problem := dnstable.ParseMappingLine(typed)
	if problem != nil || len(m.Domains) > 1 && e.id != 0 {
		return []string{typed}, servers
	}
	return dnstable.Words(phrase.List(m.Domains)), append(dnstable.Words(phrase.List(m.Servers)), servers...)
}

// turn goes to the other cell, where there is one.
func (e *edit) turn() {
	if !e.many() {
		e.at = 1 - e.at
	}
}

// empty reports whether nothing is typed.
func (e *edit) empty() bool {
	domains, servers := e.words()
	return domains[0] == "" && len(servers) == 0
}

// draft is the table with what is typed, and the id of the row.
func (e *edit) draft() (dnstable.Draft, dnstable.RowID) {
	domains, servers := e.words()
	d := e.table.Draft()
	sameServers := e.cells[cellServers].Value() == e.was[cellServers]
	switch {
	case e.many():
		return d.SetServers(e.ids, texts(servers)), 0
	case e.id == 0:
		id := e.after
		for _, domain := range domains {
			d, id = d.Add(id, domain, servers)
		}
		return d, id
	case e.cells[cellDomain].Value() == e.was[cellDomain] && sameServers:
		return d, e.id
	case e.cells[cellDomain].Value() == e.was[cellDomain]:
		// The domain stays as it stands in Konnect, and so does what is not known of it.
		return d.SetServers([]dnstable.RowID{e.id}, texts(servers)), e.id
	default:
		return d.Set(e.id, domains[0], servers), e.id
	}
}

// typed takes a key or a paste while a row is typed.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	e := s.edit
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			return s.entered()
		case "esc":
			s.abandon()
			return nil
		case "down", "up":
			if !e.many() && e.id != 0 {
				return s.enteredAndOn(key.String() == "down")
			}
			e.turn()
			return nil
		case "tab", "shift+tab":
			e.turn()
			return nil
		case "ctrl+f":
			s.fixTyped()
			return nil
		}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && e.pasteRow(paste.Content) {
		s.checkTyped()
		return nil
	}
	if e.prompt().Update(msg) {
		s.checkTyped()
	}
	return nil
}

// pasteRow puts a pasted row, such as "corp.example.com -> 10.1.0.4", into both cells.
func (e *edit) pasteRow(text string) bool {
	list, problems := dnstable.ParseMappings(text)
	if e.many() || len(problems) > 0 || len(list) != 1 || len(list[0].Domains) != 1 {
		return false
	}
	e.cells[cellDomain] = widget.NewPrompt(list[0].Domains[0].String())
	e.cells[cellServers] = widget.NewPrompt(phrase.List(list[0].Servers))
	return true
}

// entered stages what is typed. In a new row without servers it goes on to them.
func (s *Screen) entered() tea.Cmd {
	e := s.edit
	domains, words := e.words()
	switch {
	case e.empty() && e.id == 0 && !e.many():
		s.abandon()
		return nil
	case e.at == cellDomain && e.id == 0 && domains[0] != "" && len(words) == 0:
		e.at = cellServers
		return nil
	}
	draft, id := e.draft()
	s.edit = nil
	e.table.SetTyped(false)
	cmd := s.stage(workspace.Change{Table: e.table, Draft: draft})
	if id != 0 {
		s.table.Select(e.table.RowID(id))
	}
	return cmd
}

// enteredAndOn stages what is typed, and goes on with the same cell of the next row that can
// be edited, or of the one before; past the last one it ends.
func (s *Screen) enteredAndOn(down bool) tea.Cmd {
	at, step := s.edit.at, -1
	if down {
		step = 1
	}
	next := safe.Text{}
	for i := s.table.Index() + step; i >= 0 && i < len(s.rows.shown); i += step {
		if l := s.rows.shown[i]; l.mine() && !l.gone() && l.table.Closed() == "" {
			next = l.id
			break
		}
	}
	cmd := s.entered()
	if next.IsEmpty() || s.edit != nil {
		return cmd
	}
	s.table.Select(next)
	if l := s.selected(); l == nil || l.id != next {
		return cmd
	}
	return tea.Batch(cmd, s.beginAt(at))
}

// abandon ends typing and leaves the row as it was.
func (s *Screen) abandon() {
	e := s.edit
	s.edit = nil
	e.table.SetTyped(false)
	s.rebuild()
	if e.id == 0 && !e.many() {
		s.table.Select(e.table.RowID(e.after))
	}
}

// checkTyped checks the row as it would be staged.
func (s *Screen) checkTyped() {
	e := s.edit
	draft, id := e.draft()
	e.problems = nil
	if e.empty() {
		return
	}
	switch {
	case e.many():
		id = e.ids[0]
	case e.id == 0:
		for _, r := range draft.Rows() {
			if _, there := e.table.Draft().Row(r.ID); !there && r.ID != id {
				e.problems = append(e.problems, e.table.CheckRow(draft.Rows(), r.ID)...)
			}
		}
	}
	e.problems = append(e.problems, e.table.CheckRow(draft.Rows(), id)...)
	slices.SortStableFunc(e.problems, func(a, b dnstable.Problem) int { return int(b.Severity) - int(a.Severity) })
}

// fixTyped mends what is typed, when the first problem that can be mended so has a way.
func (s *Screen) fixTyped() {
	e := s.edit
	p, can := fixable(e.problems)
	if !can || p.Fix.Remove {
		return
	}
	if p.Fix.Domain != "" && !e.many() {
		e.cells[cellDomain] = widget.NewPrompt(p.Fix.Domain)
	}
	if p.Fix.Servers != nil {
		e.cells[cellServers] = widget.NewPrompt(strings.Join(p.Fix.Servers, ", "))
	}
	s.checkTyped()
}

// typedID is the id of the line that is typed in.
func (s *Screen) typedID() safe.Text {
	e := s.edit
	switch {
	case e == nil:
		return safe.Text{}
	case e.many():
		return s.table.Selected()
	default:
		return e.table.RowID(e.id)
	}
}

// isTyped reports whether a line is typed in: no filter hides it.
func (s *Screen) isTyped(l *line) bool { return s.edit != nil && l.id == s.typedID() }

// withTyped puts a new row into the lines, behind the one that it goes behind.
func (s *Screen) withTyped(lines []line) []line {
	e := s.edit
	if e == nil || e.many() || e.id != 0 {
		return lines
	}
	at := 0
	for i := range lines {
		if lines[i].table == e.table && (lines[i].row.ID == e.after || e.after == 0) {
			at = i + 1
		}
	}
	fresh := line{id: s.typedID(), table: e.table, mark: dnstable.Added, from: e.table.Name()}
	return append(lines[:at:at], append([]line{fresh}, lines[at:]...)...)
}

// TypingKeys are the keys while something is typed.
func (s *Screen) TypingKeys() []action.Action {
	if s.edit == nil {
		return []action.Action{{Name: "keep", Keys: []string{"enter"}}, {Name: "cancel", Keys: []string{"esc"}}}
	}
	list := []action.Action{{Name: "stage", Keys: []string{"enter"}}}
	if !s.edit.many() {
		list = append(list, action.Action{Name: "other cell", Keys: []string{"tab"}})
	}
	if !s.edit.many() && s.edit.id != 0 {
		list = append(list, action.Action{Name: "next row", Keys: []string{"down"}})
	}
	if p, can := fixable(s.edit.problems); can && !p.Fix.Remove {
		list = append(list, action.Action{Name: "mend", Keys: []string{"ctrl+f"}})
	}
	return append(list, action.Action{Name: "as before", Keys: []string{"esc"}})
}

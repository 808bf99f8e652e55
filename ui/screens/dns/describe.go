package dns

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// describe shows everything that is known of a row.
func (s *Screen) describe() tea.Cmd {
	l := s.selected()
	facts := append(append(s.facts(l, 0), s.found(l)...), unchecked(l)...)
	return screen.Say(screen.Show{Dialog: dialog.NewText(l.row.Key.String(), "the description of "+l.row.Key.String(), dialog.Plain(facts), func(width int) []string {
		return dialog.Facts(s.th, facts, width)
	})})
}

// facts are everything that is known of a row, as labelled values. Of its group so many are
// named; all of them for 0.
func (s *Screen) facts(l *line, most int) [][2]string {
	var out [][2]string
	add := func(label, value string) {
		if value != "" {
			out = append(out, [2]string{label, value})
		}
	}
	add("Domain", domainText(l.row))
	if l.before != nil && l.before.Key != l.row.Key {
		add("Was", domainText(*l.before))
	}
	switch {
	case l.zone:
		add("Servers", "none: the zone is linked")
	default:
		add("Asked", inTurn(l.row))
	}
	if l.before != nil && !l.gone() && !l.row.SameServers(*l.before) {
		add("Asked before", inTurn(*l.before))
	}
	add("Kind", l.kind.Text())
	add("From", l.from)
	if l.mine() {
		add("Staged", stagedText(l))
		add("Resolver", s.resolverText(l.table))
		add("Group", s.groupText(l, most))
		add("Covered by", s.cover(l))
	} else {
		add("Fixed", l.why)
	}
	for _, m := range l.row.Extra {
		add("Also has", m.Name.String()+": "+m.JSON.String())
	}
	return out
}

// found is what is wrong with a row, as labelled values.
func (s *Screen) found(l *line) [][2]string {
	var out [][2]string
	list := s.problemsOf(l)
	if len(list) > 0 {
		out = append(out, [2]string{"", ""}, [2]string{"What peerdeck finds", ""})
	}
	for i, p := range list {
		text := p.Text
		if first, can := fixable(list); can && p.Fix != nil && p.Fix.Label != "" && first.Rule == p.Rule && first.Text == p.Text {
			text += "  → F " + p.Fix.Label
		}
		out = append(out, [2]string{problemSymbol(p) + " " + list[i].Rule, text})
		if p.Help != "" {
			out = append(out, [2]string{"", p.Help})
		}
	}
	return out
}

// unchecked says which rules could not look at the table of a row. It is no problem of
// the row, and must not be read as "nothing is wrong" either.
func unchecked(l *line) [][2]string {
	if !l.mine() || l.gone() {
		return nil
	}
	list := l.table.Findings().Unchecked()
	if len(list) == 0 {
		return nil
	}
	out := [][2]string{{"", ""}, {"What could not be checked", ""}}
	for _, text := range list {
		out = append(out, [2]string{theme.Symbol(model.SeverityUnknown), text})
	}
	return out
}

func stagedText(l *line) string {
	switch l.mark {
	case dnstable.Added:
		return "+ new, not applied"
	case dnstable.Removed:
		return "- goes when this is applied"
	case dnstable.Changed:
		return "~ changed, not applied"
	default:
		return ""
	}
}

func (s *Screen) resolverText(t *workspace.Table) string {
	if t.IsNew() {
		return t.Name() + ", which is made when this is applied"
	}
	return fmt.Sprintf("%s, %s, version %d", t.Name(), t.Now().State, t.Now().EntityVersion)
}

// groupText names the other domains that ask the same servers: so many of them, all for 0.
func (s *Screen) groupText(l *line, most int) string {
	of := s.index(l.table)
	var names []string
	more := 0
	for _, i := range of.groups[l.row.ServersKey()] {
		switch {
		case of.rows[i].ID == l.row.ID:
		case most > 0 && len(names) == most:
			more++
		default:
			names = append(names, of.rows[i].Key.String())
		}
	}
	text := strings.Join(names, ", ")
	if more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

// cover names the row that would answer for the domain if this one were not there.
func (s *Screen) cover(l *line) string {
	of := s.index(l.table)
	rows := of.rows
	for _, i := range of.match.Match(l.row.Key.String()) {
		if rows[i].ID != l.row.ID {
			return rows[i].Key.String() + ", which this row goes before"
		}
	}
	return ""
}

// side draws the selected row beside the table.
func (s *Screen) side(width, height int) []string {
	l := s.selected()
	if l == nil {
		return nil
	}
	lines := []string{cell.NewLine(s.th, width).Space(1).Put(theme.Strong, l.row.Key.String()).String(), ""}
	const group = 40 // domains; d names all
	facts := s.facts(l, group)[1:]
	if s.edit == nil { // what is typed is judged below the table
		facts = append(facts, s.found(l)...)
	}
	for _, text := range dialog.Facts(s.th, facts, width-2) {
		lines = append(lines, " "+text)
	}
	if len(unchecked(l)) > 0 {
		const text = "Some rules could not look at this table; d says why."
		lines = append(append(lines, ""), widget.Marked(s.th, model.SeverityUnknown, theme.Muted, text, width, 2)...)
	}
	return lines[:min(len(lines), height)]
}

// copyRow copies the selected rows as lines of a file.
func (s *Screen) copyRow() tea.Cmd {
	var lines []string
	for _, l := range s.picked() {
		lines = append(lines, pair(l.row))
	}
	what := "the row of " + s.selected().row.Key.String()
	if len(lines) > 1 {
		what = phrase.Count(len(lines), "row")
	}
	return screen.Say(screen.Copy{What: what, Text: strings.Join(lines, "\n")})
}

package dns

import (
	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/widget"
)

// onlyProblems is the filter of f.
const onlyProblems = "problem:yes"

// keys are the fields that a filter may name.
func keys() []string {
	return []string{"domain", "server", "kind", "from", "problem", "changed", "rule"}
}

// passes reports whether a line passes the filter.
func (s *Screen) passes(l *line) bool {
	return s.query.IsEmpty() || s.query.Match(func(key string) []string { return s.fields(l, key) })
}

// fields are the values of a line that a filter looks at.
func (s *Screen) fields(l *line, key string) []string {
	switch key {
	case "domain":
		return []string{domainText(l.row)}
	case "server":
		return []string{phrase.List(l.row.Servers)}
	case "kind":
		return []string{string(l.kind)}
	case "from":
		return []string{l.from}
	case "problem":
		return []string{yesNo(s.worst(l) >= model.SeverityAttention)}
	case "changed":
		return []string{yesNo(l.mark != ""), string(l.mark)}
	case "rule":
		return s.rulesOf(l)
	default:
		return []string{domainText(l.row), phrase.List(l.row.Servers), l.from}
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (s *Screen) startFilter() {
	s.before = s.filter
	s.prompt = widget.NewPrompt(s.filter)
}

// filterTyped takes a key or a paste while the filter is typed.
func (s *Screen) filterTyped(msg tea.Msg) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			if s.problem == "" { // else it says what is wrong, and nothing typed is lost
				s.prompt = nil
			}
			return
		case "esc":
			s.prompt = nil
			s.setFilter(s.before)
			return
		case "up":
			s.table.Move(-1)
			return
		case "down":
			s.table.Move(1)
			return
		}
	}
	if s.prompt.Update(msg) {
		s.setFilter(s.prompt.Value())
	}
}

func (s *Screen) setFilter(text string) {
	query, err := model.ParseQuery(text, keys())
	s.problem = ""
	if err != nil {
		s.problem = err.Error() // the list stays as it was
		return
	}
	selected := s.table.Selected()
	s.filter, s.query = text, query
	s.rebuild()
	if s.table.Selected() != selected {
		s.table.MoveTo(0) // the filter hides what was selected
	}
}

func (s *Screen) toggleProblems() {
	if s.filter == onlyProblems {
		s.setFilter("")
		return
	}
	s.setFilter(onlyProblems)
}

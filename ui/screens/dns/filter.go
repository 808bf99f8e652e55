package dns

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// keys are the fields that a filter may name.
func keys() []string {
	return []string{"domain", "server", "kind", "from", "problem", "changed", "rule"}
}

func newFilter() *widget.Filter { return widget.NewFilter("problems", keys()) }

// passes reports whether a line passes the filter.
func (s *Screen) passes(l *line) bool {
	if s.filter.Only() && !s.troubled(l) {
		return false
	}
	return s.filter.Match(func(key string) []string { return s.fields(l, key) })
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
		return []string{yesNo(s.troubled(l))}
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

// troubled reports whether a line has an error or a warning.
func (s *Screen) troubled(l *line) bool { return s.worst(l) >= model.SeverityAttention }

// filterTyped takes a key or a paste while the filter is typed.
func (s *Screen) filterTyped(msg tea.Msg) {
	switch s.filter.Type(msg) {
	case widget.TypedQuery, widget.TypedEnd:
		s.refilter()
	case widget.TypedUp:
		s.table.Move(-1)
	case widget.TypedDown:
		s.table.Move(1)
	case widget.TypedNothing:
	}
}

// refilter shows what passes now.
func (s *Screen) refilter() {
	selected := s.table.Selected()
	s.rebuild()
	if s.table.Selected() != selected {
		s.table.MoveTo(0) // the filter hides what was selected
	}
}

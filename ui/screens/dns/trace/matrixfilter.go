package trace

import (
	tea "charm.land/bubbletea/v2"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// passes reports whether a line is shown.
func (p *Matrix) passes(l *dnstrace.Line) bool {
	if p.filter.Only() && !l.Bad() {
		return false
	}
	return p.filter.Match(func(key string) []string { return p.matrix.Field(*l, key) })
}

// Typing reports whether a filter is typed now.
func (p *Matrix) Typing() (bool, *tea.Cursor) {
	if !p.filter.Typing() {
		return false, nil
	}
	return true, p.filter.Cursor(p.width, max(0, p.height-stripLines))
}

// TypingKeys are those that mean something while the filter is typed.
func (p *Matrix) TypingKeys() []action.Action {
	return []action.Action{{Name: "keep", Keys: []string{"enter"}}, {Name: "rows", Keys: []string{"up"}}, {Name: "as before", Keys: []string{"esc"}}}
}

// filterTyped takes a key or a paste while the filter is typed.
func (p *Matrix) filterTyped(msg tea.Msg) {
	switch p.filter.Type(msg) {
	case widget.TypedQuery, widget.TypedEnd:
		p.refilter()
	case widget.TypedUp:
		p.table.Move(-1)
	case widget.TypedDown:
		p.table.Move(1)
	case widget.TypedNothing:
	}
}

// refilter shows what passes now.
func (p *Matrix) refilter() {
	selected := p.table.Selected()
	p.rebuild()
	if p.table.Selected() != selected {
		p.table.MoveTo(0) // the filter hides what was selected
	}
}

// drop drops the mark, or else what hides rows.
func (p *Matrix) drop() {
	if p.marked != (place{}) {
		p.marked = place{}
		return
	}
	p.filter.Drop()
	p.refilter()
}

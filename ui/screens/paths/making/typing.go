package making

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// edit begins to type in the selected row.
func (p *Page) edit() {
	f := &p.form
	if f.row().kind == rowChoice {
		return
	}
	f.said, f.before = "", f.draft
	f.prompt = widget.NewFilled(f.text(f.row().field))
}

// typed takes a key or a paste while a field is typed in. Whichever key ends it, what was
// typed stays, or u brings it back.
func (p *Page) typed(msg tea.Msg) tea.Cmd {
	f := &p.form
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			p.endTyping()
			f.move(1)
			if next := f.row(); next.kind != rowChoice && f.text(next.field) == "" {
				p.edit()
			}
			return nil
		case "esc":
			p.abandon()
			return nil
		case "tab", "down":
			p.hop(1)
			return nil
		case "shift+tab", "up":
			p.hop(-1)
			return nil
		}
	}
	if f.prompt.Update(msg) {
		f.set(f.row().field, f.prompt.Value())
		p.check()
	}
	return nil
}

// endTyping ends typing and keeps what was typed. Blanks around a value are nobody's wish.
func (p *Page) endTyping() {
	f := &p.form
	field := f.row().field
	f.set(field, strings.TrimSpace(f.text(field)))
	f.prompt = nil
	if !same(f.draft, f.before) {
		f.remember(f.before)
	}
	p.check()
}

// abandon puts back what stood there before. What was typed can be brought back in its turn.
func (p *Page) abandon() {
	f := &p.form
	f.prompt, f.filling = nil, false
	if !same(f.draft, f.before) {
		f.remember(f.draft)
		f.draft, f.said = f.before, "It stands as before; u brings back what you typed."
	}
	p.check()
}

// hop ends typing, goes to another row, and types on where there is something to type.
func (p *Page) hop(by int) {
	p.endTyping()
	p.form.filling = true
	p.tab(by)
}

// tab goes to another row. Somebody who fills in the form types on there: a field that is
// changed with other keys between two that are typed in is no reason to stop.
func (p *Page) tab(by int) {
	p.form.cycle(by)
	if p.form.filling {
		p.edit()
	}
	p.check()
}

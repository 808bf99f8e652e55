package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// edit begins to type in the selected row, if it holds a text.
func (s *Screen) edit() {
	f := &s.form
	f.said, f.before, f.mended, f.fresh = "", f.values.clone(), f.changed, false
	switch r := f.row(); r.kind {
	case rowText:
		f.prompt, f.fresh = widget.NewFilled(f.texts[r.field].String()), f.texts[r.field].IsEmpty()
	case rowMapping:
		f.prompt = widget.NewFilled(f.mappings[r.index].typed)
	case rowAdd:
		f.mappings = append(f.mappings, mapping{problem: "write domains, an arrow and servers: example.com -> 10.20.0.4"})
		f.prompt = widget.NewPrompt("")
	case rowMode, rowMore, rowRoute:
	}
}

// typed takes a key or a paste while a field is typed in. Whichever key ends it, what
// was typed stays, or u brings it back.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	f := &s.form
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			return s.entered()
		case "esc":
			s.abandon()
			return nil
		case "tab":
			if f.row().kind == rowMapping && f.serversNext() {
				s.accept(f.prompt.Value())
				return nil
			}
			s.hop(1)
			return nil
		case "down":
			s.hop(1)
			return nil
		case "shift+tab", "up":
			s.hop(-1)
			return nil
		case "ctrl+l":
			s.endTyping()
			return s.pick()
		}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && f.row().kind == rowMapping && s.pasteMappings(paste.Content) {
		return nil
	}
	if f.prompt.Update(msg) {
		f.fresh = false
		s.accept(f.prompt.Value())
	}
	return nil
}

// accept puts what is typed into the form, key by key: nothing can be lost.
func (s *Screen) accept(text string) {
	f := &s.form
	switch r := f.row(); r.kind {
	case rowText:
		// What only looks the same as before is left as it was.
		if f.texts[r.field].String() != text {
			f.set(r.field, safe.New(text))
		}
	case rowMapping:
		f.mappings[r.index] = readMapping(text)
		f.changed, f.touched = true, true
	case rowAdd, rowMode, rowMore, rowRoute:
	}
	s.check()
}

// entered ends typing with enter. Whoever fills in the form goes on with the next
// field, as long as there is nothing in it; in one that was left empty enter picks.
func (s *Screen) entered() tea.Cmd {
	f := &s.form
	r, untouched := f.row(), f.fresh
	s.endTyping()
	switch {
	case r.pick && untouched:
		return s.pick()
	case r.kind != rowText:
		return nil
	}
	f.move(1)
	next := f.row()
	if _, optional := spare(next.field); next.kind == rowText && f.texts[next.field].IsEmpty() && !optional {
		s.edit()
	}
	return nil
}

// abandon ends typing and puts back what stood there before. What was typed can be
// brought back in its turn.
func (s *Screen) abandon() {
	f := &s.form
	s.tidy()
	if typed := f.values.clone(); !typed.same(f.before) {
		f.values, f.changed = f.before, f.mended
		f.keep(typed)
		f.move(0)
		f.say("It stands as before; u brings back what you typed.")
	}
	s.check()
}

// endTyping ends typing and keeps what was typed; u brings back what was there.
func (s *Screen) endTyping() {
	s.tidy()
	if f := &s.form; !f.values.same(f.before) {
		f.keep(f.before)
	}
	s.check()
}

// tidy ends typing. Blanks around a value are nobody's wish, and a mapping without a
// word is none.
func (s *Screen) tidy() {
	f := &s.form
	f.prompt, f.fresh = nil, false
	switch r := f.row(); r.kind {
	case rowText:
		if text := f.texts[r.field].String(); strings.TrimSpace(text) != text {
			f.set(r.field, safe.New(strings.TrimSpace(text)))
		}
	case rowMapping:
		if strings.TrimSpace(f.mappings[r.index].typed) == "" {
			f.mappings = append(f.mappings[:r.index:r.index], f.mappings[r.index+1:]...)
		}
	case rowAdd, rowMode, rowMore, rowRoute:
	}
}

// hop ends typing, goes to another row, and types on where there is something to
// type: letters are no commands for somebody who fills in the form.
func (s *Screen) hop(by int) {
	s.endTyping()
	s.form.cycle(by)
	switch s.form.row().kind {
	case rowText, rowMapping, rowAdd:
		s.edit()
		s.check()
	case rowMode, rowMore, rowRoute:
	}
}

// serversNext goes on from the domains of a mapping to its servers. It reports false
// where that was done already.
func (f *form) serversNext() bool {
	text := strings.TrimSpace(f.prompt.Value())
	if text == "" || dnstable.HasArrow(text) {
		return false
	}
	for _, word := range dnstable.Words(text) {
		if _, ok := dnstable.NormalServer(word); ok {
			return false
		}
	}
	f.prompt = widget.NewPrompt(text + " -> ")
	return true
}

// pasteMappings makes rows of a pasted text of several lines. It reports whether
// the text was one.
func (s *Screen) pasteMappings(text string) bool {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
	var rows []mapping
	for _, line := range lines {
		list, problems := dnstable.ParseMappings(line)
		if len(list) > 0 || len(problems) > 0 { // a remark alone is neither
			rows = append(rows, readMapping(line))
		}
	}
	if len(lines) < 2 || len(rows) == 0 {
		return false
	}
	f := &s.form
	at := f.row().index
	if strings.TrimSpace(f.mappings[at].typed) == "" {
		f.mappings = append(f.mappings[:at:at], f.mappings[at+1:]...) // nobody wants it back
	} else {
		at++
	}
	f.keep(f.before)
	f.mappings = append(f.mappings[:at:at], append(rows, f.mappings[at:]...)...)
	f.prompt, f.changed, f.touched = nil, true, true
	s.check()
	return true
}

package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/widget"
)

// edit begins to type in the selected row, if it holds a text.
func (s *Screen) edit() {
	f := &s.form
	f.said = ""
	switch r := f.row(); r.kind {
	case rowText:
		f.prompt = widget.NewPrompt(f.texts[r.field].String())
	case rowMapping:
		f.prompt = widget.NewPrompt(f.mappings[r.index].typed)
	case rowAdd:
		f.mappings = append(f.mappings, mapping{problem: "write domains, an arrow and servers: example.com -> 10.20.0.4"})
		f.prompt = widget.NewPrompt("")
	case rowMode, rowMore:
	}
}

// typed takes a key or a paste while a field is typed in. What was typed stays,
// whichever key ends it.
func (s *Screen) typed(msg tea.Msg) tea.Cmd {
	f := &s.form
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			s.endTyping()
			if f.row().kind == rowText {
				f.move(1)
			}
			return nil
		case "esc":
			s.endTyping()
			return nil
		case "tab", "down":
			return s.hop(1)
		case "shift+tab", "up":
			return s.hop(-1)
		case "ctrl+l":
			s.endTyping()
			return s.pick()
		}
	}
	if paste, ok := msg.(tea.PasteMsg); ok && f.row().kind == rowMapping && s.pasteMappings(paste.Content) {
		return nil
	}
	if f.prompt.Update(msg) {
		s.take(f.prompt.Value())
	}
	return nil
}

// take puts what is typed into the form, key by key: nothing can be lost.
func (s *Screen) take(text string) {
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
	case rowAdd, rowMode, rowMore:
	}
	s.check()
}

// endTyping ends it. Blanks around a value are nobody's wish, and a mapping without
// a word is none.
func (s *Screen) endTyping() {
	f := &s.form
	f.prompt = nil
	switch r := f.row(); r.kind {
	case rowText:
		if text := f.texts[r.field].String(); strings.TrimSpace(text) != text {
			f.set(r.field, safe.New(strings.TrimSpace(text)))
		}
	case rowMapping:
		if strings.TrimSpace(f.mappings[r.index].typed) == "" {
			f.mappings = append(f.mappings[:r.index:r.index], f.mappings[r.index+1:]...)
		}
	case rowAdd, rowMode, rowMore:
	}
	s.check()
}

// hop ends typing, goes to another row, and types on where there is something to
// type.
func (s *Screen) hop(by int) tea.Cmd {
	s.endTyping()
	s.form.cycle(by)
	if k := s.form.row().kind; k == rowText || k == rowMapping {
		s.edit()
	}
	return nil
}

// pasteMappings makes rows of a pasted text of several lines. It reports whether
// the text was one.
func (s *Screen) pasteMappings(text string) bool {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	var rows []mapping
	for _, line := range lines {
		list, problems := model.ParseMappings(line)
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
	f.remember()
	f.mappings = append(f.mappings[:at:at], append(rows, f.mappings[at:]...)...)
	f.prompt, f.changed, f.touched = nil, true, true
	s.check()
	return true
}

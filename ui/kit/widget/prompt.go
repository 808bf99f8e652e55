package widget

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Prompt is one line of typed text.
type Prompt struct {
	input    textinput.Model
	selected bool // all of it: what is typed takes its place
}

// NewFilled returns a prompt that is filled in, with all of its text selected: typing
// replaces it, and the arrows edit it.
func NewFilled(value string) *Prompt {
	p := NewPrompt(value)
	p.selected = value != ""
	return p
}

// NewPrompt returns a prompt that takes keys, with the cursor behind its text.
func NewPrompt(value string) *Prompt {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = 500
	in.SetVirtualCursor(false)
	in.SetValue(value)
	in.CursorEnd()
	in.Focus()
	return &Prompt{input: in}
}

// Update takes a key or a paste. It reports whether the text changed.
func (p *Prompt) Update(msg tea.Msg) bool {
	before := p.input.Value()
	if p.selected && p.replaced(msg) {
		return before != ""
	}
	p.input, _ = p.input.Update(msg)
	return p.input.Value() != before
}

// replaced does what a key does to a text that is selected. It reports whether that is all.
func (p *Prompt) replaced(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		p.selected = false
		p.input.SetValue("")
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case key == "left" || key == "home" || key == "ctrl+a" || key == "ctrl+b":
			p.selected = false
			p.input.CursorStart()
			return true
		case key == "right" || key == "end" || key == "ctrl+e" || key == "ctrl+f":
			p.selected = false
			p.input.CursorEnd()
			return true
		case key == "backspace" || key == "delete" || key == "ctrl+h" || key == "ctrl+d" || key == "ctrl+u" || key == "ctrl+k" || key == "ctrl+w":
			p.selected = false
			p.input.SetValue("")
			return true
		case msg.Text != "":
			p.selected = false
			p.input.SetValue("")
		}
	}
	return false
}

// Tone is how the text is drawn: as selected while it is.
func (p *Prompt) Tone() theme.Tone {
	if p.selected {
		return theme.Badge
	}
	return theme.Plain
}

// Value returns the text.
func (p *Prompt) Value() string { return p.input.Value() }

// Shown returns the text as it may be drawn, and the cell of the cursor in it.
// Pasted text can hold anything.
func (p *Prompt) Shown() (text string, cursor int) {
	runes := []rune(p.input.Value())
	at := min(p.input.Position(), len(runes))
	return safe.Clean(string(runes)), cell.Width(safe.Clean(string(runes[:at])))
}

// Window returns the part of the text that fits in a width and holds the cursor,
// and the cell of the cursor in it.
func (p *Prompt) Window(width int) (text string, cursor int) {
	text, cursor = p.Shown()
	if from := cursor - width + 1; from > 0 {
		return cell.Part(text, from, cursor+1), width - 1
	}
	return cell.Part(text, 0, width), cursor
}

package widget

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// Prompt is one line of typed text.
type Prompt struct{ input textinput.Model }

// NewPrompt returns an empty prompt that takes keys.
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
	p.input, _ = p.input.Update(msg)
	return p.input.Value() != before
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

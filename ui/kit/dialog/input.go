package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Field is one line of text that is asked for.
type Field struct {
	Title string
	Text  string // what it is for
	Value string // what stands there at first
	What  string // what enter does: "load"
	// Check says what is wrong with a text, empty for nothing; nil checks nothing.
	Check func(text string) string
	// Do is carried out with the text.
	Do func(text string) tea.Cmd
}

// Input asks for one line of text.
type Input struct {
	th     *theme.Theme
	f      Field
	prompt *widget.Prompt
	cursor tea.Cursor // of the last drawing
}

// NewInput returns the dialog of a field.
func NewInput(th *theme.Theme, f Field) *Input {
	return &Input{th: th, f: f, prompt: widget.NewFilled(f.Value)}
}

// Title stands in the upper edge.
func (d *Input) Title() string { return d.f.Title }

// Hint tells the keys that work now.
func (d *Input) Hint() string {
	if d.problem() != "" || d.text() == "" {
		return "esc close"
	}
	return "enter " + d.f.What + "   esc close"
}

func (d *Input) text() string { return strings.TrimSpace(d.prompt.Value()) }

func (d *Input) problem() string {
	if d.f.Check == nil || d.text() == "" {
		return ""
	}
	return d.f.Check(d.text())
}

// Cursor stands in the line.
func (d *Input) Cursor() *tea.Cursor { return &d.cursor }

// problemLines is the room for what is wrong: it stays, so that nothing jumps while
// one types.
const problemLines = 2

// Size asks for the height of its text.
func (d *Input) Size(width, height int) (int, int) {
	w := min(width, 70)
	return w, min(height, len(d.about(w))+2+problemLines)
}

// Update takes typed text.
func (d *Input) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "enter":
			if d.text() == "" || d.problem() != "" {
				return false, nil
			}
			return true, d.f.Do(d.text())
		}
	}
	d.prompt.Update(msg)
	return false, nil
}

func (d *Input) about(width int) []string {
	var lines []string
	for _, part := range cell.Wrap(d.f.Text, width, 0) {
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Muted, part).String())
	}
	return append(lines, "")
}

// View draws the text, the line and what is wrong with it.
func (d *Input) View(width, height int) string {
	lines := d.about(width)
	lines = lines[:max(0, min(len(lines), height-2))]
	text, at := d.prompt.Window(width - 2)
	d.cursor = *tea.NewCursor(2+at, len(lines))
	lines = append(lines, cell.NewLine(d.th, width).Put(theme.Accent, "› ").Put(d.prompt.Tone(), text).String())
	for i, part := range cell.Wrap(d.problem(), width-2, problemLines) {
		l := cell.NewLine(d.th, width)
		if i == 0 && part != "" {
			l.Put(theme.Warn, "▲")
		}
		lines = append(lines, l.To(2).Put(theme.Plain, part).String())
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

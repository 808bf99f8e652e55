package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Destruction is something that cannot be undone and is confirmed by typing a name.
type Destruction struct {
	Title string
	Text  []string  // paragraphs: what, where, how many, what cannot be undone
	Name  safe.Text // what must be typed
	Ask   string    // asks for it: "To go on, type how many there are"; empty: its name
	What  string    // the button: "delete the peering"
	// Do is carried out when the name was typed.
	Do tea.Cmd
}

// Confirm asks for a name to be typed, or a number. Nothing is chosen before, and enter does
// nothing until the name is right. Pasting the name is allowed: some names cannot
// be typed on every keyboard, and who fetches one has looked at it.
type Confirm struct {
	th     *theme.Theme
	d      Destruction
	prompt *widget.Prompt
	cursor tea.Cursor // of the last drawing
}

// NewConfirm returns the dialog.
func NewConfirm(th *theme.Theme, d Destruction) *Confirm {
	return &Confirm{th: th, d: d, prompt: widget.NewPrompt("")}
}

// Title stands in the upper edge.
func (d *Confirm) Title() string { return d.d.Title }

// Hint tells the keys that work now.
func (d *Confirm) Hint() string {
	if d.right() {
		return "enter " + d.d.What + "   esc not yet"
	}
	return "esc not yet"
}

// right reports whether the name was typed. What is shown of a name is what can be
// typed, so that is compared.
func (d *Confirm) right() bool {
	want := strings.TrimSpace(d.d.Name.String())
	return want != "" && safe.Clean(strings.TrimSpace(d.prompt.Value())) == want
}

// Cursor stands in the line of the name.
func (d *Confirm) Cursor() *tea.Cursor { return &d.cursor }

// Size asks for the height of the text.
func (d *Confirm) Size(width, height int) (int, int) {
	w := min(width, 66)
	return w, min(height, len(d.text(w))+3)
}

// Update takes the typed name.
func (d *Confirm) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return true, nil
		case "enter":
			if d.right() {
				return true, d.d.Do
			}
			return false, nil
		}
	}
	d.prompt.Update(msg)
	return false, nil
}

func (d *Confirm) text(width int) []string {
	var lines []string
	for _, p := range d.d.Text {
		for _, part := range cell.Wrap(p, width, 0) {
			lines = append(lines, cell.NewLine(d.th, width).Put(theme.Plain, part).String())
		}
		lines = append(lines, "")
	}
	ask := d.d.Ask
	if ask == "" {
		ask = "To go on, type its name"
	}
	for _, part := range cell.Wrap(ask+": "+d.d.Name.String(), width, 0) {
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Warn, part).String())
	}
	return lines
}

// View draws the text, the name and what will be done.
func (d *Confirm) View(width, height int) string {
	lines := d.text(width)
	lines = lines[:max(0, min(len(lines), height-3))]
	typed, at := d.prompt.Window(width - 2)
	d.cursor = *tea.NewCursor(2+at, len(lines))
	return strings.Join(append(lines, d.field(typed, width)...), "\n")
}

// field draws the typed name and the button.
func (d *Confirm) field(typed string, width int) []string {
	button := cell.NewLine(d.th, width).Space(2)
	if d.right() {
		button.Put(theme.Bad, "enter").Put(theme.Plain, "  "+d.d.What)
	} else {
		what := "the name"
		if d.d.Ask != "" {
			what = d.d.Name.String()
		}
		button.Put(theme.Muted, d.d.What+": when "+what+" is typed")
	}
	return []string{cell.NewLine(d.th, width).Put(theme.Accent, "› ").Put(theme.Plain, typed).String(), "", button.String()}
}

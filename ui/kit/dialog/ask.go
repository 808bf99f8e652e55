package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Question is something to decide with yes or no, or with a part of it.
type Question struct {
	Title string
	Text  []string // paragraphs: what happens, and what stays
	Yes   string   // the label of what was asked for: "cancel the run"
	No    string   // the label of the safe side: "go on"
	// Do is carried out for yes.
	Do tea.Cmd
	// Part is the label of a part of what was asked for: "only those shown"; empty: there
	// is none. DoPart is carried out for it.
	Part   string
	DoPart tea.Cmd
}

// Ask asks a question. The safe side is chosen when it opens.
type Ask struct {
	th *theme.Theme
	q  Question
	at int // the answer that is chosen, of those of answers
}

// reply is one of the answers.
type reply struct {
	label string
	do    tea.Cmd
}

// answers are those of the question, the safe side first.
func (d *Ask) answers() []reply {
	list := []reply{{label: d.q.No}}
	if d.q.Part != "" {
		list = append(list, reply{d.q.Part, d.q.DoPart})
	}
	return append(list, reply{d.q.Yes, d.q.Do})
}

// NewAsk returns the dialog of a question.
func NewAsk(th *theme.Theme, q Question) *Ask { return &Ask{th: th, q: q} }

// Renew changes the text, where what is asked about goes on meanwhile. The answer that
// is chosen stays.
func (d *Ask) Renew(text []string) { d.q.Text = text }

// Title stands in the upper edge.
func (d *Ask) Title() string { return d.q.Title }

// Hint tells the keys.
func (d *Ask) Hint() string { return "← → choose   enter do it   y yes   n no   esc no" }

// Cursor is nil: nothing is typed here.
func (d *Ask) Cursor() *tea.Cursor { return nil }

// Size asks for the height of the text.
func (d *Ask) Size(width, height int) (int, int) {
	w := min(width, 66)
	return w, min(height, len(d.lines(w)))
}

// Update chooses and decides.
func (d *Ask) Update(msg tea.Msg) (bool, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case "right", "tab", "l", "down":
		d.at = (d.at + 1) % len(d.answers())
	case "left", "shift+tab", "h", "up":
		d.at = (d.at + len(d.answers()) - 1) % len(d.answers())
	case "y", "Y":
		return true, d.q.Do
	case "n", "N", "esc", "q":
		return true, nil
	case "enter":
		return true, d.answers()[d.at].do
	}
	return false, nil
}

// View draws the text and the two answers. What does not fit is cut from the text,
// never from the answers.
func (d *Ask) View(width, height int) string {
	lines := d.lines(width)
	if over := len(lines) - height; over > 0 && height > 2 {
		lines = append(lines[:height-2:height-2], lines[len(lines)-2:]...)
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

func (d *Ask) lines(width int) []string {
	var lines []string
	for _, p := range d.q.Text {
		for _, part := range cell.Wrap(p, width, 0) {
			lines = append(lines, cell.NewLine(d.th, width).Put(theme.Plain, part).String())
		}
		lines = append(lines, "")
	}
	l := cell.NewLine(d.th, width)
	for i, a := range d.answers() {
		if i > 0 {
			l.Space(3)
		}
		answer(l, a.label, i == d.at)
	}
	return append(lines, l.String())
}

// answer draws one of the answers. The chosen one has a sign of its own: colour
// alone would say nothing to some.
func answer(l *cell.Line, label string, chosen bool) {
	if chosen {
		l.Put(theme.Accent, "› "+label)
		return
	}
	l.Space(2).Put(theme.Muted, label)
}

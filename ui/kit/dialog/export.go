package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// ExportFormat is a form in which something is written down.
type ExportFormat struct {
	Format string
	Title  string
}

// ExportInput is what an export needs.
type ExportInput struct {
	What    string // "the table of eu-prod", for notices
	Formats []ExportFormat
	// Text writes it in a format; the notes say what the format cannot hold.
	Text func(format string) (text string, notes []string)
	// Path proposes where to save it.
	Path func(format string) string
	// Save writes it to a path in a format and says how that went; nil: it is not
	// offered.
	Save func(path, format string) tea.Cmd
}

// Export is the dialog in which something is copied or saved in a format.
type Export struct {
	th     *theme.Theme
	in     ExportInput
	format int
	text   string
	notes  []string
	scroll widget.Scroll
	prompt *widget.Prompt // of the path; nil while the text is looked at
	cursor tea.Cursor
}

// NewExport returns the dialog of an export.
func NewExport(th *theme.Theme, in ExportInput) *Export {
	d := &Export{th: th, in: in}
	d.choose(0)
	return d
}

// choose takes a format, counted round.
func (d *Export) choose(i int) {
	n := len(d.in.Formats)
	if n == 0 || d.in.Text == nil {
		return
	}
	d.format = (i + n) % n
	d.scroll.Start()
	d.text, d.notes = d.in.Text(d.in.Formats[d.format].Format)
}

// Title stands in the upper edge.
func (d *Export) Title() string { return "Export" }

// Hint tells the keys that work now.
func (d *Export) Hint() string {
	switch {
	case d.prompt != nil && strings.TrimSpace(d.prompt.Value()) != "":
		return "enter save   esc not yet"
	case d.prompt != nil:
		return "esc not yet"
	case d.in.Save == nil:
		return "← → format   ↑ ↓ scroll   y copy   esc close"
	default:
		return "← → format   ↑ ↓ scroll   y copy   s save   esc close"
	}
}

// Cursor stands in the path while it is typed.
func (d *Export) Cursor() *tea.Cursor {
	if d.prompt == nil {
		return nil
	}
	return &d.cursor
}

// Size asks for all the room that a text may need.
func (d *Export) Size(width, height int) (int, int) { return min(width, 110), min(height, 30) }

// Update chooses, scrolls, copies and saves.
func (d *Export) Update(msg tea.Msg) (bool, tea.Cmd) {
	if d.prompt != nil {
		return d.typing(msg)
	}
	if d.scroll.Take(msg) {
		return false, nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || len(d.in.Formats) == 0 {
		return ok && (key.String() == "esc" || key.String() == "q"), nil
	}
	switch key.String() {
	case "esc", "q":
		return true, nil
	case "right", "l", "tab":
		d.choose(d.format + 1)
	case "left", "h", "shift+tab":
		d.choose(d.format - 1)
	case "y":
		return true, screen.Say(screen.Copy{What: d.in.What, Text: d.text})
	case "s":
		if d.in.Save != nil {
			path := ""
			if d.in.Path != nil {
				path = d.in.Path(d.in.Formats[d.format].Format)
			}
			d.prompt = widget.NewFilled(path)
		}
	}
	return false, nil
}

func (d *Export) typing(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			d.prompt = nil
			return false, nil
		case "enter":
			path := strings.TrimSpace(d.prompt.Value())
			if path == "" {
				return false, nil
			}
			return true, d.in.Save(path, d.in.Formats[d.format].Format)
		}
	}
	d.prompt.Update(msg)
	return false, nil
}

// View draws the format, what it cannot hold, and the text.
func (d *Export) View(width, height int) string {
	if len(d.in.Formats) == 0 {
		return cell.NewLine(d.th, width).Put(theme.Muted, "There is no format to write it in.").String()
	}
	f := d.in.Formats[d.format]
	place := fmt.Sprintf("%d of %d", d.format+1, len(d.in.Formats))
	l := cell.NewLine(d.th, width).Put(theme.Accent, "‹ ").Put(theme.Strong, cell.Cut(safe.Clean(f.Title), width-len(place)-6)).Put(theme.Accent, " ›")
	lines := []string{l.To(width-len(place)).Put(theme.Muted, place).String()}
	for _, note := range d.notes {
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Warn, "▲ ").Put(theme.Plain, safe.Clean(note)).String())
	}
	lines = append(lines[:min(len(lines), 5)], widget.Rule(d.th, width))
	if d.prompt != nil {
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Muted, "Save to:").String())
		text, at := d.prompt.Window(width - 2)
		d.cursor = *tea.NewCursor(2+at, len(lines))
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Accent, "› ").Put(d.prompt.Tone(), text).String(), widget.Rule(d.th, width))
	}
	body := strings.Split(strings.TrimRight(d.text, "\n"), "\n")
	for _, text := range d.scroll.Window(body, height-len(lines)) {
		indent := len(text) - len(strings.TrimLeft(text, " \t"))
		lines = append(lines, cell.NewLine(d.th, width).Space(min(indent, width/2)).Put(theme.Plain, safe.Clean(text)).String())
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

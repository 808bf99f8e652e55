package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// handoffDialog shows the text for the Azure administrator in one of its two forms.
type handoffDialog struct {
	s      *Screen
	name   string    // of a file, without its ending
	texts  [2]string // script, Markdown
	md     bool
	scroll widget.Scroll
}

// handoff opens the hand-off of a request.
func (s *Screen) handoff(r setup.Request) tea.Cmd {
	d := &handoffDialog{s: s, name: fileName(r.Peering.Or(r.VNet.Name.String()).String())}
	d.texts = [2]string{s.service.Handoff(r, "sh"), s.service.Handoff(r, "md")}
	return screen.Say(screen.Show{Dialog: d})
}

// fileName makes a name for a file of the name of a peering.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, name)
	const most = 40
	name = strings.Trim(name[:min(len(name), most)], "-.")
	if name == "" {
		name = "peering"
	}
	return "handoff-" + name
}

func (d *handoffDialog) form() (text, ending string) {
	if d.md {
		return d.texts[1], ".md"
	}
	return d.texts[0], ".sh"
}

// Title stands in the upper edge.
func (d *handoffDialog) Title() string {
	if d.md {
		return "Hand-off for the Azure administrator: Markdown"
	}
	return "Hand-off for the Azure administrator: shell script"
}

// Hint tells the keys.
func (d *handoffDialog) Hint() string {
	return "↑ ↓ scroll   y copy   s save   tab other form   esc close"
}

// Cursor is nil: nothing is typed here.
func (d *handoffDialog) Cursor() *tea.Cursor { return nil }

// Size takes nearly all there is.
func (d *handoffDialog) Size(width, height int) (int, int) { return min(width, 110), height }

// Update scrolls, copies, saves and changes the form.
func (d *handoffDialog) Update(msg tea.Msg) (bool, tea.Cmd) {
	if d.scroll.Take(msg) {
		return false, nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case "esc", "q", "h":
		return true, nil
	case "tab", "shift+tab", "left", "right":
		d.md = !d.md
		d.scroll.Start()
	case "y":
		text, _ := d.form()
		return false, screen.Say(screen.Copy{What: "the hand-off", Text: text})
	case "s", "ctrl+s":
		return false, d.save()
	}
	return false, nil
}

func (d *handoffDialog) save() tea.Cmd {
	text, ending := d.form()
	return screen.Say(screen.Show{Dialog: dialog.NewInput(d.s.th, dialog.Field{
		Title: "Save the hand-off", Text: "A file to send to the administrator. It holds no secret.", Value: d.name + ending, What: "save",
		Do: func(path string) tea.Cmd {
			ctx, service := d.s.ctx, d.s.service
			return func() tea.Msg { return saved{path, false, service.SaveText(ctx, path, text)} }
		},
	})})
}

// View draws the lines that fit. Long ones are wrapped: what is read here is whole,
// what is copied has the lines of the file.
func (d *handoffDialog) View(width, height int) string {
	text, _ := d.form()
	var lines []string
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		plain := strings.TrimLeft(l, " ")
		indent := min(len(l)-len(plain), width/2)
		for _, part := range cell.Wrap(safe.Clean(plain), width-indent, 0) {
			lines = append(lines, cell.NewLine(d.s.th, width).Space(indent).Put(d.tone(plain), part).String())
		}
	}
	return strings.Join(d.scroll.Window(lines, height), "\n")
}

// tone lets the headings stand out and the remarks of a script recede.
func (d *handoffDialog) tone(line string) theme.Tone {
	switch {
	case !strings.HasPrefix(line, "#"):
		return theme.Plain
	case d.md:
		return theme.Strong
	default:
		return theme.Muted
	}
}

// Package picture is the page with the map of a network: what leads in, the peerings, the
// VNETs and the services, with what is broken where.
package picture

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/pathmap"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Service keeps what a person saves. Errors are failures with a cure.
type Service interface {
	// Save writes a text to a new file for its owner alone.
	Save(ctx context.Context, path, text string) error
}

// Page shows the map of one network, as it was read last.
type Page struct {
	ctx     context.Context //nolint:containedctx // of what is saved
	env     screen.Env
	th      *theme.Theme
	service Service
	network safe.Text // its id
	view    paths.View
	drawn   picture.Picture
	width   int
	height  int
	scroll  widget.Scroll
}

// New returns the page of a network and what was read of it.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, network safe.Text, v paths.View) *Page {
	return &Page{ctx: ctx, env: env, th: th, service: service, network: network, view: v, drawn: picture.Of(v)}
}

// Name is the last step of the path.
func (p *Page) Name() string { return "Map" }

func (p *Page) label() string {
	if p.view.Network == nil {
		return "the network"
	}
	return p.view.Network.Name.Or("the network").String()
}

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Paths", p.label(), "Map"}}
	if n := len(p.drawn.Broken); n > 0 {
		h.Counts = []string{phrase.Count(n, "thing") + " to look at"}
	}
	return h
}

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) { p.th = th }

// Receive is for snapshots; the map is drawn of what is read of the paths.
func (p *Page) Receive(*model.Snapshot) {}

// Looking names the network.
func (p *Page) Looking() []safe.Text { return []safe.Text{p.network} }

// Typing is false: nothing is typed here.
func (p *Page) Typing() (bool, *tea.Cursor) { return false, nil }

// Update takes what is read, and the keys and the wheel that scroll.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Paths:
		if n := msg.View.Network; n != nil && n.ID == p.network && msg.View.Number >= p.view.Number {
			p.view, p.drawn = msg.View, picture.Of(msg.View)
		}
	case saved:
		return p.said(msg)
	default:
		p.scroll.Take(msg)
	}
	return nil
}

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group = "Map"
	nothing := func() string {
		if p.view.Network == nil {
			return "nothing was read of its paths yet"
		}
		return ""
	}
	return []action.Action{
		{ID: "map.copy", Name: "copy", Keys: []string{"y"}, Group: group, Footer: 1, Help: "Copy the map as text, for a ticket.", Why: nothing, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the map of " + p.label(), Text: p.text()})
		}},
		{ID: "map.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Help: "Copy a ticket in Markdown: what is broken where, the next steps, and the map.", Why: nothing, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "a ticket about the map of " + p.label(), Text: p.ticket().Markdown()})
		}},
		{ID: "map.export", Name: "save", Keys: []string{"ctrl+s"}, Group: group, Footer: 2, Help: "Copy or save the map as text, as a drawing (SVG) or as Mermaid.", Why: nothing, Run: p.export},
		{ID: "map.close", Name: "back", Keys: []string{"esc"}, Group: group, Footer: 3, Help: "Go back to the services.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
	}
}

// View draws the map.
func (p *Page) View(time.Time) string {
	if p.view.Network == nil {
		return "\n" + cell.NewLine(p.th, p.width).Space(2).Put(theme.Muted, "Nothing was read of its paths yet: esc, then r reads them.").String()
	}
	lines := append(p.state(), pathmap.Lines(p.th, p.drawn, p.width)...)
	return strings.Join(p.scroll.Window(lines, p.height), "\n")
}

// state says how far the reading is that the map is drawn of.
func (p *Page) state() []string {
	l := cell.NewLine(p.th, p.width).Space(1)
	switch v := p.view; {
	case v.Failure != nil:
		l.Put(theme.Warn, "▲ ").Put(theme.Plain, "not read again: "+v.Failure.Cause.String())
	case !v.State.Over():
		l.Put(theme.Busy, "◐ ").Put(theme.Muted, v.Doing)
	case v.State != paths.Done:
		l.Put(theme.Unsure, "○ ").Put(theme.Muted, "the reading was not finished: what is missing is not known")
	default:
		return nil
	}
	return []string{l.String(), ""}
}

// textWidth is that of the map as text: wide enough for hosts beside their services, and
// narrow enough for a ticket.
const textWidth = 100

// text is the map without colours.
func (p *Page) text() string {
	lines := pathmap.Lines(p.th, p.drawn, textWidth)
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// saved tells how the saving of the map went.
type saved struct {
	page *Page
	path string
	err  error
}

// export opens the window in which the map is copied or saved.
func (p *Page) export() tea.Cmd {
	now, text := p.drawn, p.text() // as it is now, whatever comes
	write := func(format string) string {
		switch format {
		case "svg":
			return pathmap.SVG(now)
		case "mmd":
			return pathmap.Mermaid(now)
		default:
			return text
		}
	}
	name := "paths-" + safe.FileName(p.label())
	return screen.Say(screen.Show{Dialog: dialog.NewExport(p.th, dialog.ExportInput{
		What:    "the map of " + p.label(),
		Formats: []dialog.ExportFormat{{Format: "txt", Title: "Text for a ticket"}, {Format: "svg", Title: "SVG, a drawing"}, {Format: "mmd", Title: "Mermaid, for a wiki"}},
		Text:    func(format string) (string, []string) { return write(format), nil },
		Path:    func(format string) string { return name + "." + format },
		Save: func(path, format string) tea.Cmd {
			return func() tea.Msg { return saved{p, path, p.service.Save(p.ctx, path, write(format))} }
		},
	})})
}

// said says how the saving went.
func (p *Page) said(msg saved) tea.Cmd {
	if msg.page != p {
		return nil
	}
	if msg.err != nil {
		f, _ := model.AsFailure(msg.err)
		return screen.Say(screen.Toast{Text: "It was not saved: " + f.Error() + ". " + f.Cure, Trouble: true})
	}
	return screen.Say(screen.Toast{Text: "Saved to " + safe.Clean(msg.path) + "."})
}

package making

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func (p *Page) previewActions() []action.Action {
	return []action.Action{
		{ID: "make.send", Name: "send both", Keys: []string{"A"}, Group: groupPreview, Footer: 1, Help: "Send both requests: the service, then the route.", Why: p.noSend, Run: p.askSend},
		{ID: "make.commands", Name: "copy commands", Keys: []string{"c"}, Group: groupPreview, Footer: 2, Help: "Copy commands that send the same; they hold no token.", Run: func() tea.Cmd {
			text := ""
			for i, w := range p.writes {
				if i > 0 {
					text += "\n\n"
				}
				text += w.Command()
			}
			return screen.Say(screen.Copy{What: "the commands", Text: text})
		}},
		{ID: "make.form", Name: "to the form", Keys: []string{"esc", "b"}, Group: groupPreview, Footer: 3, Help: "Back to the form.", Run: p.toForm},
	}
}

func (p *Page) toForm() tea.Cmd {
	p.part, p.failure = partForm, nil
	return nil
}

func (p *Page) noSend() string {
	if p.env.ReadOnly {
		return "peerdeck is read-only"
	}
	if p.making != nil && !p.making.State.Over() {
		return "another service is being made"
	}
	return ""
}

// askSend asks before anything is sent.
func (p *Page) askSend() tea.Cmd {
	o := p.order
	text := []string{
		"The service " + o.Service.Name.String() + " and the route " + o.Route.Name.String() + " are made in the control plane " + o.Plane.Label().String() + ".",
		"Its data planes take requests for them as soon as they have heard of it. Undo removes both again.",
	}
	if p.form.host.by.Past() {
		text = append(text, p.form.host.why)
	}
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(p.th, dialog.Question{
		Title: "Send both requests", Text: text, Yes: "send both", No: "not yet", Do: ask(func() error { return p.service.Make(o) }),
	})})
}

func (p *Page) previewView() []string {
	var lines []string
	if p.failure != nil {
		lines = append(lines, widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(p.failure.Error())+". "+p.failure.Cure, p.width, 0)...)
		lines = append(lines, "")
	}
	lines = append(lines, widget.Paragraph(p.th, theme.Plain, "This is sent, one request after the other, as it stands here. Nothing was sent yet.", p.width, 0)...)
	if why := p.form.host.why; why != "" {
		lines = append(lines, widget.Marked(p.th, p.form.host.severity, theme.Plain, why, p.width, 0)...)
	}
	for i, w := range p.writes {
		lines = append(lines, "", cell.NewLine(p.th, p.width-1).Space(1).Put(theme.Muted, string(rune('1'+i))+". "+w.Makes).String())
		for _, part := range cell.Wrap(w.Method+" "+w.URL.String(), p.width-5, 0) {
			lines = append(lines, cell.NewLine(p.th, p.width-1).Space(4).Put(theme.Strong, part).String())
		}
		for _, l := range w.BodyLines() {
			lines = append(lines, cell.NewLine(p.th, p.width-1).Space(4).Put(theme.Plain, l).String())
		}
	}
	return p.scroll.Window(lines, p.height)
}

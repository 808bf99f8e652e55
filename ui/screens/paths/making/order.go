package making

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func (p *Page) orderActions() []action.Action {
	id := p.making.ID
	gate := func(why string) func() string {
		return func() string {
			if p.env.ReadOnly {
				return "peerdeck is read-only"
			}
			return why
		}
	}
	return []action.Action{
		{ID: "make.goon", Name: "go on", Keys: []string{"R"}, Group: groupOrder, Footer: 1, Help: "Look what is there, and send what is missing.", Why: gate(p.making.NoGoOn()), Run: func() tea.Cmd {
			return ask(func() error { return p.service.GoOn(id) })
		}},
		{ID: "make.cancel", Name: "cancel", Keys: []string{"X"}, Group: groupOrder, Footer: 1, Help: "Stop looking or waiting; a request that is on its way is answered first.", Run: func() tea.Cmd { p.service.Cancel(); return nil }, Why: func() string {
			if p.making.State.Over() {
				return "it is over"
			}
			return ""
		}},
		{ID: "make.try", Name: "copy a try", Keys: []string{"c"}, Group: groupOrder, Footer: 2, Help: "Copy a command that asks the new route for something.", Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the command", Text: p.try()})
		}, Why: func() string {
			if p.try() == "" {
				return "there is no command that could be sure to match the route"
			}
			return ""
		}},
		{ID: "make.remove", Name: "remove", Keys: []string{"x"}, Group: groupOrder, Footer: 3, Help: "Remove what this order has made, after its name was typed.", Why: gate(p.making.NoUndo()), Run: p.askUndo},
		{ID: "make.requests", Name: "requests", Keys: []string{"v"}, Group: groupOrder, Footer: 5, Help: "Show the requests of the order.", Run: func() tea.Cmd {
			return screen.Say(screen.Show{Dialog: dialog.NewRequests(p.th, "Requests", p.making.Plan)})
		}, Why: func() string {
			if len(p.making.Plan) == 0 {
				return "there is none"
			}
			return ""
		}},
		{ID: "make.another", Name: "another one", Keys: []string{"M"}, Group: groupOrder, Footer: 4, Help: "Back to the form, for another service.", Run: p.toForm},
		{ID: "make.form", Name: "to the form", Keys: []string{"esc", "b"}, Group: groupOrder, Footer: 6, Help: "Back to the form. What is on its way goes on.", Run: p.toForm},
	}
}

// askUndo asks for the name of the service before anything is removed.
func (p *Page) askUndo() tea.Cmd {
	m := p.making
	what := "the route " + m.Order.Route.Name.String()
	switch {
	case m.MadeService && m.MadeRoute:
		what = "the route " + m.Order.Route.Name.String() + " and the service " + m.Order.Service.Name.String()
	case m.MadeService:
		what = "the service " + m.Order.Service.Name.String()
	}
	id := m.ID
	return screen.Say(screen.Show{Dialog: dialog.NewConfirm(p.th, dialog.Destruction{
		Title: "Undo", Name: m.Order.Service.Name, What: "remove what was made",
		Text: []string{
			"This removes " + what + " from the control plane " + m.Order.Plane.Label().String() + ". Requests for it are answered with 404 from then on.",
			"It is looked first whether they are as they were made and whether other routes lead to the service; then nothing is removed.",
		},
		Do: ask(func() error { return p.service.Undo(id) }),
	})})
}

func (p *Page) orderView(now time.Time) []string {
	m := p.making
	var lines []string
	lines = append(lines, p.objectLine("service", m.Order.Service.Name, m.Service.ID, m.MadeService, model.ObjectService))
	lines = append(lines, p.objectLine("route", m.Order.Route.Name, m.Route.ID, m.MadeRoute, model.ObjectRoute), "")
	lines = append(lines, p.outcome(now)...)
	if p.failure != nil {
		lines = append(lines, widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(p.failure.Error())+". "+p.failure.Cure, p.width, 0)...)
	}
	if room := p.height - len(lines) - 1; len(m.Log) > 0 && room > 2 {
		lines = append(lines, "")
		lines = append(lines, widget.LogTail(p.th, m.Log, now, p.width, room)...)
	}
	return p.scroll.Window(lines, p.height)
}

// objectLine says how a service or a route stands.
func (p *Page) objectLine(noun string, name, id safe.Text, made bool, kind model.ObjectKind) string {
	m := p.making
	sent := slices.ContainsFunc(m.Plan, func(w model.Write) bool { return w.Kind == kind && w.Sent })
	severity, word := model.SeverityUnknown, "not sent"
	switch {
	case m.State == gateway.MakingUndone && !id.IsEmpty():
		word = "removed"
	case made:
		severity, word = model.SeverityOK, "made"
	case !id.IsEmpty() && m.State != gateway.MakingUndoing:
		severity, word = model.SeverityOK, "there already"
	case sent && !m.State.Over():
		severity, word = model.SeverityWorking, "sent"
	case sent && m.Unsure:
		severity, word = model.SeverityAttention, "sent, not known"
	case sent:
		severity, word = model.SeverityBroken, "refused"
	}
	l := cell.NewLine(p.th, p.width-1).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).Space(1)
	l.Put(theme.Muted, cell.Fit(noun, 9)).Put(theme.Strong, cell.Cut(name.String(), 24)).To(38).Put(theme.Plain, word)
	if !id.IsEmpty() {
		l.Space(2).Put(theme.Muted, cell.Cut(id.String(), max(0, l.Left())))
	}
	return l.String()
}

// outcome says what the order has come to, and what can be done.
func (p *Page) outcome(now time.Time) []string {
	m := p.making
	put := func(severity model.Severity, text string) []string {
		return widget.Marked(p.th, severity, theme.Plain, text, p.width, 0)
	}
	var lines []string
	switch m.State {
	case gateway.MakingDone:
		lines = put(model.SeverityOK, "Done. Service and route were read back and are as they are wanted.")
		if m.Note != "" {
			lines = append(lines, put(model.SeverityUnknown, m.Note)...)
		}
		if try := p.try(); try != "" {
			lines = append(lines, widget.Paragraph(p.th, theme.Muted, "Try it, when the data planes have heard of it:", p.width, 0)...)
			lines = append(lines, widget.Arrow(p.th, try, p.width)...)
		}
		if at := p.judged(); at.why != "" {
			lines = append(lines, put(at.severity, at.why)...)
		}
	case gateway.MakingUndone:
		lines = put(model.SeverityOK, "Undone. What this order had made is gone.")
	case gateway.MakingCancelled:
		lines = put(model.SeverityUnknown, "Cancelled. Nothing was sent.")
	case gateway.MakingFailed, gateway.MakingDiffers:
		lines = p.failed()
	case gateway.MakingLooking, gateway.MakingSending, gateway.MakingReading, gateway.MakingUndoing:
		text := phrase.Capital(string(m.State)) + "."
		if m.Wait != nil {
			text = phrase.Capital(m.Wait.Text(now))
		}
		lines = put(model.SeverityWorking, text)
	}
	return lines
}

// failed says what failed, what is there, and which ways there are.
func (p *Page) failed() []string {
	m := p.making
	var lines []string
	if f := m.Failure; f != nil {
		lines = append(lines, widget.Marked(p.th, m.State.Severity(), theme.Bad, phrase.Capital(f.Error())+".", p.width, 0)...)
		if f.Cure != "" {
			lines = append(lines, widget.Arrow(p.th, f.Cure, p.width)...)
		}
		for _, id := range widget.FailureIDs(*f) {
			lines = append(lines, widget.Paragraph(p.th, theme.Muted, id, p.width, 0)...)
		}
	}
	var text string
	switch {
	case m.Unsure:
		text = "A request has left of which nobody has heard. R looks for what it may have made before it sends anything."
	case m.MadeService && m.MadeRoute:
		text = "Service and route are there. x removes both."
	case m.MadeService:
		text = "The service is there, the route is not: R goes on with the route, x removes the service."
	case m.MadeRoute:
		text = "The route is there. x removes it."
	default:
		text = "Nothing was made. b leads to the form."
	}
	return append(lines, widget.Paragraph(p.th, theme.Plain, text, p.width, 0)...)
}

// judged is how the host of the order is reached, by what is known now.
func (p *Page) judged() reached {
	o := p.making.Order
	return p.reached(p.read(o.Plane), o.Service, o.Route)
}

// try is a command that asks the route for something; empty for none.
func (p *Page) try() string {
	if p.making == nil || p.making.State != gateway.MakingDone {
		return ""
	}
	return p.making.Route.Try(p.dataPlane())
}

// dataPlane is a name or, where there is none, an address of the data planes of the control
// plane on this network; empty where none is known.
func (p *Page) dataPlane() safe.Text {
	n := p.network()
	if n == nil {
		return safe.Text{}
	}
	var address safe.Text
	for _, r := range n.References {
		if r.ControlPlaneID != p.making.Order.Plane.ID && r.ControlPlaneID != p.read(p.making.Order.Plane).Group.ID {
			continue
		}
		for _, g := range r.DataPlanes {
			if len(g.Hostnames) > 0 {
				return g.Hostnames[0]
			}
			if len(g.PrivateIPs) > 0 && address.IsEmpty() {
				address = g.PrivateIPs[0]
			}
		}
	}
	return address
}

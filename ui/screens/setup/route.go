package setup

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// routeRow is the row of the service and the route that a set-up file asks for.
func routeRow() row {
	return row{
		kind: rowRoute, field: setup.FieldRoute, index: -1, label: "Route",
		about: "The gateway service and the route that are made last, as the set-up file has them. x takes them out; enter shows them; on the screen Paths M makes one alone.",
	}
}

// putRoute draws the service and the route in a line, and what is wrong with them.
func (s *Screen) putRoute(l *cell.Line, problems []setup.Problem) {
	service, route := s.form.route.Wanted()
	text := route.Name.Or("(no name)").String() + " → " + service.Host.Or("(no host)").String() + " in " + s.form.route.Plane.Or("(no control plane)").String()
	if len(problems) == 0 {
		l.Put(theme.Plain, cell.Cut(text, l.Left()))
		return
	}
	l.Put(theme.Plain, cell.Cut(text, l.Left()/2)).Space(2)
	l.Put(theme.Of(problemSeverity(problems[0])), brief(problems[0], l.Left()))
}

// showRoute shows the service and the route whole.
func (s *Screen) showRoute() tea.Cmd {
	lines := routeLines(*s.form.route)
	return screen.Say(screen.Show{Dialog: dialog.NewText("Route", "the route", strings.Join(lines, "\n"), func(width int) []string {
		var out []string
		for _, l := range lines {
			out = append(out, widget.Paragraph(s.th, theme.Plain, l, width, 0)...)
		}
		return out
	})})
}

func routeLines(d gateway.Draft) []string {
	service, route := d.Wanted()
	list := func(noun string, values []safe.Text) string {
		if len(values) == 0 {
			return ""
		}
		return noun + ": " + phrase.List(values)
	}
	lines := []string{
		"Control plane: " + d.Plane.Or("(none)").String(),
		"Service " + service.Name.Or("(no name)").String() + ": " + service.Protocol.String() + " to " + service.Host.Or("(no host)").String(),
		"Route " + route.Name.Or("(no name)").String(),
	}
	for _, l := range []string{
		list("Protocols", route.Protocols), list("Paths", route.Paths), list("Hosts", route.Hosts), list("Methods", route.Methods), list("SNIs", route.SNIs),
	} {
		if l != "" {
			lines = append(lines, l)
		}
	}
	return lines
}

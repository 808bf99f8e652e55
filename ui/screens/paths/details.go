package paths

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// nextKeys are the keys of this screen that carry out a next step.
func nextKeys() widget.NextKeys { return widget.NextKeys{Command: "c"} }

// selectedService is the row that the cursor is on, nil for none or where subnets are listed.
func (s *Screen) selectedService() *service {
	if i := s.services.t.Index(); !s.ways && i < len(s.services.shown) {
		return s.services.shown[i]
	}
	return nil
}

// selectedWay is the subnet that the cursor is on, nil for none.
func (s *Screen) selectedWay() *paths.Way {
	if i := s.subnets.t.Index(); s.ways && i < len(s.subnets.shown) {
		return s.subnets.shown[i]
	}
	return nil
}

// selectedHost is the service that the cursor is on, nil for none.
func (s *Screen) selectedHost() *paths.Host {
	if r := s.selectedService(); r != nil {
		return r.host
	}
	return nil
}

// selectedFindings are those of the row that the cursor is on.
func (s *Screen) selectedFindings() []finding.Finding {
	l := s.list()
	if n, _, _ := l.count(); l.table().Index() < n {
		return l.findings(l.table().Index())
	}
	return nil
}

// details tell of the selected row.
func (s *Screen) details(width, height int) []string {
	d := drawing{th: s.th, width: width, height: height}
	switch r, w := s.selectedService(), s.selectedWay(); {
	case w != nil:
		d.title(w.Subnet.Or("(no name)").String(), phrase.List(w.Prefixes), w.VNet.Name.String())
		d.findings(w.Findings, safe.Clean(w.Why))
	case r == nil:
	case r.plane != nil:
		d.title(r.name(), "control plane", "geo "+r.plane.Geo.Or("not known").String())
		d.findings(r.findings(), "")
	default:
		s.hostDetails(&d, r.host)
	}
	return d.lines
}

// hostDetails tell of a service.
func (s *Screen) hostDetails(d *drawing, h *paths.Host) {
	d.title(h.Service.Label(), address(h), h.Plane.Name.Or(h.Plane.ID.String()).String())
	d.findings(h.Findings, safe.Clean(h.Why))
	if !s.beside() {
		return
	}
	if len(h.Places) > 1 || !h.Upstream.IsEmpty() {
		d.section("TARGETS OF " + h.Upstream.String())
		for _, p := range h.Places {
			d.place(p)
		}
	}
	if len(h.Routes) > 0 {
		d.section("ROUTES")
		for _, r := range h.Routes {
			d.add(cell.NewLine(d.th, d.width).Space(3).Put(theme.Plain, cell.Fit(r.Name.Or(r.ID.String()).String(), 22)).Space(1).Put(theme.Muted, routeText(r)).String())
		}
	}
	if p := worstPlace(h); p != nil && len(p.Hops) > 0 {
		d.section("THE WAY")
		for _, hop := range p.Hops {
			d.hop(hop)
		}
	}
}

// worstPlace is the place of a service that needs a look most, nil when there is none.
func worstPlace(h *paths.Host) *paths.Place {
	var out *paths.Place
	for i := range h.Places {
		if p := &h.Places[i]; out == nil || worst(p.Findings) > worst(out.Findings) {
			out = p
		}
	}
	return out
}

// address is where a service sends its requests, as a URL.
func address(h *paths.Host) string {
	host := hostText(h)
	return h.Service.Protocol.Or("?").String() + "://" + host + h.Service.Path.String()
}

// drawing collects lines in a room.
type drawing struct {
	th     *theme.Theme
	width  int
	height int
	lines  []string
}

func (d *drawing) add(lines ...string) {
	d.lines = append(d.lines, lines[:min(len(lines), max(0, d.height-len(d.lines)))]...)
}

// title names the row: its name, and at the right what it belongs to.
func (d *drawing) title(name, what, of string) {
	right := cell.Cut(of, d.width/3)
	left := d.width - cell.Width(right) - 4
	l := cell.NewLine(d.th, d.width).Space(1)
	name = cell.Cut(name, left)
	l.Put(theme.Strong, name).Space(2).Put(theme.Muted, cell.Cut(what, left-cell.Width(name)-2))
	d.add(l.To(d.width-cell.Width(right)-1).Put(theme.Muted, right).String())
}

// findings draws what is wrong, the worst first, each with its cure; well is said when
// nothing is.
func (d *drawing) findings(list []finding.Finding, well string) {
	if len(list) == 0 {
		if well != "" {
			d.add(widget.Marked(d.th, finding.OK, theme.Muted, well, d.width, 0)...)
		}
		return
	}
	for i, f := range list {
		left := d.height - len(d.lines)
		more := len(list) - i - 1
		if more > 0 {
			left--
		}
		lines := widget.FindingLines(d.th, f, nextKeys(), d.width, left)
		d.add(lines...)
		if more > 0 && left-len(lines) < 2 {
			d.add(cell.NewLine(d.th, d.width).Space(3).Put(theme.Muted, "and "+phrase.Count(more, "more finding")+"; ").Put(theme.Accent, "d").Put(theme.Muted, " tells all").String())
			return
		}
	}
}

// section begins a part, with a line before it.
func (d *drawing) section(title string) {
	if d.height-len(d.lines) > 2 {
		d.add("", widget.Section(d.th, title, d.width))
	}
}

// place is a target of an upstream in a line.
func (d *drawing) place(p paths.Place) {
	severity := worst(p.Findings)
	l := cell.NewLine(d.th, d.width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).To(3)
	text := p.Text()
	if p.Weight == 0 {
		text += " (weight 0)"
	}
	d.add(l.Put(theme.Plain, cell.Fit(text, 26)).Space(1).Put(theme.Muted, safe.Clean(p.Word)).String())
}

// hop is a hop in a line.
func (d *drawing) hop(h paths.Hop) {
	severity := h.Severity()
	l := cell.NewLine(d.th, d.width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).To(3)
	tone := theme.Muted
	if severity.NeedsPerson() {
		tone = theme.Plain
	}
	d.add(l.Put(tone, safe.Clean(h.Title)).Space(2).Put(theme.Muted, safe.Clean(h.Decides)).String())
}

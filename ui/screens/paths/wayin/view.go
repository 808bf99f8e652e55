package wayin

import (
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	sideFrom  = 120 // columns from which the chosen entry is told of beside the list
	mostRows  = 7   // entries at most that a small screen shows
	mostLines = 4   // control planes at most whose addresses the top lists
)

func (p *Page) beside() bool { return p.width >= sideFrom }

func (p *Page) listWidth() int {
	if p.beside() {
		return p.width - p.sideWidth() - 2
	}
	return p.width
}

func (p *Page) sideWidth() int { return max(56, p.width*42/100) }

// View draws the addresses, the entries and the chosen one.
func (p *Page) View(time.Time) string {
	lines := p.top()
	room := max(0, p.height-len(lines))
	switch {
	case len(p.rows) == 0:
		lines = append(lines, p.empty()...)
	case p.beside():
		width := p.listWidth()
		p.table.Resize(width, room)
		lines = append(lines, widget.Beside(p.th, widget.Fill(p.table.View(p.th), room), p.detail(p.sideWidth(), room), width)...)
	default:
		n := min(len(p.rows)+1, mostRows+1, max(3, room/2))
		p.table.Resize(p.width, n)
		lines = append(lines, widget.Fill(p.table.View(p.th), n)...)
		lines = append(lines, widget.Rule(p.th, p.width))
		lines = append(lines, p.detail(p.width, p.height-len(lines))...)
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

// top is how the gateways can be reached, and at which addresses.
func (p *Page) top() []string {
	if p.view.Number == 0 || p.view.Network == nil {
		return []string{"", cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "Nothing was read of its paths yet: esc, then r reads them.").String()}
	}
	r := p.view.In
	severity := finding.OK
	if !r.Whole && (r.Private || r.Says != "" && len(r.Groups) == 0) {
		severity = finding.Unknown
	}
	lines := widget.Marked(p.th, severity, theme.Plain, safe.Clean(r.Says), p.width, 2)
	shown := 0
	for _, g := range r.Groups {
		if shown == mostLines {
			lines = append(lines, cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "and "+phrase.Count(len(r.Groups)-shown, "group")+" more").String())
			break
		}
		shown++
		lines = append(lines, p.group(g))
	}
	return append(lines, widget.Rule(p.th, p.width))
}

// group is a group of data planes with its addresses.
func (p *Page) group(g wayin.Group) string {
	const column = 26
	l := cell.NewLine(p.th, p.width).Space(3).Put(theme.Strong, cell.Cut(g.Label(), column-5)).To(column)
	switch {
	case !g.Access.Private():
		l.Put(theme.Muted, "no private access")
	case len(g.Addresses) == 0:
		l.Put(theme.Busy, "no addresses yet")
	default:
		l.Put(theme.Plain, phrase.Few(phrase.Strings(g.Addresses), 4))
	}
	return l.Space(2).Put(theme.Muted, g.Region.Or("").String()+"  "+g.State.String()).String()
}

// empty says why there are no entries.
func (p *Page) empty() []string {
	var lines []string
	switch {
	case p.view.Number == 0 || p.view.Network == nil:
		return nil
	case !p.view.State.Over():
		lines = append(lines, cell.NewLine(p.th, p.width).Space(1).Put(theme.Busy, "◐ ").Put(theme.Muted, "The VNETs are being read.").String())
	case p.view.In.Private:
		lines = append(lines, widget.Paragraph(p.th, theme.Muted, "Nothing that was read in the peered VNETs points at these addresses: no pool of a load balancer or an application gateway, no private DNS record, no security rule that names one.", p.width, 0)...)
	}
	for _, f := range p.general() {
		lines = append(lines, "")
		lines = append(lines, widget.FindingLines(p.th, f, widget.NextKeys{Command: "c"}, p.width, 8)...)
	}
	return lines
}

// detail tells of the chosen entry: its addresses beside those that there are, and what is
// wrong.
func (p *Page) detail(width, height int) []string {
	e, there := p.entry()
	if !there || height <= 0 {
		return nil
	}
	var lines []string
	for _, f := range e.Findings {
		lines = append(lines, widget.FindingLines(p.th, f, widget.NextKeys{Command: "c"}, width, 9)...)
	}
	if len(e.Findings) == 0 {
		lines = append(lines, widget.Marked(p.th, finding.OK, theme.Plain, safe.Clean(e.Why), width, 0)...)
	}
	lines = append(lines, p.compared(e, width)...)
	lines = append(lines, p.place(e, width)...)
	for _, f := range p.general() {
		lines = append(lines, widget.FindingLines(p.th, f, widget.NextKeys{}, width, 6)...)
	}
	return p.scroll.Window(lines, height)
}

// compared lists what the entry points at, and what it leaves out.
func (p *Page) compared(e wayin.Entry, width int) []string {
	const column = 24
	var lines []string
	for _, t := range e.Targets {
		severity, says := said(t)
		l := cell.NewLine(p.th, width).Space(3).Put(theme.Of(severity), theme.Symbol(severity)+" ").Put(theme.Plain, t.Address.Or(t.Host.String()).String())
		lines = append(lines, l.To(column).Put(theme.Muted, safe.Clean(says)).String())
	}
	for _, m := range e.Missing {
		l := cell.NewLine(p.th, width).Space(3).Put(theme.Warn, "+ ").Put(theme.Plain, m.Address.String())
		lines = append(lines, l.To(column).Put(theme.Muted, "of "+m.Plane.Name.Or(m.Plane.ID.String()).String()+", left out").String())
	}
	return lines
}

// said is what a target is, in a few words.
func said(t wayin.Target) (finding.Severity, string) {
	name := ""
	if !t.Name.IsEmpty() {
		name = " (" + t.Name.String() + ")"
	}
	switch t.Is {
	case wayin.IsCurrent:
		return finding.OK, "of " + t.Whose + name
	case wayin.IsStale:
		return finding.Broken, "no data plane has it" + name
	case wayin.IsOther:
		return finding.Attention, "of " + t.Whose + name
	case wayin.IsGoing:
		return finding.Attention, "of " + t.Whose + ", being taken away" + name
	case wayin.IsPublicOnly:
		return finding.Attention, "of " + t.Whose + ", which has no private access" + name
	case wayin.IsElsewhere:
		return finding.OK, "in " + t.Whose + ", no data plane" + name
	case wayin.IsNobody:
		return finding.Unknown, "in nobody's range" + name
	case wayin.IsNotKnown:
		return finding.Unknown, strings.TrimPrefix("not known: "+t.Whose, "not known: ") + name
	default:
		return finding.Unknown, "not known" + name
	}
}

// place tells where the entry is, how the data planes are asked, and what becomes of
// requests on the way.
func (p *Page) place(e wayin.Entry, width int) []string {
	words := []string{string(e.Kind) + " " + e.Name.String()}
	if !e.VNet.Name.IsEmpty() {
		words = append(words, "VNET "+e.VNet.Name.String())
	}
	if !e.Subnet.IsEmpty() {
		words = append(words, "subnet "+e.Subnet.String())
	}
	for _, one := range e.Ports {
		words = append(words, portWords(one))
	}
	lines := append([]string{""}, widget.Paragraph(p.th, theme.Muted, strings.Join(words, " · "), width, 0)...)
	for _, w := range e.Ways {
		for _, s := range w.Passage.Steps {
			severity := s.Finding.Severity
			l := cell.NewLine(p.th, width).Space(3).Put(theme.Of(severity), theme.Symbol(severity)+" ").Put(theme.Plain, s.ID.Title()+": ")
			lines = append(lines, l.Put(theme.Muted, safe.Clean(s.Why)).String())
		}
	}
	return lines
}

func portWords(one wayin.Port) string {
	port := "the port that was asked"
	if one.Port > 0 {
		port = strconv.Itoa(one.Port)
	}
	switch {
	case one.Probe != "":
		return one.Protocol + " " + port + ", probe " + one.Probe + " " + strconv.Itoa(one.ProbePort)
	case one.Probed:
		return one.Protocol + " " + port + ", with a probe"
	default:
		return one.Protocol + " " + port + ", no probe"
	}
}

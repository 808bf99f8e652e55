package widget

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Drawing shows a peering as two boxes and what is between them, with the real
// names and address ranges. It returns nothing where there is no room for it.
func Drawing(th *theme.Theme, n *model.NetworkStatus, p *model.PeeringStatus, width int) []string {
	const tail, indent, least, leastBox, leastLink = 11, 2, 46, 16, 12 // in cells; the tail is the way to the internet
	if width < least {
		return nil
	}
	room := width - indent
	outward := room >= tail+2*leastBox+leastLink
	if outward {
		room -= tail
	}
	// The word of the verdict stands in the link; the boxes give way to it.
	link := cell.Width(p.Finding.Word) + 6
	box := max(leastBox, min(26, (room-link)/2))
	link = max(leastLink, min(24, room-2*box))
	left, leftRange := yours(p)
	right, rightRange := n.Name.Or("the network").String(), n.CIDR.Text.Or("range not known").String()

	lines := make([]string, 0, 4)
	l := cell.NewLine(th, width)
	theirs := " Kong's " + cloud(p) + " cloud"
	if indent+box+link+cell.Width(theirs) > width {
		theirs = " Kong's " + cloud(p)
	}
	l.To(indent).Put(theme.Muted, " your "+cloud(p)+" cloud").To(indent+box+link).Put(theme.Muted, theirs)
	lines = append(lines, l.String())

	l = cell.NewLine(th, width)
	l.To(indent)
	Edge(l, "╭", left, "╮", box)
	l.Space(link)
	Edge(l, "╭", right, "╮", box)
	lines = append(lines, l.String())

	l = cell.NewLine(th, width)
	l.To(indent)
	inside(l, leftRange, box)
	between(l, p.Finding, link)
	inside(l, rightRange, box)
	if l.Left() >= tail {
		l.Put(theme.Faint, " ─").Put(theme.Muted, " internet")
	}
	lines = append(lines, l.String())

	l = cell.NewLine(th, width)
	l.To(indent)
	Edge(l, "╰", "", "╯", box)
	l.Space(link)
	Edge(l, "╰", "", "╯", box)
	return append(lines, l.String())
}

func cloud(p *model.PeeringStatus) string { return p.Kind.Cloud().Label() }

// yours is the customer's side: its name and its ranges.
func yours(p *model.PeeringStatus) (name, ranges string) {
	name = p.TargetName()
	prefixes := p.Azure.Ranges()
	if len(prefixes) == 0 {
		prefixes = p.CIDRs
	}
	switch len(prefixes) {
	case 0:
		return name, "range not known"
	case 1:
		return name, prefixes[0].String()
	default:
		return name, fmt.Sprintf("%s +%d", prefixes[0], len(prefixes)-1)
	}
}

// Edge draws the upper or lower edge of a box, with a name in it.
func Edge(l *cell.Line, begin, name, end string, width int) {
	l.Put(theme.Faint, begin)
	inner := width - 2
	if name != "" {
		name = cell.Cut(name, inner-2)
		l.Put(theme.Faint, " ").Put(theme.Strong, name).Put(theme.Faint, " ")
		inner -= cell.Width(name) + 2
	}
	for range inner {
		l.Put(theme.Faint, "─")
	}
	l.Put(theme.Faint, end)
}

func inside(l *cell.Line, text string, width int) {
	l.Put(theme.Faint, "│").Put(theme.Plain, " "+cell.Fit(text, width-3)).Put(theme.Faint, "│")
}

// between draws the link: whole where traffic flows, broken elsewhere, with the
// word of the verdict in it.
func between(l *cell.Line, v finding.Finding, width int) {
	stroke := "╌"
	if v.Severity == model.SeverityOK {
		stroke = "─"
	}
	word := cell.Cut(v.Word, width-4)
	rest := width - cell.Width(word) - 2
	tone := theme.Of(v.Severity)
	for range rest / 2 {
		l.Put(tone, stroke)
	}
	l.Put(tone, " "+word+" ")
	for range rest - rest/2 {
		l.Put(tone, stroke)
	}
}

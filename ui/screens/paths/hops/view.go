package hops

import (
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	sideFrom = 120 // columns from which the chosen hop is told of beside the list
	mostHops = 10  // hops at most that a small screen shows
)

func (p *Page) beside() bool { return p.width >= sideFrom }

func (p *Page) listWidth() int {
	if p.beside() {
		return p.width - p.sideWidth() - 2
	}
	return p.width
}

func (p *Page) sideWidth() int { return max(48, p.width*38/100) }

// listTop is the line of the heading of the list.
func (p *Page) listTop() int { return len(p.top()) + 1 }

// top is what the way comes to: the service, how its requests go and how the replies come
// home, and what is wrong with it that no hop tells.
func (p *Page) top() []string {
	h, one := p.host, p.shown()
	title := cell.NewLine(p.th, p.width).Space(1).Put(theme.Strong, cell.Cut(p.name, p.width/2))
	by, back := h.Word, h.Back
	if one != nil {
		title.Space(2).Put(theme.Muted, one.Text())
		by, back = one.Word, one.Back
	}
	l := cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "there  ").Put(theme.Plain, cell.Cut(safe.Clean(by), p.width/2))
	if back != "" {
		l.Space(3).Put(theme.Muted, "back  ").Put(theme.Plain, safe.Clean(back))
	}
	lines := []string{title.String(), l.String()}
	// What is told below is not told twice.
	if list := p.untold(); len(list) > 0 && list[0].Code != p.finding().Code {
		lines = append(lines, widget.Marked(p.th, list[0].Severity, theme.Plain, safe.Clean(list[0].Cause), p.width, 2)...)
	}
	return lines
}

// untold are the findings of the service that no hop tells, the most urgent first.
func (p *Page) untold() []finding.Finding {
	var out []finding.Finding
	for _, f := range p.host.Findings {
		if !slices.ContainsFunc(p.rows, func(h paths.Hop) bool { return h.Finding.Code == f.Code }) {
			out = append(out, f)
		}
	}
	return out
}

// View draws the hops and the one that is chosen.
func (p *Page) View(time.Time) string {
	if p.host == nil {
		return "\n" + cell.NewLine(p.th, p.width).Space(3).Put(theme.Warn, "▲ ").Put(theme.Plain, "This service is no longer there. esc goes back to the list.").String()
	}
	lines := append(p.top(), widget.Rule(p.th, p.width))
	room := max(0, p.height-len(lines))
	width := p.listWidth()
	p.table.SetColumns(columns(width))
	if p.beside() {
		p.table.Resize(width, room)
		list := widget.Fill(p.listLines(width), room)
		lines = append(lines, widget.Beside(p.th, list, p.detail(p.sideWidth(), room), width)...)
	} else {
		n := min(max(3, len(p.rows)+1), mostHops+1, max(2, room-4))
		p.table.Resize(width, n)
		lines = append(lines, widget.Fill(p.listLines(width), n)...)
		lines = append(lines, widget.Rule(p.th, p.width))
		lines = append(lines, p.detail(p.width, p.height-len(lines))...)
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

// listLines draw the list, or why there is none.
func (p *Page) listLines(width int) []string {
	if len(p.rows) > 0 {
		return p.table.View(p.th)
	}
	text := "No hop of this way was looked at."
	if !p.view.State.Over() {
		text = "The way is being read."
	}
	return []string{"", cell.NewLine(p.th, width).Space(3).Put(theme.Muted, text).String()}
}

// detail tells of the chosen hop.
func (p *Page) detail(width, height int) []string {
	var lines []string
	hop, there := p.hop()
	if there {
		l := cell.NewLine(p.th, width).Space(1).Put(theme.Strong, safe.Clean(hop.Title)).Space(2)
		lines = append(lines, l.Put(theme.Of(hop.Severity()), string(hop.Outcome)).String())
		if hop.Decides != "" {
			lines = append(lines, widget.Paragraph(p.th, theme.Muted, safe.Clean(hop.Decides), width, 2)...)
		}
		said := strings.EqualFold(strings.TrimRight(hop.Finding.Cause, "."), strings.TrimRight(hop.Why, ".")) // the finding below says it
		if !said && (hop.Finding.Code == "" || height > 8) {
			lines = append(lines, widget.Paragraph(p.th, theme.Plain, safe.Clean(hop.Why), width, 0)...)
		}
	}
	if f := p.finding(); f.Code != "" {
		lines = append(lines, widget.FindingLines(p.th, f, widget.NextKeys{Command: "c"}, width, height-len(lines))...)
		for _, m := range f.Missing {
			lines = append(lines, widget.Marked(p.th, finding.Unknown, theme.Muted, safe.Clean(m), width, 0)...)
		}
	}
	return lines[:min(len(lines), max(0, height))]
}

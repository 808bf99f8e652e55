package networks

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// nextKeys are the keys of this screen that carry out a next step.
func nextKeys() widget.NextKeys {
	return widget.NextKeys{SetUp: "p", SignIn: "A", Command: "c", Mend: "F"}
}

// shown returns the network of the details and its peering that is shown: the
// one that was chosen, or the most urgent.
func (s *Screen) shown() (*model.NetworkStatus, *model.PeeringStatus, int) {
	n := s.rows.listed[s.detail.network]
	if n == nil {
		return nil, nil, 0
	}
	p, i := pickPeering(n, s.detail.peering)
	return n, p, i
}

// details draws the selected network: what presses first, both halves, and then whatever
// else a person would open, as far as there is room.
//
// A terminal scrolls whole lines. What stands still beside a list that scrolls would have
// to be painted again, and the list with it: thousands of bytes for each row, of which a
// slow line carries few each second. So the details of a network that is passed by make
// room, and those of the next one come when the list has come to rest.
func (s *Screen) details(now time.Time, width, height int) []string {
	if s.recalls() {
		return s.recalledDetails(now, width, height)
	}
	if n := s.rows.listed[s.table.Selected()]; s.detail.away && n != nil {
		return []string{cell.NewLine(s.th, width).Space(1).Put(theme.Strong, nameOf(n.Name)).String()}
	}
	n, p, i := s.shown()
	if n == nil || height <= 0 {
		return nil
	}
	return s.drawn.Lines(drawnOf{s.th, n, p, s.viewed, now.Unix(), size{width, height}}, func() []string {
		return s.detailsOf(n, p, i, now, width, height)
	})
}

func (s *Screen) detailsOf(n *model.NetworkStatus, p *model.PeeringStatus, i int, now time.Time, width, height int) []string {
	var lines []string
	if p == nil {
		lines = networkHead(s.th, n, now, width, height)
	} else {
		// What is wrong with the network itself, or with its DNS, is said first.
		if n.Finding.Rank() > p.Finding.Rank() {
			lines = append(lines, more(s.th, n, width, height)...)
		}
		view := widget.PeeringView{Network: n, Peering: p, Number: i + 1, Of: len(n.Peerings), Keys: nextKeys(), Now: now}
		lines = append(lines, widget.PeeringHead(s.th, view, width, height-len(lines))...)
	}
	lines = put(s.th, lines, s.sections(n, p, now, width), width, height)
	return lines[:min(len(lines), height)]
}

// sections are what stands below both halves, the most useful first.
func (s *Screen) sections(n *model.NetworkStatus, p *model.PeeringStatus, now time.Time, width int) []section {
	list := []section{
		whoSection(s.th, s.view, n, p, width),
		dnsSection(s.th, n, now, width),
		{"PATHS", pathFindings(s.th, n, width)},
	}
	if len(n.Peerings) > 1 {
		list = append(list, peeringsSection(s.th, n, p, width))
	}
	list = append(list, networkSection(s.th, n, now, width))
	if p != nil {
		list = append(list, halfSection(s.th, p, width))
	}
	return append(list, section{"DNS MAPPINGS", mappingLines(s.th, n, width)})
}

// more is what is worse than the peering that is shown, and what to do about it.
func more(th *theme.Theme, n *model.NetworkStatus, width, height int) []string {
	f := n.Finding
	most := 2 // lines of the cause, and as many of the step
	if height >= comfortable {
		most = 6
	}
	var lines []string
	for i, part := range cell.Wrap(f.Cause, width-4, most) {
		l := cell.NewLine(th, width).Space(1)
		if i == 0 {
			l.Put(theme.OfFinding(f), theme.SymbolOf(f))
		}
		lines = append(lines, l.To(3).Put(theme.Plain, part).String())
	}
	lines = append(lines, widget.NextLines(th, f.Next, nextKeys(), width, most)...)
	if height >= comfortable {
		lines = append(lines, "")
	}
	return lines
}

// comfortable is the height from which the details say everything whole.
const comfortable = 20

// networkHead draws a network that has no peering to show.
func networkHead(th *theme.Theme, n *model.NetworkStatus, now time.Time, width, height int) []string {
	f := n.Finding
	l := cell.NewLine(th, width)
	word, tone := n.Own.Word, theme.OfFinding(f)
	if lasts := n.Since.Text(now); lasts != "" && f.Severity > model.SeverityOK {
		word += " for " + lasts
	}
	if unused := n.Unused(); unused != "" {
		word, tone = unused, theme.Muted
	}
	l.Space(1).Put(theme.Strong, cell.Cut(nameOf(n.Name), width-cell.Width(word)-4)).To(width-cell.Width(word)-1).Put(tone, word)
	lines := []string{l.String()}
	for _, part := range cell.Wrap(f.Cause, width-4, 2) {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Plain, part).String())
	}
	lines = append(lines, widget.NextLines(th, f.Next, nextKeys(), width, 3)...)
	return lines[:min(len(lines), max(0, height))]
}

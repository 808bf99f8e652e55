package paths

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	sideFrom   = 120 // columns from which the selected row is told of beside the list
	stripLow   = 8   // lines below the list, their rule included
	stripHigh  = 14  // of a tall screen
	tallFrom   = 32  // lines of a tall screen
	leastTable = 5   // lines that the list keeps
)

// arrange divides the room.
func (s *Screen) arrange() {
	w, h := s.tableSize()
	s.services.arrange(w, h)
	s.subnets.arrange(w, h)
}

func (s *Screen) beside() bool { return s.width >= sideFrom }

func (s *Screen) sideWidth() int { return max(52, s.width*42/100) }

// tableSize is the room of the list, its heading included.
func (s *Screen) tableSize() (w, h int) {
	w, h = s.width, s.height-len(s.banner())
	if s.beside() {
		return s.width - s.sideWidth() - 2, max(leastTable, h-s.belowLines(h))
	}
	return w, max(leastTable, h-s.stripLines(h))
}

// stripLines is the room below the list. It stays the same, so that nothing jumps.
func (s *Screen) stripLines(height int) int {
	most := stripLow
	if s.height >= tallFrom {
		most = stripHigh
	}
	return min(most, max(0, height-leastTable))
}

// belowLines is the room of the subnets below the services, where the screen is wide and
// tall: their rule and heading, and a third of it at most.
func (s *Screen) belowLines(height int) int {
	if s.ways || s.height < tallFrom || len(s.subnets.all) == 0 {
		return 0
	}
	return min(len(s.subnets.all)+2, height/3)
}

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	h := screen.Head{Path: []string{tab}}
	n := s.network()
	if n == nil {
		return h
	}
	h.Path = append(h.Path, nameOf(n))
	if s.ways {
		h.Path = append(h.Path, "subnets")
	}
	if s.blankPage() {
		return h
	}
	if o := s.list().order(); o != "" {
		h.Path = append(h.Path, o)
	}
	h.Chip, h.Counts = s.chip(), s.counts()
	return h
}

// chip is the filter in force.
func (s *Screen) chip() string {
	chip := s.list().filter().Chip()
	if s.ways || !s.services.past {
		return chip
	}
	if chip == "" {
		return "not by peering"
	}
	return "not by peering " + chip
}

// hides reports whether a filter may hide rows.
func (s *Screen) hides() bool {
	return s.list().filter().Hides() || !s.ways && s.services.past
}

// counts says how far the reading is, how many rows there are, and how they are.
func (s *Screen) counts() []string {
	var parts []string
	v := s.view()
	if s.going() {
		parts = append(parts, cell.Cut("◐ "+s.doing(s.env.Now()), max(24, s.width/2)))
	}
	l := s.list()
	shown, _, all := l.count()
	switch {
	case s.hides():
		parts = append(parts, fmt.Sprintf("%d of %d", shown, all))
	case s.ways:
		parts = append(parts, phrase.Count(all, l.noun()))
	default:
		parts = append(parts, phrase.Count(len(v.Hosts), l.noun()))
	}
	if !s.ways && s.services.tally.past > 0 {
		parts = append(parts, strconv.Itoa(s.services.tally.past)+" not by peering")
	}
	for _, severity := range finding.Severities() {
		n := s.services.tally.severities[severity]
		if s.ways {
			n = s.subnets.with(severity)
		}
		if n > 0 && severity.NeedsPerson() {
			parts = append(parts, strconv.Itoa(n)+" "+theme.Word(severity))
		}
	}
	if n := s.services.tally.unread; n > 0 && !s.ways {
		parts = append(parts, phrase.Count(n, "control plane")+" not known")
	}
	if !s.going() && !v.Ended.IsZero() {
		parts = append(parts, "read "+widget.Clock(v.Ended, s.env.Now()))
	}
	return parts
}

// justReading is said of a reading that has not said what it reads.
const justReading = "reading"

// doing says what the reading does, or what it waits for.
func (s *Screen) doing(now time.Time) string {
	v := s.view()
	switch {
	case s.pending == s.chosen || v.Doing == "":
		return justReading
	case v.Wait != nil:
		return v.Wait.Text(now)
	default:
		return safe.Clean(v.Doing)
	}
}

// Counting reports whether something counts down each second.
func (s *Screen) Counting() bool { return s.going() && s.view().Wait != nil }

// banner says above the list what one must know to read it; nothing when all is well.
func (s *Screen) banner() []string {
	if s.blankPage() {
		return nil
	}
	v := s.view()
	note := func(severity finding.Severity, text string) []string {
		return widget.Marked(s.th, severity, theme.Plain, text, s.width, 1)
	}
	f, shut := s.refused[s.chosen]
	switch {
	case shut:
		return note(finding.Attention, "Not read again: "+said(f))
	case s.going():
		return nil
	case v.State == paths.Failed && v.Failure != nil:
		return note(finding.Attention, "Not read again: "+said(*v.Failure))
	case s.stale():
		return note(finding.Attention, "The mappings, peerings or services have changed since this was read. r reads again.")
	case v.State == paths.Cancelled:
		return note(finding.Unknown, "The reading was stopped: what is missing is not known. r reads again.")
	case v.State == paths.Cut:
		return note(finding.Unknown, "The time for the reading was over: what is missing is not known. r reads again.")
	case v.PlanesRead.Failure != nil:
		return note(finding.Unknown, "Which control planes use the network is not known: "+said(*v.PlanesRead.Failure))
	default:
		return nil
	}
}

// said is a failure with the way out, in a line.
func said(f model.Failure) string {
	return strings.TrimSuffix(f.Cause.String(), ".") + ". " + f.Cure
}

// listView draws the list, what there is to say of the selected row, and the filter while it
// is typed.
func (s *Screen) listView() []string {
	w, h := s.tableSize()
	lines := s.list().table().View(s.th)
	f := s.list().filter()
	if shown, _, _ := s.list().count(); shown == 0 {
		lines = append(lines, "", cell.NewLine(s.th, w).Space(3).Put(theme.Muted, s.nothingShown()).String())
		if text := f.Unknown(); text != "" {
			lines = append(lines, widget.Paragraph(s.th, theme.Warn, text, w, 3)...)
		}
	}
	lines = widget.Fill(lines, h)
	if f.Typing() {
		lines[h-1] = f.Line(s.th, w)
	}
	banner := s.banner()
	room := s.height - len(banner)
	if s.beside() {
		lines = append(lines, s.below(w, room-h)...)
		lines = widget.Beside(s.th, widget.Fill(lines, room), s.details(s.sideWidth(), room), w)
	} else if n := room - h; n > 0 {
		lines = append(append(lines, widget.Rule(s.th, s.width)), s.details(s.width, n-1)...)
	}
	return append(banner, lines...)
}

// nothingShown says why the list has no row.
func (s *Screen) nothingShown() string {
	l := s.list()
	switch {
	case !s.ways && s.services.past && !l.filter().Hides():
		return "Every service that is known goes by a peering. b shows all."
	case s.hides():
		return l.filter().Empty(l.noun())
	case s.ways && s.going():
		return "The subnets are being read."
	case s.ways:
		return "No subnet of a peered VNET could be read."
	case s.going():
		return "The services are being read."
	default:
		return "No control plane on this network has a service."
	}
}

// below draws the subnets below the services.
func (s *Screen) below(width, height int) []string {
	if height < 3 {
		return nil
	}
	lines := []string{"", widget.Section(s.th, "SUBNETS, THE WAY BACK", width)}
	for i, way := range s.subnets.all {
		if left := height - len(lines); left == 1 && len(s.subnets.all)-i > 1 {
			text := "and " + phrase.Count(len(s.subnets.all)-i, "more subnet") + "; "
			return append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, text).Put(theme.Accent, "v").Put(theme.Muted, " lists them").String())
		}
		lines = append(lines, s.subnetLine(way, width))
	}
	return lines
}

// subnetLine is a subnet in one line.
func (s *Screen) subnetLine(way *paths.Way, width int) string {
	severity := worst(way.Findings)
	l := cell.NewLine(s.th, width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).To(3)
	const names, ranges = 26, 20
	tone := theme.Muted
	if severity.NeedsPerson() {
		tone = theme.Plain
	}
	l.Put(theme.Plain, cell.Fit(way.Subnet.Or("(no name)").String(), names)).Space(1).Put(theme.Muted, cell.Fit(phrase.List(way.Prefixes), ranges))
	return l.Space(1).Put(tone, wayWord(way)).String()
}

// with is how many subnets are as urgent as that.
func (l *subnets) with(severity finding.Severity) int {
	n := 0
	for _, w := range l.all {
		if worst(w.Findings) == severity {
			n++
		}
	}
	return n
}

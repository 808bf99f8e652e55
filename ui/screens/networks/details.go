package networks

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// nextKeys are the keys of this screen that carry out a next step.
func nextKeys() widget.NextKeys {
	return widget.NextKeys{SetUp: "p", SignIn: "A", Command: "c"}
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

// details draws the selected network. Below the table it begins with a rule.
func (s *Screen) details(now time.Time, width, height int) []string {
	var lines []string
	if !s.beside() {
		lines = append(lines, widget.Rule(s.th, width))
	}
	n, p, i := s.shown()
	if n == nil {
		return lines
	}
	if p == nil {
		return append(lines, networkHead(s.th, n, now, width, height-len(lines))...)
	}
	view := widget.PeeringView{Network: n, Peering: p, Number: i + 1, Of: len(n.Peerings), Keys: nextKeys(), Now: now}
	// What is wrong with the network itself, or with its DNS, is said first.
	if n.Finding.Severity > p.Finding.Severity {
		lines = append(lines, more(s.th, n, width)...)
	}
	lines = append(lines, widget.PeeringHead(s.th, view, width, height-len(lines))...)
	if room := height - len(lines); room > 1 {
		lines = append(lines, s.rest(n, p, now, width, room)...)
	}
	return lines
}

// more is a line about what is worse than the peering that is shown.
func more(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	v := n.Finding
	var lines []string
	for i, part := range cell.Wrap(v.Cause, width-4, 2) {
		l := cell.NewLine(th, width).Space(1)
		if i == 0 {
			l.Put(theme.Of(v.Severity), theme.Symbol(v.Severity))
		}
		lines = append(lines, l.To(3).Put(theme.Plain, part).String())
	}
	return append(lines, widget.NextLines(th, v.Next, nextKeys(), width, 2)...)
}

// rest fills what is left with how it was found out, the other peerings, DNS and
// the time line.
func (s *Screen) rest(n *model.NetworkStatus, p *model.PeeringStatus, now time.Time, width, room int) []string {
	var lines []string
	add := func(more ...string) {
		if left := room - len(lines); left > 0 {
			lines = append(lines, more[:min(len(more), left)]...)
		}
	}
	if p.Azure.How != "" {
		add("")
		for _, part := range cell.Wrap("Kong's half: "+p.Azure.How+".", width-4, 2) {
			add(cell.NewLine(s.th, width).Space(3).Put(theme.Muted, part).String())
		}
	}
	if s.beside() {
		add("")
		add(networkFacts(s.th, n, now, width)...)
		if len(n.Peerings) > 1 {
			add("", widget.Section(s.th, "PEERINGS", width))
			add(peeringList(s.th, n, width)...)
		}
	}
	if room-len(lines) >= 3 {
		add("", widget.Section(s.th, "TIME LINE", width))
		add(widget.Timeline(s.th, s.snapshot.Changes, n.ID, now, width, room-len(lines))...)
	}
	return lines
}

// networkHead draws a network that has no peering to show.
func networkHead(th *theme.Theme, n *model.NetworkStatus, now time.Time, width, height int) []string {
	v := n.Finding
	l := cell.NewLine(th, width)
	word := n.Own.Word
	if lasts := n.Since.Text(now); lasts != "" && v.Severity > model.SeverityOK {
		word += " for " + lasts
	}
	l.Space(1).Put(theme.Strong, cell.Cut(nameOf(n.Name), width-cell.Width(word)-4)).To(width-cell.Width(word)-1).Put(theme.Of(v.Severity), word)
	lines := []string{l.String()}
	for _, part := range cell.Wrap(v.Cause, width-4, 2) {
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Plain, part).String())
	}
	lines = append(lines, widget.NextLines(th, v.Next, nextKeys(), width, 3)...)
	lines = append(lines, "")
	lines = append(lines, networkFacts(th, n, now, width)...)
	return lines[:min(len(lines), max(0, height))]
}

// networkFacts are the lines of what a network is.
func networkFacts(th *theme.Theme, n *model.NetworkStatus, now time.Time, width int) []string {
	fact := func(label, value string) string {
		return cell.NewLine(th, width).Space(3).Put(theme.Muted, cell.Fit(label, 16)).Put(theme.Plain, value).String()
	}
	where := n.Provider.Label() + " " + n.Region.String()
	if zones := "   " + phrase.List(n.AvailabilityZones); cell.Width(where+zones) <= width-19 {
		where += zones // nothing is lost: "describe" has them too
	}
	lines := []string{
		fact("Where", where),
		fact("CIDR block", n.CIDR.Text.Or("not given").String()),
	}
	switch {
	case n.ReferencesRead.Failure != nil && !n.ReferencesRead.Read():
		lines = append(lines, fact("Control planes", "cannot be read: "+n.ReferencesRead.Failure.Cause.String()))
	case len(n.ControlPlanes) > 0:
		lines = append(lines, fact("Control planes", strings.Join(n.PlaneNames(), ", ")))
	default:
		lines = append(lines, fact("Control planes", "none uses it"))
	}
	lines = append(lines, fact("DNS", dnsText(n)))
	return append(lines, fact("Created", n.CreatedAt.Format("2006-01-02")+", changed "+phrase.Age(n.UpdatedAt, now)))
}

func dnsText(n *model.NetworkStatus) string {
	if n.PrivateDNSRead.Failure != nil && !n.PrivateDNSRead.Read() {
		return "cannot be read: " + n.PrivateDNSRead.Failure.Cause.String()
	}
	count := n.DNSRules()
	if count < 0 {
		return "being read"
	}
	text := phrase.Count(count, "mapped domain")
	if count == 0 {
		text = "no mapped domain"
	}
	if n.MappingsUnchecked > 0 {
		text += "   " + phrase.Count(n.MappingsUnchecked, "rule") + " could not look"
	}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		text += fmt.Sprintf("   %s %s: %s", theme.Symbol(d.Finding.Severity), nameOf(d.Name), d.State)
	}
	return text
}

// peeringList draws the peerings of a network, one a line.
func peeringList(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	var lines []string
	for i := range n.Peerings {
		p := &n.Peerings[i]
		_, azure := p.Azure.Summary()
		l := cell.NewLine(th, width)
		l.Space(3).Put(theme.Of(p.Finding.Severity), theme.Symbol(p.Finding.Severity)+" ").Put(theme.Plain, cell.Fit(nameOf(p.Name), 20)).Space(1)
		l.Put(theme.Muted, cell.Fit(string(p.State), 20)).Space(1).Put(theme.Muted, azure)
		lines = append(lines, l.String())
	}
	return lines
}

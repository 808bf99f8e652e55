package networks

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// section is a part of the details with a heading.
type section struct {
	title string
	lines []string
}

// put adds sections as far as there is room, each with a blank line before it. Of one that
// is cut the last line says so; of one there is no room for, nothing is said.
func put(th *theme.Theme, lines []string, sections []section, width, height int) []string {
	const head, least = 2, 2 // lines
	for _, s := range sections {
		room := height - len(lines) - head
		if len(s.lines) == 0 || room < min(least, len(s.lines)) {
			continue
		}
		lines = append(lines, "", widget.Section(th, s.title, width))
		if over := len(s.lines) - room; over > 0 {
			lines = append(lines, s.lines[:room-1]...)
			lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, fmt.Sprintf("and %d more; d shows all", over+1)).String())
			continue
		}
		lines = append(lines, s.lines...)
	}
	return lines
}

// dnsSection is what is known of the names: how many are mapped, what the last probe found,
// the resolvers, and what is wrong with them.
func dnsSection(th *theme.Theme, n *model.NetworkStatus, now time.Time, width int) section {
	if n.PrivateDNSRead.Failure != nil && !n.PrivateDNSRead.Read() {
		return section{"DNS", widget.Paragraph(th, theme.Plain, "Cannot be read: "+n.PrivateDNSRead.Failure.Cause.String(), width, 3)}
	}
	l := cell.NewLine(th, width).Space(3).Put(theme.Plain, mappedText(n))
	if text, bad := dnstable.ProbeWords(n, now); text != "" {
		tone := theme.Muted
		if bad {
			tone = theme.Warn
		}
		l.Put(theme.Muted, " · ").Put(tone, text)
	}
	lines := []string{l.String()}
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.OfFinding(d.Finding), theme.SymbolOf(d.Finding)+" ").
			Put(theme.Plain, nameOf(d.Name)).Space(2).Put(theme.Muted, string(d.State)).String())
	}
	if n.MappingsUnchecked > 0 {
		text := phrase.Count(n.MappingsUnchecked, "rule") + " could not look"
		lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Muted, text).String())
	}
	return section{"DNS", append(lines, dnsFindings(th, n, width)...)}
}

func mappedText(n *model.NetworkStatus) string {
	switch count := n.DNSRules(); {
	case count < 0:
		return "being read"
	case count == 0:
		return "no mapped domain"
	default:
		return phrase.Count(count, "mapped domain")
	}
}

// networkSection is what the network is.
func networkSection(th *theme.Theme, n *model.NetworkStatus, now time.Time, width int) section {
	return section{"NETWORK", append(networkFacts(th, n, now, width), gateways(th, n, width)...)}
}

// gateways are the private addresses of the data planes.
func gateways(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	var lines []string
	for _, r := range n.References {
		for _, d := range r.DataPlanes {
			if len(d.PrivateIPs) > 0 {
				lines = append(lines, factLine(th, "Gateways at", phrase.List(d.PrivateIPs), width))
			}
		}
	}
	return lines
}

// halfSection is what Azure says of its half, beside its state. Why it cannot be told is said
// here where the finding above speaks of something worse.
func halfSection(th *theme.Theme, p *model.PeeringStatus, width int) section {
	list := sheet{}
	azureFacts(&list, p)
	lines := unsaidFailure(th, p, width)
	for _, row := range list.rows {
		switch row[0] {
		case "Half", "Failure", "Cure", "State", "Read", "Route tables read", "Routing intent read", "Effective routes read": // said above, with the halves
		case "Remote VNET", "VNET": // ids, which "describe" has whole
		default:
			if row[1] != "" {
				lines = append(lines, factLine(th, row[0], row[1], width))
			}
		}
	}
	return section{"AZURE'S HALF", lines}
}

// unsaidFailure says why Azure's half could not be read and what to do, unless the finding of
// the peering is about that.
func unsaidFailure(th *theme.Theme, p *model.PeeringStatus, width int) []string {
	f := p.Azure.Failure
	if f == nil || p.Finding.Because != "" && p.Finding.Because == f.FindingCode() || strings.Contains(p.Finding.Cause, f.Cause.String()) {
		return nil
	}
	const margin = 6
	var lines []string
	for _, text := range []string{f.Cause.String(), "→ " + f.Cure} {
		for _, l := range cell.Wrap(text, width-margin, 0) {
			lines = append(lines, cell.NewLine(th, width).Space(3).Put(theme.Plain, l).String())
		}
	}
	return lines
}

// peeringsSection lists the peerings of a network but for the one that is shown above: both
// halves of each, and what is wrong with it.
func peeringsSection(th *theme.Theme, n *model.NetworkStatus, shown *model.PeeringStatus, width int) section {
	var lines []string
	name := 0
	for i := range n.Peerings {
		name = max(name, cell.Width(nameOf(n.Peerings[i].Name)))
	}
	name = min(name, max(12, width*30/100)) //nolint:mnd // a third, about
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p == shown {
			continue
		}
		lines = append(lines, peeringLine(th, p, name, width))
		if p.Finding.NeedsPerson() && p.Finding.Cause != n.Finding.Cause {
			for _, part := range cell.Wrap(p.Finding.Cause, width-6, 2) {
				lines = append(lines, cell.NewLine(th, width).Space(5).Put(theme.Muted, part).String())
			}
		}
	}
	return section{"OTHER PEERINGS   ] shows the next one", lines}
}

// peeringLine is a peering with both halves in one line.
func peeringLine(th *theme.Theme, p *model.PeeringStatus, name, width int) string {
	const state = 20
	_, azure := p.Azure.Summary()
	if p.Azure.Status == model.HalfNotApplicable && p.Kind.Cloud() != model.ProviderAzure {
		azure = p.Kind.Label()
	}
	l := cell.NewLine(th, width)
	l.Space(3).Put(theme.OfFinding(p.Finding), theme.SymbolOf(p.Finding)+" ").Put(theme.Plain, cell.Fit(nameOf(p.Name), name)).Space(2)
	return l.Put(theme.Muted, cell.Fit(string(p.State), state)).Space(1).Put(theme.Muted, azure).String()
}

// factLine is a labelled value.
func factLine(th *theme.Theme, label, value string, width int) string {
	const labels = 19
	return cell.NewLine(th, width).Space(3).Put(theme.Muted, cell.Fit(label, labels)).Space(1).Put(theme.Plain, value).String()
}

// networkFacts are the lines of what a network is.
func networkFacts(th *theme.Theme, n *model.NetworkStatus, now time.Time, width int) []string {
	const beside = 23 // the label and the margins
	where := n.Provider.Label() + " " + n.Region.String()
	if zones := "   " + phrase.List(n.AvailabilityZones); cell.Width(where+zones) <= width-beside {
		where += zones // nothing is lost: "describe" has them too
	}
	lines := []string{
		factLine(th, "Where", where, width),
		factLine(th, "CIDR block", n.CIDR.Text.Or("not given").String(), width),
	}
	planes := "none uses it"
	switch {
	case n.ReferencesRead.Failure != nil && !n.ReferencesRead.Read():
		planes = "cannot be read: " + n.ReferencesRead.Failure.Cause.String()
	case !n.ReferencesRead.Read() && len(n.ControlPlanes) == 0:
		planes = "being read"
	case len(n.ControlPlanes) > 0:
		planes = strings.Join(n.PlaneNames(), ", ")
	}
	lines = append(lines, factLine(th, "Control planes", planes, width))
	if n.CreatedAt.IsZero() {
		return lines
	}
	return append(lines, factLine(th, "Created", n.CreatedAt.Format("2006-01-02")+", changed "+phrase.Age(n.UpdatedAt, now), width))
}

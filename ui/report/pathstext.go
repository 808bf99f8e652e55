package report

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// widest is the most cells that a name takes in the table: one that is longer would push the
// others off the screen. The documents have it whole.
const widest = 60

// PathsText is a reading for people: a line for each service, and below what somebody should
// look at. Past leaves out the services whose requests go over a peering.
func PathsText(v paths.View, past, ascii bool) string {
	var b strings.Builder
	hosts := v.Hosts
	if past {
		hosts = v.Past()
	}
	fmt.Fprintf(&b, "%s › paths: %s\n", v.Network.Name.Or(v.Network.ID.String()), v.Summary())
	if len(hosts) > 0 {
		rows := [][]string{{"", "SERVICE", "HOST", "BY", "BACK", "CONTROL PLANE"}}
		for _, h := range hosts {
			f := h.Finding()
			rows = append(rows, []string{
				theme.Symbol(f.Severity), cell.Cut(h.Service.Label(), widest), cell.Cut(h.Address(), widest), cell.Cut(h.Word, widest), h.Back, cell.Cut(h.Plane.Label().String(), widest),
			})
		}
		b.WriteByte('\n')
		columns(&b, rows)
	}
	for _, f := range v.Findings {
		if f.Severity != finding.OK {
			pathSentence(&b, f)
		}
	}
	return asciiOr(b.String(), ascii)
}

// pathSentence writes a finding with its next step.
func pathSentence(b *strings.Builder, f finding.Finding) {
	fmt.Fprintf(b, "\n%s %s (%s)\n", theme.Symbol(f.Severity), f.Cause, f.Codes())
	if f.Next.Text != "" {
		fmt.Fprintf(b, "  → %s\n", f.Next.Text)
	}
	if f.Next.Command != "" {
		fmt.Fprintf(b, "    %s\n", f.Next.Command)
	}
}

// PathText is the way to one place for people, hop by hop.
func PathText(p paths.Place, ascii bool) string {
	var b strings.Builder
	to := paths.Destination{Host: p.Host, Port: p.Port, Transport: p.Transport}
	fmt.Fprintf(&b, "%s %s\n  %s\n", theme.Symbol(worstOf(p.Findings)), to, p.Why)
	if !p.By.Past() && p.Back != "" {
		fmt.Fprintf(&b, "  Replies: %s.\n", p.Back)
	}
	b.WriteByte('\n')
	for _, h := range p.Hops {
		fmt.Fprintf(&b, "%s %s\n  %s\n", symbolOf(h), h.Title, h.Why)
		if h.Decides != "" {
			fmt.Fprintf(&b, "  decided by %s\n", h.Decides)
		}
		if h.Finding.Code == "" {
			continue
		}
		fmt.Fprintf(&b, "  %s (%s)\n", h.Finding.Word, h.Finding.Codes())
		if h.Finding.Next.Text != "" {
			fmt.Fprintf(&b, "  → %s\n", h.Finding.Next.Text)
		}
		if h.Finding.Next.Command != "" {
			fmt.Fprintf(&b, "    %s\n", h.Finding.Next.Command)
		}
	}
	return asciiOr(b.String(), ascii)
}

func worstOf(list []finding.Finding) finding.Severity {
	worst := finding.OK
	for _, f := range list {
		worst = max(worst, f.Severity)
	}
	return worst
}

// symbolOf is how a hop stands.
func symbolOf(h paths.Hop) string {
	switch {
	case h.Finding.Code != "":
		return theme.Symbol(h.Finding.Severity)
	case h.Outcome == paths.Open:
		return theme.Symbol(finding.OK)
	default:
		return theme.Symbol(finding.Unknown)
	}
}

func asciiOr(text string, ascii bool) string {
	if ascii {
		return theme.ASCII(text)
	}
	return text
}

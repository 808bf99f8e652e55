package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Format is a form of output.
type Format string

// The forms.
const (
	Table Format = "table"
	JSON  Format = "json"
	YAML  Format = "yaml"
	// Name is of networks alone: what --network takes, one a line.
	Name Format = "name"
)

// Write writes the networks of a snapshot in a form.
func Write(w io.Writer, f Format, s model.Snapshot, networks []*model.NetworkStatus, ascii bool) error {
	switch f {
	case JSON, YAML:
		return WriteDocument(w, f, New(s, networks))
	case Name:
		return names(w, s, networks)
	default:
		text := table(s, networks)
		if ascii {
			text = theme.ASCII(text)
		}
		_, err := io.WriteString(w, text)
		return err
	}
}

// names writes what --network takes for each network: its name, or its id where it has no
// name or shares it.
func names(w io.Writer, s model.Snapshot, networks []*model.NetworkStatus) error {
	count := map[safe.Text]int{}
	for _, n := range s.Networks {
		count[n.Name]++
	}
	var b strings.Builder
	for _, n := range networks {
		name := n.Name
		if count[name] != 1 || strings.TrimSpace(name.String()) == "" {
			name = n.ID
		}
		b.WriteString(name.String() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table is the report for people: one line for each network, each peering and
// each private DNS that is not fine, and below what needs somebody, in sentences.
func table(s model.Snapshot, networks []*model.NetworkStatus) string {
	rows := [][]string{{"", "NETWORK", "PEERING", "CIDR", "KONNECT", "AZURE", "SINCE"}}
	for _, n := range networks {
		rows = append(rows, []string{theme.SymbolOf(n.Finding), n.Name.Or("(no name)").String(), "", n.CIDR.String(), string(n.State), "", since(n.Since, s.At, n.Own.Severity)})
		for i := range n.Peerings {
			p := &n.Peerings[i]
			_, azure := p.Azure.Summary()
			if p.Azure.Status == model.HalfNotApplicable {
				azure = p.Kind.Label()
			}
			rows = append(rows, []string{
				theme.SymbolOf(p.Finding), "", p.Name.Or("(no name)").String(), phrase.List(p.Azure.Ranges()),
				string(p.State), azure, since(p.Since, s.At, p.Finding.Severity),
			})
		}
		for i := range n.PrivateDNS {
			if d := &n.PrivateDNS[i]; d.Finding.Severity != model.SeverityOK {
				rows = append(rows, []string{theme.SymbolOf(d.Finding), "", d.Name.Or("(no name)").String() + " (DNS)", "", string(d.State), "", since(d.Since, s.At, d.Finding.Severity)})
			}
		}
	}
	var b strings.Builder
	if !s.Context.IsEmpty() {
		fmt.Fprintf(&b, "context %s\n\n", s.Context)
	}
	columns(&b, rows)
	sentences(&b, networks, s.At)
	for _, f := range Failures(s, networks) {
		fmt.Fprintf(&b, "\n▲ %s (%s)\n  → %s\n", f.Error(), f.FindingCode(), f.Cure)
	}
	return b.String()
}

// since tells how long a state lasts that is not fine.
func since(at model.Since, now time.Time, s model.Severity) string {
	if s == model.SeverityOK {
		return ""
	}
	return at.Text(now)
}

// columns writes rows so that their cells stand below each other.
func columns(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, text := range r {
			widths[i] = max(widths[i], cell.Width(text))
		}
	}
	for _, r := range rows {
		line := ""
		for i, text := range r {
			line += cell.Fit(text, widths[i]) + "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// sentences writes the verdict and the next step of everything that is not fine. That a part
// of a network could not be read is said by its failure.
func sentences(b *strings.Builder, networks []*model.NetworkStatus, now time.Time) {
	for _, n := range networks {
		for i, f := range n.Found() {
			name, v := n.Name.Or("(no name)").String(), f.Finding
			if v.Severity == model.SeverityOK || i > 0 && f.Subject == finding.OfNetwork && !v.Acknowledged() {
				continue
			}
			if f.Subject != finding.OfNetwork {
				name += " › " + f.Name.Or("(no name)").String()
			}
			fmt.Fprintf(b, "\n%s %s (%s)\n  %s\n", theme.SymbolOf(v), name, v.Codes(), v.Cause)
			if v.Known != nil {
				fmt.Fprintf(b, "  %s\n", known.Sentence(*v.Known, now))
			}
			if v.Next.Text != "" {
				fmt.Fprintf(b, "  → %s\n", v.Next.Text)
			}
			if v.Next.Command != "" {
				fmt.Fprintf(b, "    %s\n", v.Next.Command)
			}
		}
	}
}

package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
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
)

// Write writes the networks of a snapshot in a form.
func Write(w io.Writer, f Format, s model.Snapshot, networks []*model.NetworkStatus, ascii bool) error {
	switch f {
	case JSON, YAML:
		data, err := json.MarshalIndent(New(s, networks), "", "  ")
		if err != nil {
			return fmt.Errorf("the report cannot be written: %w", err)
		}
		if f == YAML {
			return writeYAML(w, data)
		}
		_, err = fmt.Fprintf(w, "%s\n", data)
		return err
	default:
		text := table(s, networks)
		if ascii {
			text = theme.ASCII(text)
		}
		_, err := io.WriteString(w, text)
		return err
	}
}

// table is the report for people: one line for each network, each peering and
// each private DNS that is not fine, and below what needs somebody, in sentences.
func table(s model.Snapshot, networks []*model.NetworkStatus) string {
	rows := [][]string{{"", "NETWORK", "PEERING", "CIDR", "KONNECT", "AZURE", "SINCE"}}
	for _, n := range networks {
		rows = append(rows, []string{theme.Symbol(n.Finding.Severity), n.Name.Or("(no name)").String(), "", n.CIDR.String(), string(n.State), "", since(n.Since, s.At, n.Own.Severity)})
		for i := range n.Peerings {
			p := &n.Peerings[i]
			_, azure := p.Azure.Summary()
			if p.Azure.Status == model.HalfNotApplicable {
				azure = p.Kind.Label()
			}
			rows = append(rows, []string{
				theme.Symbol(p.Finding.Severity), "", p.Name.Or("(no name)").String(), phrase.List(p.Azure.VNet.AddressPrefixes),
				string(p.State), azure, since(p.Since, s.At, p.Finding.Severity),
			})
		}
		for i := range n.PrivateDNS {
			if d := &n.PrivateDNS[i]; d.Finding.Severity != model.SeverityOK {
				rows = append(rows, []string{theme.Symbol(d.Finding.Severity), "", d.Name.Or("(no name)").String() + " (DNS)", "", string(d.State), "", since(d.Since, s.At, d.Finding.Severity)})
			}
		}
	}
	var b strings.Builder
	if !s.Context.IsEmpty() {
		fmt.Fprintf(&b, "context %s\n\n", s.Context)
	}
	columns(&b, rows)
	sentences(&b, networks)
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

// sentences writes the verdict and the next step of everything that is not fine.
func sentences(b *strings.Builder, networks []*model.NetworkStatus) {
	say := func(name string, v finding.Finding) {
		if v.Severity == model.SeverityOK {
			return
		}
		fmt.Fprintf(b, "\n%s %s (%s)\n  %s\n", theme.Symbol(v.Severity), name, v.Codes(), v.Cause)
		if v.Next.Text != "" {
			fmt.Fprintf(b, "  → %s\n", v.Next.Text)
		}
		if v.Next.Command != "" {
			fmt.Fprintf(b, "    %s\n", v.Next.Command)
		}
	}
	for _, n := range networks {
		name := n.Name.Or("(no name)").String()
		say(name, n.Own)
		for i := range n.Peerings {
			say(name+" › "+n.Peerings[i].Name.Or("(no name)").String(), n.Peerings[i].Finding)
		}
		for i := range n.PrivateDNS {
			say(name+" › "+n.PrivateDNS[i].Name.Or("(no name)").String(), n.PrivateDNS[i].Finding)
		}
		for _, m := range n.Mappings {
			say(name+" › "+m.Table.String(), m.Finding)
		}
		for _, p := range n.Paths {
			say(name+" › "+p.Subject.String(), p.Finding)
		}
	}
}

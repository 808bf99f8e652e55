package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/report"
)

type dnsFileFlags struct {
	place

	format string
	output string
}

func (f *dnsFileFlags) file(cmd *cobra.Command) {
	f.place.flags(cmd)
	cmd.Flags().StringVar(&f.format, "format", "", "format of the file: "+formatNames()+" (default: found by its name and contents)")
	cmd.Flags().StringVarP(&f.output, "output", "o", "text", "form: text, json")
}

// formatNames lists the formats that can be read.
func formatNames() string {
	var names []string
	for _, i := range dnstable.Formats() {
		if i.Readable {
			names = append(names, string(i.Format))
		}
	}
	return strings.Join(names, ", ")
}

func (c *cli) dnsLint() *cobra.Command {
	var f dnsFileFlags
	cmd := &cobra.Command{
		Use: "lint FILE", Short: "Check the mappings of a file, offline or against a network",
		Long: "lint reads a table from a file (- for standard input) and checks it by every rule (docs/dns-rules.md). Without --network it\n" +
			"asks no cloud. The format is found by the name and the contents; where it is a guess, that is said (docs/dns.md lists\n" +
			"all formats). With --network, the rules that need the network's address range, its VNETs and its other tables speak too. What\n" +
			"could not be checked is said, with what is missing.\n\n" +
			"Exit codes: 0 nothing but notes; 2 errors, warnings or lines that could not be read; 1 it failed.",
		Example: "peerdeck dns lint mappings.yaml\npeerdeck dns lint mappings.yaml --network eu-prod -o json",
		Args:    cobra.ExactArgs(1),
		RunE:    c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runDNSLint(ctx, args[0], f) }),
	}
	f.file(cmd)
	return cmd
}

// dnsFindings is the document of "peerdeck dns lint -o json". Its keys are stable.
type dnsFindings struct {
	File     string              `json:"file"`
	Format   dnstable.Format     `json:"format"`
	Domains  int                 `json:"domains"`
	Refused  []string            `json:"refused"` // lines that could not be read
	Notes    []string            `json:"notes"`   // what was passed over or changed in reading
	Problems []report.DNSProblem `json:"problems"`
	// NotChecked are the rules that could not look, with what is missing.
	NotChecked []report.DNSNotChecked `json:"not_checked"`
}

func (c *cli) runDNSLint(ctx context.Context, path string, f dnsFileFlags) (int, error) {
	if err := outputs(f.output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	w, err := c.readWanted(ctx, path, f.format)
	if err != nil {
		return ExitFailed, err
	}
	var around dnstable.Surroundings
	if f.network != "" {
		s, err := c.open(ctx, false)
		if err != nil {
			return ExitFailed, err
		}
		defer s.end()
		c.warn(s.settings.Warnings)
		t, err := c.readTable(ctx, s, f.place)
		if err != nil {
			return ExitFailed, err
		}
		around = dnstable.SurroundingsOf(t.status, t.target().Resolver)
	}
	problems, unchecked := dnstable.Check(w.rows, around), dnstable.Unchecked(w.rows, around)
	found := dnsFindings{
		File: w.name(), Format: w.imported.Format, Domains: len(w.rows), Refused: orNone(w.refused()), Notes: orNone(w.notes()),
		Problems: report.DNSProblems(problems, w.rows, w.lines), NotChecked: report.DNSUnchecked(unchecked),
	}
	code := ExitOK
	if len(found.Refused) > 0 || slices.ContainsFunc(problems, func(p dnstable.Problem) bool { return p.Severity != dnstable.Note }) {
		code = ExitAttention
	}
	if f.output == "json" {
		return code, report.WriteDocument(c.world.Out, report.JSON, found)
	}
	var b strings.Builder
	for _, line := range found.Refused {
		fmt.Fprintf(&b, "✖ error   read %s\n", line)
	}
	b.WriteString(report.DNSProblemText(found.Problems))
	for _, line := range found.Notes {
		fmt.Fprintf(&b, "· note    read %s\n", line)
	}
	for _, line := range dnstable.UncheckedText(unchecked) {
		fmt.Fprintf(&b, "? unknown %s\n", line)
	}
	fmt.Fprintf(&b, "%s, %s: %s\n", found.File, found.Format, summary(found))
	return code, c.print(b.String())
}

func summary(f dnsFindings) string {
	count := map[string]int{"error": len(f.Refused)}
	for _, p := range f.Problems {
		count[p.Severity]++
	}
	return fmt.Sprintf("%s, %s, %s", phrase.Count(f.Domains, "domain"), phrase.Count(count["error"], "error"), phrase.Count(count["warning"], "warning"))
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

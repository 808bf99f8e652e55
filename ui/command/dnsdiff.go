package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) dnsDiff() *cobra.Command {
	var f dnsFileFlags
	cmd := &cobra.Command{
		Use: "diff FILE", Short: "Compare the mappings of a file with those of a network",
		Long: "diff says what becomes of each domain when the file is applied: + added, ~ changed, - removed. Domains that the file does\n" +
			"not hold are listed as well; they go only with dns apply --prune.\n\n" +
			"Exit codes: 0 no difference; 2 there are differences; 1 it failed, or the file has lines that could not be read.",
		Example: "peerdeck dns diff mappings.yaml --network eu-prod",
		Args:    cobra.ExactArgs(1),
		RunE:    c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runDNSDiff(ctx, args[0], f) }),
	}
	f.file(cmd)
	return cmd
}

// dnsDifference is the document of "peerdeck dns diff -o json". Its keys are stable.
type dnsDifference struct {
	Network  safe.Text           `json:"network"`
	Resolver safe.Text           `json:"resolver"` // name; empty: the network has none
	Equal    bool                `json:"equal"`
	Changes  []report.DNSChange  `json:"changes"`
	Problems []report.DNSProblem `json:"problems"`
}

func (c *cli) runDNSDiff(ctx context.Context, path string, f dnsFileFlags) (int, error) {
	if err := outputs(f.output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	w, err := c.readWhole(ctx, path, f.format)
	if err != nil {
		return ExitFailed, err
	}
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
	rows := dnstable.Desired(t.rows, w.rows, true)
	changes := dnstable.Diff(t.rows, rows)
	problems := dnstable.Check(w.rows, dnstable.SurroundingsOf(t.status, t.target().Resolver))
	code := ExitOK
	if len(changes) > 0 {
		code = ExitAttention
	}
	if f.output == "json" {
		d := dnsDifference{Network: t.status.Name, Equal: len(changes) == 0, Changes: report.DNSChanges(changes), Problems: report.DNSProblems(problems, w.rows, w.lines)}
		if t.resolver != nil {
			d.Resolver = t.resolver.Name
		}
		return code, report.WriteDocument(c.world.Out, report.JSON, d)
	}
	if len(changes) == 0 {
		return code, c.print(fmt.Sprintf("%s and the network %s are equal: %s.\n", w.name(), t.status.Name, phrase.Count(len(t.rows), "domain")))
	}
	return code, c.print(report.DNSChangeText(changes) + changeSummary(changes, len(t.rows)) + "\n")
}

// readWhole reads a table and refuses one that has lines that could not be read: what
// they say would look like something to remove.
func (c *cli) readWhole(ctx context.Context, path, format string) (wanted, error) {
	w, err := c.readWanted(ctx, path, format)
	if err != nil {
		return w, err
	}
	c.warn(w.notes())
	if refused := w.refused(); len(refused) > 0 {
		return w, fmt.Errorf("%s\nMend or remove these lines; peerdeck dns lint shows all findings", strings.Join(refused, "\n"))
	}
	return w, nil
}

func changeSummary(changes []dnstable.Change, before int) string {
	added, changed, removed := dnstable.Count(changes)
	return fmt.Sprintf("%d added, %d changed, %d removed, of %s", added, changed, removed, phrase.Count(before, "domain"))
}

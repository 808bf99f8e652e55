package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
)

type dnsExportFlags struct {
	place

	format string
}

func (c *cli) dnsExport() *cobra.Command {
	var f dnsExportFlags
	cmd := &cobra.Command{
		Use: "export", Short: "Write the mappings of a network in a format, to be kept in a file",
		Long: "export writes the mappings of the network's outbound resolver to standard output. The formats but terraform and az are\n" +
			"read back by lint, diff and apply.\n\nFormats:\n" + formatList() + "\nExit codes: 0 it was written; 1 it failed.",
		Example: "peerdeck dns export --network eu-prod > mappings.yaml\npeerdeck dns export --network eu-prod -o terraform",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runDNSExport(ctx, f) }),
	}
	f.place.flags(cmd)
	cmd.Flags().StringVarP(&f.format, "output", "o", string(dnstable.FormatYAML), "format, see above")
	return cmd
}

func formatList() string {
	out := ""
	for _, i := range dnstable.Formats() {
		out += fmt.Sprintf("  %-14s %s\n", i.Format, i.Title)
	}
	return out
}

func (c *cli) runDNSExport(ctx context.Context, f dnsExportFlags) (int, error) {
	format, problem := dnstable.FormatNamed(f.format)
	if problem != "" {
		return ExitFailed, fmt.Errorf("-o: %s", problem)
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
	if t.resolver == nil {
		return ExitFailed, fmt.Errorf("the network %s has no outbound resolver, so there is nothing to export", t.status.Name)
	}
	text, notes, err := mappings.Format(format, t.target(), t.rows)
	if err != nil {
		return ExitFailed, err
	}
	c.warn(notes)
	return ExitOK, c.print(text)
}

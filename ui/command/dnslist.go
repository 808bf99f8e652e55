package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/report"
)

type dnsListFlags struct {
	place

	output string
}

func (c *cli) dnsList() *cobra.Command {
	var f dnsListFlags
	cmd := &cobra.Command{
		Use: "list", Short: "Print the mappings of a network, of all origins, with what is wrong with them",
		Long: "list prints every mapping of a network: those of its outbound resolvers, which can be edited, and those that were fixed\n" +
			"when a peering was made. The forms other than table, json and yaml hold the mappings of one resolver alone, to be kept in\n" +
			"a file.\n\nExit codes: 0 it was printed; 1 it could not be read.",
		Example: "peerdeck dns list --network eu-prod\npeerdeck dns list --network eu-prod -o json",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runDNSList(ctx, f) }),
	}
	f.place.flags(cmd)
	cmd.Flags().StringVarP(&f.output, "output", "o", string(report.Table), "form: table, json, yaml, or a format of dns export")
	return cmd
}

func (c *cli) runDNSList(ctx context.Context, f dnsListFlags) (int, error) {
	form := report.Format(f.output)
	if form != report.Table && form != report.JSON && form != report.YAML {
		if _, problem := dnstable.FormatNamed(f.output); problem != "" {
			return ExitFailed, fmt.Errorf("-o: there is no form %q; there are table, json, yaml and the formats of dns export: %s", f.output, formatNames())
		}
		return c.runDNSExport(ctx, dnsExportFlags{place: f.place, format: f.output})
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
	rows := dnstable.NewDraft(t.rows).Rows()
	document := report.NewDNSTable(t.status, t.problems(rows), rows)
	if form == report.Table {
		_, err = fmt.Fprint(c.world.Out, document.Text(s.settings.ASCII))
		return ExitOK, err
	}
	return ExitOK, report.WriteDocument(c.world.Out, form, document)
}

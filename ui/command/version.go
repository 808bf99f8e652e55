package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) version() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use: "version", Short: "Print the version, the commit and what made it", Args: cobra.NoArgs,
		Example: "peerdeck version\npeerdeck version -o json",
		RunE:    c.do(func(context.Context) (int, error) { return c.runVersion(output) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json, yaml")
	return cmd
}

func (c *cli) runVersion(output string) (int, error) {
	b := c.world.Build
	v := report.Version{Version: b.Version, Commit: b.Commit, Date: b.Date, Modified: b.Modified, Go: b.Go, Platform: b.Platform}
	switch {
	case output == "text":
		return ExitOK, c.print(v.Text())
	case slices.Contains([]report.Format{report.JSON, report.YAML}, report.Format(output)):
		return ExitOK, report.WriteDocument(c.world.Out, report.Format(output), v)
	default:
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are text, json, yaml", output)
	}
}

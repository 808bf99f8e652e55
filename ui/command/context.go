package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) context() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "context",
		Short: "Several organizations, tenants and clouds: list them, choose one",
		Long: "A context is an organization of Konnect with its token, its sign-in to Azure and its cloud, under contexts: in the configuration file.\n" +
			"It is chosen by --context for one run, by PEERDECK_CONTEXT for a shell, by peerdeck context use for all, and by :context on the screen.",
		Example: "peerdeck context list\npeerdeck context use production\npeerdeck --context staging status",
		Args:    cobra.NoArgs,
	}
	cmd.AddCommand(c.contextList(), c.contextUse())
	return cmd
}

func (c *cli) contextList() *cobra.Command {
	output := string(report.Table)
	cmd := &cobra.Command{
		Use: "list", Aliases: []string{"ls"}, Short: "Print the contexts, where each has its token from, and what is missing",
		Long: "list reads the configuration file and asks nobody: a token command is looked for and not run, a keyring is not opened.\n\n" +
			"Exit codes: 0 they were printed, broken ones too; 1 the configuration file cannot be read.",
		Example: "peerdeck context list\npeerdeck context list -o json", Args: cobra.NoArgs,
		RunE: c.do(func(ctx context.Context) (int, error) { return c.runContextList(ctx, report.Format(output)) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", output, "form: table, json, yaml")
	return cmd
}

func (c *cli) runContextList(ctx context.Context, form report.Format) (int, error) {
	if !slices.Contains([]report.Format{report.Table, report.JSON, report.YAML}, form) {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are table, json, yaml", form)
	}
	list, err := settings.Contexts(ctx, c.flags, c.world.Getenv)
	if err != nil {
		return ExitFailed, err
	}
	s, err := settings.Manner(c.flags, c.world.Getenv)
	if err != nil {
		return ExitFailed, err
	}
	return ExitOK, report.WriteContexts(c.world.Out, form, list, s.ASCII)
}

func (c *cli) contextUse() *cobra.Command {
	return &cobra.Command{
		Use: "use NAME", Short: "Choose the context that is used where nobody says another",
		Long: "use keeps the choice in the state folder; the configuration file is not changed. The name - goes back to the top of the file.\n\n" +
			"Exit codes: 0 it is chosen; 1 there is no such context, or it cannot be used.",
		Example: "peerdeck context use production\npeerdeck context use -", Args: cobra.ExactArgs(1),
		ValidArgsFunction: first(c.contextNames),
		RunE: c.doWith(func(_ context.Context, args []string) (int, error) {
			taken, err := settings.Use(c.flags, c.world.Getenv, args[0])
			if err != nil {
				return ExitFailed, err
			}
			if taken == settings.NoContext {
				return ExitOK, c.print("No context is chosen: the top of the configuration file is used.\n")
			}
			if v := c.world.Getenv("PEERDECK_CONTEXT"); v != "" && v != taken {
				c.warn([]string{"PEERDECK_CONTEXT=" + v + " goes before it in this shell"})
			}
			return ExitOK, c.print("The context " + taken + " is used from now on.\n")
		}),
	}
}

// contextNames completes the name of a context.
func (c *cli) contextNames(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	list, err := settings.Contexts(cmd.Context(), c.flags, c.world.Getenv)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []names.Word
	for _, x := range list {
		words = append(words, names.Plain([]safe.Text{x.Name}, x.Konnect.String())...)
	}
	return offered(words, typed), cobra.ShellCompDirectiveNoFileComp
}

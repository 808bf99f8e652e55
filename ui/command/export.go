package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/services/terraform"
)

func (c *cli) export() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export", Short: "Write what is there as code", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.exportTerraform())
	return cmd
}

func (c *cli) exportTerraform() *cobra.Command {
	var network string
	cmd := &cobra.Command{
		Use:   "terraform",
		Short: "Write a network, its peerings, DNS and Kong's role in Azure as Terraform with import blocks",
		Long: "terraform writes the network with its peerings and its outbound resolver for Kong's provider (konnect 3), and the role of Kong's\n" +
			"application with its assignments for Azure's (azurerm 5), with import blocks, so that what is there can be taken over. What a\n" +
			"provider cannot hold, and what it would replace on the first apply, is said on standard error before, and in comments. Read what\n" +
			"\"terraform plan\" says before you apply it: see docs/terraform.md.\n\n" +
			"Exit codes: 0 all was written; 2 something could not be expressed or read, and the comments say what; 1 it failed.",
		Example: "peerdeck export terraform --network eu-prod > eu-prod.tf",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runExportTerraform(ctx, network) }),
	}
	cmd.Flags().StringVar(&network, "network", "", "name or id of the network in Konnect; not needed where there is one")
	return cmd
}

func (c *cli) runExportTerraform(ctx context.Context, network string) (int, error) {
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return ExitFailed, err
	}
	defer cancel()
	n, err := c.readOnlyNetwork(ctx, s, network)
	if err != nil {
		return ExitFailed, err
	}
	roles, directory := s.Access()
	e := terraform.Write(n, terraform.Read(within, n, roles, directory), s.settings.Cloud, c.world.Build.Version)
	if err := ctx.Err(); err != nil {
		return ExitFailed, err
	}
	for _, note := range e.Notes {
		c.complain(errors.New(note.String()))
	}
	if _, err := fmt.Fprint(c.world.Out, e.Text); err != nil {
		return ExitFailed, err
	}
	if !e.Whole() {
		return ExitAttention, nil
	}
	return ExitOK, nil
}

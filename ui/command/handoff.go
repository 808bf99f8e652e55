package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup/handoff"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

type handoffFlags struct {
	file   string
	output string
}

func (c *cli) handoff() *cobra.Command {
	var f handoffFlags
	cmd := &cobra.Command{
		Use:   "handoff",
		Short: "Print what the Azure admin must do for a set-up",
		Long: "handoff prints one text for the person who may change Azure: what to approve, which rights that takes, and the\n" +
			"commands that run as they stand, as a shell script or to be read. It asks no cloud and changes nothing.\n\n" +
			"Exit codes: 0 it was printed; 1 the set-up file cannot be used.",
		Example: "peerdeck handoff -f peering.yaml > for-the-admin.sh\npeerdeck handoff -f peering.yaml -o md",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runHandoff(ctx, f) }),
	}
	cmd.Flags().StringVarP(&f.file, "file", "f", "", "set-up file, or - for standard input")
	cmd.Flags().StringVarP(&f.output, "output", "o", "sh", "form: sh, md")
	return cmd
}

func (c *cli) runHandoff(ctx context.Context, f handoffFlags) (int, error) {
	write := map[string]func(handoff.Handoff) string{"sh": handoff.Script, "md": handoff.Markdown}[f.output]
	if write == nil {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are sh, md", f.output)
	}
	s, err := settings.Addresses(c.flags, c.world.Getenv)
	if err != nil {
		return ExitFailed, err
	}
	request, err := c.readSetup(ctx, f.file)
	if err != nil {
		return ExitFailed, err
	}
	h := handoff.Handoff{
		Request: request, NetworkName: request.Network,
		Link: setup.ConsentLink(safe.New(s.ConsentAddress()), request.VNet.TenantID, request.App()), Cloud: s.Cloud,
	}
	if _, err := fmt.Fprint(c.world.Out, write(h)); err != nil {
		return ExitFailed, err
	}
	return ExitOK, nil
}

package command

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	modeldoctor "peerdeck/model/doctor"
	"peerdeck/services/wiring/settings"
	"peerdeck/ui/report"
)

func (c *cli) doctor() *cobra.Command {
	output := "text"
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check every way in: settings, keyring, proxy, certificates, tokens, sign-ins, rights",
		Long: "doctor looks at every way in, side by side, and changes nothing. Each line is a finding of the catalogue: peerdeck explain\n" +
			"CODE says more of one.\n\n" +
			"Exit codes: 0 every way in is open; 2 something needs somebody, or did not answer in time; 1 it could not look.",
		Example: "peerdeck doctor\npeerdeck doctor -o json",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runDoctor(ctx, output) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json, yaml")
	return cmd
}

func (c *cli) runDoctor(ctx context.Context, output string) (int, error) {
	if err := outputs(output, "text", "json", "yaml"); err != nil {
		return ExitFailed, err
	}
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return ExitFailed, err
	}
	defer cancel()
	s, err := c.open(within, false)
	seen := c.seen(s, err)
	if err != nil {
		// Without settings nobody can be asked; what needs no asking is said all the same.
		r := modeldoctor.Report{At: time.Now(), Version: c.world.Build.Version, Checks: seen.Checks(settings.StateDir(c.world.Getenv)), Over: true}
		return ExitFailed, c.printDoctor(r, output)
	}
	defer s.end()
	r := s.Doctor(c.world.Panicked)(seen).Look(within, func(r modeldoctor.Report) {
		if len(r.Open) > 0 {
			c.progress("Not answered yet: " + strings.Join(r.Open, ", "))
		}
	})
	c.progress("")
	if ctx.Err() != nil {
		return ExitFailed, ctx.Err()
	}
	if err := c.printDoctor(r, output); err != nil {
		return ExitFailed, err
	}
	if r.NeedsPerson() {
		return ExitAttention, nil
	}
	return ExitOK, nil
}

func (c *cli) printDoctor(r modeldoctor.Report, output string) error {
	if output != "text" {
		return report.WriteDocument(c.world.Out, report.Format(output), report.NewDoctor(r))
	}
	return c.print(report.DoctorText(r, c.world.Width, c.flags.ASCII))
}

package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
)

type rangesFlags struct {
	size, region, check, output string
}

func (c *cli) ranges() *cobra.Command {
	var f rangesFlags
	cmd := &cobra.Command{
		Use:   "ranges",
		Short: "Find an address range that is free for a new network",
		Long: "ranges reads every Konnect network, and every VNET, peering and virtual hub that the signed-in account can read, and offers ranges\n" +
			"for a new network on Azure that meet none of them, each with what lies nearest. A network's range cannot be changed later. What\n" +
			"could not be read is named, and then the offers are good as far as can be seen.\n\n" +
			"Exit codes: 0 there are ranges, and the one of --check is free; 2 none is free, the one of --check is not, or the time was over;\n" +
			"1 it failed.",
		Example: "peerdeck ranges --size /20 --region eastus2\npeerdeck ranges --check 10.20.0.0/20",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runRanges(ctx, f) }),
	}
	cmd.Flags().StringVar(&f.size, "size", fmt.Sprintf("/%d", ranges.DefaultSize), fmt.Sprintf("size of the range, /%d to /%d", ranges.Widest, ranges.Narrowest))
	cmd.Flags().StringVar(&f.region, "region", "", "region on Azure that the network is for (default what every region allows)")
	cmd.Flags().StringVar(&f.check, "check", "", "say whether this range is free, and if not, who has it")
	cmd.Flags().StringVarP(&f.output, "output", "o", "text", "form: text, json, yaml")
	return cmd
}

func (c *cli) runRanges(ctx context.Context, f rangesFlags) (int, error) {
	if err := outputs(f.output, "text", "json", "yaml"); err != nil {
		return ExitFailed, err
	}
	size, err := ranges.ParseSize(f.size)
	if err != nil {
		return ExitFailed, fmt.Errorf("--size: %w", err)
	}
	wanted, err := ranges.ParseRange(f.check)
	if err != nil && f.check != "" {
		return ExitFailed, fmt.Errorf("--check: %w", err)
	}
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return ExitFailed, err
	}
	defer cancel()
	read, err := c.readRanges(within)
	if err != nil {
		return ExitFailed, err
	}
	facts, err := read.In(safe.New(f.region))
	if err != nil {
		return ExitFailed, fmt.Errorf("--region: %w", err)
	}
	found := ranges.Find(facts, size)
	code := ExitOK
	if errors.Is(within.Err(), context.DeadlineExceeded) {
		code = ExitAttention
	}
	var answer *ranges.Answer
	if f.check != "" {
		a := ranges.Ask(facts, wanted)
		answer = &a
	}
	if answer != nil && !answer.Free() || answer == nil && found.Count == 0 {
		code = ExitAttention
	}
	return code, c.printRanges(report.NewRanges(read.At, found, answer), f.output)
}

// readRanges reads who has which ranges.
func (c *cli) readRanges(ctx context.Context) (ranges.Read, error) {
	s, err := c.open(ctx, false)
	if err != nil {
		return ranges.Read{}, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	read, err := s.Ranges(c.world.Panicked).Read(ctx, c.progress)
	c.progress("")
	if err != nil {
		return ranges.Read{}, withCure(err)
	}
	return read, nil
}

func (c *cli) printRanges(d report.Ranges, output string) error {
	if output != "text" {
		return report.WriteDocument(c.world.Out, report.Format(output), d)
	}
	return c.print(d.Text(c.world.Width, c.flags.ASCII))
}

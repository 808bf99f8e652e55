package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) explain() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Tell what a finding means, how it is known and what to do",
		Long: "explain prints one entry of the catalogue of findings: the codes that status, the screens and JSON carry. Without a code it lists them all.\n\n" +
			"Exit codes: 0 there is such a code; 1 there is none.",
		Example:           "peerdeck explain azure-disconnected\npeerdeck explain D10\npeerdeck explain",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: first(codes),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.do(func(ctx context.Context) (int, error) { return c.runExplain(ctx, args, output) })(cmd, args)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json, yaml")
	return cmd
}

func (c *cli) runExplain(ctx context.Context, args []string, output string) (int, error) {
	if !slices.Contains([]string{"text", string(report.JSON), string(report.YAML)}, output) {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are text, json, yaml", output)
	}
	if c.replay != "" {
		return c.explainRecording(ctx, args, output)
	}
	if len(args) == 0 {
		return c.listFindings(output)
	}
	e, found := finding.Lookup(args[0])
	if !found {
		return ExitFailed, fmt.Errorf("there is no finding %s; %s", safe.New(args[0]).Quoted(), nearest(args[0]))
	}
	if output != "text" {
		return ExitOK, report.WriteDocument(c.world.Out, report.Format(output), report.NewEntry(e))
	}
	_, err := io.WriteString(c.world.Out, report.EntryText(e))
	return ExitOK, err
}

// explainRecording tells what a recording has found: each code where none is named, and
// for one that is, where it was found.
func (c *cli) explainRecording(ctx context.Context, args []string, output string) (int, error) {
	if output != "text" {
		return ExitFailed, errors.New("-o and --replay: the findings of a recording as a document are those of: peerdeck status -o json --replay FILE")
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, withCure(err)
	}
	defer s.end()
	snapshot, err := c.look(ctx, s, "")
	if err != nil {
		return ExitFailed, err
	}
	document := report.New(snapshot, snapshot.Networks)
	if len(args) == 0 {
		return ExitOK, c.print(report.FoundText(document))
	}
	e, found := finding.Lookup(args[0])
	if !found {
		return ExitFailed, fmt.Errorf("there is no finding %s; %s", safe.New(args[0]).Quoted(), nearest(args[0]))
	}
	return ExitOK, c.print(report.EntryText(e) + "\n" + report.FoundOf(document, e.Code))
}

// nearest is the way on from a code that is none.
func nearest(typed string) string {
	const most = 5
	near := finding.Near(typed)
	if len(near) == 0 {
		return "peerdeck explain lists them all"
	}
	var words []string
	for _, code := range near[:min(most, len(near))] {
		words = append(words, string(code))
	}
	return "near it are " + strings.Join(words, ", ")
}

func (c *cli) listFindings(output string) (int, error) {
	if output == "text" {
		_, err := io.WriteString(c.world.Out, report.EntryList(finding.Entries()))
		return ExitOK, err
	}
	list := make([]report.Entry, 0)
	for _, e := range finding.Entries() {
		list = append(list, report.NewEntry(e))
	}
	return ExitOK, report.WriteDocument(c.world.Out, report.Format(output), report.Catalogue{Findings: list})
}

package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/bundle/standins"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/ui/report"
)

func (c *cli) bundleNames() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:   "names FILE|STAND-IN...",
		Short: "Tell what stand-ins stand for: those of a bundle, or those in a text",
		Long: "names translates back what peerdeck bundle has replaced on this machine. Of a file it lists every stand-in with what it\n" +
			"stands for; a word, an id, an address, a domain or a whole sentence is printed with the stand-ins in it translated.\n\n" +
			"Exit codes: 0 it is translated; 1 nothing of it is a stand-in of this machine.",
		Example: "peerdeck bundle names ticket-4711.zip\npeerdeck bundle names bakotirule\npeerdeck bundle names \"why is bakotirule.example.com not at 10.77.3.4?\"",
		Args:    cobra.MinimumNArgs(1),
		RunE: c.doWith(func(_ context.Context, args []string) (int, error) {
			return c.runBundleNames(args, output)
		}),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json")
	return cmd
}

func (c *cli) runBundleNames(args []string, output string) (int, error) {
	if err := outputs(output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	key, names, err := c.standIns().Read()
	switch {
	case errors.Is(err, standins.ErrNone):
		return ExitFailed, errors.New(err.Error() + ": only who has made a bundle can translate it")
	case err != nil:
		return ExitFailed, withCure(err)
	}
	r := redact.New(redact.Options{Key: key, Names: names})
	if len(args) == 1 && saved.IsFile(args[0]) {
		return c.namesOf(r, args[0], output)
	}
	text := strings.Join(args, " ")
	back := r.Back(text)
	if output == "json" {
		return foundCode(back != text), report.WriteDocument(c.world.Out, report.JSON, translated{Means: safe.New(back), Text: safe.New(text)})
	}
	if back == text {
		return ExitFailed, fmt.Errorf("nothing in %s is a stand-in that was made here", safe.New(text).Quoted())
	}
	return ExitOK, c.print(safe.Clean(back) + "\n")
}

func foundCode(found bool) int {
	if found {
		return ExitOK
	}
	return ExitFailed
}

// standInList is what stands in a bundle, as a document.
type standInList struct {
	Names []standIn `json:"names"`
}

type standIn struct {
	Name    safe.Text `json:"name"`
	StandIn safe.Text `json:"stand_in"`
}

// translated is a text with stand-ins, and what it means.
type translated struct {
	Means safe.Text `json:"means"`
	Text  safe.Text `json:"text"`
}

// namesOf lists the stand-ins of a bundle.
func (c *cli) namesOf(r *redact.Redactor, path, output string) (int, error) {
	b, err := bundle.Open(path)
	if err != nil {
		return ExitFailed, withCure(err)
	}
	if b.Manifest.Names {
		return ExitFailed, fmt.Errorf("%s holds the names as they are; there is nothing to translate", safe.New(path).Quoted())
	}
	text, err := b.Text()
	if err != nil {
		return ExitFailed, withCure(err)
	}
	pairs := r.Pairs(text)
	if len(pairs) == 0 {
		return ExitFailed, fmt.Errorf("nothing in %s is a stand-in that was made here", safe.New(path).Quoted())
	}
	if output == "json" {
		list := make([]standIn, 0, len(pairs))
		for _, p := range pairs {
			list = append(list, standIn{Name: safe.New(p.Name), StandIn: safe.New(p.Stand)})
		}
		return ExitOK, report.WriteDocument(c.world.Out, report.JSON, standInList{list})
	}
	wide := 0
	for _, p := range pairs {
		wide = max(wide, len(p.Stand))
	}
	var out strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&out, "%-*s  %s\n", wide, p.Stand, safe.Clean(p.Name))
	}
	return ExitOK, c.print(out.String())
}

func (c *cli) bundleShow() *cobra.Command {
	output := ""
	cmd := &cobra.Command{
		Use:     "show FILE",
		Short:   "Say what is inside a bundle, without opening it",
		Long:    "show checks a bundle and lists its entries. Nothing of it is unpacked.\n\nExit codes: 0 it is whole; 1 it cannot be used, and why.",
		Example: "peerdeck bundle show ticket-4711.zip",
		Args:    cobra.ExactArgs(1),
		RunE:    c.doWith(func(_ context.Context, args []string) (int, error) { return c.runBundleShow(args[0], output) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", "text", "form: text, json")
	return cmd
}

func (c *cli) runBundleShow(path, output string) (int, error) {
	if err := outputs(output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	b, err := bundle.Open(path)
	if err != nil {
		return ExitFailed, withCure(err)
	}
	m := b.Manifest
	if output == "json" {
		return ExitOK, report.WriteDocument(c.world.Out, report.JSON, m)
	}
	named := "names, ids and addresses are stand-ins"
	if m.Names {
		named = "names, ids and addresses are the sender's"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "made by peerdeck %s at %s\nrecorded until %s\nof: peerdeck %s\n%s\n", safe.Clean(m.Program), m.MadeAt.Format(time.RFC3339), m.Clock.Format(time.RFC3339), safe.Clean(strings.Join(m.Command, " ")), named)
	if m.Context != "" {
		fmt.Fprintf(&out, "context %s\n", safe.Clean(m.Context))
	}
	for _, line := range entryLines(m) {
		fmt.Fprintln(&out, safe.Clean(line))
	}
	return ExitOK, c.print(out.String())
}

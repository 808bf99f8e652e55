package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// completer is what the shell asks: words for what is being typed.
type completer = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// complete has the flags of a command, and of all below it, completed by their names: a flag
// of one name takes the same everywhere.
func (c *cli) complete(cmd *cobra.Command) {
	for name, f := range map[string]completer{
		"network": c.some(func(all []names.Network, _ *cobra.Command) []names.Word { return names.Words(names.All(all)) }),
		"peering": c.some(func(all []names.Network, cmd *cobra.Command) []names.Word {
			return names.Words(things(ofNetwork(all, cmd), peerings))
		}),
		"resolver": c.some(func(all []names.Network, cmd *cobra.Command) []names.Word {
			return names.Words(things(ofNetwork(all, cmd), privateDNS))
		}),
		"subject": c.some(func(all []names.Network, cmd *cobra.Command) []names.Word {
			return names.Words(things(ofNetwork(all, cmd), peerings, privateDNS))
		}),
		"output": forms,
		"format": one(strings.Split(formatNames(), ", ")),
	} {
		if cmd.Flags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, f) // the flag is there
		}
	}
	for _, sub := range cmd.Commands() {
		c.complete(sub)
	}
}

// some completes words that are known from what is on disk.
func (c *cli) some(words func(all []names.Network, cmd *cobra.Command) []names.Word) completer {
	return func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		from := wiring.Names{StateDir: settings.StateDir(c.world.Getenv), Replay: c.replay, Demo: c.demo}
		return offered(words(from.List(), cmd), typed), cobra.ShellCompDirectiveNoFileComp
	}
}

// domains completes a name that is looked up: a domain that is mapped.
func (c *cli) domains(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	return c.some(func(all []names.Network, cmd *cobra.Command) []names.Word { return mapped(ofNetwork(all, cmd)) })(cmd, args, typed)
}

// first completes the first argument alone.
func first(f completer) completer {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return f(cmd, args, typed)
	}
}

// offered are the words that go on from what is typed, as cobra takes them: a tab before
// the note.
func offered(words []names.Word, typed string) []string {
	out := []string{}
	for _, w := range words {
		if !strings.HasPrefix(w.Text, typed) {
			continue
		}
		if note := safe.Clean(w.Note); note != "" {
			out = append(out, w.Text+"\t"+note)
		} else {
			out = append(out, w.Text)
		}
	}
	return slices.Compact(out)
}

// ofNetwork are the networks that the command line names already, or all.
func ofNetwork(all []names.Network, cmd *cobra.Command) []names.Network {
	if f := cmd.Flags().Lookup("network"); f != nil {
		return names.Called(all, f.Value.String())
	}
	return all
}

func peerings(n names.Network) []names.Thing   { return n.Peerings }
func privateDNS(n names.Network) []names.Thing { return n.PrivateDNS }

func things(all []names.Network, of ...func(names.Network) []names.Thing) []names.Thing {
	var out []names.Thing
	for _, n := range all {
		for _, part := range of {
			out = append(out, part(n)...)
		}
	}
	return out
}

// mapped are the domains that have a mapping, each with its network.
func mapped(all []names.Network) []names.Word {
	var out []names.Word
	for _, n := range all {
		out = append(out, names.Plain(n.Domains, n.Name.String())...)
	}
	slices.SortStableFunc(out, func(a, b names.Word) int { return strings.Compare(a.Text, b.Text) })
	return slices.CompactFunc(out, func(a, b names.Word) bool { return a.Text == b.Text })
}

// forms completes a form of output from the words that the flag's own help lists.
func forms(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	f := cmd.Flags().Lookup("output")
	list, found := strings.CutPrefix(f.Usage, "form: ")
	switch {
	case strings.HasPrefix(f.Usage, "format"):
		return one(writableFormats())(cmd, nil, typed)
	case !found:
		return nil, cobra.ShellCompDirectiveDefault // it names a file
	}
	list, _, _ = strings.Cut(list, " (")
	list, more, found := strings.Cut(list, ", or ")
	words := strings.Split(list, ", ")
	if found && strings.Contains(more, "format") {
		words = append(words, writableFormats()...)
	}
	return one(slices.Compact(words))(cmd, nil, typed)
}

func writableFormats() []string {
	var out []string
	for _, f := range dnstable.Formats() {
		if f.Writable {
			out = append(out, string(f.Format))
		}
	}
	return out
}

// one completes one of a few words.
func one(list []string) completer {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		var words []names.Word
		for _, text := range list {
			words = append(words, names.Word{Text: text})
		}
		return offered(words, typed), cobra.ShellCompDirectiveNoFileComp
	}
}

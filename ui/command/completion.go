package command

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/ui/command/completion"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// completion prints the script of a shell.
func (c *cli) completion() *cobra.Command {
	var shells []string
	long := "completion prints the script with which a shell completes commands, flags, and the names of networks, peerings, domains, contexts and findings. " +
		"The names are those that were there when somebody last looked: no cloud is asked.\n"
	for _, s := range completion.Scripts() {
		shells = append(shells, s.Shell)
		long += "\n" + s.Shell + ":\n  " + strings.ReplaceAll(s.Install, "\n", "\n  ") + "\n"
	}
	return &cobra.Command{
		Use: "completion SHELL", Short: "Print the completion for bash, zsh, fish or PowerShell",
		Long:    long + "\nExit codes: 0 it is printed; 1 there is no such shell.",
		Example: "source <(peerdeck completion bash)\npeerdeck completion fish > ~/.config/fish/completions/peerdeck.fish",
		Args:    cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs), ValidArgs: shells,
		RunE: func(_ *cobra.Command, args []string) error {
			i := slices.IndexFunc(completion.Scripts(), func(s completion.Script) bool { return s.Shell == args[0] })
			return c.print(completion.Scripts()[i].Text)
		},
	}
}

// listing is the kind of completion in which bash lists the words and changes nothing.
// Source: bash(1), COMP_TYPE.
const listing = "63"

// The directives of cobra that matter to bash.
const (
	noSpace = int(cobra.ShellCompDirectiveNoSpace)
	noFiles = int(cobra.ShellCompDirectiveNoFileComp)
)

// completeBash answers the script of bash: in the first line what else is to be done, then
// the words as they must stand on the line or, where they are only listed, as they are.
func (c *cli) completeBash() *cobra.Command {
	return &cobra.Command{
		Use: "complete-bash TYPE COLUMNS BREAKS LINE", Short: "Complete a line of bash", Hidden: true, DisableFlagParsing: true,
		Args: cobra.ExactArgs(4), //nolint:mnd // as they are used
		RunE: func(cmd *cobra.Command, args []string) error {
			line := completion.ReadLine(args[3], args[2])
			if len(line.Words) == 0 {
				return c.print("files\n")
			}
			var out bytes.Buffer
			inner := c.world
			inner.Out = &out
			Execute(cmd.Context(), inner, slices.Concat([]string{cobra.ShellCompRequestCmd}, line.Words[1:], []string{line.Typed}))
			entries := strings.Split(strings.TrimSpace(out.String()), "\n")
			last := len(entries) - 1
			kind, _ := strconv.Atoi(strings.TrimPrefix(entries[last], ":"))
			flag := ""
			if strings.HasPrefix(line.Typed, "-") {
				name, _, has := strings.Cut(line.Typed, "=")
				if has {
					flag = name + "="
				}
			}
			words := bashWords(line, flag, entries[:last])
			if args[0] == listing {
				width, _ := strconv.Atoi(args[1])
				words = listed(entries[:last], width)
			}
			return c.print(strings.Join(append([]string{bashKind(kind, len(words))}, words...), "\n") + "\n")
		},
	}
}

// bashKind says what else bash is to do.
func bashKind(kind, words int) string {
	out := "words"
	if words == 0 && kind&noFiles == 0 {
		out = "files"
	}
	if kind&noSpace != 0 {
		out += " nospace"
	}
	return out
}

// bashWords are words as they must stand on a line, behind the flag that they are a value of.
func bashWords(line completion.Line, flag string, entries []string) []string {
	var out []string
	for _, e := range entries {
		word, _, _ := strings.Cut(e, "\t")
		if put, can := line.Put(flag + word); can && word != "" {
			out = append(out, put)
		}
	}
	line.Apart(out)
	return out
}

// listed are words with their notes, within the width of the terminal.
func listed(entries []string, width int) []string {
	longest := 0
	for _, e := range entries {
		word, _, _ := strings.Cut(e, "\t")
		longest = max(longest, cell.Width(word))
	}
	var out []string
	for _, e := range entries {
		word, note, noted := strings.Cut(e, "\t")
		if noted {
			word = cell.Cut(fmt.Sprintf("%s  (%s)", cell.Fit(word, longest), note), max(width-1, longest))
		}
		if word != "" {
			out = append(out, word)
		}
	}
	return out
}

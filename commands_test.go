package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/command"
	"github.com/peerdeck/peerdeck/ui/command/completion"
)

// documented is a command that a document shows.
type documented struct {
	line string
	args []string
}

// shownCommands are the commands of the pages' code, each once: without what a shell does around
// them.
func shownCommands(t *testing.T) []documented {
	t.Helper()
	seen := map[string]bool{}
	var out []documented
	for _, line := range examples(t) {
		_, call, _ := strings.Cut(line, "peerdeck ")
		for _, end := range []string{" #", " | ", " > ", " && ", "; ", " < "} {
			call, _, _ = strings.Cut(call, end)
		}
		call = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(call), "\\"))
		if !seen[call] {
			seen[call] = true
			out = append(out, documented{call, completion.ReadLine(call+" ", "").Words})
		}
	}
	return out
}

// notRun says why a documented command is only read, by a part of its line.
func notRun() [][2]string {
	return [][2]string{
		{" metrics ", "it serves until it is ended"},
		{" sandbox ", "it serves until it is ended"},
		{" --watch ", "it watches until it is ended"},
		{" --record ", "it writes a file"},
		{" --replay ", "it wants a recording of the reader's"},
		{" bundle ", "it wants a recording of the reader's, and an answer"},
		{" peering.yaml ", "it wants a set-up file of the reader's"},
		{" mappings.yaml ", "it wants a table of the reader's"},
		{" known add ", "it wants a problem of the reader's network"},
		{" known remove ", "it wants a problem that somebody has written down"},
	}
}

// Every command of the README and its pages runs against the demo and does not fail, or has its
// flags read where it cannot be run here.
func TestDocumentedCommandsRun(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	reasons, used, run := notRun(), map[string]bool{}, 0
	for _, c := range shownCommands(t) {
		args := c.args
		if i := slices.IndexFunc(reasons, func(r [2]string) bool { return strings.Contains(" "+c.line+" ", r[0]) }); i >= 0 {
			used[reasons[i][0]] = true
			args = append(args, "--help") // flags are read before
		} else {
			run++
			if !strings.Contains(c.line, "--demo") {
				args = append([]string{"--demo"}, args...)
			}
		}
		t.Run(c.line, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			w := command.World{
				In: strings.NewReader(""), Out: &out, Err: &errs, Logging: func(string) error { return nil },
				Getenv: func(name string) string {
					return map[string]string{"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "HOME": home}[name]
				},
			}
			if code := command.Execute(t.Context(), w, args); code == command.ExitFailed {
				t.Errorf("peerdeck %s ends with %d: %s", strings.Join(args, " "), code, errs.String())
			}
		})
	}
	for _, r := range reasons {
		if !used[r[0]] {
			t.Errorf("no document has a command with %q any more, which is not run since %s", r[0], r[1])
		}
	}
	if run < 25 {
		t.Errorf("%d commands were run", run)
	}
}

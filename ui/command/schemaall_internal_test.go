package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command that can print JSON has a schema for it.
func TestEveryJSONHasASchema(t *testing.T) {
	t.Parallel()
	var of []string
	for _, d := range documents() {
		of = append(of, strings.Split(strings.TrimPrefix(d.of, "a line of "), " and of ")...)
	}
	has := func(path string) bool {
		return slices.ContainsFunc(of, func(o string) bool { return o == path || strings.HasPrefix(o, path+" ") })
	}
	seen := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		path := strings.TrimPrefix(cmd.CommandPath(), "peerdeck ")
		if f := cmd.Flags().Lookup("output"); f != nil && strings.Contains(f.Usage, "json") {
			seen++
			if !has(path) {
				t.Errorf("peerdeck %s -o json has no schema", path)
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	c := &cli{world: World{Getenv: func(string) string { return "" }}}
	walk(c.root())
	if seen < 15 {
		t.Errorf("%d commands print JSON; where are the others?", seen)
	}
}

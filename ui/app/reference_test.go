package app_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/kit/action"
)

const reference = "../../docs/keys.md"

// docs/keys.md is made from the table of actions, so it cannot be wrong.
func TestKeysDocument(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		var b strings.Builder
		b.WriteString("# Keys\n\nMade from the table of actions by `make screens`; do not edit.\n")
		s.keys("enter")
		page := s.app.Actions()
		s.keys("esc")
		s.watches(run())
		page = append(page, s.app.Actions()...)
		s.keys("E")
		page = append(page, s.app.Actions()...)
		group := ""
		seen := map[string]bool{}
		s.keys("esc", "esc")
		page = append(page, reviewActions(s)...)
		page = append(page, traceActions(s)...)
		page = append(page, pathsActions(s)...)
		all := append(s.app.Reference(), page...)
		order := map[string]int{}
		for _, a := range all {
			if _, known := order[a.Group]; !known {
				order[a.Group] = len(order)
			}
		}
		slices.SortStableFunc(all, func(x, y action.Action) int { return order[x.Group] - order[y.Group] })
		for _, a := range all {
			if seen[a.ID] {
				continue
			}
			seen[a.ID] = true
			if a.Group != group {
				group = a.Group
				fmt.Fprintf(&b, "\n## %s\n\n| key | action | |\n| --- | --- | --- |\n", group)
			}
			keys := make([]string, len(a.Keys))
			for i, k := range a.Keys {
				keys[i] = "`" + k + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", strings.Join(keys, " "), a.Name, a.Help)
		}
		if os.Getenv("UPDATE_SCREENS") != "" {
			if err := os.WriteFile(reference, []byte(b.String()), 0o644); err != nil {
				s.t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(reference)
		if err != nil || string(want) != b.String() {
			s.t.Errorf("docs/keys.md is stale (%v); run: make screens", err)
		}
	})
}

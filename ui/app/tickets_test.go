package app_test

import (
	"strings"
	"testing"
)

// Y copies a ticket on the pages that lie behind a list too: the map, what is assumed, and the
// changes of a table.
func TestTicketsOfPages(t *testing.T) {
	for name, c := range map[string]struct {
		act  func(*stage)
		says []string
	}{
		"the map":         {onPaths(euMap(), "m", "Y"), []string{"The ways of eu-prod", "WHAT IS BROKEN WHERE"}},
		"what is assumed": {onPaths(assumable, "w", "a", `"remove route"`, "enter", `"rt-fw"`, "tab", `"kong"`, "ctrl+s", "Y"), []string{"What if, in ", "Assumed:", "rt-fw", "then: "}},
		"the changes":     {func(s *stage) { s.reviews(smallEdit(), nil); s.keys("Y") }, []string{"› DNS › changes", "private DNS"}},
	} {
		play(t, 120, 40, func(s *stage) {
			s.know(world())
			c.act(s)
			for _, part := range append(c.says, "```") {
				if !strings.Contains(s.copied, part) {
					t.Errorf("%s: %q is not in what was copied:\n%s", name, part, s.copied)
				}
			}
		})
	}
}

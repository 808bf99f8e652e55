package app_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
)

const reference = "../../docs/keys.md"

// everyAction collects the actions of every screen and page, in the order of docs/keys.md.
func everyAction(s *stage) []action.Action {
	s.know(world())
	s.keys("enter")
	page := s.app.Actions()
	s.keys("esc")
	s.watches(run())
	page = append(page, s.app.Actions()...)
	s.keys("E")
	page = append(page, s.app.Actions()...)
	s.keys("esc", "esc")
	s.send(tea.KeyPressMsg{Code: tea.KeyF2})
	page = append(page, s.app.Actions()...)
	s.keys("esc")
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
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(a action.Action) bool {
		again := seen[a.ID]
		seen[a.ID] = true
		return again || len(a.Keys) == 0
	})
}

// docs/keys.md is made from the table of actions, so it cannot be wrong.
func TestKeysDocument(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		var b strings.Builder
		b.WriteString("# Keys\n\nMade from the table of actions by `make screens`; do not edit.\n")
		lettersDocument(&b)
		group := ""
		for _, a := range everyAction(s) {
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

// lettersDocument is the first part of docs/keys.md: what each letter means, and where it
// means something else.
func lettersDocument(b *strings.Builder) {
	b.WriteString("\n## Letters\n\nA letter means one thing on every screen. Where it means another, the table says why.\n\n| key | means | elsewhere |\n| --- | --- | --- |\n")
	for _, l := range action.Letters() {
		var others []string
		for _, o := range l.Others {
			others = append(others, o.Means+": "+o.Why+".")
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", l.Key, l.Means, strings.Join(others, " "))
	}
}

// Each letter stands for one thing on all screens, or the table of letters says why not; and
// what people have learned to find on a letter is on no other key.
func TestEachLetterMeansOneThing(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		all := everyAction(s)
		for _, a := range all {
			for _, key := range a.Keys {
				if len([]rune(key)) > 1 || key >= "0" && key <= "9" {
					continue // keys with a name, and the numbers of the tabs
				}
				if l, known := action.LetterOf(key); !known {
					t.Errorf("%s has the key %q, which ui/kit/action/letters.go does not know", a.ID, key)
				} else if !l.Has(a.ID) {
					t.Errorf("%s (%s) has the key %q, which means: %s. Take the letter that means it, or say in ui/kit/action/letters.go why not", a.ID, a.Name, key, l.Means)
				}
			}
			for _, l := range action.Letters() {
				if l.Only && l.Stands(a.ID) && !slices.Contains(a.Keys, l.Key) {
					t.Errorf("%s (%s) is on %v and not on %q, where it is looked for", a.ID, a.Name, a.Keys, l.Key)
				}
			}
		}
		for _, l := range action.Letters() {
			of := func(has func(string) bool) bool {
				return slices.ContainsFunc(all, func(a action.Action) bool { return slices.Contains(a.Keys, l.Key) && has(a.ID) })
			}
			for _, o := range l.Others {
				if o.Why == "" || !of(o.Has) {
					t.Errorf("%q means %q nowhere, or nothing says why", l.Key, o.Means)
				}
			}
		}
	})
}

// Package action is the table of everything that a key can do. The footer, the
// help, the palette and docs/keys.md are all made from it, so they cannot
// disagree.
package action

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Action is something that the person can ask for.
type Action struct {
	ID    string   // stable, such as "networks.filter"
	Name  string   // one or two words, for the footer
	Keys  []string // as Bubble Tea names them; the first one is shown
	Group string   // a heading of the help
	Help  string   // one sentence
	// Footer is the rank in the footer, from 1; 0 leaves it out.
	Footer int
	// Types marks what opens a field to type in.
	Types bool
	// Danger marks what destroys something.
	Danger bool
	// Words are names by which the command line knows it beside Name, the usual one first:
	// "net", "q".
	Words []string
	// More lists what the action becomes with words typed behind its name in the command
	// line, such as a network behind the name of a screen, the best first; nil: no words go
	// with it.
	More func(words string) []Action
	// Why says why it is not possible now; nil or an empty text: it is. What is
	// not possible stays in its place, so that hands find it.
	Why func() string
	// Run does it.
	Run func() tea.Cmd
}

// Disabled returns why the action is not possible now, empty when it is.
func (a Action) Disabled() string {
	if a.Why == nil {
		return ""
	}
	return a.Why()
}

// Called reports whether the command line knows the action by a word.
func (a Action) Called(word string) bool {
	return strings.EqualFold(a.Name, word) || slices.ContainsFunc(a.Words, func(w string) bool { return strings.EqualFold(w, word) })
}

// Key returns the first key as people read it.
func (a Action) Key() string {
	if len(a.Keys) == 0 {
		return ""
	}
	return Label(a.Keys[0])
}

// AllKeys returns all keys as people read them.
func (a Action) AllKeys() string {
	labels := make([]string, len(a.Keys))
	for i, k := range a.Keys {
		labels[i] = Label(k)
	}
	return strings.Join(labels, " ")
}

// Label returns a key as people read it.
func Label(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	default:
		return key
	}
}

// ForKey finds the action of a key. Of several that have it, such as one that drops a
// filter and one that leads back, the first one that is possible now is meant.
func ForKey(actions []Action, key string) (Action, bool) {
	var first Action
	found := false
	for _, a := range actions {
		if !slices.Contains(a.Keys, key) {
			continue
		}
		if a.Disabled() == "" {
			return a, true
		}
		if !found {
			first, found = a, true
		}
	}
	return first, found
}

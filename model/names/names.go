// Package names is what can be called by a name without asking a cloud: the networks that
// were there when somebody last looked, with what is in them.
package names

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Thing is something with an id that never changes, and a name that people give.
type Thing struct{ ID, Name safe.Text }

// Network is a network with what is in it.
type Network struct {
	Thing

	Peerings   []Thing
	PrivateDNS []Thing
	Domains    []safe.Text // that its resolvers map
}

// Word is a word that can be typed for something, and a note on it.
type Word struct{ Text, Note string }

// Words are what can be typed for things: the name, or the id where several have the name,
// or where it cannot be typed as it stands. The ids follow, for whoever has begun with one.
func Words(things []Thing) []Word {
	count := map[safe.Text]int{}
	for _, t := range things {
		count[t.Name]++
	}
	var byName, byID []Word
	for _, t := range things {
		if count[t.Name] == 1 && Typeable(t.Name) {
			byName = append(byName, Word{t.Name.Raw(), ""})
		}
		if Typeable(t.ID) {
			byID = append(byID, Word{t.ID.Raw(), t.Name.String()})
		}
	}
	sorted := func(a, b Word) int { return cmp.Compare(a.Text, b.Text) }
	slices.SortFunc(byName, sorted)
	slices.SortFunc(byID, sorted)
	return append(byName, byID...)
}

// Plain are texts as words, each with a note; those that cannot be typed are left out.
func Plain(texts []safe.Text, note string) []Word {
	var out []Word
	for _, t := range texts {
		if Typeable(t) {
			out = append(out, Word{t.Raw(), note})
		}
	}
	return out
}

// Typeable reports whether a text can be typed: it is not empty, and shows as it is.
func Typeable(t safe.Text) bool { return !t.IsEmpty() && t.Visible() }

// All are the networks as things.
func All(networks []Network) []Thing {
	out := make([]Thing, 0, len(networks))
	for _, n := range networks {
		out = append(out, n.Thing)
	}
	return out
}

// Called are the networks that a person means by a name or an id; all where nothing is typed.
func Called(networks []Network, typed string) []Network {
	if typed == "" {
		return networks
	}
	want := safe.New(typed)
	return slices.DeleteFunc(slices.Clone(networks), func(n Network) bool { return n.Name != want && n.ID != want })
}

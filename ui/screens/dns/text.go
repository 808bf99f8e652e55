package dns

import (
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

func texts(words []string) []safe.Text {
	out := make([]safe.Text, len(words))
	for i, w := range words {
		out[i] = safe.New(w)
	}
	return out
}

// domainText is a domain as people read it, with the form that is stored beside it when
// that is another one.
func domainText(r dnstable.Row) string {
	key := r.Key.String()
	name := dnstable.Normalise(key)
	switch {
	case name.Unicode == name.ASCII:
		return key
	case key == name.ASCII:
		return safe.Clean(name.Unicode) + " (" + name.ASCII + ")"
	default:
		return key + " (" + name.ASCII + ")"
	}
}

// pair writes a row as a line of a file of pairs.
func pair(r dnstable.Row) string { return r.Key.String() + " -> " + phrase.List(r.Servers) }

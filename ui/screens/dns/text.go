package dns

import (
	"strconv"
	"strings"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

func join(list []safe.Text) string {
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = t.String()
	}
	return strings.Join(words, ", ")
}

// servers are the servers of a row as a table shows them.
func servers(list []safe.Text) string {
	if len(list) == 0 {
		return "no server"
	}
	return join(list)
}

// fields parts a typed list at commas, semicolons and blanks.
func fields(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' })
}

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
func pair(r dnstable.Row) string { return r.Key.String() + " -> " + join(r.Servers) }

package trace

import "slices"

// LineKeys are the fields of lines that a filter may name.
func LineKeys() []string { return []string{"domain", "server", "cell", "agree", "from", "flaps"} }

// Field returns the values of a field of a line, and for the empty key those that a plain
// word is searched in.
func (m Matrix) Field(l Line, key string) []string {
	var words, servers []string
	flaps := "no"
	for i, e := range l.Cells {
		if !e.Asked {
			continue
		}
		servers = append(servers, m.Columns[i].Server.String())
		words = append(words, e.Cell.Short(), e.Cell.Word)
		if e.Flaps() {
			flaps = "yes"
		}
	}
	switch key {
	case "domain":
		return []string{l.Domain.String()}
	case "server":
		return servers
	case "cell":
		return words
	case "agree":
		return []string{l.Agreement.Short()}
	case "from":
		return []string{l.From.String(), string(l.Origin)}
	case "flaps":
		return []string{flaps}
	default:
		return slices.Concat([]string{l.Domain.String(), l.From.String()}, servers, words)
	}
}

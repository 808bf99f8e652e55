package table

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// LineProblem is what is wrong with a line of a text that a person wrote.
type LineProblem struct {
	Line int // from 1
	Text string
}

// ParseMappings reads mappings from lines, one mapping a line:
//
//	example.com, example2.com -> 192.168.1.1, 192.168.1.2   # a remark
//
// Between the two lists stands ->, =>, → or =, or nothing when the servers can be
// told from the domains. Commas and spaces part the words. A line that cannot be
// read is a problem and no mapping. Whether a word is a domain or an address is the
// question of [Check].
func ParseMappings(text string) ([]model.DNSMapping, []LineProblem) {
	var mappings []model.DNSMapping
	var problems []LineProblem
	number := 0
	for line := range strings.Lines(text) {
		number++
		m, problem := ParseMappingLine(line)
		switch {
		case problem != "":
			problems = append(problems, LineProblem{number, problem})
		case len(m.Domains) > 0:
			mappings = append(mappings, m)
		}
	}
	return mappings, problems
}

// ParseMappingLine reads one line of what [ParseMappings] reads. A line that is empty
// or a remark gives a mapping without domains, and no problem.
func ParseMappingLine(line string) (m model.DNSMapping, problem string) {
	line, _, _ = strings.Cut(line, "#")
	if line = strings.TrimSpace(line); line == "" {
		return m, ""
	}
	if m, problem = parseMapping(line); problem != "" {
		return model.DNSMapping{}, problem
	}
	return m, ""
}

func parseMapping(line string) (m model.DNSMapping, problem string) {
	const example = "; write a line such as: example.com -> 10.1.0.4, 10.1.0.5"
	left, right, arrow := cutArrow(line)
	if _, _, again := cutArrow(right); again {
		return m, "there are two arrows in " + safe.New(line).Quoted() + example
	}
	m.Domains, m.Servers = words(left), words(right)
	if !arrow {
		m.Domains, m.Servers = split(m.Domains)
	}
	for _, w := range append(slices.Clip(m.Domains), m.Servers...) {
		if what := model.Unseen(w.Raw()); what != "" {
			return m, fmt.Sprintf("the word %s holds %s; write it again by hand", w.Quoted(), what)
		}
	}
	switch {
	case len(m.Domains) == 0:
		return m, "there is no domain in " + safe.New(line).Quoted() + example
	case len(m.Servers) == 0:
		return m, "there is no server in " + safe.New(line).Quoted() + example
	default:
		return m, ""
	}
}

// cutArrow cuts a line around the first arrow, of whatever kind.
func cutArrow(line string) (left, right string, found bool) {
	at, width := len(line), 0
	for _, arrow := range []string{"->", "=>", "→", "="} {
		if i := strings.Index(line, arrow); i >= 0 && i < at {
			at, width = i, len(arrow)
		}
	}
	return line[:at], line[at+width:], width > 0
}

func words(s string) []safe.Text {
	var out []safe.Text
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		out = append(out, safe.New(w))
	}
	return out
}

// split parts words without an arrow where the addresses begin.
func split(all []safe.Text) (domains, servers []safe.Text) {
	for i, w := range all {
		_, noAddress := netip.ParseAddr(w.Raw())
		_, noPort := netip.ParseAddrPort(w.Raw())
		if noAddress == nil || noPort == nil {
			return all[:i:i], all[i:]
		}
	}
	return all, nil
}

// FormatMappings writes mappings as [ParseMappings] reads them, one a line.
func FormatMappings(mappings []model.DNSMapping) string {
	var b strings.Builder
	list := func(texts []safe.Text) {
		for i, t := range texts {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(t.String())
		}
	}
	for _, m := range mappings {
		list(m.Domains)
		b.WriteString(" -> ")
		list(m.Servers)
		b.WriteByte('\n')
	}
	return b.String()
}

package table

import (
	"net/netip"
	"slices"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// LineProblem is why a line of a text that a person wrote is no mapping.
type LineProblem struct {
	Line int    // from 1
	Rule string // that it breaks, such as D01; empty where it is no rule's: two arrows
	Text string
}

// ParseMappings reads mappings from lines, one mapping a line:
//
//	example.com, example2.com -> 192.168.1.1, 192.168.1.2   # a remark
//
// Between the two lists stands ->, =>, →, = or a colon with a blank behind it, or nothing
// when the servers can be told from the domains. Commas and spaces part the words. A line that cannot be
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
		case problem != nil:
			problem.Line = number
			problems = append(problems, *problem)
		case len(m.Domains) > 0:
			mappings = append(mappings, m)
		}
	}
	return mappings, problems
}

// ParseMappingLine reads one line of what [ParseMappings] reads. A line that is empty
// or a remark gives a mapping without domains, and no problem.
func ParseMappingLine(line string) (model.DNSMapping, *LineProblem) {
	line, _, _ = strings.Cut(line, "#")
	if line = strings.TrimSpace(line); line == "" {
		return model.DNSMapping{}, nil
	}
	m, problem := parseMapping(line)
	if problem != nil {
		return model.DNSMapping{}, problem
	}
	return m, nil
}

// HasArrow reports whether a text holds what stands between domains and servers.
func HasArrow(text string) bool {
	_, _, arrow := cutArrow(text)
	return arrow != ""
}

// Words parts a typed list at commas, semicolons and blanks.
func Words(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) })
}

func parseMapping(line string) (m model.DNSMapping, problem *LineProblem) {
	const example = "; write a line such as: example.com -> 10.1.0.4, 10.1.0.5"
	left, right, arrow := cutArrow(line)
	if _, _, again := cutArrow(right); again != "" {
		return m, &LineProblem{Text: "there are two arrows in " + safe.New(line).Quoted() + example}
	}
	m.Domains, m.Servers = words(left), words(right)
	if before, behind, found := cutColon(line); arrow == "" && found {
		m.Domains, m.Servers = words(before), words(behind)
	} else if arrow == "" {
		m.Domains, m.Servers = split(m.Domains)
	}
	for i, w := range append(slices.Clip(m.Domains), m.Servers...) {
		if rule, text := Garbled(w.Raw(), i >= len(m.Domains)); text != "" {
			return m, &LineProblem{Rule: rule, Text: text}
		}
	}
	switch {
	case len(m.Domains) == 0:
		return m, &LineProblem{Rule: "D01", Text: "there is no domain in " + safe.New(line).Quoted() + example}
	case len(m.Servers) == 0:
		return m, &LineProblem{Rule: "S01", Text: "there is no server in " + safe.New(line).Quoted() + example}
	}
	if w, found := prose(m.Domains, left, arrow); found {
		text := w.Quoted() + " is no domain; write a domain, an arrow and servers, and nothing else"
		if n, f := readName(w.Raw()); f == nil && ascii(w.Raw()) {
			text = w.Quoted() + " is hardly meant as a domain; take it out, or write it on a line by itself if it is one: " + n.ASCII + " -> 10.1.0.4"
		}
		return m, &LineProblem{Text: text}
	}
	return m, nil
}

// prose finds a word before the servers that is rather one of a sentence, of a command or
// the name of a setting: "ask 10.1.0.4", "nameserver=10.1.0.4". A domain of one label is
// taken where an arrow or a comma shows that it stands there by itself.
func prose(domains []safe.Text, left, arrow string) (word safe.Text, found bool) {
	listed := len(domains) == 1 || len(strings.FieldsFunc(left, func(r rune) bool { return r == ',' || r == ';' })) >= len(domains)
	if listed && arrow != "" && arrow != "=" {
		return safe.Text{}, false
	}
	for _, d := range domains {
		if d.Raw() != root && !dotted(d.Raw()) {
			return d, true
		}
	}
	return safe.Text{}, false
}

// dotted reports whether a word has the form of a domain of several labels.
func dotted(word string) bool {
	bare := strings.TrimSuffix(strings.TrimPrefix(word, "*."), ".")
	at := strings.LastIndexByte(bare, '.')
	return at > 0 && len(bare)-at > 2 && !strings.HasPrefix(bare, "-") && !strings.ContainsAny(bare, `()"'|<>{}$%`)
}

// Garbled says why a word that does not show for what it is cannot stand in a mapping,
// and by which rule; both are empty for any other word, and for one that the rules take
// with a warning (D13).
func Garbled(word string, server bool) (rule, problem string) {
	what := model.Unseen(word)
	if what == "" {
		return "", ""
	}
	_, f := readName(word)
	if server {
		_, f = readServer(word)
	}
	if f == nil {
		return "", ""
	}
	return f.rule, "the word " + safe.New(word).Quoted() + " holds " + what + "; write it again by hand"
}

// cutColon cuts a line around a colon behind a domain, "corp.example.com: 10.1.0.4".
func cutColon(line string) (left, right string, found bool) {
	left, right, found = strings.Cut(line, ": ")
	if !found {
		left, right, found = strings.Cut(line, ":\t")
	}
	return left, right, found && dotted(strings.TrimSpace(left)) && !strings.ContainsAny(strings.TrimSpace(left), " \t:/")
}

// cutArrow cuts a line around the first arrow, of whatever kind.
func cutArrow(line string) (left, right, arrow string) {
	at := len(line)
	for _, a := range []string{"->", "=>", "→", "="} {
		if i := strings.Index(line, a); i >= 0 && i < at {
			at, arrow = i, a
		}
	}
	return line[:at], line[at+len(arrow):], arrow
}

func words(s string) []safe.Text {
	var out []safe.Text
	for _, w := range Words(s) {
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

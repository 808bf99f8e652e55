package file

import (
	"encoding/json"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxDepth is how deep lists and groups may stand within each other, in JSON and YAML.
// The deepest that is read has eight.
const maxDepth = 50

// kind is what a value of a document is.
type kind int

const (
	kindNull   kind = iota
	kindText        // in YAML any single value, as it was typed
	kindBare        // a number, true or false in JSON
	kindList        //
	kindObject      //
	kindOther       // an alias, a tag and the like
)

// node is a value of a JSON or YAML document, with its place in the text.
type node struct {
	kind     kind
	text     string // of a single value
	members  []member
	items    []node
	from, to int
	block    bool // a text of YAML that stands in the lines below
}

// member is a name and its value. Names that stand twice are both kept.
type member struct {
	name  string
	from  int
	value node
}

// get returns the first member with a name, or a value that is nothing.
func (n node) get(name string) (node, bool) {
	for _, m := range n.members {
		if m.name == name {
			return m.value, true
		}
	}
	return node{}, false
}

func (n node) has(names ...string) bool {
	for _, name := range names {
		if _, ok := n.get(name); ok {
			return true
		}
	}
	return false
}

// twice finds a name that stands more than once, and where.
func (n node) twice() (name string, first, second int, found bool) {
	seen := make(map[string]int, len(n.members))
	for _, m := range n.members {
		if at, again := seen[m.name]; again {
			return m.name, at, m.from, true
		}
		seen[m.name] = m.from
	}
	return "", 0, 0, false
}

// words returns the texts of a list. What is no list of texts refuses the entry.
func (e *entry) words(n node, name string) []string {
	switch n.kind {
	case kindList:
	case kindText, kindBare:
		e.failf("%s is %s alone; a list is wanted: [%s]", name, quoted(n.text), short(n.text))
		return nil
	default:
		e.failf("%s is no list; write the words between [ and ]", name)
		return nil
	}
	var out []string
	for _, item := range n.items {
		switch item.kind {
		case kindText:
			out = append(out, item.text)
		case kindBare:
			e.failf("%s holds %s, which is no text; write it between quotation marks", name, short(item.text))
		default:
			e.failf("%s holds something that is no text; write one word for each item", name)
		}
	}
	return out
}

// unique refuses an entry in which a name stands twice.
func (r *reader) unique(e *entry, n node) {
	if name, first, second, twice := n.twice(); twice {
		e.failf("%s stands twice, in line %d and in line %d; readers keep one of them in silence: take one out", quoted(name), r.line(first), r.line(second))
	}
}

// others returns the members of an object but for those that are known.
func (r *reader) others(n node, known ...string) []dnstable.Member {
	var out []dnstable.Member
	for _, m := range n.members {
		isKnown := false
		for _, k := range known {
			isKnown = isKnown || m.name == k
		}
		if !isKnown {
			out = append(out, dnstable.Member{Name: safe.New(m.name), JSON: safe.New(string(appendJSON(nil, m.value)))})
		}
	}
	return out
}

// appendJSON writes a value as JSON, without blanks.
func appendJSON(dst []byte, n node) []byte {
	switch n.kind {
	case kindText:
		return append(dst, quoteJSON(n.text)...)
	case kindBare:
		return append(dst, n.text...)
	case kindList:
		dst = append(dst, '[')
		for i, item := range n.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendJSON(dst, item)
		}
		return append(dst, ']')
	case kindObject:
		dst = append(dst, '{')
		for i, m := range n.members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(append(dst, quoteJSON(m.name)...), ':')
			dst = appendJSON(dst, m.value)
		}
		return append(dst, '}')
	case kindNull, kindOther:
		return append(dst, "null"...)
	default:
		return append(dst, "null"...)
	}
}

// quoteJSON writes a text as JSON in which nothing stands that a terminal could obey.
func quoteJSON(s string) string {
	out, err := safe.New(s).MarshalJSON()
	if err != nil {
		return `""` // it gives none
	}
	return string(out)
}

// compact returns a JSON value in one line and harmless to print; false when it is none.
func compact(raw string) (string, bool) {
	if !json.Valid([]byte(raw)) {
		return "", false
	}
	n, _, problem := parseJSON(strings.TrimSpace(raw))
	if problem != "" {
		return "", false
	}
	return string(appendJSON(nil, n)), true
}

package sandbox

import (
	"errors"
	"strings"
)

// clause is one condition of an OData filter: a comparison (field eq 'value') or a
// call (name() or name('value')).
type clause struct {
	field string // in small letters
	call  bool
	value string
}

func errFilter() error { return errors.New("the filter is not understood") }

// parseFilter reads conditions that are joined by "and". A quotation mark within a
// value is doubled. An empty text is no condition.
func parseFilter(text string) ([]clause, error) {
	var out []clause
	rest := strings.TrimSpace(text)
	for rest != "" {
		var c clause
		var err error
		if c, rest, err = nextClause(rest); err != nil {
			return nil, err
		}
		out = append(out, c)
		if rest = strings.TrimLeft(rest, " "); rest == "" {
			break
		}
		word, after, _ := strings.Cut(rest, " ")
		if rest = strings.TrimLeft(after, " "); !strings.EqualFold(word, "and") || rest == "" {
			return nil, errFilter()
		}
	}
	return out, nil
}

func nextClause(text string) (clause, string, error) {
	end := strings.IndexFunc(text, func(r rune) bool { return !isLetter(r) })
	if end <= 0 {
		return clause{}, "", errFilter()
	}
	c := clause{field: strings.ToLower(text[:end])}
	rest := text[end:]
	if inside, isCall := strings.CutPrefix(rest, "("); isCall {
		c.call = true
		if after, empty := strings.CutPrefix(inside, ")"); empty {
			return c, after, nil
		}
		value, after, err := quoted(inside)
		after, closed := strings.CutPrefix(after, ")")
		if err != nil || !closed {
			return clause{}, "", errFilter()
		}
		c.value = value
		return c, after, nil
	}
	word, after, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	if rest[0] != ' ' || !strings.EqualFold(word, "eq") {
		return clause{}, "", errFilter()
	}
	value, after, err := quoted(strings.TrimLeft(after, " "))
	c.value = value
	return c, after, err
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// quoted reads a value in single quotation marks and returns what follows.
func quoted(text string) (value, rest string, err error) {
	rest, ok := strings.CutPrefix(text, "'")
	if !ok {
		return "", "", errFilter()
	}
	for {
		i := strings.IndexByte(rest, '\'')
		if i < 0 {
			return "", "", errFilter()
		}
		value += rest[:i]
		if rest = rest[i+1:]; !strings.HasPrefix(rest, "'") {
			return value, rest, nil
		}
		value += "'"
		rest = rest[1:]
	}
}

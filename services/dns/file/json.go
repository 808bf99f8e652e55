package file

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// json reads the documents of Konnect and Azure.
func (r *reader) json() {
	root, at, problem := parseJSON(r.text)
	if problem != "" {
		r.problemf("line %d: %s", r.line(min(at, len(r.text))), problem)
		return
	}
	r.document(root)
}

// parseJSON reads one document token by token, so that names that stand twice are
// seen, and depth is bounded. With a problem it says where.
func parseJSON(text string) (root node, at int, problem string) {
	p := jsonParser{text: text, decoder: json.NewDecoder(strings.NewReader(text))}
	p.decoder.UseNumber()
	root, err := p.value(0)
	if err == nil {
		var more json.Token
		if more, err = p.decoder.Token(); errors.Is(err, io.EOF) {
			return root, 0, ""
		} else if err == nil {
			err = fmt.Errorf("there is %v behind the end of the document; write one document", safe.New(fmt.Sprint(more)))
		}
	}
	at = int(p.decoder.InputOffset())
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return node{}, int(syntax.Offset) - 1, "this is no JSON: " + safe.Clean(syntax.Error()) + "; correct it there"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return node{}, len(text), "the JSON ends before it is complete; a bracket or a quotation mark is not closed"
	default:
		return node{}, at, safe.Clean(err.Error())
	}
}

type jsonParser struct {
	text    string
	decoder *json.Decoder
}

// value reads the next value.
func (p *jsonParser) value(depth int) (node, error) {
	from := p.next()
	token, err := p.decoder.Token()
	if err != nil {
		return node{}, err
	}
	n := node{from: from, to: int(p.decoder.InputOffset())}
	switch t := token.(type) {
	case string:
		n.kind, n.text = kindText, t
	case json.Number:
		n.kind, n.text = kindBare, t.String()
	case bool:
		n.kind, n.text = kindBare, strconv.FormatBool(t)
	case json.Delim:
		if depth >= maxDepth {
			return node{}, fmt.Errorf("brackets stand more than %d deep in each other; no table of Konnect or Azure does that", maxDepth)
		}
		err = p.inner(&n, t, depth)
	}
	return n, err
}

// inner reads what stands between two brackets.
func (p *jsonParser) inner(n *node, open json.Delim, depth int) error {
	n.kind = kindList
	if open == '{' {
		n.kind = kindObject
	}
	for p.decoder.More() {
		var m member
		if n.kind == kindObject {
			m.from = p.next()
			name, err := p.decoder.Token()
			if err != nil {
				return err
			}
			m.name = fmt.Sprint(name)
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		if n.kind == kindList {
			n.items = append(n.items, value)
			continue
		}
		m.value = value
		n.members = append(n.members, m)
	}
	_, err := p.decoder.Token()
	n.to = int(p.decoder.InputOffset())
	return err
}

// next returns where the next token begins.
func (p *jsonParser) next() int {
	at := int(p.decoder.InputOffset())
	return at + len(p.text[at:]) - len(strings.TrimLeft(p.text[at:], " \t\r\n,:"))
}

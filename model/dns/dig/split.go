package dig

import (
	"encoding/json"
	"strings"
)

// maxDocuments bounds how often the beginning of a document is looked for in vain.
const maxDocuments = 16

// part is a piece of a text: a document, or lines.
type part struct {
	json json.RawMessage
	text string
}

// split finds the JSON documents in a text. A document begins a line, and is an object
// or a list of objects.
func split(text string) []part {
	var out []part
	failed, begin := 0, 0
	for at := 0; at < len(text) && failed < maxDocuments; {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := strings.TrimLeft(text[at:at+end], " \t\r")
		start := at + strings.Index(text[at:at+end], line)
		if !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "[{") && strings.TrimSpace(line) != "[" {
			at += end + 1
			continue
		}
		d := json.NewDecoder(strings.NewReader(text[start:]))
		var doc json.RawMessage
		if d.Decode(&doc) != nil {
			failed++
			at += end + 1
			continue
		}
		if begin < start {
			out = append(out, part{text: text[begin:start]})
		}
		out = append(out, part{json: doc})
		at = start + int(d.InputOffset())
		begin = at
	}
	if begin < len(text) {
		out = append(out, part{text: text[begin:]})
	}
	return out
}

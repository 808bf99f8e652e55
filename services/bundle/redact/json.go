package redact

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// JSON redacts a JSON document. Members keep their order; a number stays as it is
// written. What the table of members does not know is redacted as otherwise says.
func (r *Redactor) json(raw []byte, otherwise class) ([]byte, error) {
	if !json.Valid(raw) { // which bounds its depth too
		return nil, errors.New("it is no JSON")
	}
	masked := r.masked
	w := &walk{r: r, dec: json.NewDecoder(bytes.NewReader(raw)), classes: r.classes, otherwise: otherwise}
	w.dec.UseNumber()
	if err := w.value(otherwise, false); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if r.keep && r.masked == masked {
		return raw, nil // to the byte
	}
	return w.out.Bytes(), nil
}

// walk writes a document anew.
type walk struct {
	r         *Redactor
	dec       *json.Decoder
	out       bytes.Buffer
	classes   map[string]class
	otherwise class
}

// value writes the next value. In what is free the names of members are values too.
func (w *walk) value(c class, open bool) error {
	t, err := w.dec.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return w.object(c, open)
		}
		return w.array(c, open)
	case string:
		w.string(w.text(t, c))
	case json.Number:
		if c == secrets {
			w.r.masked++
			w.string(Mask)
			return nil
		}
		w.out.WriteString(t.String())
	case bool:
		if t {
			w.out.WriteString("true")
		} else {
			w.out.WriteString("false")
		}
	default:
		w.out.WriteString("null")
	}
	return nil
}

func (w *walk) array(c class, open bool) error {
	if open && c == domains {
		c = w.otherwise // a peering's table: a list of objects
	}
	w.out.WriteByte('[')
	for i := 0; w.dec.More(); i++ {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if err := w.value(c, false); err != nil {
			return err
		}
	}
	w.out.WriteByte(']')
	_, err := w.dec.Token()
	return err
}

func (w *walk) object(c class, open bool) error {
	w.out.WriteByte('{')
	for i := 0; w.dec.More(); i++ {
		if i > 0 {
			w.out.WriteByte(',')
		}
		t, err := w.dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		w.string(w.member(key, c, open))
		w.out.WriteByte(':')
		if err := w.value(w.classOf(key, c, open)); err != nil {
			return err
		}
	}
	w.out.WriteByte('}')
	_, err := w.dec.Token()
	return err
}

// member is the name of a member. One that the clouds use stays; in a table of domains,
// in tags and the like it is a value.
func (w *walk) member(key string, c class, open bool) string {
	r := w.r
	switch {
	case r.keep:
		return r.mask(key)
	case c == domains && open:
		return r.Domain(key)
	case open:
		return r.Name(key)
	case r.vocabulary.plain(key), strings.HasPrefix(key, "@odata"):
		return key
	default:
		return r.Name(key)
	}
}

// classOf returns how the value of a member is redacted, and whether the members of that
// are free.
func (w *walk) classOf(key string, c class, open bool) (class, bool) {
	small, met := w.r.members[key]
	if !met {
		small = memberName(key)
		w.r.members[key] = small
	}
	known, listed := w.classes[small]
	switch {
	case c == secrets || secretMember(small) && (!open || c != domains):
		return secrets, false
	case small == "dnsconfig":
		return domains, true // a resolver's: domains with their servers
	case open && c == domains:
		return w.otherwise, false
	case free(small):
		return names, true
	case open:
		return names, true
	case listed:
		return known, false
	case strings.HasSuffix(small, "id") || strings.HasSuffix(small, "ids") || strings.HasSuffix(small, "name"):
		return names, false
	default:
		return w.otherwise, false
	}
}

// value is a string of a document with how it is redacted, and made what became of it.
type value struct {
	class class
	text  string
}

type made struct {
	text   string
	masked bool
}

// text redacts a string. Most of them come again and again.
func (w *walk) text(s string, c class) string {
	const short, most = 200, 500_000
	r, key := w.r, value{c, s}
	if m, ok := r.done[key]; ok {
		if m.masked {
			r.masked++
		}
		return m.text
	}
	before := r.masked
	out := w.anew(s, c)
	if len(s) <= short && len(r.done) < most {
		r.done[key] = made{out, r.masked > before}
	}
	return out
}

func (w *walk) anew(s string, c class) string {
	r := w.r
	if len(s) > 1 && (s[0] == '{' || s[0] == '[') && c != secrets && json.Valid([]byte(s)) {
		if inner, err := r.json([]byte(s), w.otherwise); err == nil {
			return string(inner) // a document within a text
		}
	}
	switch c {
	case secrets:
		if s == "" {
			return s
		}
		r.masked++
		return Mask
	case texts:
		return r.Text(s)
	case enums:
		return r.enum(s)
	case domains:
		return r.Domain(s)
	case ranges:
		if stand, ok := r.structure(r.mask(s)); ok && !r.keep {
			return stand
		}
		if r.patterns.ports.MatchString(s) {
			return s
		}
		return r.enum(s)
	case names:
	}
	return r.Name(s)
}

func (w *walk) string(s string) {
	e := json.NewEncoder(&w.out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err == nil { // a string never fails
		w.out.Truncate(w.out.Len() - 1)
	}
}

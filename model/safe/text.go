package safe

import (
	"encoding/json"
	"strings"
)

// Text is text that came from outside the program. The zero value is empty.
//
// Two Texts are equal when their exact bytes are equal, so a Text serves as a
// map key. Formatting it in any way (String, fmt, a template) gives the clean
// form; see [Clean] for the rules.
type Text struct{ raw string }

// New wraps text from outside. It keeps the exact bytes.
func New(raw string) Text { return Text{raw: raw} }

// Texts wraps several.
func Texts(raw ...string) []Text {
	out := make([]Text, len(raw))
	for i, r := range raw {
		out[i] = New(r)
	}
	return out
}

// String returns the clean form, fit for a terminal.
func (t Text) String() string { return Clean(t.raw) }

// GoString keeps %#v from printing the exact bytes.
func (t Text) GoString() string { return "safe.Text(" + t.String() + ")" }

// Raw returns the exact bytes, for requests and for files that machines read.
// Screens never call it; a test holds them to that.
func (t Text) Raw() string { return t.raw }

// IsEmpty reports whether nothing was received.
func (t Text) IsEmpty() bool { return t.raw == "" }

// Or returns t, or other when t is empty.
func (t Text) Or(other string) Text {
	if t.raw == "" {
		return Text{raw: other}
	}
	return t
}

// EqualFold compares two texts without regard to case, as Azure compares the
// names and ids of its resources.
func (t Text) EqualFold(other Text) bool { return strings.EqualFold(t.raw, other.raw) }

// Compare orders texts by their clean form, letters before their case, and
// falls back to the exact bytes so that the order is total.
func (t Text) Compare(other Text) int {
	if c := strings.Compare(strings.ToLower(t.raw), strings.ToLower(other.raw)); c != 0 {
		return c
	}
	return strings.Compare(t.raw, other.raw)
}

// MarshalJSON writes the exact value. Characters that a terminal could obey
// are written as \u escapes: the value is the same, printing it is harmless.
func (t Text) MarshalJSON() ([]byte, error) { return appendJSON(nil, t.raw), nil }

// UnmarshalJSON accepts a string. Any other JSON value is kept as its source
// text, so that a field of an unexpected type is shown instead of failing the
// object that holds it; null is empty.
func (t *Text) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		t.raw = string(data)
		return nil //nolint:nilerr // an unexpected type is shown as it came; see above
	}
	t.raw = ""
	if s != nil {
		t.raw = *s
	}
	return nil
}

// MarshalText gives the clean form, for encoders that know only text.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

package safe

import "unicode/utf8"

// Visible reports whether the clean form of a text shows all that it holds.
func (t Text) Visible() bool { return t.String() == t.raw }

// Quoted returns a value for a sentence: clean, in quotation marks, and no longer than
// one line takes.
func (t Text) Quoted() string {
	const most = 80
	s := t.String()
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return `"` + s + `"`
}

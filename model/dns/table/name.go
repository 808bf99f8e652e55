package table

import "strings"

// Name is a domain as it was written, in its normal form.
type Name struct {
	ASCII   string // small letters, no dot at the end, other scripts as xn--; "." for the root; empty when the text is no domain
	Unicode string // as people read it, clean; the same as ASCII for most
	Changed bool   // the normal form is not what was written: case, a dot, a star, another script
	Mapped  bool   // letters were replaced by others, or left out: full-width ones, ones that cannot be seen
}

// Normalise returns the normal form of a domain: blanks around it, one dot at its end
// and a "*." or a dot before it are taken away, letters become small, other scripts
// get their xn-- form. It never fails: a text that is no domain has no ASCII.
func Normalise(text string) Name {
	n, _ := readName(text)
	return n
}

// Shown returns the name for people: "münchen.example (xn--mnchen-3ya.example)", or the
// ASCII form where there is no other.
func (n Name) Shown() string {
	if n.Unicode == n.ASCII {
		return n.ASCII
	}
	return n.Unicode + " (" + n.ASCII + ")"
}

// countLabels counts the labels of a normal form. The root has none.
func countLabels(ascii string) int {
	if ascii == root || ascii == "" {
		return 0
	}
	return strings.Count(ascii, ".") + 1
}

// root is the name that is above all others.
const root = "."

// in reports whether a name is a domain or lies below it; both in their normal form.
func in(name, domain string) bool {
	return name == domain || domain == root ||
		len(name) > len(domain) && strings.HasSuffix(name, domain) && name[len(name)-len(domain)-1] == '.'
}

package model

import (
	"net/netip"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Prefix is an address range such as 10.0.0.0/16, kept as received and parsed
// when it can be.
type Prefix struct {
	Text safe.Text
	addr netip.Prefix
}

// NewPrefix wraps a received range. Text that is no range is kept and shown,
// and overlaps nothing.
func NewPrefix(text safe.Text) Prefix {
	p, err := netip.ParsePrefix(text.Raw())
	if err != nil {
		return Prefix{Text: text}
	}
	return Prefix{Text: text, addr: p.Masked()}
}

// NewPrefixes wraps a list of received ranges.
func NewPrefixes(texts []safe.Text) []Prefix {
	out := make([]Prefix, len(texts))
	for i, t := range texts {
		out[i] = NewPrefix(t)
	}
	return out
}

// String returns the range as received, cleaned.
func (p Prefix) String() string { return p.Text.String() }

// Valid reports whether the text is an address range.
func (p Prefix) Valid() bool { return p.addr.IsValid() }

// Range returns the parsed range, the zero value for text that is none.
func (p Prefix) Range() netip.Prefix { return p.addr }

// Overlaps reports whether two ranges share an address.
func (p Prefix) Overlaps(q Prefix) bool {
	return p.Valid() && q.Valid() && p.addr.Overlaps(q.addr)
}

// Contains reports whether the address lies in the range. Text that is no
// address lies in none.
func (p Prefix) Contains(address safe.Text) bool {
	a, err := netip.ParseAddr(address.Raw())
	return err == nil && p.Valid() && p.addr.Contains(a.Unmap())
}

// Same reports whether both name the same range, however it is written.
func (p Prefix) Same(q Prefix) bool {
	if p.Valid() && q.Valid() {
		return p.addr == q.addr
	}
	return p.Text == q.Text
}

// Compare orders ranges by address and then by length; text that is no range
// comes last.
func (p Prefix) Compare(q Prefix) int {
	switch {
	case p.Valid() && q.Valid():
		return p.addr.Compare(q.addr)
	case p.Valid():
		return -1
	case q.Valid():
		return 1
	default:
		return p.Text.Compare(q.Text)
	}
}

// MadeOf reports whether the parts are the range: they hold all of it and nothing else.
func (p Prefix) MadeOf(parts []Prefix) bool {
	return p.Valid() && SameRanges([]Prefix{p}, parts)
}

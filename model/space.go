package model

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Space is a set of addresses: ranges in their order, none of which overlaps another and
// no two of which are the halves of one. Two spaces are the same set exactly where they
// are equal.
type Space []netip.Prefix

// mostRanges is how many ranges a space may fall apart into. A thousand rules, each with
// thousands of single addresses, would make a table of millions.
const mostRanges = 2048

// NewSpace makes the set of all addresses of some ranges, in whatever order and parts
// they come.
func NewSpace(ranges ...netip.Prefix) Space {
	sorted := make(Space, 0, len(ranges))
	for _, p := range ranges {
		if p.IsValid() {
			sorted = append(sorted, p.Masked())
		}
	}
	slices.SortFunc(sorted, netip.Prefix.Compare)
	out := sorted[:0]
	for _, p := range sorted {
		if n := len(out); n > 0 && out[n-1].Overlaps(p) {
			continue // a wider one comes before those in it
		}
		out = append(out, p)
		for n := len(out); n > 1; n = len(out) {
			whole, ok := joined(out[n-2], out[n-1])
			if !ok {
				break
			}
			out = append(out[:n-2], whole)
		}
	}
	return out
}

// joined is the range that two ranges are the halves of.
func joined(low, high netip.Prefix) (netip.Prefix, bool) {
	if low.Bits() != high.Bits() || low.Bits() == 0 || low.Addr().Is4() != high.Addr().Is4() {
		return netip.Prefix{}, false
	}
	whole := netip.PrefixFrom(low.Addr(), low.Bits()-1).Masked()
	return whole, low != high && whole.Contains(high.Addr())
}

// Split parts the set into what lies in some ranges and what does not. It is given up,
// and what is left is out, where the set falls apart into too many ranges.
func (s Space) Split(by []netip.Prefix) (in, out Space, whole bool) {
	out = s
	for _, b := range by {
		var rest Space
		for _, p := range out {
			inside, outside := part(p, b)
			in, rest = append(in, inside...), append(rest, outside...)
		}
		out = rest
		if len(in)+len(out) > mostRanges {
			return NewSpace(in...), NewSpace(out...), false
		}
	}
	return NewSpace(in...), NewSpace(out...), true
}

// part parts one range.
func part(p, by netip.Prefix) (in, out Space) {
	switch {
	case !p.Overlaps(by):
		return nil, Space{p}
	case by.Bits() <= p.Bits():
		return Space{p}, nil
	}
	for p.Bits() < by.Bits() {
		low, high := halves(p)
		if low.Overlaps(by) {
			p, out = low, append(out, high)
		} else {
			p, out = high, append(out, low)
		}
	}
	return Space{p}, out
}

func halves(p netip.Prefix) (low, high netip.Prefix) {
	bits := p.Bits() + 1
	second := p.Addr().AsSlice()
	second[(bits-1)/8] |= 1 << (7 - (bits-1)%8)
	a, _ := netip.AddrFromSlice(second)
	return netip.PrefixFrom(p.Addr(), bits), netip.PrefixFrom(a, bits)
}

// Overlaps reports whether two sets share an address.
func (s Space) Overlaps(t Space) bool {
	for _, p := range s {
		if slices.ContainsFunc(t, p.Overlaps) {
			return true
		}
	}
	return false
}

// SameRanges reports whether two lists of ranges hold the same addresses, in whatever
// order and parts: two /17 are a /16. Text that is no range is compared as text. It is
// what every rule that compares ranges asks.
func SameRanges(a, b []Prefix) bool {
	return slices.Equal(spaceOf(a), spaceOf(b)) && sameTexts(a, b) && sameTexts(b, a)
}

// RangesBeyond returns what the first list holds and the second does not, in as few
// ranges as can be: none where the second covers the first. Text that is no range is
// beyond a list without that text.
func RangesBeyond(these, those []Prefix) []Prefix {
	_, out, _ := spaceOf(these).Split(spaceOf(those))
	var beyond []Prefix
	for _, p := range out {
		beyond = append(beyond, NewPrefix(safe.New(p.String())))
	}
	for _, p := range these {
		if !p.Valid() && !slices.ContainsFunc(those, p.Same) {
			beyond = append(beyond, p)
		}
	}
	return beyond
}

func spaceOf(list []Prefix) Space {
	ranges := make([]netip.Prefix, len(list))
	for i, p := range list {
		ranges[i] = p.addr
	}
	return NewSpace(ranges...)
}

func sameTexts(a, b []Prefix) bool {
	for _, p := range a {
		if !p.Valid() && !slices.ContainsFunc(b, p.Same) {
			return false
		}
	}
	return true
}

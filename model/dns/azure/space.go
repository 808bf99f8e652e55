package azure

import (
	"net/netip"
	"slices"
)

// space is a set of addresses: ranges that do not overlap.
type space []netip.Prefix

// most is how many ranges a set may fall apart into. A thousand rules, each with
// thousands of single addresses, would make a table of millions.
const most = 2048

// split parts the set into what lies in some ranges and what does not.
func (s space) split(by []netip.Prefix) (in, out space) {
	out = s
	for _, b := range by {
		var rest space
		for _, p := range out {
			inside, outside := part(p, b)
			in, rest = append(in, inside...), append(rest, outside...)
		}
		out = rest
		if len(in)+len(out) > most {
			return in, out
		}
	}
	return in, out
}

// part parts one range.
func part(p, by netip.Prefix) (in, out space) {
	switch {
	case !p.Overlaps(by):
		return nil, space{p}
	case by.Bits() <= p.Bits():
		return space{p}, nil
	}
	for p.Bits() < by.Bits() {
		low, high := halves(p)
		if low.Overlaps(by) {
			p, out = low, append(out, high)
		} else {
			p, out = high, append(out, low)
		}
	}
	return space{p}, out
}

func halves(p netip.Prefix) (low, high netip.Prefix) {
	bits := p.Bits() + 1
	second := p.Addr().AsSlice()
	second[(bits-1)/8] |= 1 << (7 - (bits-1)%8)
	a, _ := netip.AddrFromSlice(second)
	return netip.PrefixFrom(p.Addr(), bits), netip.PrefixFrom(a, bits)
}

// overlaps reports whether two sets share an address.
func (s space) overlaps(t space) bool {
	for _, p := range s {
		if slices.ContainsFunc(t, p.Overlaps) {
			return true
		}
	}
	return false
}

// rangeOf reads a range or a single address.
func rangeOf(text string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

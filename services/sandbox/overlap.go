package sandbox

import "net/netip"

// overlaps reports whether two address ranges share an address. A text that is no
// range overlaps nothing.
func overlaps(a, b string) bool {
	one, err := netip.ParsePrefix(a)
	other, err2 := netip.ParsePrefix(b)
	return err == nil && err2 == nil && one.Overlaps(other)
}

// firstOverlap is the first of the ranges that shares an address with one of others.
func firstOverlap(ranges, others []string) string {
	for _, r := range ranges {
		for _, o := range others {
			if overlaps(r, o) {
				return r
			}
		}
	}
	return ""
}

// hostOf is the address with a number within an IPv4 range; empty for a text that
// is none.
func hostOf(prefix string, number byte) string {
	p, err := netip.ParsePrefix(prefix)
	if err != nil || !p.Addr().Is4() {
		return ""
	}
	a := p.Masked().Addr().As4()
	a[3] += number
	return netip.AddrFrom4(a).String()
}

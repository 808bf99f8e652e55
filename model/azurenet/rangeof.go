package azurenet

import (
	"net/netip"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RangeOf reads a range or a single address.
func RangeOf(text string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

// SameAddress reports whether two texts are one address, however they are written.
func SameAddress(a, b safe.Text) bool {
	p, ok := RangeOf(a.Raw())
	q, also := RangeOf(b.Raw())
	if ok && also {
		return p == q
	}
	return a == b
}

// rangesOf reads ranges and single addresses, and leaves out what is neither.
func rangesOf(list []model.Prefix) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range list {
		if r, ok := RangeOf(p.Text.Raw()); ok {
			out = append(out, r)
		}
	}
	return out
}

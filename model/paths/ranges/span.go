package ranges

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"net/netip"
	"slices"
)

// span is a run of IPv4 addresses, both ends within. Numbers do not overflow in it.
type span struct{ low, high uint64 }

func spanOf(p netip.Prefix) (span, bool) {
	if !p.IsValid() || !p.Addr().Is4() {
		return span{}, false
	}
	a := p.Masked().Addr().As4()
	low := uint64(binary.BigEndian.Uint32(a[:]))
	return span{low, low + size(p.Bits()) - 1}, true
}

// size is how many addresses a range of a prefix length has.
func size(bits int) uint64 { return 1 << (32 - bits) }

func (s span) length() uint64 { return s.high - s.low + 1 }

// prefixAt is the range of a length that begins at an address.
func prefixAt(low uint64, bits int) netip.Prefix {
	var a [4]byte
	binary.BigEndian.PutUint32(a[:], uint32(low&(1<<32-1)))
	return netip.PrefixFrom(netip.AddrFrom4(a), bits)
}

// merged joins spans that overlap or touch, in the order of their addresses.
func merged(list []span) []span {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b span) int { return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(a.high, b.high)) })
	var out []span
	for _, s := range list {
		if n := len(out); n > 0 && s.low <= out[n-1].high+1 {
			out[n-1].high = max(out[n-1].high, s.high)
			continue
		}
		out = append(out, s)
	}
	return out
}

// without takes spans out of others. Both are merged already. Spans that touch in the
// first list are one in the answer.
func without(these, those []span) []span {
	var out []span
	for _, s := range these {
		low := s.low
		at, _ := slices.BinarySearchFunc(those, s.low, func(o span, low uint64) int { return cmp.Compare(o.high, low) })
		for ; at < len(those) && those[at].low <= s.high; at++ {
			if those[at].low > low {
				out = append(out, span{low, those[at].low - 1})
			}
			low = max(low, those[at].high+1)
		}
		if low <= s.high {
			out = append(out, span{low, s.high})
		}
	}
	return out
}

// blocks parts a span into as few ranges as can be.
func (s span) blocks() []netip.Prefix {
	var out []netip.Prefix
	for low := s.low; low <= s.high; {
		n := 32
		if low != 0 {
			n = min(n, bits.TrailingZeros64(low))
		}
		for size(32-n) > s.high-low+1 {
			n--
		}
		out = append(out, prefixAt(low, 32-n))
		low += size(32 - n)
	}
	return out
}

// spans are the IPv4 ranges of a list as spans, merged.
func spans(list []netip.Prefix) []span {
	var out []span
	for _, p := range list {
		if s, ok := spanOf(p); ok {
			out = append(out, s)
		}
	}
	return merged(out)
}
